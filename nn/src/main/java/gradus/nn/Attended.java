package gradus.nn;

import gradus.tensor.Tensor;

/**
 * What attention yields, and where it looked.
 *
 * @param output the values, mixed by the weights [*, L, E]
 * @param weights how much each of the L positions took from each of the S: rows that add up to 1
 *     [*, L, S]
 */
public record Attended(Tensor output, Tensor weights) {
  /** The output alone, where the weights were not asked for. */
  static Attended withoutWeights(Tensor output) {
    return new Attended(output, null);
  }

  /** Whether the weights were asked for. */
  public boolean hasWeights() {
    return weights != null;
  }

  /**
   * The attention weights.
   *
   * @throws IllegalStateException if they were not asked for
   */
  @Override
  public Tensor weights() {
    if (weights == null) {
      throw new IllegalStateException(
          "weights: they were not asked for (needWeights(false)). They are kept only on request. Use forward(q, k, v, o -> o.needWeights(true)), or leave it out.");
    }
    return weights;
  }
}
