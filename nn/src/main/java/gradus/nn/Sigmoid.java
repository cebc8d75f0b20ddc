package gradus.nn;

import gradus.tensor.Tensor;

/**
 * σ(x) = 1/(1 + e⁻ˣ) of every element.
 *
 * <p>PyTorch: {@code torch.nn.Sigmoid}.
 */
public class Sigmoid extends Layer {
  @Override
  public Tensor forward(Tensor input) {
    return F.sigmoid(input);
  }
}
