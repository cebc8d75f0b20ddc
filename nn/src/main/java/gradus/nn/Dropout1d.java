package gradus.nn;

import gradus.nn.functional.Checks;
import gradus.tensor.Tensor;

/**
 * In training whole channels of sequences zeroed with probability {@code p} and the others scaled
 * by 1/(1−p); in evaluation the input itself. [N, C, L] or [C, L].
 *
 * <p>PyTorch: {@code torch.nn.Dropout1d}; Tompson et al. 2015.
 */
public class Dropout1d extends Layer {
  private final double p;
  private final boolean inplace;

  /** Drops half of them. */
  public Dropout1d() {
    this(0.5);
  }

  /**
   * Drops with probability {@code p}.
   *
   * @param p the probability, 0..1
   */
  public Dropout1d(double p) {
    this(p, false);
  }

  /**
   * Drops with probability {@code p}, in the input itself if {@code inplace}.
   *
   * @param p the probability, 0..1
   * @param inplace whether to write into the input
   */
  public Dropout1d(double p, boolean inplace) {
    this.p = Checks.probability("dropout1d", p);
    this.inplace = inplace;
  }

  @Override
  public Tensor forward(Tensor input) {
    Tensor result = F.dropout1d(input, p, training());
    return inplace ? input.copy_(result) : result;
  }

  @Override
  protected String extraRepr() {
    return "p=" + PythonText.of(p) + ", inplace=" + PythonText.of(inplace);
  }
}
