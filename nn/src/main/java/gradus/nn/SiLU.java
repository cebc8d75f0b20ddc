package gradus.nn;

import gradus.tensor.Tensor;

/**
 * x·σ(x) of every element, also called swish.
 *
 * <p>PyTorch: {@code torch.nn.SiLU}.
 */
public class SiLU extends Layer {
  @Override
  public Tensor forward(Tensor input) {
    return F.silu(input);
  }
}
