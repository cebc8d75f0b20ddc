package gradus.nn;

import static gradus.tensor.spi.Given.given;

import gradus.nn.functional.Pools;
import gradus.nn.functional.Sliding;
import gradus.tensor.Tensor;
import gradus.tensor.ValuesIndices;
import java.util.function.Consumer;

/**
 * The functions of {@link F} that take the maximum of windows, and put it back. A size that is one
 * number holds for all dimensions; an input may lack the batch dimension N.
 */
public abstract sealed class MaxPoolFunctions extends AveragePoolFunctions
    permits FractionalPoolFunctions {
  /**
   * The largest of each window of sequences [N, C, L], stride = kernelSize. PyTorch: {@code
   * F.max_pool1d}.
   */
  public static Tensor maxPool1d(Tensor input, int kernelSize) {
    return maxPool1d(input, new int[] {kernelSize}, _ -> {});
  }

  /** The largest of each window of sequences [N, C, L]. PyTorch: {@code F.max_pool1d}. */
  public static Tensor maxPool1d(Tensor input, int kernelSize, int stride) {
    return maxPool1d(input, new int[] {kernelSize}, o -> o.stride(stride));
  }

  /** The largest of each window of sequences [N, C, L]. PyTorch: {@code F.max_pool1d}. */
  public static Tensor maxPool1d(Tensor input, int kernelSize, Consumer<MaxPoolOptions> options) {
    return maxPool1d(input, new int[] {kernelSize}, options);
  }

  /**
   * The largest of each window; the gradient goes to it. PyTorch: {@code F.max_pool1d}.
   *
   * @param input [N, C, L], FLOAT32 or FLOAT64
   * @param kernelSize the size of the window
   * @param options stride, padding, dilation and ceilMode, as far as they differ from the defaults
   * @return the same dimensions, as many as there are windows
   */
  public static Tensor maxPool1d(Tensor input, int[] kernelSize, Consumer<MaxPoolOptions> options) {
    return max("maxPool1d", 1, input, kernelSize, options).values();
  }

  /**
   * {@link #maxPool1d(Tensor, int[], Consumer)} with the places of the largest, counted over the
   * last dimension of the input. PyTorch: {@code F.max_pool1d(…, return_indices=True)}.
   */
  public static ValuesIndices maxPool1dWithIndices(
      Tensor input, int[] kernelSize, Consumer<MaxPoolOptions> options) {
    return max("maxPool1d", 1, input, kernelSize, options);
  }

  /**
   * The largest of each window of images [N, C, H, W], stride = kernelSize. PyTorch: {@code
   * F.max_pool2d}.
   */
  public static Tensor maxPool2d(Tensor input, int kernelSize) {
    return maxPool2d(input, new int[] {kernelSize}, _ -> {});
  }

  /** The largest of each window of images [N, C, H, W]. PyTorch: {@code F.max_pool2d}. */
  public static Tensor maxPool2d(Tensor input, int kernelSize, int stride) {
    return maxPool2d(input, new int[] {kernelSize}, o -> o.stride(stride));
  }

  /** The largest of each window of images [N, C, H, W]. PyTorch: {@code F.max_pool2d}. */
  public static Tensor maxPool2d(Tensor input, int kernelSize, Consumer<MaxPoolOptions> options) {
    return maxPool2d(input, new int[] {kernelSize}, options);
  }

  /**
   * The largest of each window; the gradient goes to it. PyTorch: {@code F.max_pool2d}.
   *
   * @param input [N, C, H, W], FLOAT32 or FLOAT64
   * @param kernelSize the size of the window
   * @param options stride, padding, dilation and ceilMode, as far as they differ from the defaults
   * @return the same dimensions, as many as there are windows
   */
  public static Tensor maxPool2d(Tensor input, int[] kernelSize, Consumer<MaxPoolOptions> options) {
    return max("maxPool2d", 2, input, kernelSize, options).values();
  }

  /**
   * {@link #maxPool2d(Tensor, int[], Consumer)} with the places of the largest, counted over the
   * last dimensions of the input. PyTorch: {@code F.max_pool2d(…, return_indices=True)}.
   */
  public static ValuesIndices maxPool2dWithIndices(
      Tensor input, int[] kernelSize, Consumer<MaxPoolOptions> options) {
    return max("maxPool2d", 2, input, kernelSize, options);
  }

  /**
   * The largest of each window of volumes [N, C, D, H, W], stride = kernelSize. PyTorch: {@code
   * F.max_pool3d}.
   */
  public static Tensor maxPool3d(Tensor input, int kernelSize) {
    return maxPool3d(input, new int[] {kernelSize}, _ -> {});
  }

  /** The largest of each window of volumes [N, C, D, H, W]. PyTorch: {@code F.max_pool3d}. */
  public static Tensor maxPool3d(Tensor input, int kernelSize, int stride) {
    return maxPool3d(input, new int[] {kernelSize}, o -> o.stride(stride));
  }

  /** The largest of each window of volumes [N, C, D, H, W]. PyTorch: {@code F.max_pool3d}. */
  public static Tensor maxPool3d(Tensor input, int kernelSize, Consumer<MaxPoolOptions> options) {
    return maxPool3d(input, new int[] {kernelSize}, options);
  }

  /**
   * The largest of each window; the gradient goes to it. PyTorch: {@code F.max_pool3d}.
   *
   * @param input [N, C, D, H, W], FLOAT32 or FLOAT64
   * @param kernelSize the size of the window
   * @param options stride, padding, dilation and ceilMode, as far as they differ from the defaults
   * @return the same dimensions, as many as there are windows
   */
  public static Tensor maxPool3d(Tensor input, int[] kernelSize, Consumer<MaxPoolOptions> options) {
    return max("maxPool3d", 3, input, kernelSize, options).values();
  }

  /**
   * {@link #maxPool3d(Tensor, int[], Consumer)} with the places of the largest, counted over the
   * last dimensions of the input. PyTorch: {@code F.max_pool3d(…, return_indices=True)}.
   */
  public static ValuesIndices maxPool3dWithIndices(
      Tensor input, int[] kernelSize, Consumer<MaxPoolOptions> options) {
    return max("maxPool3d", 3, input, kernelSize, options);
  }

  /**
   * The maxima of windows that divide sequences [N, C, L] into outputSize. PyTorch: {@code
   * F.adaptive_max_pool1d}.
   *
   * @param input [N, C, L]
   * @param outputSize the number of windows; null for the size of the input
   */
  public static Tensor adaptiveMaxPool1d(Tensor input, Integer... outputSize) {
    return adaptiveMaxPool1dWithIndices(input, outputSize).values();
  }

  /** {@link #adaptiveMaxPool1d} with the places of the largest. */
  public static ValuesIndices adaptiveMaxPool1dWithIndices(Tensor input, Integer... outputSize) {
    return Pools.adaptiveMax("adaptiveMaxPool1d", 1, input, outputSize);
  }

  /**
   * The maxima of windows that divide images [N, C, H, W] into outputSize. PyTorch: {@code
   * F.adaptive_max_pool2d}.
   *
   * @param input [N, C, H, W]
   * @param outputSize how many windows, one number for all dimensions or one each; null for the
   *     size of the input
   */
  public static Tensor adaptiveMaxPool2d(Tensor input, Integer... outputSize) {
    return adaptiveMaxPool2dWithIndices(input, outputSize).values();
  }

  /** {@link #adaptiveMaxPool2d} with the places of the largest. */
  public static ValuesIndices adaptiveMaxPool2dWithIndices(Tensor input, Integer... outputSize) {
    return Pools.adaptiveMax("adaptiveMaxPool2d", 2, input, outputSize);
  }

  /**
   * The maxima of windows that divide volumes [N, C, D, H, W] into outputSize. PyTorch: {@code
   * F.adaptive_max_pool3d}.
   *
   * @param input [N, C, D, H, W]
   * @param outputSize how many windows, one number for all dimensions or one each; null for the
   *     size of the input
   */
  public static Tensor adaptiveMaxPool3d(Tensor input, Integer... outputSize) {
    return adaptiveMaxPool3dWithIndices(input, outputSize).values();
  }

  /** {@link #adaptiveMaxPool3d} with the places of the largest. */
  public static ValuesIndices adaptiveMaxPool3dWithIndices(Tensor input, Integer... outputSize) {
    return Pools.adaptiveMax("adaptiveMaxPool3d", 3, input, outputSize);
  }

  /**
   * What max pooling took, put back where it stood, and zeros elsewhere. PyTorch: {@code
   * F.max_unpool1d}.
   *
   * @param input the maxima, [N, C, L]
   * @param indices their places, as {@link #maxPool1dWithIndices} gives them
   * @param kernelSize as there
   * @param stride as there; null for the size of the kernel
   * @param padding as there
   * @param outputSize what was pooled: its shape, or its last sizes; null for the least that fits
   */
  public static Tensor maxUnpool1d(
      Tensor input,
      Tensor indices,
      int[] kernelSize,
      int[] stride,
      int[] padding,
      int[] outputSize) {
    String op = "maxUnpool1d";
    Sliding w = Sliding.of(op, 1, kernelSize, stride, padding, new int[] {1});
    return Pools.unpool(op, input, indices, w, outputSize);
  }

  /**
   * What max pooling took, put back where it stood, and zeros elsewhere. PyTorch: {@code
   * F.max_unpool2d}.
   *
   * @param input the maxima, [N, C, H, W]
   * @param indices their places, as {@link #maxPool2dWithIndices} gives them
   * @param kernelSize as there
   * @param stride as there; null for the size of the kernel
   * @param padding as there
   * @param outputSize what was pooled: its shape, or its last sizes; null for the least that fits
   */
  public static Tensor maxUnpool2d(
      Tensor input,
      Tensor indices,
      int[] kernelSize,
      int[] stride,
      int[] padding,
      int[] outputSize) {
    String op = "maxUnpool2d";
    Sliding w = Sliding.of(op, 2, kernelSize, stride, padding, new int[] {1});
    return Pools.unpool(op, input, indices, w, outputSize);
  }

  /**
   * What max pooling took, put back where it stood, and zeros elsewhere. PyTorch: {@code
   * F.max_unpool3d}.
   *
   * @param input the maxima, [N, C, D, H, W]
   * @param indices their places, as {@link #maxPool3dWithIndices} gives them
   * @param kernelSize as there
   * @param stride as there; null for the size of the kernel
   * @param padding as there
   * @param outputSize what was pooled: its shape, or its last sizes; null for the least that fits
   */
  public static Tensor maxUnpool3d(
      Tensor input,
      Tensor indices,
      int[] kernelSize,
      int[] stride,
      int[] padding,
      int[] outputSize) {
    String op = "maxUnpool3d";
    Sliding w = Sliding.of(op, 3, kernelSize, stride, padding, new int[] {1});
    return Pools.unpool(op, input, indices, w, outputSize);
  }

  private static ValuesIndices max(
      String op, int dims, Tensor input, int[] kernel, Consumer<MaxPoolOptions> options) {
    var o = new MaxPoolOptions();
    given(options, "options").accept(o);
    Sliding w = Sliding.of(op, dims, given(kernel, "kernelSize"), o.stride, o.padding, o.dilation);
    return Pools.max(op, input, w, o.ceilMode);
  }
}
