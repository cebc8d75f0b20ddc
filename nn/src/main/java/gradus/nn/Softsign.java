package gradus.nn;

import gradus.tensor.Tensor;

/**
 * x/(1 + |x|) of every element.
 *
 * <p>PyTorch: {@code torch.nn.Softsign}.
 */
public class Softsign extends Layer {
  @Override
  public Tensor forward(Tensor input) {
    return F.softsign(input);
  }
}
