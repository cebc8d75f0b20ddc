package gradus.nn;

import gradus.tensor.Tensor;

/**
 * Every element cut off at two bounds.
 *
 * <p>PyTorch: {@code torch.nn.Hardtanh}.
 */
public class Hardtanh extends Layer {
  private final double minVal;
  private final double maxVal;

  /** With PyTorch's defaults: minVal = -1, maxVal = 1. */
  public Hardtanh() {
    this(-1, 1);
  }

  /**
   * With all options.
   *
   * @param minVal the lower bound
   * @param maxVal the upper bound
   */
  public Hardtanh(double minVal, double maxVal) {
    this.minVal = minVal;
    this.maxVal = maxVal;
  }

  @Override
  public Tensor forward(Tensor input) {
    return F.hardtanh(input, minVal, maxVal);
  }

  @Override
  protected String extraRepr() {
    return "min_val=" + PythonText.of(minVal) + ", max_val=" + PythonText.of(maxVal);
  }
}
