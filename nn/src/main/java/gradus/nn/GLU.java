package gradus.nn;

import gradus.tensor.Tensor;

/**
 * a·σ(b), a and b being the two halves of the input; Dauphin et al. 2016.
 *
 * <p>PyTorch: {@code torch.nn.GLU}.
 */
public class GLU extends Layer {
  private final int dim;

  /** With PyTorch's default: dim = -1. */
  public GLU() {
    this(-1);
  }

  /**
   * With its option.
   *
   * @param dim the dimension to halve
   */
  public GLU(int dim) {
    this.dim = dim;
  }

  @Override
  public Tensor forward(Tensor input) {
    return F.glu(input, dim);
  }

  @Override
  protected String extraRepr() {
    return "dim=" + dim;
  }
}
