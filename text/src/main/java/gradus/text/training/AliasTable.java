package gradus.text.training;

/**
 * Draws numbers with given weights in constant time: a place at random, then either its own number
 * or the one that fills the place up.
 *
 * <p>Source: Walker, "An Efficient Method for Generating Discrete Random Variables with General
 * Distributions", 1977; built as in Vose, "A Linear Algorithm for Generating Random Numbers with a
 * Given Distribution", 1991.
 */
public final class AliasTable {

  /** word2vec's and fastText's power of a word's count by which negatives are drawn. */
  public static final double NS_EXPONENT = 0.75;

  /** How much of each place is its own number, in 2^32. */
  private final int[] own;

  private final int[] other;

  /**
   * A table.
   *
   * @param weights for each number how often it is drawn, in any unit; none below zero, some above
   */
  public AliasTable(double[] weights) {
    int n = weights.length;
    own = new int[n];
    other = new int[n];
    double total = 0;
    for (double weight : weights) {
      total += weight;
    }
    double[] share = new double[n];
    int[] waiting = new int[n];
    int small = 0;
    int large = n;
    for (int i = 0; i < n; i++) {
      share[i] = weights[i] / total * n;
      if (share[i] < 1) {
        waiting[small++] = i;
      } else {
        waiting[--large] = i;
      }
    }
    while (small > 0 && large < n) {
      int little = waiting[--small];
      int much = waiting[large];
      fill(little, share[little], much);
      share[much] -= 1 - share[little];
      if (share[much] < 1) {
        large++;
        waiting[small++] = much;
      }
    }
    while (small > 0) {
      int last = waiting[--small];
      fill(last, 1, last);
    }
    while (large < n) {
      int last = waiting[large++];
      fill(last, 1, last);
    }
  }

  /** The table of word2vec's negatives: each word by its count to a power. */
  public static AliasTable ofCounts(long[] counts, double exponent) {
    double[] weights = new double[counts.length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = Math.pow(counts[i], exponent);
    }
    return new AliasTable(weights);
  }

  private void fill(int place, double share, int rest) {
    long part = Math.min(0xFFFF_FFFFL, (long) (share * 0x1p32));
    own[place] = (int) part;
    other[place] = part == 0xFFFF_FFFFL ? place : rest;
  }

  /** A number, from 64 random bits. */
  public int draw(long random) {
    int place = (int) ((random >>> 32) * own.length >>> 32);
    return Integer.compareUnsigned((int) random, own[place]) < 0 ? place : other[place];
  }

  /** How likely a number is drawn. */
  public double probability(int number) {
    double sum = 0;
    for (int place = 0; place < own.length; place++) {
      double mine = Integer.toUnsignedLong(own[place]) * 0x1p-32;
      sum += (place == number ? mine : 0) + (other[place] == number ? 1 - mine : 0);
    }
    return sum / own.length;
  }
}
