package gradus.nn;

import gradus.tensor.Tensor;

/**
 * x·tanh(softplus(x)) of every element; Misra 2019.
 *
 * <p>PyTorch: {@code torch.nn.Mish}.
 */
public class Mish extends Layer {
  @Override
  public Tensor forward(Tensor input) {
    return F.mish(input);
  }
}
