package gradus.nn;

import java.util.function.Consumer;

/**
 * A kernel put down at every element of images, the adjoint of {@link Conv2d}, learned: [N,
 * inChannels, H, W] to [N, outChannels, *], or both without N.
 *
 * <p>Weight and bias start uniform in ±1/√(inputs of an output). PyTorch: {@code
 * torch.nn.ConvTranspose2d}.
 */
public class ConvTranspose2d extends ConvTranspose {
  /** A kernel of this size that moves by single steps, with bias. */
  public ConvTranspose2d(int inChannels, int outChannels, int kernelSize) {
    this(inChannels, outChannels, new int[] {kernelSize}, _ -> {});
  }

  /** A kernel of this size and stride. */
  public ConvTranspose2d(int inChannels, int outChannels, int kernelSize, int stride) {
    this(inChannels, outChannels, new int[] {kernelSize}, o -> o.stride(stride));
  }

  /** A kernel of this size, stride and padding. */
  public ConvTranspose2d(int inChannels, int outChannels, int kernelSize, int stride, int padding) {
    this(inChannels, outChannels, new int[] {kernelSize}, o -> o.stride(stride).padding(padding));
  }

  /** With options by name. */
  public ConvTranspose2d(
      int inChannels, int outChannels, int kernelSize, Consumer<ConvOptions> options) {
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
  public ConvTranspose2d(
      int inChannels, int outChannels, int[] kernelSize, Consumer<ConvOptions> options) {
    super(2, inChannels, outChannels, kernelSize, options);
  }

  private ConvTranspose2d(ConvTranspose2d source) {
    super(source);
  }

  @Override
  public ConvTranspose2d copy() {
    return new ConvTranspose2d(this);
  }
}
