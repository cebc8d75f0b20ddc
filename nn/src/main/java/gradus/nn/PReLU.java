package gradus.nn;

import gradus.tensor.Tensor;

/**
 * x where positive, a learned multiple of x elsewhere.
 *
 * <p>PyTorch: {@code torch.nn.PReLU}; He et al. 2015.
 */
public class PReLU extends Layer {
  /** The multiples [numParameters]. */
  public final Tensor weight;

  /** One multiple for all, 0.25 at first. */
  public PReLU() {
    this(1);
  }

  /**
   * One multiple for all, or one a channel, 0.25 at first.
   *
   * @param numParameters 1, or the size of dimension 1
   */
  public PReLU(int numParameters) {
    this(numParameters, 0.25);
  }

  /**
   * One multiple for all, or one a channel.
   *
   * @param numParameters 1, or the size of dimension 1
   * @param init the first multiple
   */
  public PReLU(int numParameters, double init) {
    this.weight = parameter(Init.constant_(Tensor.empty(numParameters), init));
  }

  private PReLU(PReLU source) {
    this.weight = LayerTree.copy(source.weight);
    training(source.training());
  }

  @Override
  public Tensor forward(Tensor input) {
    return F.prelu(input, weight);
  }

  @Override
  public PReLU copy() {
    return new PReLU(this);
  }

  @Override
  protected String extraRepr() {
    return "num_parameters=" + weight.numel();
  }
}
