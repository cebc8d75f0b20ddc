package gradus.nn;

import gradus.tensor.Tensor;

/**
 * x where positive, α(eˣᐟᵅ − 1) elsewhere; Barron 2017.
 *
 * <p>PyTorch: {@code torch.nn.CELU}.
 */
public class CELU extends Layer {
  private final double alpha;

  /** With PyTorch's default: alpha = 1. */
  public CELU() {
    this(1);
  }

  /**
   * With its option.
   *
   * @param alpha α, not 0
   */
  public CELU(double alpha) {
    this.alpha = alpha;
  }

  @Override
  public Tensor forward(Tensor input) {
    return F.celu(input, alpha);
  }

  @Override
  protected String extraRepr() {
    return "alpha=" + PythonText.of(alpha);
  }
}
