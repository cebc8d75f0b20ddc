package gradus.tensor;

import static gradus.tensor.spi.Given.given;

import gradus.tensor.kernel.rows.LayerNorm;
import java.util.Arrays;
import java.util.List;

/** Layer norm and its gradients. */
final class LayerNormOps {
  private LayerNormOps() {}

  static Tensor layerNorm(Tensor x, int[] normalizedShape, Tensor weight, Tensor bias, double eps) {
    int k = given(normalizedShape, "normalizedShape").length;
    Shape wanted = Shape.of(normalizedShape);
    if (k > given(x, "input").dim() || k == 0 || !tail(x.shape(), k).equals(wanted)) {
      throw Errors.invalid(
          "layerNorm",
          "the input %s does not end in normalizedShape %s. Its last sizes must equal it."
              .formatted(x.shape(), wanted));
    }
    if (!x.dtype().isFloatingPoint()) {
      throw Errors.invalid(
          "layerNorm",
          "input must be FLOAT32 or FLOAT64 but is %s. Use x.toFloat().".formatted(x.dtype()));
    }
    checkParameter("weight", weight, wanted, x);
    checkParameter("bias", bias, wanted, x);
    Op op = new Op.LayerNorm(k, eps);
    int cols = wanted.numel();
    int rows = cols == 0 ? 0 : x.numel() / cols;
    if (x.dtype() != DType.FLOAT32) {
      return recordNorm(op, normalized(x, weight, bias, rows, cols, eps), x, weight, bias);
    }
    float[] means = ArrayPool.floats(rows);
    float[] rstds = ArrayPool.floats(rows);
    Tensor out =
        recordNorm(op, normalized(x, weight, bias, means, rstds, rows, cols, eps), x, weight, bias);
    if (out.gradientNode() != null) {
      Shape perRow = Shape.of(rows);
      out.gradientNode().save(Dense.of(means, perRow), Dense.of(rstds, perRow));
    }
    return out;
  }

  private static Tensor recordNorm(Op op, Tensor out, Tensor x, Tensor weight, Tensor bias) {
    if (weight == null && bias == null) {
      return Tensor.record(op, out, x);
    }
    return bias == null
        ? Tensor.record(op, out, x, weight)
        : Tensor.record(op, out, x, weight(weight, bias.shape(), x), bias);
  }

  private static Tensor weight(Tensor weight, Shape wanted, Tensor x) {
    return weight == null ? Tensor.full(wanted, 1, x.dtype()) : weight;
  }

  private static void checkParameter(String name, Tensor p, Shape wanted, Tensor x) {
    if (p != null && (!p.shape().equals(wanted) || p.dtype() != x.dtype())) {
      throw Errors.invalid(
          "layerNorm",
          "%s is %s%s but normalizedShape is %s and the input %s. They must agree."
              .formatted(name, p.dtype(), p.shape(), wanted, x.dtype()));
    }
  }

  private static Shape tail(Shape shape, int k) {
    return Shape.of(Arrays.copyOfRange(shape.raw(), shape.rank() - k, shape.rank()));
  }

  /** FLOAT32 on the kernel, which also gives the mean of each row and one over its deviation. */
  private static Tensor normalized(
      Tensor x,
      Tensor weight,
      Tensor bias,
      float[] means,
      float[] rstds,
      int rows,
      int cols,
      double eps) {
    float[] out = ArrayPool.floats(x.numel());
    Tensor in = Dense.packed(x);
    Tensor w = weight == null ? null : Dense.packed(weight);
    Tensor b = bias == null ? null : Dense.packed(bias);
    LayerNorm.forward(
        Dense.array(in),
        in.offset,
        w == null ? null : Dense.array(w),
        w == null ? 0 : w.offset,
        b == null ? null : Dense.array(b),
        b == null ? 0 : b.offset,
        (float) eps,
        out,
        means,
        rstds,
        rows,
        cols);
    return Dense.of(out, x.shape());
  }

  private static Tensor normalized(
      Tensor x, Tensor weight, Tensor bias, int rows, int cols, double eps) {
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
  static List<Tensor> layerNormGrad(
      Tensor g, Tensor x, Tensor weight, int k, double eps, List<Tensor> saved) {
    if (GradMode.isEnabled() || x.dtype() != DType.FLOAT32) {
      return layerNormGrad(g, x, weight, k, eps);
    }
    Shape tail = tail(x.shape(), k);
    int cols = tail.numel();
    int rows = cols == 0 ? 0 : x.numel() / cols;
    Tensor in = Dense.packed(x);
    Tensor up = Dense.packed(g);
    Tensor w = weight == null ? null : Dense.packed(weight);
    float[] dx = ArrayPool.floats(x.numel());
    float[] dw = ArrayPool.floats(cols);
    float[] db = ArrayPool.floats(cols);
    LayerNorm.backward(
        Dense.array(up),
        up.offset,
        Dense.array(in),
        in.offset,
        w == null ? null : Dense.array(w),
        w == null ? 0 : w.offset,
        Dense.array(saved.get(0)),
        Dense.array(saved.get(1)),
        dx,
        dw,
        db,
        rows,
        cols);
    return List.of(Dense.of(dx, x.shape()), Dense.of(dw, tail), Dense.of(db, tail));
  }

  /** The same, made of ops that record what they do. */
  private static List<Tensor> layerNormGrad(Tensor g, Tensor x, Tensor weight, int k, double eps) {
    int[] inner = new int[k];
    int[] outer = new int[x.dim() - k];
    Arrays.setAll(inner, i -> x.dim() - k + i);
    Arrays.setAll(outer, i -> i);
    Tensor centred = x.sub(x.mean(inner, true));
    Tensor rstd = centred.square().mean(inner, true).add(eps).rsqrt();
    Tensor xHat = centred.mul(rstd);
    Tensor gw = weight == null ? g : g.mul(weight);
    Tensor dx =
        gw.sub(gw.mean(inner, true)).sub(xHat.mul(gw.mul(xHat).mean(inner, true))).mul(rstd);
    Tensor dw = outer.length == 0 ? g.mul(xHat) : g.mul(xHat).sum(outer, false);
    return List.of(dx, dw, outer.length == 0 ? g : g.sum(outer, false));
  }
}
