package gradus.nn;

import gradus.nn.functional.Checks;
import gradus.tensor.Tensor;

/**
 * In training whole channels sent to selu's lowest value with probability {@code p}, and all scaled
 * and shifted so that mean 0 and variance 1 stay; in evaluation the input itself. [N, C, *].
 *
 * <p>PyTorch: {@code torch.nn.FeatureAlphaDropout}; Klambauer et al. 2017.
 */
public class FeatureAlphaDropout extends Layer {
  private final double p;
  private final boolean inplace;

  /** Drops half of them. */
  public FeatureAlphaDropout() {
    this(0.5);
  }

  /**
   * Drops with probability {@code p}.
   *
   * @param p the probability, 0..1
   */
  public FeatureAlphaDropout(double p) {
    this(p, false);
  }

  /**
   * Drops with probability {@code p}, in the input itself if {@code inplace}.
   *
   * @param p the probability, 0..1
   * @param inplace whether to write into the input
   */
  public FeatureAlphaDropout(double p, boolean inplace) {
    this.p = Checks.probability("featureAlphaDropout", p);
    this.inplace = inplace;
  }

  @Override
  public Tensor forward(Tensor input) {
    Tensor result = F.featureAlphaDropout(input, p, training());
    return inplace ? input.copy_(result) : result;
  }

  @Override
  protected String extraRepr() {
    return "p=" + PythonText.of(p) + ", inplace=" + PythonText.of(inplace);
  }
}
