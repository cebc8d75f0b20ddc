package gradus.nn;

import gradus.tensor.Tensor;

/**
 * x − tanh(x) of every element.
 *
 * <p>PyTorch: {@code torch.nn.Tanhshrink}.
 */
public class Tanhshrink extends Layer {
  @Override
  public Tensor forward(Tensor input) {
    return F.tanhshrink(input);
  }
}
