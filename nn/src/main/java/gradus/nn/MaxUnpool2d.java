package gradus.nn;

import gradus.nn.functional.Sliding;
import gradus.tensor.Tensor;

/**
 * What {@link MaxPool2d#forwardWithIndices} took, put back where it stood, and zeros elsewhere.
 *
 * <p>PyTorch: {@code torch.nn.MaxUnpool2d}.
 */
public class MaxUnpool2d extends Layer {
  private final int[] kernelSize;
  private final int[] stride;
  private final int[] padding;

  /** For windows of this size, side by side. */
  public MaxUnpool2d(int kernelSize) {
    this(new int[] {kernelSize}, null, new int[] {0});
  }

  /**
   * For windows as the pooling had them.
   *
   * @param kernelSize the size of the window, one number for all dimensions or one each
   * @param stride how far it moved; null for its size
   * @param padding how far windows began before the input
   */
  public MaxUnpool2d(int[] kernelSize, int[] stride, int[] padding) {
    Sliding w = Sliding.of("MaxUnpool2d", 2, kernelSize, stride, padding, new int[] {1});
    this.kernelSize = w.kernel();
    this.stride = w.stride();
    this.padding = w.padding();
  }

  /** What was pooled, as small as it can have been. */
  public Tensor forward(Tensor input, Tensor indices) {
    return F.maxUnpool2d(input, indices, kernelSize, stride, padding, null);
  }

  /**
   * What was pooled, of a given size.
   *
   * @param input the maxima, [N, C, H, W]
   * @param indices their places
   * @param outputSize the shape of what was pooled, or its last sizes
   */
  public Tensor forward(Tensor input, Tensor indices, int[] outputSize) {
    return F.maxUnpool2d(input, indices, kernelSize, stride, padding, outputSize);
  }

  @Override
  protected String extraRepr() {
    return "kernel_size=%s, stride=%s, padding=%s"
        .formatted(
            PythonText.tuple(kernelSize), PythonText.tuple(stride), PythonText.tuple(padding));
  }
}
