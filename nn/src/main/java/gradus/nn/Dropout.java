package gradus.nn;

import gradus.nn.functional.Checks;
import gradus.tensor.Tensor;

/**
 * In training the input with each element zeroed with probability {@code p} and the others scaled
 * by 1/(1−p), so that the expected value stays; in evaluation the input itself. Any shape.
 *
 * <p>PyTorch: {@code torch.nn.Dropout}; Hinton et al. 2012.
 */
public class Dropout extends Layer {
  private final double p;
  private final boolean inplace;

  /** Drops half of the elements. */
  public Dropout() {
    this(0.5);
  }

  /**
   * Drops each element with probability {@code p}.
   *
   * @param p the probability, 0..1
   */
  public Dropout(double p) {
    this(p, false);
  }

  /**
   * Drops each element with probability {@code p}, in the input itself if {@code inplace}.
   *
   * @param p the probability, 0..1
   * @param inplace whether to write into the input
   */
  public Dropout(double p, boolean inplace) {
    this.p = Checks.probability("dropout", p);
    this.inplace = inplace;
  }

  @Override
  public Tensor forward(Tensor input) {
    Tensor result = F.dropout(input, p, training());
    return inplace ? input.copy_(result) : result;
  }

  @Override
  protected String extraRepr() {
    return "p=" + PythonText.of(p) + ", inplace=" + PythonText.of(inplace);
  }
}
