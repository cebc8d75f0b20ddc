package gradus.text.glove;

import java.util.Arrays;

/**
 * Words in blocks of neighbours by frequency. The rows of a block of words and of a block of
 * contexts fit into a core's cache together, and the pairs of one block into memory.
 *
 * @param starts the first word of each block, and behind the last one how many words there are
 */
record Blocks(int[] starts) {

  /**
   * What the rows of a block take. Two blocks are somewhat more than the second cache of a core
   * holds, but most tiles touch a part of their rows only.
   */
  private static final int BYTES = 640 << 10;

  /** More blocks make more tiles than are worth it. */
  private static final int MOST = 1024;

  /** Of one block, however many words it has, if there are not too many blocks then. */
  private static final long MOST_PAIRS = 2 << 20;

  /** So many blocks at least, for threads to have something to do. */
  private static final int LEAST = 64;

  /** What a pair names rows by. */
  private static final int MOST_ROWS = 1 << 16;

  /**
   * Divides words into blocks.
   *
   * @param counts how often each occurs, by falling frequency
   * @param window how many neighbours a word has on each side
   * @param rowBytes what a word's row takes
   */
  static Blocks of(long[] counts, int window, int rowBytes) {
    int words = counts.length;
    int rows = Math.clamp(Math.max(BYTES / rowBytes, 2 * words / MOST), 1, MOST_ROWS);
    long all = 0;
    for (long count : counts) {
      all += partners(count, window, words);
    }
    long most = Math.min(Math.max(MOST_PAIRS, all / (MOST / 2)), all / LEAST);
    int[] starts = new int[words + 1];
    int blocks = 0;
    long pairs = 0;
    for (int word = 0; word < words; word++) {
      pairs += partners(counts[word], window, words);
      if (word == 0 || pairs > most || word - starts[blocks - 1] == rows) {
        starts[blocks++] = word;
        pairs = partners(counts[word], window, words);
      }
    }
    starts[blocks] = words;
    return new Blocks(Arrays.copyOf(starts, blocks + 1));
  }

  /** With how many words a word can stand together. */
  private static long partners(long count, int window, int words) {
    return Math.min(words, 2 * count * window);
  }

  int count() {
    return starts.length - 1;
  }

  int words() {
    return starts[count()];
  }

  /** The block of each word. */
  int[] ofWords() {
    int[] blocks = new int[words()];
    for (int block = 0; block < count(); block++) {
      Arrays.fill(blocks, starts[block], starts[block + 1], block);
    }
    return blocks;
  }
}
