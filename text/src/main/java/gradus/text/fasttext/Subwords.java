package gradus.text.fasttext;

import java.nio.charset.StandardCharsets;

/**
 * The n-grams of a word as fastText takes them: all runs of {@code minn} to {@code maxn} letters of
 * {@code <word>}, and the bucket each falls into.
 *
 * <p>Source: Bojanowski, Grave, Joulin and Mikolov, "Enriching Word Vectors with Subword
 * Information", 2017.
 */
final class Subwords {

  /** The mark at the end of a line; since version 11 it has no n-grams. */
  static final String END_OF_LINE = "</s>";

  private static final int FNV_OFFSET = 0x811C9DC5;
  private static final int FNV_PRIME = 16_777_619;

  private Subwords() {}

  @FunctionalInterface
  interface Receiver {
    /**
     * One n-gram.
     *
     * @param bucket the bucket it falls into
     * @param from its first byte in the marked word
     * @param to the end of it
     */
    void take(int bucket, int from, int to);
  }

  /** The bytes of {@code <word>}. */
  static byte[] marked(byte[] word) {
    byte[] marked = new byte[word.length + 2];
    marked[0] = '<';
    System.arraycopy(word, 0, marked, 1, word.length);
    marked[word.length + 1] = '>';
    return marked;
  }

  /** Gives the n-grams of a marked word, by where they begin and then by length. */
  static void of(byte[] word, int minn, int maxn, int bucket, Receiver receiver) {
    if (bucket == 0) {
      return;
    }
    for (int from = 0; from < word.length; from++) {
      if (continues(word[from])) {
        continue;
      }
      int hash = FNV_OFFSET;
      int to = from;
      for (int letters = 1; letters <= maxn && to < word.length; letters++) {
        do {
          hash = hashed(hash, word[to++]);
        } while (to < word.length && continues(word[to]));
        boolean mark = letters == 1 && (from == 0 || to == word.length);
        if (letters >= minn && !mark) {
          receiver.take(Integer.remainderUnsigned(hash, bucket), from, to);
        }
      }
    }
  }

  /** Whether a byte of UTF-8 goes on with a letter that an earlier byte began. */
  private static boolean continues(byte b) {
    return (b & 0xC0) == 0x80;
  }

  /**
   * One step of the hash FNV-1a; fastText widens bytes with their sign, which the original does
   * not.
   */
  private static int hashed(int hash, byte b) {
    return (hash ^ b) * FNV_PRIME;
  }

  static int hash(String word) {
    int hash = FNV_OFFSET;
    for (byte b : word.getBytes(StandardCharsets.UTF_8)) {
      hash = hashed(hash, b);
    }
    return hash;
  }
}
