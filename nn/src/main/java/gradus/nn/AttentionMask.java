package gradus.nn;

import gradus.tensor.DType;
import gradus.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * The two masks of multi-head attention: BOOL, true for not allowed, or floating, added to the
 * scores.
 *
 * @param keyPadding keys to be left out [N, S]
 * @param pairs who must not see whom [L, S] or [N·heads, L, S]
 */
record AttentionMask(Optional<Tensor> keyPadding, Optional<Tensor> pairs) {

  /** The masks with one more key at the end, which everybody may see. */
  AttentionMask withOneMoreKey() {
    return new AttentionMask(keyPadding.map(AttentionMask::widen), pairs.map(AttentionMask::widen));
  }

  private static Tensor widen(Tensor mask) {
    int[] shape = mask.shape().toArray();
    shape[shape.length - 1] = 1;
    return Tensor.cat(List.of(mask, Tensor.zeros(mask.dtype(), shape)), -1);
  }

  /** The scores [N·heads, L, S] with both masks applied. */
  Tensor applyTo(Tensor scores, int batch, int heads) {
    Tensor masked = scores;
    if (pairs.isPresent()) {
      Tensor mask = pairs.get();
      check(mask, scores, mask.dim() == 2 ? 1 : 0);
      masked = masked(masked, mask);
    }
    if (keyPadding.isPresent()) {
      Tensor mask = keyPadding.get().dim() == 1 ? keyPadding.get().unsqueeze(0) : keyPadding.get();
      int keys = scores.size(2);
      if (mask.dim() != 2 || mask.size(0) != batch || mask.size(1) != keys) {
        throw FChecks.invalid(
            "MultiheadAttention",
            "keyPaddingMask is "
                + mask.shape()
                + " for a batch of "
                + batch
                + " with "
                + keys
                + " keys. It must be [N, S].");
      }
      Tensor each =
          mask.reshape(batch, 1, 1, keys)
              .expand(batch, heads, 1, keys)
              .reshape(batch * heads, 1, keys);
      masked = masked(masked, each);
    }
    return masked;
  }

  private static void check(Tensor mask, Tensor scores, int from) {
    boolean fits = mask.dim() == 3 - from;
    for (int d = from; fits && d < 3; d++) {
      fits = mask.size(d - from) == scores.size(d);
    }
    if (!fits) {
      throw FChecks.invalid(
          "MultiheadAttention",
          "attnMask is "
              + mask.shape()
              + " for scores "
              + scores.shape()
              + ". It must be [L, S], or [N·heads, L, S].");
    }
  }

  private static Tensor masked(Tensor scores, Tensor mask) {
    return mask.dtype() == DType.BOOL
        ? scores.maskedFill(mask, Double.NEGATIVE_INFINITY)
        : scores.add(mask);
  }
}
