package gradus.nn;

import java.util.function.Consumer;

/**
 * A kernel that slides over images, learned: [N, inChannels, H, W] to [N, outChannels, *], or both
 * without N.
 *
 * <pre>{@code
 * new Conv2d(3, 16, 3, o -> o.padding(1)).forward(Tensor.randn(8, 3, 32, 32)).shape();   // [8, 16, 32, 32]
 * }</pre>
 *
 * <p>Weight and bias start uniform in ±1/√(inputs of an output). PyTorch: {@code torch.nn.Conv2d}.
 */
public class Conv2d extends Convolution {
  /** A kernel of this size that moves by single steps, with bias. */
  public Conv2d(int inChannels, int outChannels, int kernelSize) {
    this(inChannels, outChannels, new int[] {kernelSize}, _ -> {});
  }

  /** A kernel of this size and stride. */
  public Conv2d(int inChannels, int outChannels, int kernelSize, int stride) {
    this(inChannels, outChannels, new int[] {kernelSize}, o -> o.stride(stride));
  }

  /** A kernel of this size, stride and padding. */
  public Conv2d(int inChannels, int outChannels, int kernelSize, int stride, int padding) {
    this(inChannels, outChannels, new int[] {kernelSize}, o -> o.stride(stride).padding(padding));
  }

  /** With options by name. */
  public Conv2d(int inChannels, int outChannels, int kernelSize, Consumer<ConvOptions> options) {
    this(inChannels, outChannels, new int[] {kernelSize}, options);
  }

  /**
   * With options by name.
   *
   * @param inChannels channels of the input
   * @param outChannels channels of the output
   * @param kernelSize the size of the kernel, one number for all dimensions or one each
   * @param options what differs from the defaults
   */
  public Conv2d(int inChannels, int outChannels, int[] kernelSize, Consumer<ConvOptions> options) {
    super(2, inChannels, outChannels, kernelSize, options);
  }

  private Conv2d(Conv2d source) {
    super(source);
  }

  @Override
  public Conv2d copy() {
    return new Conv2d(this);
  }
}
