package gradus.nn;

import gradus.tensor.Tensor;

/**
 * log σ(x) of every element, without overflow.
 *
 * <p>PyTorch: {@code torch.nn.LogSigmoid}.
 */
public class LogSigmoid extends Layer {
  @Override
  public Tensor forward(Tensor input) {
    return F.logsigmoid(input);
  }
}
