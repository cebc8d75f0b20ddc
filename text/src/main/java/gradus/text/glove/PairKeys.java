package gradus.text.glove;

/**
 * Two words near each other as one number, which sorts by the more frequent word and then by the
 * other.
 *
 * <p>An event is, from the upper bits on: the smaller id, the larger id, a bit that tells whether
 * the larger one stood on the left, and the distance. Without the distance it is a key.
 *
 * @param wordBits how many bits an id takes
 * @param distanceBits how many bits a distance takes
 */
record PairKeys(int wordBits, int distanceBits) {

  static PairKeys of(int words, int window) {
    var keys = new PairKeys(bits(words), bits(window + 1));
    if (keys.keyBits() + keys.distanceBits > Long.SIZE - 1) {
      throw new IllegalArgumentException(
          "glove: a pair of %,d words within a window of %,d takes %d bits; there are 63. Raise minCount or lower window."
              .formatted(words, window, keys.keyBits() + keys.distanceBits));
    }
    return keys;
  }

  /** What numbers below {@code count} take. */
  private static int bits(int count) {
    return Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(count - 1));
  }

  int keyBits() {
    return 2 * wordBits + 1;
  }

  /**
   * An event.
   *
   * @param turned 1 if the larger id stood on the left, else 0
   */
  long event(int smaller, int larger, int turned, int distance) {
    return (((long) smaller << wordBits | larger) << 1 | turned) << distanceBits | distance;
  }

  long key(long event) {
    return event >>> distanceBits;
  }

  int distance(long event) {
    return (int) event & (1 << distanceBits) - 1;
  }

  int smaller(long key) {
    return (int) (key >>> wordBits + 1);
  }

  int larger(long key) {
    return (int) (key >>> 1) & (1 << wordBits) - 1;
  }

  boolean turned(long key) {
    return (key & 1) != 0;
  }
}
