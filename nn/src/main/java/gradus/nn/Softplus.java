package gradus.nn;

import gradus.tensor.Tensor;

/**
 * log(1 + e^(βx))/β of every element: a smooth ReLU.
 *
 * <p>PyTorch: {@code torch.nn.Softplus}.
 */
public class Softplus extends Layer {
  private final double beta;
  private final double threshold;

  /** With PyTorch's defaults: beta = 1, threshold = 20. */
  public Softplus() {
    this(1, 20);
  }

  /**
   * With all options.
   *
   * @param beta how sharp the bend is
   * @param threshold from where on x itself is taken
   */
  public Softplus(double beta, double threshold) {
    this.beta = beta;
    this.threshold = threshold;
  }

  @Override
  public Tensor forward(Tensor input) {
    return F.softplus(input, beta, threshold);
  }

  @Override
  protected String extraRepr() {
    return "beta=" + PythonText.of(beta) + ", threshold=" + PythonText.of(threshold);
  }
}
