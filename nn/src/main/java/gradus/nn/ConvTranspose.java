package gradus.nn;

import static gradus.tensor.spi.Given.given;

import gradus.nn.functional.Convolutions;
import gradus.nn.functional.Sliding;
import gradus.tensor.Tensor;
import java.util.function.Consumer;

/** What transposed convolutions of all dimensions are. PyTorch: {@code _ConvTransposeNd}. */
public abstract class ConvTranspose extends Convolving {
  ConvTranspose(int dims, int in, int out, int[] kernel, Consumer<ConvOptions> options) {
    super(dims, true, in, out, kernel, options);
  }

  ConvTranspose(ConvTranspose source) {
    super(source);
  }

  @Override
  public Tensor forward(Tensor input) {
    return transposed(input, outputPadding);
  }

  /**
   * The output of a given size, one of those that a convolution by this kernel brings to the
   * input's.
   *
   * @param input [N, inChannels, *]
   * @param outputSize the shape of the output, or its last sizes
   */
  public Tensor forward(Tensor input, int[] outputSize) {
    String op = op();
    Sliding w = Sliding.of(op, kernelSize.length, kernelSize, stride, padding, dilation);
    return transposed(
        input, Convolutions.outputPadding(op, given(input), w, given(outputSize, "outputSize")));
  }

  private String op() {
    return "convTranspose" + kernelSize.length + "d";
  }

  private Tensor transposed(Tensor input, int[] more) {
    return Convolutions.transposed(
        op(),
        kernelSize.length,
        input,
        weight,
        bias.orElse(null),
        stride,
        padding,
        more,
        dilation,
        options.groups);
  }
}
