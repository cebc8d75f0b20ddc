package gradus.tensor;

import static gradus.tensor.spi.Given.given;

import gradus.tensor.kernel.rows.CrossEntropyRows;
import java.util.List;

/** The cross-entropy of each row and its gradient. */
final class CrossEntropyOps {
  private CrossEntropyOps() {}

  static Tensor crossEntropy(Tensor logits, Tensor target, long ignoreIndex) {
    given(logits, "logits");
    given(target, "target");
    if (logits.dim() != 2 || target.dim() != 1 || logits.size(0) != target.size(0)) {
      throw Errors.invalid(
          "crossEntropy",
          "logits %s and target %s do not fit. Give [n, classes] and [n]."
              .formatted(logits.shape(), target.shape()));
    }
    if (target.dtype() != DType.INT64) {
      throw Errors.dtype(
          "crossEntropy",
          "target",
          "INT64",
          target.dtype(),
          "Use Tensor.of(1, 2, 3) or x.toLong().");
    }
    if (!logits.dtype().isFloatingPoint()) {
      throw Errors.dtype(
          "crossEntropy", "input", "FLOAT32 or FLOAT64", logits.dtype(), "Use x.toFloat().");
    }
    int cols = logits.size(1);
    long[] t = Dense.longs(target);
    for (int i = 0; i < t.length; i++) {
      if (t[i] != ignoreIndex && (t[i] < 0 || t[i] >= cols)) {
        throw Errors.outside(
            "crossEntropy",
            ("target %s at position [%s] is outside of %s classes; valid are 0..%s, or "
                    + "ignoreIndex %s.")
                .formatted(t[i], i, cols, cols - 1, ignoreIndex));
      }
    }
    Op op = new Op.CrossEntropy(ignoreIndex);
    if (logits.dtype() == DType.FLOAT32) {
      float[] loss = ArrayPool.floats(t.length);
      float[] sums = ArrayPool.floats(t.length);
      Tensor in = Dense.packed(logits);
      CrossEntropyRows.crossEntropy(
          Dense.array(in), in.offset, t, 0, ignoreIndex, loss, sums, t.length, cols);
      Tensor out = Tensor.record(op, Dense.of(loss, target.shape()), logits, target);
      if (out.gradientNode() != null) {
        out.gradientNode().save(Dense.of(sums, target.shape()));
      }
      return out;
    }
    double[] rows = Dense.doubles(logits);
    double[] loss = new double[t.length];
    for (int r = 0; r < t.length; r++) {
      SoftmaxOps.softmaxRow(rows, r * cols, cols, true);
      loss[r] = t[r] == ignoreIndex ? 0 : -rows[r * cols + (int) t[r]];
    }
    return Tensor.record(op, Dense.of(loss, logits.dtype(), target.shape()), logits, target);
  }

  /** {@code (softmax(x) - oneHot(t)) · g}, zero in ignored rows. */
  static Tensor crossEntropyGrad(
      Tensor g, Tensor logits, Tensor target, long ignoreIndex, List<Tensor> saved) {
    if (GradMode.isEnabled() || logits.dtype() != DType.FLOAT32) {
      Tensor ignored = target.eq(ignoreIndex);
      Tensor safe = target.maskedFill(ignored, 0).unsqueeze(1);
      Tensor scale = g.maskedFill(ignored, 0).unsqueeze(1);
      Tensor all = logits.softmax(1).mul(scale).scatterAdd(1, safe, scale.neg());
      return all.maskedFill(ignored.unsqueeze(1), 0); // not times 0, for NaN is in it
    }
    int rows = logits.size(0);
    int cols = logits.size(1);
    Tensor in = Dense.packed(logits);
    float[] scale = Dense.floats(g);
    float[] out = ArrayPool.floats(in.numel());
    CrossEntropyRows.crossEntropyGrad(
        Dense.array(in),
        in.offset,
        Dense.longs(target),
        0,
        ignoreIndex,
        Dense.array(saved.get(0)),
        scale,
        out,
        rows,
        cols);
    return Dense.of(out, logits.shape());
  }
}
