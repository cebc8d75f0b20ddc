package gradus.nn;

import gradus.tensor.Tensor;

/**
 * max(0, x) of every element.
 *
 * <p>PyTorch: {@code torch.nn.ReLU}.
 */
public class ReLU extends Layer {
  private final boolean inplace;

  /** With PyTorch's default: inplace = false. */
  public ReLU() {
    this(false);
  }

  /**
   * With its option.
   *
   * @param inplace whether to write into the input
   */
  public ReLU(boolean inplace) {
    this.inplace = inplace;
  }

  @Override
  public Tensor forward(Tensor input) {
    Tensor result = F.relu(input);
    return inplace ? input.copy_(result) : result;
  }

  @Override
  protected String extraRepr() {
    return inplace ? "inplace=True" : "";
  }
}
