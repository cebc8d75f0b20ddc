package gradus.nn;

import static gradus.tensor.spi.Given.given;

import java.util.function.Consumer;

/** What layers of average pooling hold. PyTorch: {@code _AvgPoolNd}. */
public abstract class AvgPool extends Layer {
  final int[] kernelSize;
  final Consumer<AvgPoolOptions> options;

  AvgPool(int[] kernelSize, Consumer<AvgPoolOptions> options) {
    this.kernelSize = given(kernelSize, "kernelSize").clone();
    this.options = given(options, "options");
  }

  /** How PyTorch prints sizes of this layer. */
  String printed(int[] sizes) {
    return PythonText.numbers(sizes);
  }

  @Override
  protected String extraRepr() {
    var o = new AvgPoolOptions();
    options.accept(o);
    return "kernel_size=%s, stride=%s, padding=%s"
        .formatted(
            printed(kernelSize),
            printed(o.stride == null ? kernelSize : o.stride),
            printed(o.padding));
  }
}
