package gradus.nn;

import gradus.tensor.Tensor;

/**
 * The self-normalising ELU; Klambauer et al. 2017.
 *
 * <p>PyTorch: {@code torch.nn.SELU}.
 */
public class SELU extends Layer {
  @Override
  public Tensor forward(Tensor input) {
    return F.selu(input);
  }
}
