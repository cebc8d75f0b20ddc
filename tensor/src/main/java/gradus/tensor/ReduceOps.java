package gradus.tensor;

import gradus.tensor.kernel.op.BinaryOps;
import gradus.tensor.kernel.reduce.Reduce;
import java.util.ArrayList;
import java.util.List;

/**
 * How reductions run: FLOAT32 on the fast kernels, anything else row by row on the reference path.
 */
final class ReduceOps {
  private ReduceOps() {}

  /** The elements of {@code x} as rows: one row for each result, holding what is folded into it. */
  static Tensor rows(Tensor x, List<Integer> dims) {
    var order = new ArrayList<>(Shapes.others(x.dim(), dims));
    order.addAll(dims);
    try (var _ = GradMode.noGrad()) {
      return order.isEmpty() ? x : x.permute(Views.ints(order));
    }
  }

  interface Row {
    double fold(double[] values, int from, int to);
  }

  static Tensor reference(Tensor x, List<Integer> dims, boolean keepdim, DType dtype, Row row) {
    double[] values = Dense.doubles(rows(x, dims));
    Shape shape = Shapes.reduced(x.shape(), dims, keepdim);
    int cols = Shapes.count(x.shape(), dims);
    double[] out = ArrayPool.room(shape, 8, double[]::new);
    for (int r = 0; r < out.length; r++) {
      out[r] = row.fold(values, r * cols, (r + 1) * cols);
    }
    return Dense.of(out, dtype, shape);
  }

  private static int[] pick(int[] values, List<Integer> dims) {
    int[] out = new int[dims.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = values[dims.get(i)];
    }
    return out;
  }

  /** A reduction on the kernels; see {@link Reduce}. */
  interface Kernel {
    void run(
        float[] x,
        int xOff,
        int[] keptShape,
        int[] keptStrides,
        int[] reducedShape,
        int[] reducedStrides,
        float[] out);
  }

  /** FLOAT32 on the kernels. */
  static Tensor kernel(Reduce.Kind kind, Tensor x, List<Integer> dims, boolean keepdim) {
    return kernel(
        (in, at, kept, keptStrides, reduced, reducedStrides, out) ->
            Reduce.reduce(kind, in, at, kept, keptStrides, reduced, reducedStrides, out),
        x,
        dims,
        keepdim);
  }

  static Tensor kernel(Kernel kernel, Tensor x, List<Integer> dims, boolean keepdim) {
    List<Integer> kept = Shapes.others(x.dim(), dims);
    Shape shape = Shapes.reduced(x.shape(), dims, keepdim);
    int n = shape.numel();
    float[] out = ArrayPool.floats(n);
    int[] sizes = x.shape().raw();
    if (n > 0) {
      kernel.run(
          Dense.array(x),
          x.offset,
          pick(sizes, kept),
          pick(x.strides, kept),
          pick(sizes, dims),
          pick(x.strides, dims),
          out);
    }
    return Dense.of(out, shape);
  }

  static Tensor sum(Tensor x, List<Integer> dims, boolean keepdim) {
    if (x.dtype() == DType.FLOAT32) {
      return kernel(Reduce.Kind.SUM, x, dims, keepdim);
    }
    if (x.dtype() == DType.FLOAT64) {
      return reference(x, dims, keepdim, x.dtype(), ReduceOps::pairwiseSum);
    }
    return wholeNumbers(x, dims, keepdim, true);
  }

  /** Sums whose error grows with the logarithm of the count only. */
  static double pairwiseSum(double[] v, int from, int to) {
    if (to - from > 64) {
      int middle = (from + to) >>> 1;
      return pairwiseSum(v, from, middle) + pairwiseSum(v, middle, to);
    }
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += v[i];
    }
    return sum;
  }

  private static Tensor wholeNumbers(Tensor x, List<Integer> dims, boolean keepdim, boolean sum) {
    long[] values = Dense.longs(rows(x, dims));
    Shape shape = Shapes.reduced(x.shape(), dims, keepdim);
    int cols = Shapes.count(x.shape(), dims);
    long[] out = ArrayPool.room(shape, 8, long[]::new);
    for (int r = 0; r < out.length; r++) {
      long acc = sum ? 0 : 1;
      for (int c = 0; c < cols; c++) {
        acc = sum ? acc + values[r * cols + c] : acc * values[r * cols + c];
      }
      out[r] = acc;
    }
    return Dense.of(out, x.dtype(), shape);
  }

  static Tensor mean(Tensor x, List<Integer> dims, boolean keepdim) {
    if (x.dtype() == DType.FLOAT32) {
      return kernel(Reduce::mean, x, dims, keepdim);
    }
    double n = Shapes.count(x.shape(), dims);
    Tensor sum = sum(x, dims, keepdim);
    return Elementwise.map(BinaryOps.DIV, sum, Elementwise.constant(n, sum));
  }

  static Tensor prod(Tensor x, List<Integer> dims, boolean keepdim) {
    if (x.dtype() == DType.FLOAT32) {
      return kernel(Reduce.Kind.PROD, x, dims, keepdim);
    }
    if (x.dtype() == DType.FLOAT64) {
      return reference(
          x,
          dims,
          keepdim,
          x.dtype(),
          (v, from, to) -> {
            double p = 1;
            for (int i = from; i < to; i++) {
              p *= v[i];
            }
            return p;
          });
    }
    return wholeNumbers(x, dims, keepdim, false);
  }

  static Tensor extreme(String op, Tensor x, boolean max, List<Integer> dims, boolean keepdim) {
    if (Shapes.count(x.shape(), dims) == 0 && Shapes.reduced(x.shape(), dims, false).numel() > 0) {
      throw Errors.invalid(
          op, x.shape() + " has nothing to choose from: a folded dimension is empty.");
    }
    if (x.dtype() == DType.FLOAT32) {
      return kernel(max ? Reduce.Kind.MAX : Reduce.Kind.MIN, x, dims, keepdim);
    }
    if (x.dtype() == DType.FLOAT64) {
      return reference(
          x,
          dims,
          keepdim,
          x.dtype(),
          (v, from, to) -> {
            double best = v[from];
            for (int i = from + 1; i < to; i++) {
              best = max ? Math.max(best, v[i]) : Math.min(best, v[i]);
            }
            return best;
          });
    }
    long[] values = Dense.longs(rows(x, dims));
    Shape shape = Shapes.reduced(x.shape(), dims, keepdim);
    int cols = Shapes.count(x.shape(), dims);
    long[] out = ArrayPool.room(shape, 8, long[]::new);
    for (int r = 0; r < out.length; r++) {
      long best = values[r * cols];
      for (int c = 1; c < cols; c++) {
        best = max ? Math.max(best, values[r * cols + c]) : Math.min(best, values[r * cols + c]);
      }
      out[r] = best;
    }
    return Dense.of(out, x.dtype(), shape);
  }

  static Tensor arg(String op, Tensor x, boolean max, int dim, boolean keepdim) {
    return arg(op, x, max, dim, keepdim, null);
  }

  /** The largest (or smallest) elements along {@code dim} and where they are. */
  static ValuesIndices extremes(String op, Tensor x, boolean max, int dim) {
    if (x.dtype() != DType.FLOAT32 || x.dim() == 0) {
      Tensor index = arg(op, x, max, dim, true);
      return new ValuesIndices(x.gather(dim, index), index);
    }
    int d = x.shape().dim(op, dim);
    float[] values = ArrayPool.floats(Shapes.reduced(x.shape(), List.of(d), true).numel());
    Tensor index = arg(op, x, max, dim, true, values);
    // The search has met the values; their history is that of gathering them.
    Tensor found = Dense.of(values, index.shape());
    return new ValuesIndices(Tensor.record(new Op.Gather(d), found, x, index), index);
  }

  private static Tensor arg(
      String op, Tensor x, boolean max, int dim, boolean keepdim, float[] values) {
    List<Integer> dims = Shapes.dims(op, x.shape(), dim);
    Shape shape = Shapes.reduced(x.shape(), dims, keepdim);
    int cols = Shapes.count(x.shape(), dims);
    if (cols == 0 && (shape.numel() > 0 || x.dim() == 1)) {
      throw Errors.invalid(
          op, x.shape() + " has nothing to choose from: dimension " + dim + " is empty.");
    }
    long[] out = ArrayPool.room(shape, 8, long[]::new);
    if (x.dtype() == DType.FLOAT32 && x.dim() > 0 && out.length > 0) {
      List<Integer> kept = Shapes.others(x.dim(), dims);
      int d = dims.get(0);
      int[] sizes = x.shape().raw();
      Reduce.arg(
          max,
          Dense.array(x),
          x.offset,
          pick(sizes, kept),
          pick(x.strides, kept),
          sizes[d],
          x.strides[d],
          values,
          out);
    } else if (x.dtype().isFloatingPoint()) {
      double[] v = Dense.doubles(rows(x, dims));
      for (int r = 0; r < out.length; r++) {
        int best = 0;
        for (int c = 1; c < cols && !Double.isNaN(v[r * cols + best]); c++) {
          double a = v[r * cols + c];
          double b = v[r * cols + best];
          best = Double.isNaN(a) || (max ? a > b : a < b) ? c : best;
        }
        out[r] = best;
      }
    } else {
      long[] v = Dense.longs(rows(x, dims));
      for (int r = 0; r < out.length; r++) {
        int best = 0;
        for (int c = 1; c < cols; c++) {
          best =
              (max ? v[r * cols + c] > v[r * cols + best] : v[r * cols + c] < v[r * cols + best])
                  ? c
                  : best;
        }
        out[r] = best;
      }
    }
    return Dense.of(out, DType.INT64, shape);
  }
}
