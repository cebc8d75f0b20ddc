package gradus.tensor.kernel.order;

import gradus.tensor.kernel.Lanes;
import gradus.tensor.kernel.VectorScan;
import gradus.tensor.kernel.WarmUp;

/**
 * Elements as whole numbers that are in the same order. −0 is the same as 0, and every NaN the same
 * and above infinity.
 *
 * <p>The upper 32 bits decide, and suffice for all types but the wide ones: there the lower 32 bits
 * decide between elements whose upper ones are equal.
 */
public sealed interface SortKeys {

  /** The upper 32 bits for the element at a place of the array. */
  int upper(int place);

  /** The lower 32 bits; 0 for a type that is not {@link #wide()}. */
  default int lower(int place) {
    return 0;
  }

  /** Whether the lower bits matter. */
  default boolean wide() {
    return false;
  }

  /**
   * Packs the upper bits with the position: {@code rows[lane · n + i] = upper << 32 | i} for the
   * element at {@code at + i · step + lane}. Such numbers are in order as the elements are, and
   * equal elements by position.
   *
   * @param flip −1 to turn the order of the elements around, else 0
   */
  default void pack(int at, int step, int n, int lanes, int flip, long[] rows) {
    for (int i = 0; i < n; i++) {
      for (int lane = 0; lane < lanes; lane++) {
        rows[lane * n + i] = (long) (upper(at + i * step + lane) ^ flip) << 32 | i;
      }
    }
  }

  /**
   * The first position in {@code from … to − 1} whose upper bits are not above {@code limit}, or
   * {@code to}.
   */
  default int next(int at, int from, int to, int flip, int limit) {
    int i = from;
    while (i < to && (upper(at + i) ^ flip) > limit) {
      i++;
    }
    return i;
  }

  /** FLOAT32. */
  record Floats(float[] array) implements SortKeys {
    private static final int INFINITY = 0x7f800000;

    /** Elements that the vector form gets at a time before it is compiled. */
    private static final int FEW = 256;

    private static final WarmUp WARM_UP = new WarmUp();

    @Override
    public int upper(int place) {
      return key(array[place]);
    }

    private static int key(float value) {
      int bits = Float.floatToRawIntBits(value + 0.0f);
      int key = bits ^ (bits >> 31 & Integer.MAX_VALUE);
      // All ones for NaN; without a comparison of floats, which takes longer than the rest.
      int nan = (INFINITY - (bits & Integer.MAX_VALUE)) >> 31;
      return (key | nan) ^ (nan & Integer.MIN_VALUE);
    }

    /** The same loops, compiled for this type alone. */
    @Override
    public void pack(int at, int step, int n, int lanes, int flip, long[] rows) {
      if (lanes == 1 && step == 1) {
        for (int i = 0; i < n; i++) {
          rows[i] = (long) (key(array[at + i]) ^ flip) << 32 | i;
        }
        return;
      }
      for (int i = 0; i < n; i++) {
        for (int lane = 0; lane < lanes; lane++) {
          rows[lane * n + i] = (long) (key(array[at + i * step + lane]) ^ flip) << 32 | i;
        }
      }
    }

    @Override
    public int next(int at, int from, int to, int flip, int limit) {
      int i = from;
      long turn = Lanes.COUNT > 0 ? WARM_UP.turn() : WarmUp.PLAIN;
      if (turn != WarmUp.PLAIN) {
        int key = limit ^ flip;
        float bound = Float.intBitsToFloat(key ^ (key >> 31 & Integer.MAX_VALUE));
        int end = WARM_UP.compiled() ? to : from + Math.min(FEW, to - from);
        i += VectorScan.skipSide(array, at + from, end - from, bound, flip != 0);
        WARM_UP.done(turn, i - from);
      }
      while (i < to && (key(array[at + i]) ^ flip) > limit) {
        i++;
      }
      return i;
    }
  }

  /** FLOAT64. */
  record Doubles(double[] array) implements SortKeys {
    private long key(int place) {
      long bits = Double.doubleToLongBits(array[place] + 0.0);
      return bits ^ (bits >> 63 & Long.MAX_VALUE);
    }

    @Override
    public int upper(int place) {
      return (int) (key(place) >> 32);
    }

    @Override
    public int lower(int place) {
      return (int) key(place) ^ Integer.MIN_VALUE;
    }

    @Override
    public boolean wide() {
      return true;
    }
  }

  /** INT64. */
  record Longs(long[] array) implements SortKeys {
    @Override
    public int upper(int place) {
      return (int) (array[place] >> 32);
    }

    @Override
    public int lower(int place) {
      return (int) array[place] ^ Integer.MIN_VALUE;
    }

    @Override
    public boolean wide() {
      return true;
    }
  }

  /** INT32. */
  record Ints(int[] array) implements SortKeys {
    @Override
    public int upper(int place) {
      return array[place];
    }
  }

  /** BOOL: false before true. */
  record Booleans(boolean[] array) implements SortKeys {
    @Override
    public int upper(int place) {
      return array[place] ? 1 : 0;
    }
  }
}
