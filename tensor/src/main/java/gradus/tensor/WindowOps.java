package gradus.tensor;

import static gradus.tensor.spi.Given.given;

import gradus.tensor.kernel.conv.WindowSums;

/** Sums and maxima of windows. */
final class WindowOps {
  private WindowOps() {}

  static Tensor sums(Tensor x, int dim, int[] from, int[] to) {
    int d = given(x, "input").shape().dim("sumWindows", dim);
    if (x.dim() == 0 || given(from, "from").length != given(to, "to").length) {
      throw Errors.invalid(
          "sumWindows",
          "input %s, %s first and %s last positions. Give a dimension, and as many of both."
              .formatted(x.shape(), from.length, to.length));
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
}
