package gradus.text.corpus;

import gradus.text.training.WordTable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;

/**
 * The words of a line one after the other with the delimiter between them, so that a phrase is a
 * run of its bytes.
 */
final class PhraseLine {

  private static final int NONE = -1;

  /** What can be said of a candidate. */
  @FunctionalInterface
  interface Scorer {
    /**
     * The score of the words from one to another if they are a phrase, else NaN.
     *
     * @param first the first word, by its place in the line
     * @param last the last word; between them are connector words only
     */
    double score(PhraseLine line, int first, int last);
  }

  /** Takes the words and phrases of a line. */
  @FunctionalInterface
  interface Pieces {
    /**
     * A piece of the line.
     *
     * @param first its first word
     * @param last its last word
     * @param score NaN if it is no phrase but a single word
     */
    void piece(int first, int last, double score);
  }

  private final byte[] delimiter;
  private final WordTable connectors;
  private byte[] bytes = new byte[1 << 10];
  private int[] starts = new int[1 << 7];
  private int[] ends = new int[1 << 7];
  private int[] hashes = new int[1 << 7];
  private boolean[] connects = new boolean[1 << 7];
  private int size;

  /** An empty line. */
  PhraseLine(byte[] delimiter, WordTable connectors) {
    this.delimiter = delimiter;
    this.connectors = connectors;
  }

  /** Words as a table. */
  static WordTable table(Collection<String> words) {
    var table = new WordTable();
    for (String word : words) {
      byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
      table.add(bytes, 0, bytes.length, WordTable.hash(bytes, 0, bytes.length), 1, 0);
    }
    return table;
  }

  void clear() {
    size = 0;
  }

  int size() {
    return size;
  }

  /** Adds a word behind the others. */
  void add(byte[] word, int from, int to, int hash) {
    if (size == starts.length) {
      int more = 2 * size;
      starts = Arrays.copyOf(starts, more);
      ends = Arrays.copyOf(ends, more);
      hashes = Arrays.copyOf(hashes, more);
      connects = Arrays.copyOf(connects, more);
    }
    int start = size == 0 ? 0 : ends[size - 1] + delimiter.length;
    int end = start + to - from;
    if (end > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(end, 2 * bytes.length));
    }
    if (size > 0) {
      System.arraycopy(delimiter, 0, bytes, start - delimiter.length, delimiter.length);
    }
    System.arraycopy(word, from, bytes, start, to - from);
    starts[size] = start;
    ends[size] = end;
    hashes[size] = hash;
    connects[size] = connectors.find(word, from, to, hash) >= 0;
    size++;
  }

  /** Whether a word is a connector word. */
  boolean connects(int word) {
    return connects[word];
  }

  byte[] bytes() {
    return bytes;
  }

  int start(int word) {
    return starts[word];
  }

  int end(int word) {
    return ends[word];
  }

  /** The hash of the words from one to another. */
  int hash(int first, int last) {
    return first == last ? hashes[first] : WordTable.hash(bytes, starts[first], ends[last]);
  }

  /** The number that a table has for the words from one to another, -1 if none. */
  int find(WordTable table, int first, int last) {
    return table.find(bytes, starts[first], ends[last], hash(first, last));
  }

  /**
   * Divides the line into phrases and single words, from the left: a word and the next one that is
   * no connector are a candidate; if it is no phrase, the second word begins the next one.
   */
  void divide(Scorer scorer, Pieces pieces) {
    int start = NONE;
    for (int word = 0; word < size; word++) {
      if (connects[word]) {
        if (start == NONE) {
          pieces.piece(word, word, Double.NaN);
        }
        continue;
      }
      double score = start == NONE ? Double.NaN : scorer.score(this, start, word);
      if (Double.isNaN(score)) {
        single(start, word, pieces);
        start = word;
      } else {
        pieces.piece(start, word, score);
        start = NONE;
      }
    }
    single(start, size, pieces);
  }

  private static void single(int from, int to, Pieces pieces) {
    for (int word = from; from != NONE && word < to; word++) {
      pieces.piece(word, word, Double.NaN);
    }
  }
}
