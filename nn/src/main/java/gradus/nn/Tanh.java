package gradus.nn;

import gradus.tensor.Tensor;

/**
 * The hyperbolic tangent of every element.
 *
 * <p>PyTorch: {@code torch.nn.Tanh}.
 */
public class Tanh extends Layer {
  @Override
  public Tensor forward(Tensor input) {
    return F.tanh(input);
  }
}
