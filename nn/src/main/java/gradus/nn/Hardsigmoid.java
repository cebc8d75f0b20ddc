package gradus.nn;

import gradus.tensor.Tensor;

/**
 * min(max(0, x + 3), 6)/6 of every element.
 *
 * <p>PyTorch: {@code torch.nn.Hardsigmoid}.
 */
public class Hardsigmoid extends Layer {
  @Override
  public Tensor forward(Tensor input) {
    return F.hardsigmoid(input);
  }
}
