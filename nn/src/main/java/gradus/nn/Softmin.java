package gradus.nn;

import gradus.tensor.Tensor;

/**
 * softmax(−x) along a dimension.
 *
 * <p>PyTorch: {@code torch.nn.Softmin}.
 */
public class Softmin extends Layer {
  private final int dim;

  /**
   * With its option.
   *
   * @param dim the dimension that adds up to 1
   */
  public Softmin(int dim) {
    this.dim = dim;
  }

  @Override
  public Tensor forward(Tensor input) {
    return F.softmin(input, dim);
  }

  @Override
  protected String extraRepr() {
    return "dim=" + dim;
  }
}
