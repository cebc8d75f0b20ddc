package gradus.nn;

import gradus.tensor.Tensor;

/**
 * Every element moved towards 0 by λ, and 0 within ±λ.
 *
 * <p>PyTorch: {@code torch.nn.Softshrink}.
 */
public class Softshrink extends Layer {
  private final double lambd;

  /** With PyTorch's default: lambd = 0.5. */
  public Softshrink() {
    this(0.5);
  }

  /**
   * With its option.
   *
   * @param lambd λ, 0 or more
   */
  public Softshrink(double lambd) {
    this.lambd = lambd;
  }

  @Override
  public Tensor forward(Tensor input) {
    return F.softshrink(input, lambd);
  }

  @Override
  protected String extraRepr() {
    return PythonText.of(lambd);
  }
}
