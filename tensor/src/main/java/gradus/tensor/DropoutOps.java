package gradus.tensor;

import gradus.tensor.kernel.Parallel;

/** Dropout: a mask of one byte an element, and one pass to apply it, forward as backward. */
final class DropoutOps {
  private DropoutOps() {}

  /** Each element dropped with probability {@code p}, 0 &lt; p &lt; 1, in row-major order. */
  static Tensor dropout(Tensor x, double p) {
    return apply(x, mask(x, p), p);
  }

  private static Tensor mask(Tensor x, double p) {
    return Dense.of(Generator.standard().below(1 - p, x.numel()), x.shape());
  }

  /** {@code x / (1 − p)} where the mask is true, and x · 0 elsewhere: NaN and infinities show. */
  static Tensor apply(Tensor x, Tensor mask, double p) {
    return Tensor.record(new Op.Dropout(p), product(x.detach(), mask, p), x, mask);
  }

  private static Tensor product(Tensor x, Tensor mask, double p) {
    if (x.dtype() != DType.FLOAT32 || !mask.isContiguous()) {
      try (var _ = GradMode.noGrad()) {
        return x.mul(mask.to(x.dtype()).div(1 - p));
      }
    }
    Tensor dense = x.contiguous();
    float[] from = Dense.array(dense);
    int offset = dense.offset;
    boolean[] keep = ((Storage.Booleans) mask.storage).array;
    float scale = 1 / (float) (1 - p);
    int n = x.numel();
    float[] out = ArrayPool.floats(n);
    Parallel.rows(
        n,
        2,
        (first, last) -> {
          for (int i = first; i < last; i++) {
            out[i] = from[offset + i] * (keep[mask.offset + i] ? scale : 0);
          }
        });
    return Dense.of(out, x.shape());
  }
}
