package gradus.nn;

import gradus.tensor.Tensor;

/**
 * eˣ/Σeˣ along a dimension: positive and adding up to 1.
 *
 * <p>PyTorch: {@code torch.nn.Softmax}.
 */
public class Softmax extends Layer {
  private final int dim;

  /**
   * With its option.
   *
   * @param dim the dimension that adds up to 1
   */
  public Softmax(int dim) {
    this.dim = dim;
  }

  @Override
  public Tensor forward(Tensor input) {
    return F.softmax(input, dim);
  }

  @Override
  protected String extraRepr() {
    return "dim=" + dim;
  }
}
