package gradus.nn;

import gradus.tensor.Tensor;

/**
 * x·min(max(0, x + 3), 6)/6 of every element; Howard et al. 2019.
 *
 * <p>PyTorch: {@code torch.nn.Hardswish}.
 */
public class Hardswish extends Layer {
  @Override
  public Tensor forward(Tensor input) {
    return F.hardswish(input);
  }
}
