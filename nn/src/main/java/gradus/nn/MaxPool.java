package gradus.nn;

import static gradus.tensor.spi.Given.given;

import java.util.function.Consumer;

/** What layers of max pooling hold. PyTorch: {@code _MaxPoolNd}. */
public abstract class MaxPool extends Layer {
  final int[] kernelSize;
  final Consumer<MaxPoolOptions> options;

  MaxPool(int[] kernelSize, Consumer<MaxPoolOptions> options) {
    this.kernelSize = given(kernelSize, "kernelSize").clone();
    this.options = given(options, "options");
  }

  @Override
  protected String extraRepr() {
    var o = new MaxPoolOptions();
    options.accept(o);
    return "kernel_size=%s, stride=%s, padding=%s, dilation=%s, ceil_mode=%s"
        .formatted(
            PythonText.numbers(kernelSize),
            PythonText.numbers(o.stride == null ? kernelSize : o.stride),
            PythonText.numbers(o.padding),
            PythonText.numbers(o.dilation),
            PythonText.of(o.ceilMode));
  }
}
