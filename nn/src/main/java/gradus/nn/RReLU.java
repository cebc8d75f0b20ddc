package gradus.nn;

import gradus.tensor.Tensor;

/**
 * x where positive, elsewhere x times a number that is drawn in training, and their mean in
 * evaluation.
 *
 * <p>PyTorch: {@code torch.nn.RReLU}; Xu et al. 2015.
 */
public class RReLU extends Layer {
  private final double lower;
  private final double upper;

  /** With PyTorch's defaults: from ⅛ to ⅓. */
  public RReLU() {
    this(1.0 / 8, 1.0 / 3);
  }

  /**
   * With its options.
   *
   * @param lower the least factor
   * @param upper the greatest factor
   */
  public RReLU(double lower, double upper) {
    this.lower = lower;
    this.upper = upper;
  }

  @Override
  public Tensor forward(Tensor input) {
    return F.rrelu(input, lower, upper, training());
  }

  @Override
  protected String extraRepr() {
    return "lower=%s, upper=%s".formatted(PythonText.of(lower), PythonText.of(upper));
  }
}
