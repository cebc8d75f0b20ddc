package gradus.nn;

import gradus.nn.functional.Checks;
import gradus.tensor.DType;
import gradus.tensor.Shape;
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

  /** The scores [N, heads, L, S] with both masks applied. */
  Tensor applyTo(Tensor scores) {
    int[] sizes = scores.shape().toArray();
    Tensor masked = scores;
    if (pairs.isPresent()) {
      masked = masked(masked, pairs(sizes));
    }
    return keyPadding.isPresent() ? masked(masked, padding(sizes)) : masked;
  }

  /**
   * Both masks as one that {@link Tensor#scaledDotProductAttention} takes, true where attention is
   * allowed or floating; for q [N, heads, L, E] and k [N, heads, S, E].
   */
  Optional<Tensor> combined(Tensor q, Tensor k) {
    int[] sizes = {q.size(0), q.size(1), q.size(2), k.size(2)};
    if (pairs.isPresent() && keyPadding.isPresent()) {
      Tensor both = additive(pairs(sizes), q.dtype()).add(additive(padding(sizes), q.dtype()));
      return Optional.of(both);
    }
    return pairs
        .map(_ -> pairs(sizes))
        .or(() -> keyPadding.map(_ -> padding(sizes)))
        .map(mask -> mask.dtype() == DType.BOOL ? mask.logicalNot() : mask);
  }

  private static Tensor additive(Tensor mask, DType dtype) {
    return mask.dtype() == DType.BOOL
        ? Tensor.zeros(dtype, mask.shape().toArray()).maskedFill(mask, Double.NEGATIVE_INFINITY)
        : mask;
  }

  /** [L, S], or [N, heads, L, S]. */
  private Tensor pairs(int[] sizes) {
    Tensor mask = pairs.orElseThrow();
    int[] wanted = {sizes[0] * sizes[1], sizes[2], sizes[3]};
    int from = mask.dim() == 2 ? 1 : 0;
    boolean fits = mask.dim() == 3 - from;
    for (int d = from; fits && d < 3; d++) {
      fits = mask.size(d - from) == wanted[d];
    }
    if (!fits) {
      throw Checks.invalid(
          "MultiheadAttention",
          "attnMask is %s for scores %s. It must be [L, S], or [N·heads, L, S]."
              .formatted(mask.shape(), Shape.of(wanted)));
    }
    return from == 1 ? mask : mask.reshape(sizes);
  }

  /** [N, 1, 1, S]. */
  private Tensor padding(int[] sizes) {
    Tensor given = keyPadding.orElseThrow();
    Tensor mask = given.dim() == 1 ? given.unsqueeze(0) : given;
    if (mask.dim() != 2 || mask.size(0) != sizes[0] || mask.size(1) != sizes[3]) {
      throw Checks.invalid(
          "MultiheadAttention",
          "keyPaddingMask is %s for a batch of %s with %s keys. It must be [N, S]."
              .formatted(mask.shape(), sizes[0], sizes[3]));
    }
    return mask.reshape(sizes[0], 1, 1, sizes[3]);
  }

  private static Tensor masked(Tensor scores, Tensor mask) {
    return mask.dtype() == DType.BOOL
        ? scores.maskedFill(mask, Double.NEGATIVE_INFINITY)
        : scores.add(mask);
  }
}
