package gradus.nn;

import gradus.nn.functional.Convolutions;
import gradus.tensor.Tensor;
import java.util.function.Consumer;

/** What convolutions of all dimensions are. */
public abstract class Convolution extends Convolving {
  /** What a padding mode other than zeros puts around, before and after each dimension. */
  private final int[] around;

  Convolution(int dims, int in, int out, int[] kernel, Consumer<ConvOptions> options) {
    super(dims, false, in, out, kernel, options);
    this.around =
        Convolutions.around(
            name(), kernelSize, stride, padding, this.options.paddingName, dilation);
  }

  Convolution(Convolution source) {
    super(source);
    this.around = source.around;
  }

  @Override
  public Tensor forward(Tensor input) {
    boolean zeros = options.paddingMode.equals("zeros");
    return Convolutions.convolution(
        "conv" + kernelSize.length + "d",
        kernelSize.length,
        zeros ? input : F.pad(input, lastFirst(), options.paddingMode),
        weight,
        bias.orElse(null),
        stride,
        zeros ? padding : new int[] {0},
        zeros ? options.paddingName : null,
        dilation,
        options.groups);
  }

  /** As F.pad takes it. */
  private int[] lastFirst() {
    int[] out = new int[around.length];
    for (int d = 0; d < out.length / 2; d++) {
      int from = out.length - 2 - 2 * d;
      out[2 * d] = around[from];
      out[2 * d + 1] = around[from + 1];
    }
    return out;
  }
}
