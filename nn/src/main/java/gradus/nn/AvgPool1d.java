package gradus.nn;

import gradus.tensor.Tensor;
import java.util.function.Consumer;

/**
 * The mean of each window of sequences: [N, C, L], or the same without N, to as many as there are
 * windows.
 *
 * <p>PyTorch: {@code torch.nn.AvgPool1d}.
 */
public class AvgPool1d extends AvgPool {
  /** Windows of this size, side by side. */
  public AvgPool1d(int kernelSize) {
    this(kernelSize, _ -> {});
  }

  /** Windows of this size, so far apart. */
  public AvgPool1d(int kernelSize, int stride) {
    this(kernelSize, o -> o.stride(stride));
  }

  /** Windows of this size, so far apart, over a padded input. */
  public AvgPool1d(int kernelSize, int stride, int padding) {
    this(kernelSize, o -> o.stride(stride).padding(padding));
  }

  /** With options by name. */
  public AvgPool1d(int kernelSize, Consumer<AvgPoolOptions> options) {
    this(new int[] {kernelSize}, options);
  }

  /**
   * With options by name.
   *
   * @param kernelSize the size of the window, one number for all dimensions or one each
   * @param options what differs from the defaults
   */
  public AvgPool1d(int[] kernelSize, Consumer<AvgPoolOptions> options) {
    super(kernelSize, options);
  }

  @Override
  public Tensor forward(Tensor input) {
    return F.avgPool1d(input, kernelSize, options);
  }

  @Override
  String printed(int[] sizes) {
    return PythonText.tuple(sizes);
  }
}
