package gradus.nn;

import static gradus.tensor.spi.Given.given;

import gradus.nn.functional.Pools;
import gradus.nn.functional.Sliding;
import gradus.tensor.Tensor;
import java.util.function.Consumer;

/**
 * The functions of {@link F} that take the mean or the p-norm of windows. A size that is one number
 * holds for all dimensions; an input may lack the batch dimension N.
 */
public abstract sealed class AveragePoolFunctions extends NormFunctions permits MaxPoolFunctions {
  /**
   * The mean of each window of sequences [N, C, L], stride = kernelSize. PyTorch: {@code
   * F.avg_pool1d}.
   */
  public static Tensor avgPool1d(Tensor input, int kernelSize) {
    return avgPool1d(input, new int[] {kernelSize}, _ -> {});
  }

  /** The mean of each window of sequences [N, C, L]. PyTorch: {@code F.avg_pool1d}. */
  public static Tensor avgPool1d(Tensor input, int kernelSize, int stride) {
    return avgPool1d(input, new int[] {kernelSize}, o -> o.stride(stride));
  }

  /** The mean of each window of sequences [N, C, L]. PyTorch: {@code F.avg_pool1d}. */
  public static Tensor avgPool1d(Tensor input, int kernelSize, Consumer<AvgPoolOptions> options) {
    return avgPool1d(input, new int[] {kernelSize}, options);
  }

  /**
   * The mean of each window. PyTorch: {@code F.avg_pool1d}.
   *
   * @param input [N, C, L]; whole numbers give whole ones
   * @param kernelSize the size of the window
   * @param options stride, padding, ceilMode, countIncludePad and divisorOverride, as far as they
   *     differ from the defaults
   * @return the same dimensions, as many as there are windows
   */
  public static Tensor avgPool1d(Tensor input, int[] kernelSize, Consumer<AvgPoolOptions> options) {
    return average("avgPool1d", 1, input, kernelSize, options);
  }

  /**
   * The mean of each window of images [N, C, H, W], stride = kernelSize. PyTorch: {@code
   * F.avg_pool2d}.
   */
  public static Tensor avgPool2d(Tensor input, int kernelSize) {
    return avgPool2d(input, new int[] {kernelSize}, _ -> {});
  }

  /** The mean of each window of images [N, C, H, W]. PyTorch: {@code F.avg_pool2d}. */
  public static Tensor avgPool2d(Tensor input, int kernelSize, int stride) {
    return avgPool2d(input, new int[] {kernelSize}, o -> o.stride(stride));
  }

  /** The mean of each window of images [N, C, H, W]. PyTorch: {@code F.avg_pool2d}. */
  public static Tensor avgPool2d(Tensor input, int kernelSize, Consumer<AvgPoolOptions> options) {
    return avgPool2d(input, new int[] {kernelSize}, options);
  }

  /**
   * The mean of each window. PyTorch: {@code F.avg_pool2d}.
   *
   * @param input [N, C, H, W]; whole numbers give whole ones
   * @param kernelSize the size of the window
   * @param options stride, padding, ceilMode, countIncludePad and divisorOverride, as far as they
   *     differ from the defaults
   * @return the same dimensions, as many as there are windows
   */
  public static Tensor avgPool2d(Tensor input, int[] kernelSize, Consumer<AvgPoolOptions> options) {
    return average("avgPool2d", 2, input, kernelSize, options);
  }

  /**
   * The mean of each window of volumes [N, C, D, H, W], stride = kernelSize. PyTorch: {@code
   * F.avg_pool3d}.
   */
  public static Tensor avgPool3d(Tensor input, int kernelSize) {
    return avgPool3d(input, new int[] {kernelSize}, _ -> {});
  }

  /** The mean of each window of volumes [N, C, D, H, W]. PyTorch: {@code F.avg_pool3d}. */
  public static Tensor avgPool3d(Tensor input, int kernelSize, int stride) {
    return avgPool3d(input, new int[] {kernelSize}, o -> o.stride(stride));
  }

  /** The mean of each window of volumes [N, C, D, H, W]. PyTorch: {@code F.avg_pool3d}. */
  public static Tensor avgPool3d(Tensor input, int kernelSize, Consumer<AvgPoolOptions> options) {
    return avgPool3d(input, new int[] {kernelSize}, options);
  }

  /**
   * The mean of each window. PyTorch: {@code F.avg_pool3d}.
   *
   * @param input [N, C, D, H, W]; whole numbers give whole ones
   * @param kernelSize the size of the window
   * @param options stride, padding, ceilMode, countIncludePad and divisorOverride, as far as they
   *     differ from the defaults
   * @return the same dimensions, as many as there are windows
   */
  public static Tensor avgPool3d(Tensor input, int[] kernelSize, Consumer<AvgPoolOptions> options) {
    return average("avgPool3d", 3, input, kernelSize, options);
  }

  /**
   * The means of windows that divide sequences [N, C, L] into outputSize. PyTorch: {@code
   * F.adaptive_avg_pool1d}.
   *
   * @param input [N, C, L]
   * @param outputSize the number of windows; null for the size of the input
   */
  public static Tensor adaptiveAvgPool1d(Tensor input, Integer... outputSize) {
    return Pools.adaptiveAverage("adaptiveAvgPool1d", 1, input, outputSize);
  }

  /**
   * The means of windows that divide images [N, C, H, W] into outputSize. PyTorch: {@code
   * F.adaptive_avg_pool2d}.
   *
   * @param input [N, C, H, W]
   * @param outputSize how many windows, one number for all dimensions or one each; null for the
   *     size of the input
   */
  public static Tensor adaptiveAvgPool2d(Tensor input, Integer... outputSize) {
    return Pools.adaptiveAverage("adaptiveAvgPool2d", 2, input, outputSize);
  }

  /**
   * The means of windows that divide volumes [N, C, D, H, W] into outputSize. PyTorch: {@code
   * F.adaptive_avg_pool3d}.
   *
   * @param input [N, C, D, H, W]
   * @param outputSize how many windows, one number for all dimensions or one each; null for the
   *     size of the input
   */
  public static Tensor adaptiveAvgPool3d(Tensor input, Integer... outputSize) {
    return Pools.adaptiveAverage("adaptiveAvgPool3d", 3, input, outputSize);
  }

  /** The p-norm of each window of sequences, stride = kernelSize. PyTorch: {@code F.lp_pool1d}. */
  public static Tensor lpPool1d(Tensor input, double normType, int kernelSize) {
    return lpPool1d(input, normType, new int[] {kernelSize}, null, false);
  }

  /**
   * The p-norm of each window. PyTorch: {@code F.lp_pool1d}.
   *
   * @param input [N, C, L]
   * @param normType p
   * @param kernelSize the size of the window
   * @param stride how far it moves; null for its size
   * @param ceilMode whether a window may end outside of the input
   */
  public static Tensor lpPool1d(
      Tensor input, double normType, int[] kernelSize, int[] stride, boolean ceilMode) {
    return Pools.power("lpPool1d", 1, input, normType, kernelSize, stride, ceilMode);
  }

  /** The p-norm of each window of images, stride = kernelSize. PyTorch: {@code F.lp_pool2d}. */
  public static Tensor lpPool2d(Tensor input, double normType, int kernelSize) {
    return lpPool2d(input, normType, new int[] {kernelSize}, null, false);
  }

  /**
   * The p-norm of each window. PyTorch: {@code F.lp_pool2d}.
   *
   * @param input [N, C, H, W]
   * @param normType p
   * @param kernelSize the size of the window
   * @param stride how far it moves; null for its size
   * @param ceilMode whether a window may end outside of the input
   */
  public static Tensor lpPool2d(
      Tensor input, double normType, int[] kernelSize, int[] stride, boolean ceilMode) {
    return Pools.power("lpPool2d", 2, input, normType, kernelSize, stride, ceilMode);
  }

  /** The p-norm of each window of volumes, stride = kernelSize. PyTorch: {@code F.lp_pool3d}. */
  public static Tensor lpPool3d(Tensor input, double normType, int kernelSize) {
    return lpPool3d(input, normType, new int[] {kernelSize}, null, false);
  }

  /**
   * The p-norm of each window. PyTorch: {@code F.lp_pool3d}.
   *
   * @param input [N, C, D, H, W]
   * @param normType p
   * @param kernelSize the size of the window
   * @param stride how far it moves; null for its size
   * @param ceilMode whether a window may end outside of the input
   */
  public static Tensor lpPool3d(
      Tensor input, double normType, int[] kernelSize, int[] stride, boolean ceilMode) {
    return Pools.power("lpPool3d", 3, input, normType, kernelSize, stride, ceilMode);
  }

  private static Tensor average(
      String op, int dims, Tensor input, int[] kernel, Consumer<AvgPoolOptions> options) {
    var o = new AvgPoolOptions();
    given(options, "options").accept(o);
    int[] dense = {1};
    Sliding w = Sliding.of(op, dims, given(kernel, "kernelSize"), o.stride, o.padding, dense);
    return Pools.average(op, input, w, o.ceilMode, o.countIncludePad, o.divisorOverride);
  }
}
