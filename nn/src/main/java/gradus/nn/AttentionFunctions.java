package gradus.nn;

import static gradus.tensor.spi.Given.given;

import gradus.nn.functional.Checks;
import gradus.tensor.DType;
import gradus.tensor.Tensor;
import gradus.tensor.spi.Internals;
import java.util.function.Consumer;

/** Attention among the functions of {@link F}. */
public abstract sealed class AttentionFunctions extends ShuffleFunctions permits DistanceFunctions {
  /** softmax(q·kᵀ/√d)·v. PyTorch: {@code F.scaled_dot_product_attention(query, key, value)}. */
  public static Tensor scaledDotProductAttention(Tensor query, Tensor key, Tensor value) {
    return scaledDotProductAttention(query, key, value, _ -> {});
  }

  /**
   * {@link #scaledDotProductAttention} where each position sees itself and those before it, if
   * {@code isCausal}.
   */
  public static Tensor scaledDotProductAttention(
      Tensor query, Tensor key, Tensor value, boolean isCausal) {
    return scaledDotProductAttention(query, key, value, o -> o.isCausal(isCausal));
  }

  /**
   * softmax(q·kᵀ·scale + mask)·v. PyTorch: {@code F.scaled_dot_product_attention}; Vaswani et al.
   * 2017.
   *
   * <pre>{@code
   * F.scaledDotProductAttention(q, k, v, o -> o.attnMask(mask).dropoutP(0.1));
   * }</pre>
   *
   * @param query [*, L, E]
   * @param key [*, S, E]
   * @param value [*, S, Ev]
   * @param options attnMask, which broadcasts to [*, L, S] and is true where one <em>may</em>
   *     attend; isCausal, not together with a mask; dropoutP; scale
   * @return [*, L, Ev]; zeros in a row that may attend to nothing
   */
  public static Tensor scaledDotProductAttention(
      Tensor query, Tensor key, Tensor value, Consumer<AttentionOptions> options) {
    var o = AttentionOptions.scaledDotProduct(options);
    if (o.dropoutP() > 0) {
      return attend(query, key, value, o).output();
    }
    checkMask(o);
    return Tensor.scaledDotProductAttention(
        query, key, value, o.attnMask(), o.isCausal(), o.scale(given(query, "query").size(-1)));
  }

  /** {@link #scaledDotProductAttention} with its weights [*, L, S]. */
  static Attended attend(Tensor query, Tensor key, Tensor value, AttentionOptions o) {
    checkMask(o);
    double factor = o.scale(given(query, "query").size(-1));
    Tensor scores = query.mul(factor).matmul(given(key, "key").transpose(-2, -1));
    if (o.isCausal()) {
      scores = masked(scores, causalMask(query.size(-2), key.size(-2)));
    } else if (o.attnMask() != null) {
      scores = masked(scores, o.attnMask());
    }
    Tensor weights = dropout(Internals.get().attentionWeights(scores), o.dropoutP(), true);
    return new Attended(weights.matmul(value), weights);
  }

  private static void checkMask(AttentionOptions options) {
    if (options.attnMask() != null && options.isCausal()) {
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
