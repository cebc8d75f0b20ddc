package gradus.nn;

import static gradus.tensor.spi.Given.given;

import gradus.nn.functional.Checks;
import gradus.nn.functional.FractionalWindows;
import gradus.tensor.Tensor;
import gradus.tensor.ValuesIndices;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * The functions of {@link F} that take the maximum of windows whose places are drawn, so that less
 * than half can be left out. A size that is one number holds for all dimensions; an input may lack
 * the batch dimension N.
 */
public abstract sealed class FractionalPoolFunctions extends MaxPoolFunctions
    permits ConvolutionFunctions {
  /**
   * The largest of each window of images. PyTorch: {@code F.fractional_max_pool2d}; Graham 2014.
   *
   * @param input [N, C, H, W], FLOAT32 or FLOAT64
   * @param kernelSize the size of the window
   * @param options outputSize or outputRatio
   * @return the same dimensions, as many as there are windows
   */
  public static Tensor fractionalMaxPool2d(
      Tensor input, int kernelSize, Consumer<FractionalMaxPoolOptions> options) {
    return fractionalMaxPool2d(input, new int[] {kernelSize}, options);
  }

  /** The same for windows of several sizes. */
  public static Tensor fractionalMaxPool2d(
      Tensor input, int[] kernelSize, Consumer<FractionalMaxPoolOptions> options) {
    return fractionalMaxPool2dWithIndices(input, kernelSize, options).values();
  }

  /**
   * The same with the places of the largest, counted over the last dimensions of the input.
   * PyTorch: {@code F.fractional_max_pool2d(…, return_indices=True)}.
   */
  public static ValuesIndices fractionalMaxPool2dWithIndices(
      Tensor input, int[] kernelSize, Consumer<FractionalMaxPoolOptions> options) {
    return fractional("fractionalMaxPool2d", 2, input, kernelSize, options);
  }

  /**
   * The largest of each window of volumes. PyTorch: {@code F.fractional_max_pool3d}; Graham 2014.
   *
   * @param input [N, C, D, H, W], FLOAT32 or FLOAT64
   * @param kernelSize the size of the window
   * @param options outputSize or outputRatio
   * @return the same dimensions, as many as there are windows
   */
  public static Tensor fractionalMaxPool3d(
      Tensor input, int kernelSize, Consumer<FractionalMaxPoolOptions> options) {
    return fractionalMaxPool3d(input, new int[] {kernelSize}, options);
  }

  /** The same for windows of several sizes. */
  public static Tensor fractionalMaxPool3d(
      Tensor input, int[] kernelSize, Consumer<FractionalMaxPoolOptions> options) {
    return fractionalMaxPool3dWithIndices(input, kernelSize, options).values();
  }

  /**
   * The same with the places of the largest, counted over the last dimensions of the input.
   * PyTorch: {@code F.fractional_max_pool3d(…, return_indices=True)}.
   */
  public static ValuesIndices fractionalMaxPool3dWithIndices(
      Tensor input, int[] kernelSize, Consumer<FractionalMaxPoolOptions> options) {
    return fractional("fractionalMaxPool3d", 3, input, kernelSize, options);
  }

  private static ValuesIndices fractional(
      String op,
      int dims,
      Tensor input,
      int[] kernelSize,
      Consumer<FractionalMaxPoolOptions> options) {
    Checks.floating(op, "input", input);
    boolean batched = input.dim() == dims + 2;
    if (!batched && input.dim() != dims + 1) {
      throw Checks.invalid(
          op,
          "expected %sD or %sD (batch mode) input, but got: %s."
              .formatted(dims + 1, dims + 2, input.shape()));
    }
    var o = new FractionalMaxPoolOptions();
    given(options, "options").accept(o);
    int[] sizes = input.shape().toArray();
    int[] output = o.output(op, Arrays.copyOfRange(sizes, sizes.length - dims, sizes.length));
    int[] kernel = given(kernelSize, "kernelSize").clone();
    if (kernel.length == 1) {
      kernel = new int[dims];
      Arrays.fill(kernel, kernelSize[0]);
    }
    int[] planes = {batched ? sizes[0] : 1, sizes[sizes.length - dims - 1], dims};
    Tensor samples = o.randomSamples == null ? Tensor.rand(input.dtype(), planes) : o.randomSamples;
    if (!Arrays.equals(samples.shape().toArray(), planes) || kernel.length != dims) {
      throw Checks.invalid(
          op,
          "randomSamples %s and kernelSize %s for input %s. There must be %s samples for each plane and as many sizes."
              .formatted(samples.shape(), Arrays.toString(kernelSize), input.shape(), dims));
    }
    return FractionalWindows.max(op, input, kernel, output, samples);
  }
}
