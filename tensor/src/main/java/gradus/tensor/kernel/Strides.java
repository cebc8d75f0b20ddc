package gradus.tensor.kernel;

import java.util.Arrays;

/** Rewrites of a strided layout {@code {shape, strides}}, and copies between two. */
public final class Strides {

  private Strides() {}

  /** Neighbouring dimensions that lie like one become one; never empty, and without sizes of 1. */
  public static int[][] merge(int[] shape, int[] strides) {
    int[] sizes = new int[Math.max(1, shape.length)];
    int[] steps = new int[sizes.length];
    int last = -1;
    for (int d = 0; d < shape.length; d++) {
      if (shape[d] == 1) {
        continue;
      }
      if (last >= 0 && steps[last] == strides[d] * shape[d]) {
        sizes[last] *= shape[d];
      } else {
        sizes[++last] = shape[d];
      }
      steps[last] = strides[d];
    }
    if (last < 0) {
      sizes[++last] = 1;
      steps[last] = 1;
    }
    return new int[][] {Arrays.copyOf(sizes, last + 1), Arrays.copyOf(steps, last + 1)};
  }

  public static int[][] merge(int[][] layout) {
    return merge(layout[0], layout[1]);
  }

  /** The dimensions in the order of their strides, the widest first. */
  public static int[][] sort(int[] shape, int[] strides) {
    int[] sizes = shape.clone();
    int[] steps = strides.clone();
    for (int i = 1; i < sizes.length; i++) {
      for (int j = i; j > 0 && Math.abs(steps[j - 1]) < Math.abs(steps[j]); j--) {
        int size = sizes[j];
        sizes[j] = sizes[j - 1];
        sizes[j - 1] = size;
        int step = steps[j];
        steps[j] = steps[j - 1];
        steps[j - 1] = step;
      }
    }
    return new int[][] {sizes, steps};
  }

  /** Copies a tile, reading along the source's densest direction. */
  public static void copy(
      float[] x,
      int xOff,
      int xRow,
      int xCol,
      float[] out,
      int outOff,
      int outRow,
      int outCol,
      int rows,
      int cols) {
    if (Math.abs(xRow) < Math.abs(xCol)) {
      for (int j = 0; j < cols; j++) {
        for (int i = 0; i < rows; i++) {
          out[outOff + i * outRow + j * outCol] = x[xOff + i * xRow + j * xCol];
        }
      }
    } else {
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < cols; j++) {
          out[outOff + i * outRow + j * outCol] = x[xOff + i * xRow + j * xCol];
        }
      }
    }
  }
}
