package gradus.text.glove;

import java.util.Arrays;

/** Sorts by some bits of numbers, the lowest digits first. */
final class RadixSort {

  /** A digit of more bits writes to more places than the processor's table of pages holds. */
  private static final int MOST_DIGIT_BITS = 10;

  private RadixSort() {}

  /**
   * Sorts the first numbers of an array.
   *
   * @param values the numbers
   * @param scratch as long, whose content is lost
   * @param count how many
   * @param low the lowest bit that counts
   * @param bits how many bits count
   * @return which of the two arrays holds the sorted numbers
   */
  static long[] sort(long[] values, long[] scratch, int count, int low, int bits) {
    int passes = Math.ceilDiv(bits, MOST_DIGIT_BITS);
    int digit = Math.ceilDiv(bits, passes);
    int[] places = new int[1 << digit];
    long[] from = values;
    long[] to = scratch;
    for (int shift = low; shift < low + bits; shift += digit) {
      if (spread(from, to, count, shift, places)) {
        long[] other = from;
        from = to;
        to = other;
      }
    }
    return from;
  }

  /** One pass; false if all numbers have the same digit, and nothing is to be done. */
  private static boolean spread(long[] from, long[] to, int count, int shift, int[] places) {
    Arrays.fill(places, 0);
    int mask = places.length - 1;
    for (int i = 0; i < count; i++) {
      places[(int) (from[i] >>> shift) & mask]++;
    }
    int sum = 0;
    for (int digit = 0; digit < places.length; digit++) {
      if (places[digit] == count) {
        return false;
      }
      int here = places[digit];
      places[digit] = sum;
      sum += here;
    }
    for (int i = 0; i < count; i++) {
      long value = from[i];
      to[places[(int) (value >>> shift) & mask]++] = value;
    }
    return true;
  }
}
