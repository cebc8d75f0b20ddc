package gradus.nn;

import gradus.tensor.Tensor;

/**
 * Every element, and 0 within ±λ.
 *
 * <p>PyTorch: {@code torch.nn.Hardshrink}.
 */
public class Hardshrink extends Layer {
  private final double lambd;

  /** With PyTorch's default: lambd = 0.5. */
  public Hardshrink() {
    this(0.5);
  }

  /**
   * With its option.
   *
   * @param lambd λ
   */
  public Hardshrink(double lambd) {
    this.lambd = lambd;
  }

  @Override
  public Tensor forward(Tensor input) {
    return F.hardshrink(input, lambd);
  }

  @Override
  protected String extraRepr() {
    return PythonText.of(lambd);
  }
}
