package gradus.nn;

import gradus.tensor.Tensor;

/**
 * Every element above the threshold, and a constant for the others.
 *
 * <p>PyTorch: {@code torch.nn.Threshold}.
 */
public class Threshold extends Layer {
  private final double threshold;
  private final double value;

  /**
   * With all options.
   *
   * @param threshold the threshold
   * @param value the constant
   */
  public Threshold(double threshold, double value) {
    this.threshold = threshold;
    this.value = value;
  }

  @Override
  public Tensor forward(Tensor input) {
    return F.threshold(input, threshold, value);
  }

  @Override
  protected String extraRepr() {
    return "threshold=" + PythonText.of(threshold) + ", value=" + PythonText.of(value);
  }
}
