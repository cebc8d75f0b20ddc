package gradus.nn;

import gradus.tensor.Tensor;
import gradus.tensor.ValuesIndices;
import java.util.function.Consumer;

/**
 * The largest of each window of images: [N, C, H, W], or the same without N, to as many as there
 * are windows.
 *
 * <p>PyTorch: {@code torch.nn.MaxPool2d}.
 */
public class MaxPool2d extends MaxPool {
  /** Windows of this size, side by side. */
  public MaxPool2d(int kernelSize) {
    this(kernelSize, _ -> {});
  }

  /** Windows of this size, so far apart. */
  public MaxPool2d(int kernelSize, int stride) {
    this(kernelSize, o -> o.stride(stride));
  }

  /** Windows of this size, so far apart, over a padded input. */
  public MaxPool2d(int kernelSize, int stride, int padding) {
    this(kernelSize, o -> o.stride(stride).padding(padding));
  }

  /** With options by name. */
  public MaxPool2d(int kernelSize, Consumer<MaxPoolOptions> options) {
    this(new int[] {kernelSize}, options);
  }

  /**
   * With options by name.
   *
   * @param kernelSize the size of the window, one number for all dimensions or one each
   * @param options what differs from the defaults
   */
  public MaxPool2d(int[] kernelSize, Consumer<MaxPoolOptions> options) {
    super(kernelSize, options);
  }

  @Override
  public Tensor forward(Tensor input) {
    return F.maxPool2d(input, kernelSize, options);
  }

  /** The maxima and their places. PyTorch: {@code return_indices=True}. */
  public ValuesIndices forwardWithIndices(Tensor input) {
    return F.maxPool2dWithIndices(input, kernelSize, options);
  }
}
