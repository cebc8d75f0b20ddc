package gradus.nn;

import gradus.tensor.Tensor;

/**
 * x where positive, a small multiple of x elsewhere.
 *
 * <p>PyTorch: {@code torch.nn.LeakyReLU}.
 */
public class LeakyReLU extends Layer {
  private final double negativeSlope;

  /** With PyTorch's default: negativeSlope = 0.01. */
  public LeakyReLU() {
    this(0.01);
  }

  /**
   * With its option.
   *
   * @param negativeSlope the multiple
   */
  public LeakyReLU(double negativeSlope) {
    this.negativeSlope = negativeSlope;
  }

  @Override
  public Tensor forward(Tensor input) {
    return F.leakyRelu(input, negativeSlope);
  }

  @Override
  protected String extraRepr() {
    return "negative_slope=" + PythonText.of(negativeSlope);
  }
}
