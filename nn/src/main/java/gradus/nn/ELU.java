package gradus.nn;

import gradus.tensor.Tensor;

/**
 * x where positive, α(eˣ − 1) elsewhere; Clevert et al. 2016.
 *
 * <p>PyTorch: {@code torch.nn.ELU}.
 */
public class ELU extends Layer {
  private final double alpha;

  /** With PyTorch's default: alpha = 1. */
  public ELU() {
    this(1);
  }

  /**
   * With its option.
   *
   * @param alpha α
   */
  public ELU(double alpha) {
    this.alpha = alpha;
  }

  @Override
  public Tensor forward(Tensor input) {
    return F.elu(input, alpha);
  }

  @Override
  protected String extraRepr() {
    return "alpha=" + PythonText.of(alpha);
  }
}
