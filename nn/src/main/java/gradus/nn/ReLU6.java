package gradus.nn;

import gradus.tensor.Tensor;

/**
 * min(max(0, x), 6) of every element.
 *
 * <p>PyTorch: {@code torch.nn.ReLU6}.
 */
public class ReLU6 extends Layer {
  @Override
  public Tensor forward(Tensor input) {
    return F.relu6(input);
  }
}
