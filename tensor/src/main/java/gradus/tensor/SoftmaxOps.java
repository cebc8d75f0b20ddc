package gradus.tensor;

import gradus.tensor.kernel.rows.SoftmaxRows;

/** Softmax and its logarithm, and their gradients. */
final class SoftmaxOps {
  private SoftmaxOps() {}

  /** {@code x} with {@code dim} moved to the end, contiguous, outside of the graph. */
  static Tensor last(Tensor x, int dim) {
    try (var _ = GradMode.noGrad()) {
      Tensor y = x.detach();
      return (y.dim() < 2 ? y : y.transpose(dim, -1)).contiguous();
    }
  }

  /** Undoes {@link #last}. */
  static Tensor back(Tensor y, int dim) {
    try (var _ = GradMode.noGrad()) {
      return (y.dim() < 2 ? y : y.transpose(dim, -1)).contiguous().detach();
    }
  }

  static int cols(Tensor x) {
    return x.dim() == 0 ? 1 : x.size(-1);
  }

  static Tensor softmax(Tensor x, int dim, boolean log) {
    Tensor rows = last(x, dim);
    int cols = cols(rows);
    int n = rows.numel() == 0 ? 0 : rows.numel() / cols;
    Tensor out;
    if (x.dtype() == DType.FLOAT32) {
      float[] y = ArrayPool.floats(rows.numel());
      if (log) {
        SoftmaxRows.logSoftmax(Dense.array(rows), rows.offset, y, 0, n, cols);
      } else {
        SoftmaxRows.softmax(Dense.array(rows), rows.offset, y, 0, n, cols);
      }
      out = Dense.of(y, rows.shape());
    } else {
      double[] v = Dense.doubles(rows);
      for (int r = 0; r < n; r++) {
        softmaxRow(v, r * cols, cols, log);
      }
      out = Dense.of(v, x.dtype(), rows.shape());
    }
    return back(out, dim);
  }

  /** One row on the reference path. */
  static void softmaxRow(double[] v, int from, int cols, boolean log) {
    double max = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < cols; i++) {
      max = Math.max(max, v[from + i]);
    }
    double sum = 0;
    for (int i = 0; i < cols; i++) {
      sum += Math.exp(v[from + i] - max);
    }
    double logSum = Math.log(sum);
    for (int i = 0; i < cols; i++) {
      double shifted = v[from + i] - max;
      v[from + i] = log ? shifted - logSum : Math.exp(shifted) / sum;
    }
  }

  /** {@code (g - Σ g·y) · y}; on the kernel unless the walk itself is recorded. */
  static Tensor softmaxGrad(Tensor g, Tensor y, int dim) {
    if (GradMode.isEnabled() || y.dtype() != DType.FLOAT32) {
      return g.sub(g.mul(y).sum(dim, true)).mul(y);
    }
    Tensor p = last(g, dim);
    Tensor q = last(y, dim);
    int n = q.numel();
    float[] out = ArrayPool.floats(n);
    if (n > 0) {
      SoftmaxRows.softmaxGrad(
          Dense.array(p), p.offset, Dense.array(q), q.offset, out, n / cols(q), cols(q));
    }
    return back(Dense.of(out, q.shape()), dim);
  }

  /** {@code g - e^y · Σ g}. */
  static Tensor logSoftmaxGrad(Tensor g, Tensor y, int dim) {
    if (GradMode.isEnabled() || y.dtype() != DType.FLOAT32) {
      return g.sub(y.exp().mul(g.sum(dim, true)));
    }
    Tensor p = last(g, dim);
    Tensor q = last(y, dim);
    int n = q.numel();
    float[] out = ArrayPool.floats(n);
    if (n > 0) {
      SoftmaxRows.logSoftmaxGrad(
          Dense.array(p), p.offset, Dense.array(q), q.offset, out, n / cols(q), cols(q));
    }
    return back(Dense.of(out, q.shape()), dim);
  }
}
