package gradus.nn;

import static gradus.tensor.spi.Given.given;

import gradus.tensor.Tensor;
import java.util.function.Consumer;

/**
 * Images of which the columns are the windows; where those overlap they add up: [N, C · kernel,
 * windows] to [N, C, H, W].
 *
 * <p>PyTorch: {@code torch.nn.Fold}.
 */
public class Fold extends Layer {
  private final int[] outputSize;
  private final int[] kernelSize;
  private final Consumer<UnfoldOptions> options;

  /** Square images of this size, windows at every place. */
  public Fold(int outputSize, int kernelSize) {
    this(new int[] {outputSize}, new int[] {kernelSize}, _ -> {});
  }

  /**
   * With options by name.
   *
   * @param outputSize the size of the images, one number for both dimensions or one each
   * @param kernelSize the size of a window, likewise
   * @param options what differs from the defaults
   */
  public Fold(int[] outputSize, int[] kernelSize, Consumer<UnfoldOptions> options) {
    this.outputSize = given(outputSize, "outputSize").clone();
    this.kernelSize = given(kernelSize, "kernelSize").clone();
    this.options = given(options, "options");
  }

  @Override
  public Tensor forward(Tensor input) {
    return F.fold(input, outputSize, kernelSize, options);
  }

  @Override
  protected String extraRepr() {
    return "output_size=%s, kernel_size=%s%s"
        .formatted(
            PythonText.numbers(outputSize), PythonText.numbers(kernelSize), Unfold.text(options));
  }
}
