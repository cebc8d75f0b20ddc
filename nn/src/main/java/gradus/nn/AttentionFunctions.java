package gradus.nn;

import static gradus.tensor.spi.Given.given;

import gradus.nn.functional.Checks;
import gradus.tensor.DType;
import gradus.tensor.Tensor;
import gradus.tensor.spi.Internals;
import java.util.Optional;
import java.util.OptionalDouble;

/** Attention among the functions of {@link F}. */
public abstract sealed class AttentionFunctions extends ShuffleFunctions permits DistanceFunctions {
  /** softmax(q·kᵀ/√d)·v. PyTorch: {@code F.scaled_dot_product_attention(query, key, value)}. */
  public static Tensor scaledDotProductAttention(Tensor query, Tensor key, Tensor value) {
    return scaledDotProductAttention(
        query, key, value, Optional.empty(), 0, false, OptionalDouble.empty());
  }

  /**
   * {@link #scaledDotProductAttention} where each position sees itself and those before it, if
   * {@code isCausal}.
   */
  public static Tensor scaledDotProductAttention(
      Tensor query, Tensor key, Tensor value, boolean isCausal) {
    return scaledDotProductAttention(
        query, key, value, Optional.empty(), 0, isCausal, OptionalDouble.empty());
  }

  /**
   * softmax(q·kᵀ·scale + mask)·v. PyTorch: {@code F.scaled_dot_product_attention}; Vaswani et al.
   * 2017.
   *
   * @param query [*, L, E]
   * @param key [*, S, E]
   * @param value [*, S, Ev]
   * @param attnMask broadcasts to [*, L, S]; BOOL: true <em>may</em> attend; floating: added to the
   *     scores
   * @param dropoutP the probability with which a weight is dropped
   * @param isCausal whether position i sees positions 0..i only; not together with a mask
   * @param scale the factor of the scores, 1/√E if absent
   * @return [*, L, Ev]; zeros in a row that may attend to nothing
   */
  public static Tensor scaledDotProductAttention(
      Tensor query,
      Tensor key,
      Tensor value,
      Optional<Tensor> attnMask,
      double dropoutP,
      boolean isCausal,
      OptionalDouble scale) {
    if (dropoutP > 0) {
      return attend(query, key, value, attnMask, dropoutP, isCausal, scale).output();
    }
    checkMask(attnMask, isCausal);
    double factor =
        given(scale, OptionalDouble.class).orElse(1 / Math.sqrt(given(query, "query").size(-1)));
    return Tensor.scaledDotProductAttention(
        query, key, value, attnMask.orElse(null), isCausal, factor);
  }

  /** {@link #scaledDotProductAttention} with its weights [*, L, S]. */
  static Attended attend(
      Tensor query,
      Tensor key,
      Tensor value,
      Optional<Tensor> attnMask,
      double dropoutP,
      boolean isCausal,
      OptionalDouble scale) {
    checkMask(attnMask, isCausal);
    double factor =
        given(scale, OptionalDouble.class).orElse(1 / Math.sqrt(given(query, "query").size(-1)));
    Tensor scores = query.mul(factor).matmul(given(key, "key").transpose(-2, -1));
    if (isCausal) {
      scores = masked(scores, causalMask(query.size(-2), key.size(-2)));
    } else if (attnMask.isPresent()) {
      scores = masked(scores, attnMask.get());
    }
    Tensor weights = dropout(Internals.get().attentionWeights(scores), dropoutP, true);
    return new Attended(weights.matmul(value), weights);
  }

  private static void checkMask(Optional<Tensor> attnMask, boolean isCausal) {
    if (given(attnMask, Optional.class).isPresent() && isCausal) {
      throw Checks.invalid(
          "scaledDotProductAttention",
          "attnMask together with isCausal. Explicit attn_mask should not be set when is_causal=True. Choose one.");
    }
  }

  private static Tensor masked(Tensor scores, Tensor mask) {
    return mask.dtype() == DType.BOOL
        ? scores.maskedFill(mask.logicalNot(), Double.NEGATIVE_INFINITY)
        : scores.add(mask);
  }

  /** BOOL [length, size], true on and below the diagonal: what each position may see. */
  static Tensor causalMask(int length, int size) {
    return Tensor.ones(length, size).tril().gt(0);
  }
}
