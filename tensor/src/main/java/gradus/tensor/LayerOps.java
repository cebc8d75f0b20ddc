package gradus.tensor;

import static gradus.tensor.spi.Given.given;

/**
 * Primitives that a layer stands for, each with a fused backward of its own; {@code nn} wraps them.
 */
public abstract sealed class LayerOps extends Windows permits Joining {
  /**
   * Rows of a table: ids {@code [2, 3]} and a table {@code [50000, 768]} give {@code [2, 3, 768]}.
   *
   * <p>The gradient of a row is the sum of the gradients of all its uses. PyTorch: {@code
   * F.embedding}.
   *
   * @param weight the table {@code [rows, dim]}
   * @param indices INT64 (or INT32) ids of any shape, each in 0 … rows − 1
   * @param paddingIdx a row that gets no gradient, or −1
   * @param scaleGradByFreq whether a row's gradient is divided by how often its id occurs in {@code
   *     indices}
   * @param sparse whether the gradient names only the rows used, instead of being as large as the
   *     table
   * @return the rows, {@code [*indices, dim]}
   * @throws IndexOutOfBoundsException naming the first id that is no row, and its position
   */
  public static Tensor embedding(
      Tensor weight, Tensor indices, int paddingIdx, boolean scaleGradByFreq, boolean sparse) {
    return EmbeddingOps.lookup(weight, indices, paddingIdx, scaleGradByFreq, sparse);
  }

  /**
   * The last dimensions brought to mean 0 and variance 1, then scaled and shifted. PyTorch: {@code
   * F.layer_norm}. Ba, Kiros and Hinton, "Layer Normalization", 2016.
   *
   * @param input ends in {@code normalizedShape}
   * @param normalizedShape the sizes to normalise over
   * @param weight of that shape, or null for 1
   * @param bias of that shape, or null for 0
   * @param eps added to the variance
   * @return a tensor of the input's shape
   */
  public static Tensor layerNorm(
      Tensor input, int[] normalizedShape, Tensor weight, Tensor bias, double eps) {
    return LayerNormOps.layerNorm(input, normalizedShape, weight, bias, eps);
  }

  /**
   * Each element zeroed with probability {@code p}, the others divided by 1 − p. PyTorch: {@code
   * torch.dropout} in training. Hinton et al., 2012.
   *
   * @param input FLOAT32 or FLOAT64, any shape
   * @param p the probability of a zero, above 0 and below 1
   * @return a tensor of the input's shape
   */
  public static Tensor dropout(Tensor input, double p) {
    if (!given(input).dtype().isFloatingPoint() || !(p > 0 && p < 1)) {
      throw Errors.invalid(
          "dropout",
          "p is %s and input is %s. p is above 0 and below 1, and input FLOAT32 or FLOAT64."
              .formatted(p, input.dtype()));
    }
    return DropoutOps.dropout(input, p);
  }

  /**
   * {@code logsumexp(logits) - logits[target]} of each row; loss and gradient never form the
   * probabilities.
   *
   * @param logits {@code [n, classes]}
   * @param target INT64 {@code [n]}
   * @param ignoreIndex the target whose rows count 0
   * @return the losses {@code [n]}
   */
  public static Tensor crossEntropyRows(Tensor logits, Tensor target, long ignoreIndex) {
    return CrossEntropyOps.crossEntropy(logits, target, ignoreIndex);
  }

  /**
   * {@code input · weightᵀ + bias}, without a copy of the weight and in one pass. PyTorch: {@code
   * F.linear}.
   *
   * @param input {@code [*, in]}
   * @param weight {@code [out, in]}
   * @param bias {@code [out]}, or null for none
   * @return {@code [*, out]}
   */
  public static Tensor linear(Tensor input, Tensor weight, Tensor bias) {
    return LinearOps.linear(input, weight, bias);
  }

  /**
   * {@code softmax(query · keyᵀ · scale + attnMask) · value}; neither the scores nor their gradient
   * ever stand in memory as a whole. PyTorch: {@code F.scaled_dot_product_attention}. Dao et al.,
   * "FlashAttention", 2022.
   *
   * @param query {@code [*, L, E]}, of any strides
   * @param key {@code [*, S, E]}
   * @param value {@code [*, S, Ev]}
   * @param attnMask broadcasts to {@code [*, L, S]}: BOOL, true may attend, or floating, added to
   *     the scores; null for none
   * @param isCausal whether position i sees positions 0..i only
   * @param scale the factor of the scores
   * @return {@code [*, L, Ev]}, its dimensions in memory in the order of those of the query; zeros
   *     in a row that may attend to nothing
   */
  public static Tensor scaledDotProductAttention(
      Tensor query, Tensor key, Tensor value, Tensor attnMask, boolean isCausal, double scale) {
    return AttentionOps.attend(query, key, value, attnMask, isCausal, scale);
  }

  /**
   * The same where query, key and value are the three slices of one tensor, as a joint projection
   * gives them: its gradient is then one tensor too.
   *
   * @param packed {@code [3, *, L, E]}, of any strides
   * @param attnMask broadcasts to {@code [*, L, L]}; null for none
   * @param isCausal whether position i sees positions 0..i only
   * @param scale the factor of the scores
   * @return {@code [*, L, E]}
   */
  public static Tensor scaledDotProductAttention(
      Tensor packed, Tensor attnMask, boolean isCausal, double scale) {
    return AttentionOps.attend(packed, attnMask, isCausal, scale);
  }
}
