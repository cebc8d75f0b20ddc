package gradus.nn;

import static gradus.tensor.spi.Given.given;

import gradus.tensor.Tensor;
import java.util.function.Consumer;

/**
 * The windows of images as columns: [N, C, H, W] to [N, C · kernel, windows].
 *
 * <p>PyTorch: {@code torch.nn.Unfold}.
 */
public class Unfold extends Layer {
  private final int[] kernelSize;
  private final Consumer<UnfoldOptions> options;

  /** Windows of this size at every place. */
  public Unfold(int kernelSize) {
    this(new int[] {kernelSize}, _ -> {});
  }

  /** With options by name. */
  public Unfold(int kernelSize, Consumer<UnfoldOptions> options) {
    this(new int[] {kernelSize}, options);
  }

  /**
   * With options by name.
   *
   * @param kernelSize the size of a window, one number for both dimensions or one each
   * @param options what differs from the defaults
   */
  public Unfold(int[] kernelSize, Consumer<UnfoldOptions> options) {
    this.kernelSize = given(kernelSize, "kernelSize").clone();
    this.options = given(options, "options");
  }

  @Override
  public Tensor forward(Tensor input) {
    return F.unfold(input, kernelSize, options);
  }

  @Override
  protected String extraRepr() {
    return "kernel_size=" + PythonText.numbers(kernelSize) + text(options);
  }

  static String text(Consumer<UnfoldOptions> options) {
    var o = new UnfoldOptions();
    options.accept(o);
    return ", dilation=%s, padding=%s, stride=%s"
        .formatted(
            PythonText.numbers(o.dilation),
            PythonText.numbers(o.padding),
            PythonText.numbers(o.stride));
  }
}
