package gradus.tensor.kernel.conv;

import gradus.tensor.kernel.Parallel;

/**
 * The places of the largest elements of windows over volumes {@code [outer, size[0], size[1],
 * size[2]]}; images and sequences are volumes of depth 1.
 *
 * <p>Along dimension d window o looks at from[d][o], then every step[d]-th element before to[d][o].
 * Of equal ones the first is taken, and a NaN is larger than everything, as in PyTorch.
 */
public final class WindowMax {
  private final int[] size;
  private final int[][] from;
  private final int[][] to;
  private final int[] step;

  /** Windows of three dimensions each. */
  public WindowMax(int[] size, int[][] from, int[][] to, int[] step) {
    this.size = size;
    this.from = from;
    this.to = to;
    this.step = step;
  }

  /** Finds the place in a volume of the largest element of what window (i, j, k) sees of it. */
  private interface Search {
    int find(int volume, int i, int j, int k);
  }

  /** The places in each volume, counted in row-major order: {@code [outer, windows]}. */
  public long[] places(float[] x, int at, int outer) {
    return places(outer, (volume, i, j, k) -> find(x, at + volume, i, j, k));
  }

  /** The same in {@code double}. */
  public long[] places(double[] x, int outer) {
    return places(outer, (volume, i, j, k) -> find(x, volume, i, j, k));
  }

  private long[] places(int outer, Search search) {
    int rows = from[1].length;
    int columns = from[2].length;
    int windows = from[0].length * rows * columns;
    long[] out = new long[outer * windows];
    int volume = size[0] * size[1] * size[2];
    Parallel.rows(
        outer,
        4L * volume + windows,
        (first, last) -> {
          for (int o = first; o < last; o++) {
            for (int w = 0; w < windows; w++) {
              int i = w / columns / rows;
              out[o * windows + w] = search.find(o * volume, i, w / columns % rows, w % columns);
            }
          }
        });
    return out;
  }

  private int find(float[] x, int at, int i, int j, int k) {
    int best = (from[0][i] * size[1] + from[1][j]) * size[2] + from[2][k];
    float most = Float.NEGATIVE_INFINITY;
    for (int a = from[0][i]; a < to[0][i]; a += step[0]) {
      for (int b = from[1][j]; b < to[1][j]; b += step[1]) {
        int row = (a * size[1] + b) * size[2];
        for (int c = from[2][k]; c < to[2][k]; c += step[2]) {
          float value = x[at + row + c];
          if (value > most || value != value) {
            most = value;
            best = row + c;
          }
        }
      }
    }
    return best;
  }

  private int find(double[] x, int at, int i, int j, int k) {
    int best = (from[0][i] * size[1] + from[1][j]) * size[2] + from[2][k];
    double most = Double.NEGATIVE_INFINITY;
    for (int a = from[0][i]; a < to[0][i]; a += step[0]) {
      for (int b = from[1][j]; b < to[1][j]; b += step[1]) {
        int row = (a * size[1] + b) * size[2];
        for (int c = from[2][k]; c < to[2][k]; c += step[2]) {
          double value = x[at + row + c];
          if (value > most || value != value) {
            most = value;
            best = row + c;
          }
        }
      }
    }
    return best;
  }
}
