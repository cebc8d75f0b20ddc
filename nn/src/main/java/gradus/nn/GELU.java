package gradus.nn;

import gradus.tensor.Tensor;

/**
 * x·Φ(x) of every element, Φ the distribution function of N(0, 1); Hendrycks and Gimpel 2016.
 *
 * <p>PyTorch: {@code torch.nn.GELU}.
 */
public class GELU extends Layer {
  private final String approximate;

  /** With PyTorch's default: approximate = "none". */
  public GELU() {
    this("none");
  }

  /**
   * With its option.
   *
   * @param approximate {@code "none"} for exact, or {@code "tanh"}
   */
  public GELU(String approximate) {
    this.approximate = approximate;
  }

  @Override
  public Tensor forward(Tensor input) {
    return F.gelu(input, approximate);
  }

  @Override
  protected String extraRepr() {
    return "approximate='" + approximate + "'";
  }
}
