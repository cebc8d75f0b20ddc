package gradus.nn;

import gradus.nn.functional.Checks;
import gradus.tensor.Tensor;

/**
 * In training whole channels of images zeroed with probability {@code p} and the others scaled by
 * 1/(1−p); in evaluation the input itself. [N, C, H, W] or [N, C, L].
 *
 * <p>PyTorch: {@code torch.nn.Dropout2d}; Tompson et al. 2015.
 */
public class Dropout2d extends Layer {
  private final double p;
  private final boolean inplace;

  /** Drops half of them. */
  public Dropout2d() {
    this(0.5);
  }

  /**
   * Drops with probability {@code p}.
   *
   * @param p the probability, 0..1
   */
  public Dropout2d(double p) {
    this(p, false);
  }

  /**
   * Drops with probability {@code p}, in the input itself if {@code inplace}.
   *
   * @param p the probability, 0..1
   * @param inplace whether to write into the input
   */
  public Dropout2d(double p, boolean inplace) {
    this.p = Checks.probability("dropout2d", p);
    this.inplace = inplace;
  }

  @Override
  public Tensor forward(Tensor input) {
    Tensor result = F.dropout2d(input, p, training());
    return inplace ? input.copy_(result) : result;
  }

  @Override
  protected String extraRepr() {
    return "p=" + PythonText.of(p) + ", inplace=" + PythonText.of(inplace);
  }
}
