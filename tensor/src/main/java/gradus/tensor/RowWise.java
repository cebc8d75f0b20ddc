package gradus.tensor;

import gradus.tensor.kernel.Rows;
import java.util.List;

/** Softmax, layer norm and cross-entropy: ops that work on whole rows, and their gradients. */
final class RowWise {
  private RowWise() {}

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
      float[] y = new float[rows.numel()];
      if (log) {
        Rows.logSoftmax(Dense.array(rows), rows.offset, y, 0, n, cols);
      } else {
        Rows.softmax(Dense.array(rows), rows.offset, y, 0, n, cols);
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

  private static void softmaxRow(double[] v, int from, int cols, boolean log) {
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
    float[] out = new float[q.numel()];
    if (out.length > 0) {
      Rows.softmaxGrad(
          Dense.array(p), p.offset, Dense.array(q), q.offset, out, out.length / cols(q), cols(q));
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
    float[] out = new float[q.numel()];
    if (out.length > 0) {
      Rows.logSoftmaxGrad(
          Dense.array(p), p.offset, Dense.array(q), q.offset, out, out.length / cols(q), cols(q));
    }
    return back(Dense.of(out, q.shape()), dim);
  }

  // ---- layer norm

  static Tensor layerNorm(Tensor x, int[] normalizedShape, Tensor weight, Tensor bias, double eps) {
    int k = normalizedShape.length;
    Shape wanted = Shape.of(normalizedShape);
    if (k == 0 || k > x.dim() || !tail(x.shape(), k).equals(wanted)) {
      throw Errors.invalid(
          "layerNorm",
          "the input "
              + x.shape()
              + " does not end in normalizedShape "
              + wanted
              + ". Its last sizes must equal it.");
    }
    checkParameter("weight", weight, wanted, x);
    checkParameter("bias", bias, wanted, x);
    Op op = new Op.LayerNorm(k, eps);
    Tensor out =
        weight == null && bias == null ? plainNorm(x, k, eps) : affine(x, weight, bias, k, eps);
    if (weight == null && bias == null) {
      return Tensor.record(op, out, x);
    }
    return bias == null
        ? Tensor.record(op, out, x, weight)
        : Tensor.record(op, out, x, weight(weight, wanted, x), bias);
  }

  private static Tensor weight(Tensor weight, Shape wanted, Tensor x) {
    return weight == null ? Tensor.full(wanted, 1, x.dtype()) : weight;
  }

  private static void checkParameter(String name, Tensor p, Shape wanted, Tensor x) {
    if (p != null && (!p.shape().equals(wanted) || p.dtype() != x.dtype())) {
      throw Errors.invalid(
          "layerNorm",
          name
              + " is "
              + p.dtype()
              + p.shape()
              + " but normalizedShape is "
              + wanted
              + " and the input "
              + x.dtype()
              + ". They must agree.");
    }
  }

  private static Shape tail(Shape shape, int k) {
    return Shape.of(java.util.Arrays.copyOfRange(shape.raw(), shape.rank() - k, shape.rank()));
  }

  private static Tensor plainNorm(Tensor x, int k, double eps) {
    return affine(x, null, null, k, eps);
  }

  private static Tensor affine(Tensor x, Tensor weight, Tensor bias, int k, double eps) {
    int cols = tail(x.shape(), k).numel();
    int rows = cols == 0 ? 0 : x.numel() / cols;
    if (x.dtype() == DType.FLOAT32) {
      float[] out = new float[x.numel()];
      Tensor in = Dense.packed(x);
      float[] w = weight == null ? null : Dense.floats(weight);
      float[] b = bias == null ? null : Dense.floats(bias);
      float[] mean = new float[rows];
      float[] rstd = new float[rows];
      Rows.layerNorm(
          Dense.array(in), in.offset, w, 0, b, 0, (float) eps, out, mean, rstd, rows, cols);
      return Dense.of(out, x.shape());
    }
    double[] v = Dense.doubles(x);
    double[] w = weight == null ? null : Dense.doubles(weight);
    double[] b = bias == null ? null : Dense.doubles(bias);
    for (int r = 0; r < rows; r++) {
      normalizeRow(v, r * cols, cols, w, b, eps);
    }
    return Dense.of(v, x.dtype(), x.shape());
  }

  private static void normalizeRow(
      double[] v, int from, int cols, double[] w, double[] b, double eps) {
    double mean = 0;
    for (int i = 0; i < cols; i++) {
      mean += v[from + i] / cols;
    }
    double var = 0;
    for (int i = 0; i < cols; i++) {
      var += (v[from + i] - mean) * (v[from + i] - mean) / cols;
    }
    double rstd = 1 / Math.sqrt(var + eps);
    for (int i = 0; i < cols; i++) {
      double y = (v[from + i] - mean) * rstd;
      v[from + i] = (w == null ? y : y * w[i]) + (b == null ? 0 : b[i]);
    }
  }

  /** The gradients of input, weight and bias; the kernel unless the walk itself is recorded. */
  static List<Tensor> layerNormGrad(Tensor g, Tensor x, Tensor weight, int k, double eps) {
    int[] inner = new int[k];
    int[] outer = new int[x.dim() - k];
    java.util.Arrays.setAll(inner, i -> x.dim() - k + i);
    java.util.Arrays.setAll(outer, i -> i);
    if (GradMode.isEnabled() || x.dtype() != DType.FLOAT32) {
      Tensor centred = x.sub(x.mean(inner, true));
      Tensor rstd = centred.square().mean(inner, true).add(eps).rsqrt();
      Tensor xHat = centred.mul(rstd);
      Tensor gw = weight == null ? g : g.mul(weight);
      Tensor dx =
          gw.sub(gw.mean(inner, true)).sub(xHat.mul(gw.mul(xHat).mean(inner, true))).mul(rstd);
      Tensor dw = outer.length == 0 ? g.mul(xHat) : g.mul(xHat).sum(outer, false);
      return List.of(dx, dw, outer.length == 0 ? g : g.sum(outer, false));
    }
    Shape tail = tail(x.shape(), k);
    int cols = tail.numel();
    int rows = cols == 0 ? 0 : x.numel() / cols;
    Tensor in = Dense.packed(x);
    Tensor up = Dense.packed(g);
    float[] p = Dense.array(in);
    float[] q = Dense.array(up);
    float[] w = weight == null ? null : Dense.floats(weight);
    float[] mean = new float[rows];
    float[] rstd = new float[rows];
    float[] dx = new float[x.numel()];
    float[] dw = new float[cols];
    float[] db = new float[cols];
    Rows.layerNorm(p, in.offset, null, 0, null, 0, (float) eps, dx, mean, rstd, rows, cols);
    Rows.layerNormGrad(q, up.offset, p, in.offset, w, 0, mean, rstd, dx, dw, db, rows, cols);
    return List.of(Dense.of(dx, x.shape()), Dense.of(dw, tail), Dense.of(db, tail));
  }

  // ---- cross-entropy of rows

  static Tensor crossEntropy(Tensor logits, Tensor target, long ignoreIndex) {
    if (logits.dim() != 2 || target.dim() != 1 || logits.size(0) != target.size(0)) {
      throw Errors.invalid(
          "crossEntropy",
          "logits "
              + logits.shape()
              + " and target "
              + target.shape()
              + " do not fit. Give [n, classes] and [n].");
    }
    if (target.dtype() != DType.INT64) {
      throw Errors.dtype(
          "crossEntropy",
          "target",
          "INT64",
          target.dtype(),
          "Use Tensor.of(1, 2, 3) or x.to(INT64).");
    }
    if (!logits.dtype().isFloatingPoint()) {
      throw Errors.dtype(
          "crossEntropy", "input", "FLOAT32 or FLOAT64", logits.dtype(), "Use x.to(FLOAT32).");
    }
    int cols = logits.size(1);
    long[] t = Dense.longs(target);
    for (int i = 0; i < t.length; i++) {
      if (t[i] != ignoreIndex && (t[i] < 0 || t[i] >= cols)) {
        throw new IndexOutOfBoundsException(
            "crossEntropy: target "
                + t[i]
                + " at position ["
                + i
                + "] is outside of "
                + cols
                + " classes; valid are 0.."
                + (cols - 1)
                + ", or ignoreIndex "
                + ignoreIndex
                + ".");
      }
    }
    Tensor out;
    if (logits.dtype() == DType.FLOAT32) {
      float[] loss = new float[t.length];
      Tensor in = Dense.packed(logits);
      float[] sums = new float[t.length];
      Rows.crossEntropy(Dense.array(in), in.offset, t, 0, ignoreIndex, loss, sums, t.length, cols);
      out = Dense.of(loss, target.shape());
    } else {
      double[] rows = Dense.doubles(logits);
      double[] loss = new double[t.length];
      for (int r = 0; r < t.length; r++) {
        softmaxRow(rows, r * cols, cols, true);
        loss[r] = t[r] == ignoreIndex ? 0 : -rows[r * cols + (int) t[r]];
      }
      out = Dense.of(loss, logits.dtype(), target.shape());
    }
    return Tensor.record(new Op.CrossEntropy(ignoreIndex), out, logits, target);
  }

  /** {@code (softmax(x) - oneHot(t)) · g}, zero in ignored rows. */
  static Tensor crossEntropyGrad(Tensor g, Tensor logits, Tensor target, long ignoreIndex) {
    if (GradMode.isEnabled() || logits.dtype() != DType.FLOAT32) {
      Tensor keep = target.ne(ignoreIndex);
      Tensor safe = target.maskedFill(keep.logicalNot(), 0).unsqueeze(1);
      Tensor scale = g.mul(keep.to(g.dtype())).unsqueeze(1);
      return logits.softmax(1).mul(scale).scatterAdd(1, safe, scale.neg());
    }
    int rows = logits.size(0);
    int cols = logits.size(1);
    Tensor in = Dense.packed(logits);
    float[] p = Dense.array(in);
    float[] scale = Dense.floats(g);
    float[] out = new float[in.numel()];
    float[] sums = new float[rows];
    Rows.logSumExp(p, in.offset, sums, 0, rows, cols);
    Rows.crossEntropyGrad(
        p, in.offset, Dense.longs(target), 0, ignoreIndex, sums, scale, out, rows, cols);
    return Dense.of(out, logits.shape());
  }
}
