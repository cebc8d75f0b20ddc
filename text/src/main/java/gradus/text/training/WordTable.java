package gradus.text.training;

import java.util.Arrays;

/**
 * Words as bytes, numbered as they come, with their counts: a hash table without an object a word.
 */
public final class WordTable {

  /** FNV-1a's first value. */
  static final int HASH_START = 0x811C9DC5;

  private static final int HASH_FACTOR = 16_777_619;
  private static final int FREE = -1;

  private byte[] text = new byte[1 << 12];
  private int[] ends = new int[1 << 9];
  private int[] hashes = new int[1 << 9];
  private long[] counts = new long[1 << 9];
  private long[] firsts = new long[1 << 9];
  private int[] places = places(1 << 10);
  private int size;

  private static int[] places(int count) {
    int[] places = new int[count];
    Arrays.fill(places, FREE);
    return places;
  }

  /** One step of FNV-1a as fastText takes it: bytes are widened with their sign. */
  static int hash(int hash, byte b) {
    return (hash ^ b) * HASH_FACTOR;
  }

  /** The hash of a word: FNV-1a of its bytes, widened with their sign. */
  public static int hash(byte[] bytes, int from, int to) {
    int hash = HASH_START;
    for (int i = from; i < to; i++) {
      hash = hash(hash, bytes[i]);
    }
    return hash;
  }

  /** How many different words there are. */
  public int size() {
    return size;
  }

  /** How often a word was added. */
  public long count(int word) {
    return counts[word];
  }

  /** Where it was first seen. */
  long first(int word) {
    return firsts[word];
  }

  /** Its letters. */
  public byte[] bytes(int word) {
    return Arrays.copyOfRange(text, start(word), ends[word]);
  }

  private int start(int word) {
    return word == 0 ? 0 : ends[word - 1];
  }

  /** The number of a word, -1 if it has none. */
  public int find(byte[] bytes, int from, int to, int hash) {
    return places[place(bytes, from, to, hash)];
  }

  /**
   * Counts a word.
   *
   * @param count how often it stands there
   * @param first where it stands first
   * @return its number
   */
  public int add(byte[] bytes, int from, int to, int hash, long count, long first) {
    int place = place(bytes, from, to, hash);
    int word = places[place];
    if (word == FREE) {
      word = size;
      places[place] = word;
      append(bytes, from, to, hash);
      firsts[word] = first;
      if (2L * size > places.length) {
        grow();
      }
    }
    counts[word] += count;
    firsts[word] = Math.min(firsts[word], first);
    return word;
  }

  /** Adds all words of another table. */
  public void addAll(WordTable other) {
    for (int word = 0; word < other.size; word++) {
      add(
          other.text,
          other.start(word),
          other.ends[word],
          other.hashes[word],
          other.counts[word],
          other.firsts[word]);
    }
  }

  /** Some words, in another order, in a table of their own. */
  public WordTable select(int[] words) {
    var selected = new WordTable();
    for (int word : words) {
      selected.add(text, start(word), ends[word], hashes[word], counts[word], firsts[word]);
    }
    return selected;
  }

  /** How often each word was added. */
  public long[] counts() {
    return Arrays.copyOf(counts, size);
  }

  /** The words that were added so often at least, in a table of their own. */
  public WordTable atLeast(long count) {
    var kept = new WordTable();
    for (int word = 0; word < size; word++) {
      if (counts[word] >= count) {
        kept.add(text, start(word), ends[word], hashes[word], counts[word], firsts[word]);
      }
    }
    return kept;
  }

  private int place(byte[] bytes, int from, int to, int hash) {
    int mask = places.length - 1;
    int place = (hash ^ hash >>> 15) & mask;
    while (true) {
      int word = places[place];
      if (word == FREE
          || hashes[word] == hash
              && Arrays.equals(text, start(word), ends[word], bytes, from, to)) {
        return place;
      }
      place = (place + 1) & mask;
    }
  }

  private void append(byte[] bytes, int from, int to, int hash) {
    int start = size == 0 ? 0 : ends[size - 1];
    long end = (long) start + to - from;
    if (end > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "corpus: %,d different words take more than two gigabytes. Limit them by maxVocabSize."
              .formatted(size));
    }
    if (end > text.length) {
      text = Arrays.copyOf(text, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(end, 2L * end)));
    }
    System.arraycopy(bytes, from, text, start, to - from);
    if (size == ends.length) {
      int more = size + (size >> 1);
      ends = Arrays.copyOf(ends, more);
      hashes = Arrays.copyOf(hashes, more);
      counts = Arrays.copyOf(counts, more);
      firsts = Arrays.copyOf(firsts, more);
    }
    ends[size] = (int) end;
    hashes[size] = hash;
    size++;
  }

  private void grow() {
    places = places(2 * places.length);
    int mask = places.length - 1;
    for (int word = 0; word < size; word++) {
      int place = (hashes[word] ^ hashes[word] >>> 15) & mask;
      while (places[place] != FREE) {
        place = (place + 1) & mask;
      }
      places[place] = word;
    }
  }
}
