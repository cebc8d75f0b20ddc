package gradus.tensor;

import static gradus.tensor.spi.Given.given;

import gradus.tensor.kernel.conv.WindowMax;
import gradus.tensor.kernel.conv.WindowSums;
import java.util.Arrays;

/** Sums and maxima of windows. */
final class WindowOps {
  private WindowOps() {}

  static Tensor sums(Tensor x, int dim, int[] from, int[] to) {
    int d = given(x, "input").shape().dim("sumWindows", dim);
    int windows = given(from, "from").length;
    int ends = given(to, "to").length;
    if (x.dim() == 0 || windows != ends) {
      throw Errors.invalid(
          "sumWindows",
          "input %s, %s first and %s last positions. Give a dimension, and as many of both."
              .formatted(x.shape(), windows, ends));
    }
    check(x, d, from, to);
    int[] sizes = x.shape().toArray();
    sizes[d] = from.length;
    Op op = new Op.SumWindows(d, Shapes.list(from), Shapes.list(to));
    return Tensor.record(op, summed(x, d, from, to, Shape.of(sizes)), x);
  }

  private static void check(Tensor x, int dim, int[] from, int[] to) {
    int size = x.size(dim);
    for (int o = 0; o < from.length; o++) {
      boolean ordered = o == 0 || from[o] >= from[o - 1] && to[o] >= to[o - 1];
      if (from[o] < 0 || to[o] > size || from[o] > to[o] || !ordered) {
        throw Errors.outside(
            "sumWindows",
            ("window %s is %s..%s, of dimension %s of %s. Windows lie inside, and none begins or"
                    + " ends before the one before it.")
                .formatted(o, from[o], to[o], dim, x.shape()));
      }
    }
  }

  private static Tensor summed(Tensor x, int dim, int[] from, int[] to, Shape shape) {
    int outer = Shapes.outer(x.shape(), dim);
    int inner = Shapes.inner(x.shape(), dim);
    int size = x.size(dim);
    if (x.dtype() == DType.FLOAT32) {
      Tensor in = Dense.packed(x);
      float[] out = ArrayPool.floats(shape);
      WindowSums.sum(Dense.array(in), in.offset, outer, size, inner, from, to, out);
      return Dense.of(out, shape);
    }
    if (x.dtype() == DType.FLOAT64) {
      double[] out = ArrayPool.room(shape, 8, double[]::new);
      WindowSums.sum(Dense.doubles(x), outer, size, inner, from, to, out);
      return Dense.of(out, x.dtype(), shape);
    }
    long[] out = ArrayPool.room(shape, 8, long[]::new);
    WindowSums.sum(Dense.longs(x), outer, size, inner, from, to, out);
    return Dense.of(out, DType.INT64, shape);
  }

  /** Where in each volume the largest element of each window stands. */
  static Tensor argmax(Tensor x, int dims, int[][] from, int[][] to, int[] step) {
    given(x, "input");
    int many = given(from, "from").length;
    if (dims < 1
        || dims > 3
        || x.dim() < dims
        || many != dims
        || given(to, "to").length != dims
        || given(step, "step").length != dims) {
      throw Errors.invalid(
          "argmaxWindows",
          "input %s, dims %s and windows of %s dimensions. Give windows for the last 1 to 3."
              .formatted(x.shape(), dims, many));
    }
    for (int d = 0; d < dims; d++) {
      checkNotEmpty(x.size(x.dim() - dims + d), from[d], to[d], step[d]);
    }
    if (!x.dtype().isFloatingPoint()) {
      throw Errors.dtype(
          "argmaxWindows", "input", "FLOAT32 or FLOAT64", x.dtype(), "Use x.toFloat().");
    }
    int[] sizes = x.shape().toArray();
    int lead = x.dim() - dims;
    int[] size = {1, 1, 1};
    int[][] first = {{0}, {0}, {0}};
    int[][] end = {{1}, {1}, {1}};
    int[] steps = {1, 1, 1};
    int outer = 1;
    for (int d = 0; d < lead; d++) {
      outer *= sizes[d];
    }
    for (int d = 0; d < dims; d++) {
      int to3 = 3 - dims + d;
      size[to3] = sizes[lead + d];
      first[to3] = from[d];
      end[to3] = to[d];
      steps[to3] = step[d];
      sizes[lead + d] = from[d].length;
    }
    var windows = new WindowMax(size, first, end, steps);
    Tensor in = Dense.packed(x);
    long[] places =
        x.dtype() == DType.FLOAT32
            ? windows.places(Dense.array(in), in.offset, outer)
            : windows.places(Dense.doubles(x), outer);
    return Dense.of(places, DType.INT64, Shape.of(sizes));
  }

  private static void checkNotEmpty(int size, int[] from, int[] to, int step) {
    boolean fits = step > 0 && from != null && to != null && from.length == to.length;
    for (int o = 0; fits && o < from.length; o++) {
      fits = from[o] >= 0 && from[o] < to[o] && to[o] <= size;
    }
    if (!fits) {
      throw Errors.invalid(
          "argmaxWindows",
          "windows from %s to %s in steps of %s of %s elements. Each must hold one of them."
              .formatted(Arrays.toString(from), Arrays.toString(to), step, size));
    }
  }
}
