package gradus.nn;

import java.util.function.Consumer;

/**
 * A kernel that slides over volumes, learned: [N, inChannels, D, H, W] to [N, outChannels, *], or
 * both without N.
 *
 * <p>Weight and bias start uniform in ±1/√(inputs of an output). PyTorch: {@code torch.nn.Conv3d}.
 */
public class Conv3d extends Convolution {
  /** A kernel of this size that moves by single steps, with bias. */
  public Conv3d(int inChannels, int outChannels, int kernelSize) {
    this(inChannels, outChannels, new int[] {kernelSize}, _ -> {});
  }

  /** A kernel of this size and stride. */
  public Conv3d(int inChannels, int outChannels, int kernelSize, int stride) {
    this(inChannels, outChannels, new int[] {kernelSize}, o -> o.stride(stride));
  }

  /** A kernel of this size, stride and padding. */
  public Conv3d(int inChannels, int outChannels, int kernelSize, int stride, int padding) {
    this(inChannels, outChannels, new int[] {kernelSize}, o -> o.stride(stride).padding(padding));
  }

  /** With options by name. */
  public Conv3d(int inChannels, int outChannels, int kernelSize, Consumer<ConvOptions> options) {
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
  public Conv3d(int inChannels, int outChannels, int[] kernelSize, Consumer<ConvOptions> options) {
    super(3, inChannels, outChannels, kernelSize, options);
  }

  private Conv3d(Conv3d source) {
    super(source);
  }

  @Override
  public Conv3d copy() {
    return new Conv3d(this);
  }
}
