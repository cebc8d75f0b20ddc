package gradus.text.io;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Finds the row of a word: a hash table of row numbers only, six to twelve bytes a word.
 *
 * <p>A {@code HashMap} of three million words would take 150 MB for its nodes and numbers; here the
 * words themselves are the keys, and collisions go to the next free place.
 */
public final class WordIndex {

  private static final int FREE = -1;

  private final List<String> words;
  private final UnaryOperator<String> spelling;
  private int[] rows;
  private int used;

  /**
   * An empty index.
   *
   * @param words the words by row; rows may be added to the index as soon as their word stands here
   * @param expected how many rows are going to be added
   * @param spelling what two words must share to count as the same
   */
  public WordIndex(List<String> words, int expected, UnaryOperator<String> spelling) {
    this.words = words;
    this.spelling = spelling;
    long places = Math.clamp(expected + expected / 2L + 1, 4L, 1L << 30);
    this.rows = emptyPlaces(Integer.highestOneBit((int) places - 1) << 1);
  }

  private static int[] emptyPlaces(int count) {
    int[] places = new int[count];
    Arrays.fill(places, FREE);
    return places;
  }

  /** Adds a row; if an earlier row has the same word, that one stays and is returned, else -1. */
  public int add(int row) {
    if (3L * used >= 2L * rows.length && rows.length < 1 << 30) {
      grow();
    }
    int place = place(spelling.apply(words.get(row)));
    if (rows[place] != FREE) {
      return rows[place];
    }
    rows[place] = row;
    used++;
    return FREE;
  }

  /** The row of a word, -1 if it has none. */
  public int find(String word) {
    return rows[place(spelling.apply(word))];
  }

  /** Where the word stands, or the free place where it would. */
  private int place(String word) {
    int mask = rows.length - 1;
    int place = spread(word.hashCode()) & mask;
    while (rows[place] != FREE && !spelling.apply(words.get(rows[place])).equals(word)) {
      place = (place + 1) & mask;
    }
    return place;
  }

  private void grow() {
    int[] old = rows;
    rows = emptyPlaces(2 * old.length);
    int mask = rows.length - 1;
    for (int row : old) {
      if (row != FREE) {
        int place = spread(spelling.apply(words.get(row)).hashCode()) & mask;
        while (rows[place] != FREE) {
          place = (place + 1) & mask;
        }
        rows[place] = row;
      }
    }
  }

  /** Words that differ in a letter have neighbouring hash codes; neighbours would pile up. */
  private static int spread(int hash) {
    int mixed = hash * 0x9E3779B9;
    return mixed ^ (mixed >>> 15);
  }
}
