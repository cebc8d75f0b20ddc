package gradus.nn;

import static gradus.tensor.spi.Given.given;

/** What layers of power-average pooling hold. PyTorch: {@code _LPPoolNd}. */
public abstract class LPPool extends Layer {
  final double normType;
  final int[] kernelSize;
  final int[] stride;
  final boolean ceilMode;

  LPPool(double normType, int[] kernelSize, int[] stride, boolean ceilMode) {
    this.normType = normType;
    this.kernelSize = given(kernelSize, "kernelSize").clone();
    this.stride = stride == null ? null : stride.clone();
    this.ceilMode = ceilMode;
  }

  @Override
  protected String extraRepr() {
    return "norm_type=%s, kernel_size=%s, stride=%s, ceil_mode=%s"
        .formatted(
            normType == Math.rint(normType)
                ? Long.toString((long) normType)
                : PythonText.of(normType),
            PythonText.numbers(kernelSize),
            stride == null ? "None" : PythonText.numbers(stride),
            PythonText.of(ceilMode));
  }
}
