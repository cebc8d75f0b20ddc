package gradus.nn;

import static gradus.tensor.spi.Given.given;

import gradus.nn.functional.Convolutions;
import gradus.nn.functional.Sliding;
import gradus.tensor.Tensor;
import java.util.function.Consumer;

/**
 * The functions of {@link F} that slide a kernel. Sizes that are one number hold for all
 * dimensions; an input may lack the batch dimension N.
 */
public abstract sealed class ConvolutionFunctions extends FractionalPoolFunctions
    permits DropoutFunctions {
  /** {@link #conv1d(Tensor, Tensor, Tensor, Consumer)} without bias. PyTorch: {@code F.conv1d}. */
  public static Tensor conv1d(Tensor input, Tensor weight) {
    return conv1d(input, weight, null, _ -> {});
  }

  /** {@link #conv1d(Tensor, Tensor, Tensor, Consumer)} of stride 1. PyTorch: {@code F.conv1d}. */
  public static Tensor conv1d(Tensor input, Tensor weight, Tensor bias) {
    return conv1d(input, weight, bias, _ -> {});
  }

  /** {@link #conv1d(Tensor, Tensor, Tensor, Consumer)} so padded. PyTorch: {@code F.conv1d}. */
  public static Tensor conv1d(Tensor input, Tensor weight, Tensor bias, int stride, int padding) {
    return conv1d(input, weight, bias, o -> o.stride(stride).padding(padding));
  }

  /**
   * At each place the products of the weight and what it meets of sequences, summed. PyTorch:
   * {@code F.conv1d}.
   *
   * @param input [N, C, L]
   * @param weight [O, C / groups, *kernel]
   * @param bias [O], or null for 0
   * @param options stride, padding, dilation and groups, as far as they differ from the defaults
   * @return [N, O, *]
   */
  public static Tensor conv1d(
      Tensor input, Tensor weight, Tensor bias, Consumer<ConvOptions> options) {
    return convolution("conv1d", 1, input, weight, bias, options);
  }

  /** {@link #conv2d(Tensor, Tensor, Tensor, Consumer)} without bias. PyTorch: {@code F.conv2d}. */
  public static Tensor conv2d(Tensor input, Tensor weight) {
    return conv2d(input, weight, null, _ -> {});
  }

  /** {@link #conv2d(Tensor, Tensor, Tensor, Consumer)} of stride 1. PyTorch: {@code F.conv2d}. */
  public static Tensor conv2d(Tensor input, Tensor weight, Tensor bias) {
    return conv2d(input, weight, bias, _ -> {});
  }

  /** {@link #conv2d(Tensor, Tensor, Tensor, Consumer)} so padded. PyTorch: {@code F.conv2d}. */
  public static Tensor conv2d(Tensor input, Tensor weight, Tensor bias, int stride, int padding) {
    return conv2d(input, weight, bias, o -> o.stride(stride).padding(padding));
  }

  /**
   * At each place the products of the weight and what it meets of images, summed. PyTorch: {@code
   * F.conv2d}.
   *
   * @param input [N, C, H, W]
   * @param weight [O, C / groups, *kernel]
   * @param bias [O], or null for 0
   * @param options stride, padding, dilation and groups, as far as they differ from the defaults
   * @return [N, O, *]
   */
  public static Tensor conv2d(
      Tensor input, Tensor weight, Tensor bias, Consumer<ConvOptions> options) {
    return convolution("conv2d", 2, input, weight, bias, options);
  }

  /** {@link #conv3d(Tensor, Tensor, Tensor, Consumer)} without bias. PyTorch: {@code F.conv3d}. */
  public static Tensor conv3d(Tensor input, Tensor weight) {
    return conv3d(input, weight, null, _ -> {});
  }

  /** {@link #conv3d(Tensor, Tensor, Tensor, Consumer)} of stride 1. PyTorch: {@code F.conv3d}. */
  public static Tensor conv3d(Tensor input, Tensor weight, Tensor bias) {
    return conv3d(input, weight, bias, _ -> {});
  }

  /** {@link #conv3d(Tensor, Tensor, Tensor, Consumer)} so padded. PyTorch: {@code F.conv3d}. */
  public static Tensor conv3d(Tensor input, Tensor weight, Tensor bias, int stride, int padding) {
    return conv3d(input, weight, bias, o -> o.stride(stride).padding(padding));
  }

  /**
   * At each place the products of the weight and what it meets of volumes, summed. PyTorch: {@code
   * F.conv3d}.
   *
   * @param input [N, C, D, H, W]
   * @param weight [O, C / groups, *kernel]
   * @param bias [O], or null for 0
   * @param options stride, padding, dilation and groups, as far as they differ from the defaults
   * @return [N, O, *]
   */
  public static Tensor conv3d(
      Tensor input, Tensor weight, Tensor bias, Consumer<ConvOptions> options) {
    return convolution("conv3d", 3, input, weight, bias, options);
  }

  /** {@link #convTranspose1d(Tensor, Tensor, Tensor, Consumer)} without bias, of stride 1. */
  public static Tensor convTranspose1d(Tensor input, Tensor weight) {
    return convTranspose1d(input, weight, null, _ -> {});
  }

  /** {@link #convTranspose1d(Tensor, Tensor, Tensor, Consumer)} of stride 1. */
  public static Tensor convTranspose1d(Tensor input, Tensor weight, Tensor bias) {
    return convTranspose1d(input, weight, bias, _ -> {});
  }

  /**
   * Each element of sequences times the weight, put where the weight reaches, and added up.
   * PyTorch: {@code F.conv_transpose1d}.
   *
   * @param input [N, C, L]
   * @param weight [C, O / groups, *kernel]
   * @param bias [O], or null for 0
   * @param options stride, padding, outputPadding, groups and dilation, as far as they differ from
   *     the defaults
   * @return [N, O, *]
   */
  public static Tensor convTranspose1d(
      Tensor input, Tensor weight, Tensor bias, Consumer<ConvOptions> options) {
    return transposed("convTranspose1d", 1, input, weight, bias, options);
  }

  /** {@link #convTranspose2d(Tensor, Tensor, Tensor, Consumer)} without bias, of stride 1. */
  public static Tensor convTranspose2d(Tensor input, Tensor weight) {
    return convTranspose2d(input, weight, null, _ -> {});
  }

  /** {@link #convTranspose2d(Tensor, Tensor, Tensor, Consumer)} of stride 1. */
  public static Tensor convTranspose2d(Tensor input, Tensor weight, Tensor bias) {
    return convTranspose2d(input, weight, bias, _ -> {});
  }

  /**
   * Each element of images times the weight, put where the weight reaches, and added up. PyTorch:
   * {@code F.conv_transpose2d}.
   *
   * @param input [N, C, H, W]
   * @param weight [C, O / groups, *kernel]
   * @param bias [O], or null for 0
   * @param options stride, padding, outputPadding, groups and dilation, as far as they differ from
   *     the defaults
   * @return [N, O, *]
   */
  public static Tensor convTranspose2d(
      Tensor input, Tensor weight, Tensor bias, Consumer<ConvOptions> options) {
    return transposed("convTranspose2d", 2, input, weight, bias, options);
  }

  /** {@link #convTranspose3d(Tensor, Tensor, Tensor, Consumer)} without bias, of stride 1. */
  public static Tensor convTranspose3d(Tensor input, Tensor weight) {
    return convTranspose3d(input, weight, null, _ -> {});
  }

  /** {@link #convTranspose3d(Tensor, Tensor, Tensor, Consumer)} of stride 1. */
  public static Tensor convTranspose3d(Tensor input, Tensor weight, Tensor bias) {
    return convTranspose3d(input, weight, bias, _ -> {});
  }

  /**
   * Each element of volumes times the weight, put where the weight reaches, and added up. PyTorch:
   * {@code F.conv_transpose3d}.
   *
   * @param input [N, C, D, H, W]
   * @param weight [C, O / groups, *kernel]
   * @param bias [O], or null for 0
   * @param options stride, padding, outputPadding, groups and dilation, as far as they differ from
   *     the defaults
   * @return [N, O, *]
   */
  public static Tensor convTranspose3d(
      Tensor input, Tensor weight, Tensor bias, Consumer<ConvOptions> options) {
    return transposed("convTranspose3d", 3, input, weight, bias, options);
  }

  private static ConvOptions options(Consumer<ConvOptions> options) {
    var o = new ConvOptions();
    given(options, "options").accept(o);
    o.onlyOfFunction();
    return o;
  }

  private static Tensor convolution(
      String op,
      int dims,
      Tensor input,
      Tensor weight,
      Tensor bias,
      Consumer<ConvOptions> options) {
    ConvOptions o = options(options);
    o.notTransposed(op);
    return Convolutions.convolution(
        op, dims, input, weight, bias, o.stride, o.padding, o.paddingName, o.dilation, o.groups);
  }

  private static Tensor transposed(
      String op,
      int dims,
      Tensor input,
      Tensor weight,
      Tensor bias,
      Consumer<ConvOptions> options) {
    ConvOptions o = options(options);
    o.transposed(op);
    return Convolutions.transposed(
        op, dims, input, weight, bias, o.stride, o.padding, o.outputPadding, o.dilation, o.groups);
  }

  /** {@link #unfold(Tensor, int[], Consumer)} of stride 1. PyTorch: {@code F.unfold}. */
  public static Tensor unfold(Tensor input, int kernelSize) {
    return unfold(input, new int[] {kernelSize}, _ -> {});
  }

  /**
   * The windows of images as columns. PyTorch: {@code F.unfold}.
   *
   * @param input [N, C, H, W]
   * @param kernelSize the size of a window
   * @param options dilation, padding and stride, as far as they differ from the defaults
   * @return [N, C · kernel, windows]
   */
  public static Tensor unfold(Tensor input, int[] kernelSize, Consumer<UnfoldOptions> options) {
    return Convolutions.unfold("unfold", input, sliding("unfold", kernelSize, options));
  }

  /** {@link #fold(Tensor, int[], int[], Consumer)} of stride 1. PyTorch: {@code F.fold}. */
  public static Tensor fold(Tensor input, int[] outputSize, int[] kernelSize) {
    return fold(input, outputSize, kernelSize, _ -> {});
  }

  /**
   * Images of which the columns are the windows: where those overlap they add up. PyTorch: {@code
   * F.fold}.
   *
   * @param input [N, C · kernel, windows]
   * @param outputSize the size of the images
   * @param kernelSize the size of a window
   * @param options dilation, padding and stride, as far as they differ from the defaults
   * @return [N, C, H, W]
   */
  public static Tensor fold(
      Tensor input, int[] outputSize, int[] kernelSize, Consumer<UnfoldOptions> options) {
    return Convolutions.fold("fold", input, outputSize, sliding("fold", kernelSize, options));
  }

  private static Sliding sliding(String op, int[] kernel, Consumer<UnfoldOptions> options) {
    var o = new UnfoldOptions();
    given(options, "options").accept(o);
    return Sliding.of(op, 2, given(kernel, "kernelSize"), o.stride, o.padding, o.dilation);
  }
}
