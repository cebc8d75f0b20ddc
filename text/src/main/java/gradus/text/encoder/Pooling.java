package gradus.text.encoder;

import gradus.tensor.Tensor;

/** How the vectors of a text's tokens become one vector. */
public enum Pooling {
  /** Their mean. */
  MEAN,
  /** The vector of the first token, {@code [CLS]}. */
  CLS,
  /** The largest number of each column. */
  MAX;

  /**
   * One vector for each text.
   *
   * @param vectors of the tokens [N, L, dim]
   * @param mask 1 for tokens, 0 for padding [N, L], of the vectors' dtype
   * @return [N, dim]
   */
  public Tensor pool(Tensor vectors, Tensor mask) {
    Tensor tokens = mask.unsqueeze(-1); // [N, L, 1]
    return switch (this) {
      case MEAN -> vectors.mul(tokens).sum(1).div(tokens.sum(1));
      case CLS -> vectors.select(1, 0);
      case MAX -> vectors.maskedFill(tokens.eq(0), Double.NEGATIVE_INFINITY).amax(1);
    };
  }
}
