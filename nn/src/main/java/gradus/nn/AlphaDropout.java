package gradus.nn;

import gradus.nn.functional.Checks;
import gradus.tensor.Tensor;

/**
 * In training elements sent to selu's lowest value with probability {@code p}, and all scaled and
 * shifted so that mean 0 and variance 1 stay; in evaluation the input itself. Any shape.
 *
 * <p>PyTorch: {@code torch.nn.AlphaDropout}; Klambauer et al. 2017.
 */
public class AlphaDropout extends Layer {
  private final double p;
  private final boolean inplace;

  /** Drops half of them. */
  public AlphaDropout() {
    this(0.5);
  }

  /**
   * Drops with probability {@code p}.
   *
   * @param p the probability, 0..1
   */
  public AlphaDropout(double p) {
    this(p, false);
  }

  /**
   * Drops with probability {@code p}, in the input itself if {@code inplace}.
   *
   * @param p the probability, 0..1
   * @param inplace whether to write into the input
   */
  public AlphaDropout(double p, boolean inplace) {
    this.p = Checks.probability("alphaDropout", p);
    this.inplace = inplace;
  }

  @Override
  public Tensor forward(Tensor input) {
    Tensor result = F.alphaDropout(input, p, training());
    return inplace ? input.copy_(result) : result;
  }

  @Override
  protected String extraRepr() {
    return "p=" + PythonText.of(p) + ", inplace=" + PythonText.of(inplace);
  }
}
