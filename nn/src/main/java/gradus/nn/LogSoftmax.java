package gradus.nn;

import gradus.tensor.Tensor;

/**
 * log softmax(x) along a dimension, without overflow.
 *
 * <p>PyTorch: {@code torch.nn.LogSoftmax}.
 */
public class LogSoftmax extends Layer {
  private final int dim;

  /**
   * With its option.
   *
   * @param dim the dimension of the softmax
   */
  public LogSoftmax(int dim) {
    this.dim = dim;
  }

  @Override
  public Tensor forward(Tensor input) {
    return F.logSoftmax(input, dim);
  }

  @Override
  protected String extraRepr() {
    return "dim=" + dim;
  }
}
