package gradus.nn.functional;

import static gradus.tensor.spi.Given.given;

import gradus.tensor.DType;
import gradus.tensor.Tensor;
import gradus.tensor.ValuesIndices;
import java.util.Arrays;

/** Means and maxima of windows over the last one, two or three dimensions. */
public final class Pools {
  private Pools() {}

  /** [N, C, *sizes] or [C, *sizes], nothing empty but the batch. */
  private static void check(String op, Tensor x, int dims) {
    boolean fits = given(x).dim() == dims + 1 || x.dim() == dims + 2;
    for (int d = x.dim() - dims - 1; fits && d < x.dim(); d++) {
      fits = x.size(d) > 0;
    }
    if (!fits) {
      throw Checks.invalid(
          op,
          "expected %sD or %sD (batch mode) input with nothing empty but the batch, but got: %s."
              .formatted(dims + 1, dims + 2, x.shape()));
    }
  }

  /** The means of windows; the divisor is null for how many elements a window holds. */
  public static Tensor average(
      String op, Tensor x, Sliding w, boolean ceilMode, boolean countIncludePad, Integer divisor) {
    int dims = w.kernel().length;
    check(op, x, dims);
    w.halfAtMost(op);
    if (x.dtype() == DType.BOOL) {
      throw Checks.invalid(op, "input must be a number but is BOOL. Use x.toFloat().");
    }
    if (divisor != null && divisor == 0) {
      throw Checks.invalid(op, "divisorOverride is 0. The divisor must be not zero.");
    }
    int[][] from = new int[dims][];
    int[][] to = new int[dims][];
    long[][] count = new long[dims][];
    for (int d = 0; d < dims; d++) {
      int size = x.size(x.dim() - dims + d);
      int n = w.count(op, d, size, ceilMode);
      from[d] = new int[n];
      to[d] = new int[n];
      count[d] = new long[n];
      for (int o = 0; o < n; o++) {
        int start = o * w.stride()[d] - w.padding()[d];
        int end = Math.min(start + w.kernel()[d], size + w.padding()[d]);
        from[d][o] = Math.max(0, start);
        to[d][o] = Math.min(size, end);
        count[d][o] = countIncludePad ? end - start : to[d][o] - from[d][o];
      }
    }
    return mean(x, from, to, count, divisor);
  }

  /** Sums of windows over what is counted in each dimension, or over the divisor unless null. */
  private static Tensor mean(Tensor x, int[][] from, int[][] to, long[][] count, Integer divisor) {
    int dims = from.length;
    Tensor sums = x;
    Tensor counts = Tensor.ones(x.dtype());
    for (int d = 0; d < dims; d++) {
      sums = Tensor.sumWindows(sums, x.dim() - dims + d, from[d], to[d]);
      int[] along = new int[dims];
      Arrays.fill(along, 1);
      along[d] = count[d].length;
      counts = counts.mul(Tensor.of(count[d]).to(x.dtype()).reshape(along));
    }
    Tensor by = divisor == null ? counts : Tensor.full(counts.shape(), divisor, x.dtype());
    return x.dtype().isFloatingPoint() ? sums.div(by) : sums.div(by, "trunc");
  }

  /** The maxima of windows and their places in the last dimensions. */
  public static ValuesIndices max(String op, Tensor x, Sliding w, boolean ceilMode) {
    int dims = w.kernel().length;
    check(op, x, dims);
    w.halfAtMost(op);
    Checks.floating(op, "input", x);
    int[][] from = new int[dims][];
    int[][] to = new int[dims][];
    for (int d = 0; d < dims; d++) {
      int size = x.size(x.dim() - dims + d);
      int step = w.dilation()[d];
      from[d] = new int[w.count(op, d, size, ceilMode)];
      to[d] = new int[from[d].length];
      for (int o = 0; o < from[d].length; o++) {
        int start = o * w.stride()[d] - w.padding()[d];
        to[d][o] = (int) Math.min(size, start + w.extent(d));
        from[d][o] = start < 0 ? start + Math.ceilDiv(-start, step) * step : start;
      }
    }
    return taken(x, dims, from, to, w.dilation());
  }

  private static ValuesIndices taken(Tensor x, int dims, int[][] from, int[][] to, int[] step) {
    Tensor places = Tensor.argmaxWindows(x.detach(), dims, from, to, step);
    int lead = x.dim() - dims;
    Tensor values =
        x.flatten(lead, -1).gather(-1, places.flatten(lead, -1)).reshape(places.shape().toArray());
    return new ValuesIndices(values, places);
  }

  /** For each of the last dimensions the borders of windows that divide it evenly. */
  private static int[][][] divided(String op, Tensor x, int dims, Integer[] outputSize) {
    check(op, x, dims);
    Checks.floating(op, "input", x);
    if (given(outputSize, "outputSize").length != 1 && outputSize.length != dims) {
      throw Checks.invalid(
          op,
          "outputSize is %s. It must be one number, or %s, one a dimension."
              .formatted(Arrays.toString(outputSize), dims));
    }
    int[][][] borders = new int[2][dims][];
    for (int d = 0; d < dims; d++) {
      long size = x.size(x.dim() - dims + d);
      Integer given = outputSize[outputSize.length == 1 ? 0 : d];
      int n = given == null ? (int) size : given;
      if (n < 0) {
        throw Checks.invalid(op, "outputSize %s is negative. It must be 0 or more.".formatted(n));
      }
      borders[0][d] = new int[n];
      borders[1][d] = new int[n];
      Arrays.setAll(borders[0][d], o -> (int) (o * size / n));
      Arrays.setAll(borders[1][d], o -> (int) Math.ceilDiv((o + 1) * size, (long) n));
    }
    return borders;
  }

  /** The means of windows that divide the last dimensions into a given number. */
  public static Tensor adaptiveAverage(String op, int dims, Tensor x, Integer... outputSize) {
    int[][][] borders = divided(op, x, dims, outputSize);
    long[][] count = new long[dims][];
    for (int d = 0; d < dims; d++) {
      int[] from = borders[0][d];
      int[] to = borders[1][d];
      count[d] = new long[from.length];
      Arrays.setAll(count[d], o -> to[o] - from[o]);
    }
    return mean(x, borders[0], borders[1], count, null);
  }

  /** The maxima of windows that divide the last dimensions into a given number. */
  public static ValuesIndices adaptiveMax(String op, int dims, Tensor x, Integer... outputSize) {
    int[][][] borders = divided(op, x, dims, outputSize);
    int[] step = new int[dims];
    Arrays.fill(step, 1);
    return taken(x, dims, borders[0], borders[1], step);
  }

  /** The p-norms of windows. */
  public static Tensor power(
      String op, int dims, Tensor x, double p, int[] kernel, int[] stride, boolean ceilMode) {
    Checks.floating(op, "input", x);
    Sliding w = Sliding.of(op, dims, kernel, stride, new int[] {0}, new int[] {1});
    Tensor mean = average(op, x.pow(p), w, ceilMode, true, null);
    double area = 1;
    for (int size : w.kernel()) {
      area *= size;
    }
    return mean.sign().mul(mean.abs().relu()).mul(area).pow(1 / p);
  }

  /** Maxima put back where they were found, zeros elsewhere. */
  public static Tensor unpool(String op, Tensor x, Tensor indices, Sliding w, int[] outputSize) {
    int dims = w.kernel().length;
    given(indices, "indices");
    boolean fits = given(x, "input").dim() == dims + 1 || x.dim() == dims + 2;
    if (!fits || !x.shape().equals(indices.shape())) {
      throw Checks.invalid(
          op,
          "input %s and indices %s. They must have one shape, of %s or %s dimensions."
              .formatted(x.shape(), indices.shape(), dims + 1, dims + 2));
    }
    Checks.floating(op, "input", x);
    int lead = x.dim() - dims;
    int[] shape = x.shape().toArray();
    int[] given = outputSize == null ? new int[0] : outputSize;
    if (given.length != 0 && given.length != dims && given.length != x.dim()) {
      throw Checks.invalid(
          op,
          "outputSize is %s. Give a size for each of %s dimensions, or the whole shape."
              .formatted(Arrays.toString(given), dims));
    }
    int area = 1;
    for (int d = 0; d < dims; d++) {
      int natural = (x.size(lead + d) - 1) * w.stride()[d] - 2 * w.padding()[d] + w.kernel()[d];
      int size = given.length == 0 ? natural : given[given.length - dims + d];
      if (Math.abs(size - natural) >= w.stride()[d]) {
        throw Checks.invalid(
            op,
            "outputSize %s of dimension %s. It must be less than the stride %s away from %s."
                .formatted(size, d, w.stride()[d], natural));
      }
      shape[lead + d] = size;
      area *= size;
    }
    int[] flat = Arrays.copyOf(x.shape().toArray(), lead + 1);
    flat[lead] = area;
    return Tensor.zeros(x.dtype(), flat)
        .scatter(-1, indices.flatten(lead, -1), x.flatten(lead, -1))
        .reshape(shape);
  }
}
