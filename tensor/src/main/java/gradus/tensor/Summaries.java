package gradus.tensor;

import gradus.tensor.kernel.Parallel;
import gradus.tensor.kernel.op.UnaryOps;
import gradus.tensor.kernel.reduce.PowerSums;
import gradus.tensor.kernel.reduce.Reduce;
import gradus.tensor.kernel.rows.SoftmaxRows;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * Reductions that are more than one {@link ReduceOps}: variance, norms, log-sum-exp, any and all.
 *
 * <p>FLOAT32 runs on the kernels. Their squares are floats, so a result that may have lost digits
 * to an overflow or underflow is computed again on the reference path, row by row.
 */
final class Summaries {

  /** Sums of squares below this may miss squares that were too small for a float. */
  private static final float SMALLEST_SQUARES = 1e-30f;

  private Summaries() {}

  // ---- variance

  /** Two passes: the mean, then the squares of what is left. */
  static Tensor var(
      Tensor x, List<Integer> dims, double correction, boolean keepdim, boolean root) {
    ReduceOps.Row exact = (v, from, to) -> var(v, from, to, correction, root);
    if (x.dtype() != DType.FLOAT32) {
      return ReduceOps.reference(x, dims, keepdim, x.dtype(), exact);
    }
    Tensor squares = ReduceOps.kernel(Summaries::squaredDeviations, x, dims, keepdim);
    double n = Math.max(0, Shapes.count(x.shape(), dims) - correction);
    return finish(squares, x, dims, s -> root ? Math.sqrt(s / n) : s / n, exact);
  }

  private static void squaredDeviations(
      float[] x, int at, int[] kept, int[] keptStrides, int[] folded, int[] strides, float[] out) {
    Reduce.moments(x, at, kept, keptStrides, folded, strides, new float[out.length], out);
  }

  private static double var(double[] v, int from, int to, double correction, boolean root) {
    double mean = ReduceOps.pairwiseSum(v, from, to) / (to - from);
    double squares = 0;
    for (int i = from; i < to; i++) {
      squares += (v[i] - mean) * (v[i] - mean);
    }
    double var = squares / Math.max(0, to - from - correction);
    return root ? Math.sqrt(var) : var;
  }

  // ---- norms

  static Tensor norm(Tensor x, double p, List<Integer> dims, boolean keepdim) {
    ReduceOps.Row exact = (v, from, to) -> norm(v, from, to, p);
    if (x.dtype() == DType.FLOAT32 && p == 2) {
      Tensor squares = ReduceOps.kernel(Reduce.Kind.SUM_SQUARES, x, dims, keepdim);
      return finish(squares, x, dims, Math::sqrt, exact);
    }
    if (x.dtype() == DType.FLOAT32 && p == 1) {
      return ReduceOps.kernel(Reduce.Kind.SUM_ABS, x, dims, keepdim);
    }
    if (x.dtype() == DType.FLOAT32 && Double.isInfinite(p) && Shapes.count(x.shape(), dims) > 0) {
      Tensor sizes = Elementwise.map(UnaryOps.ABS, x);
      return ReduceOps.kernel(p > 0 ? Reduce.Kind.MAX : Reduce.Kind.MIN, sizes, dims, keepdim);
    }
    if (x.dtype() == DType.FLOAT32 && !Double.isInfinite(p)) {
      return powers(x, p, dims, keepdim);
    }
    return ReduceOps.reference(x, dims, keepdim, x.dtype(), exact);
  }

  /** Sums of powers in double, which neither overflow nor lose digits. */
  private static Tensor powers(Tensor x, double p, List<Integer> dims, boolean keepdim) {
    Shape shape = Shapes.reduced(x.shape(), dims, keepdim);
    Tensor rows = Dense.packed(ReduceOps.rows(x.detach(), dims));
    double[] sums = ArrayPool.room(shape, 8, double[]::new);
    int cols = Shapes.count(x.shape(), dims);
    PowerSums.rows(Dense.array(rows), rows.offset, sums.length, cols, p, sums);
    for (int i = 0; i < sums.length; i++) {
      sums[i] = p == 0 ? sums[i] : Math.pow(sums[i], 1 / p);
    }
    return Dense.of(sums, DType.FLOAT32, shape);
  }

  private static double norm(double[] v, int from, int to, double p) {
    boolean infinite = Double.isInfinite(p);
    double acc = p == Double.NEGATIVE_INFINITY ? Double.POSITIVE_INFINITY : 0;
    for (int i = from; i < to; i++) {
      double a = Math.abs(v[i]);
      if (infinite) {
        acc = p > 0 ? Math.max(acc, a) : Math.min(acc, a);
      } else if (p == 0) {
        acc += a != 0 ? 1 : 0;
      } else {
        acc += p == 2 ? a * a : p == 1 ? a : Math.pow(a, p);
      }
    }
    return infinite || p == 0 || p == 1 ? acc : p == 2 ? Math.sqrt(acc) : Math.pow(acc, 1 / p);
  }

  /** Results from their sums of squares, which they replace; from the reference where in doubt. */
  private static Tensor finish(
      Tensor squares,
      Tensor x,
      List<Integer> dims,
      DoubleUnaryOperator result,
      ReduceOps.Row exact) {
    float[] out = Dense.array(squares);
    int cols = Shapes.count(x.shape(), dims);
    Tensor rows = null;
    for (int i = 0; i < squares.numel(); i++) {
      if (out[i] >= SMALLEST_SQUARES && out[i] <= Float.MAX_VALUE) {
        out[i] = (float) result.applyAsDouble(out[i]);
      } else {
        rows = rows == null ? matrix(x, dims, cols) : rows;
        out[i] = (float) exact.fold(Dense.doubles(rows.select(0, i)), 0, cols);
      }
    }
    return squares;
  }

  /** What is folded into each result, as a row. */
  private static Tensor matrix(Tensor x, List<Integer> dims, int cols) {
    Tensor rows = ReduceOps.rows(x.detach(), dims);
    return rows.reshape(Shapes.reduced(x.shape(), dims, false).numel(), cols);
  }

  // ---- log-sum-exp

  static Tensor logsumexp(Tensor x, List<Integer> dims, boolean keepdim) {
    int cols = Shapes.count(x.shape(), dims);
    if (x.dtype() != DType.FLOAT32 || cols == 0) {
      return ReduceOps.reference(x, dims, keepdim, x.dtype(), Summaries::logsumexp);
    }
    Shape shape = Shapes.reduced(x.shape(), dims, keepdim);
    Tensor rows = ReduceOps.rows(x.detach(), dims);
    if (!rows.isContiguous()) {
      return logSumExpAcross(x, dims, keepdim);
    }
    float[] out = ArrayPool.floats(shape);
    SoftmaxRows.logSumExp(Dense.array(rows), rows.offset, out, 0, shape.numel(), cols);
    return Dense.of(out, shape);
  }

  /** {@code m + log Σ e^(x − m)}, m the maximum, as three passes over x as it lies. */
  private static Tensor logSumExpAcross(Tensor x, List<Integer> dims, boolean keepdim) {
    Tensor max = ReduceOps.kernel(Reduce.Kind.MAX, x, dims, true);
    float[] m = Dense.array(max);
    for (int i = 0; i < max.numel(); i++) {
      m[i] = Float.isFinite(m[i]) ? m[i] : 0;
    }
    Tensor powers = x.detach().sub(max).exp();
    Tensor sums = ReduceOps.kernel(Reduce.Kind.SUM, powers, dims, keepdim);
    float[] out = Dense.array(sums);
    for (int i = 0; i < sums.numel(); i++) {
      out[i] = (float) (m[i] + Math.log(out[i]));
    }
    return sums;
  }

  private static double logsumexp(double[] v, int from, int to) {
    double max = Double.NEGATIVE_INFINITY;
    for (int i = from; i < to; i++) {
      max = Math.max(max, v[i]);
    }
    if (Double.isInfinite(max)) {
      return max;
    }
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += Math.exp(v[i] - max);
    }
    return max + Math.log(sum);
  }

  // ---- any and all

  static Tensor bool(Tensor x, List<Integer> dims, boolean keepdim, boolean any) {
    if (x.dtype() != DType.BOOL) {
      return ReduceOps.reference(
          x, dims, keepdim, DType.BOOL, (v, from, to) -> bool(v, from, to, any));
    }
    int cols = Shapes.count(x.shape(), dims);
    Shape shape = Shapes.reduced(x.shape(), dims, keepdim);
    boolean[] out = ArrayPool.room(shape, 1, boolean[]::new);
    Tensor rows = matrix(x, dims, cols).contiguous();
    boolean[] values = ((Storage.Booleans) rows.storage).array;
    Parallel.rows(
        out.length,
        cols,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            int at = rows.offset + i * cols;
            int end = at + cols;
            while (at < end && values[at] != any) {
              at++;
            }
            out[i] = (at < end) == any;
          }
        });
    return new Tensor(new Storage.Booleans(out), DType.BOOL, shape);
  }

  private static double bool(double[] v, int from, int to, boolean any) {
    for (int i = from; i < to; i++) {
      if ((v[i] != 0) == any) {
        return any ? 1 : 0;
      }
    }
    return any ? 0 : 1;
  }
}
