package gradus.tensor.kernel.conv;

import gradus.tensor.kernel.Parallel;

/**
 * The sums of windows along one dimension of {@code [outer, size, inner]}: of the slices from[o]
 * (inclusive) to to[o] (exclusive) each, added in order. A window of several dimensions is the sum
 * along each, and the gradient of a sum is one again, over the windows that an element is in.
 */
public final class WindowSums {
  private WindowSums() {}

  /** {@code out[outer, from.length, inner]}; an empty window sums to 0. */
  public static void sum(
      float[] x, int at, int outer, int size, int inner, int[] from, int[] to, float[] out) {
    int count = from.length;
    if (outer * count == 0 || inner == 0) {
      return;
    }
    long cost = 0;
    for (int o = 0; o < count; o++) {
      cost += to[o] - from[o] + 1;
    }
    long rowCost = Math.max(1, cost * inner / count);
    Parallel.rows(
        outer * count,
        rowCost,
        (first, last) -> {
          for (int row = first; row < last; row++) {
            int o = row % count;
            int begin = at + (row / count * size + from[o]) * inner;
            if (inner == 1) {
              out[row] = run(x, begin, to[o] - from[o]);
            } else {
              slices(x, begin, to[o] - from[o], inner, out, row * inner);
            }
          }
        });
  }

  private static float run(float[] x, int at, int length) {
    float sum = 0;
    for (int i = 0; i < length; i++) {
      sum += x[at + i];
    }
    return sum;
  }

  private static void slices(float[] x, int at, int length, int inner, float[] out, int to) {
    if (length == 0) {
      java.util.Arrays.fill(out, to, to + inner, 0);
      return;
    }
    System.arraycopy(x, at, out, to, inner);
    for (int i = 1; i < length; i++) {
      int next = at + i * inner;
      for (int j = 0; j < inner; j++) {
        out[to + j] += x[next + j];
      }
    }
  }

  /** The same in {@code double}, for the reference path. */
  public static void sum(
      double[] x, int outer, int size, int inner, int[] from, int[] to, double[] out) {
    for (int row = 0; row < outer * from.length; row++) {
      int o = row % from.length;
      for (int i = from[o]; i < to[o]; i++) {
        int begin = (row / from.length * size + i) * inner;
        for (int j = 0; j < inner; j++) {
          out[row * inner + j] += x[begin + j];
        }
      }
    }
  }

  /** The same of whole numbers. */
  public static void sum(
      long[] x, int outer, int size, int inner, int[] from, int[] to, long[] out) {
    for (int row = 0; row < outer * from.length; row++) {
      int o = row % from.length;
      for (int i = from[o]; i < to[o]; i++) {
        int begin = (row / from.length * size + i) * inner;
        for (int j = 0; j < inner; j++) {
          out[row * inner + j] += x[begin + j];
        }
      }
    }
  }
}
