package gradus.nn;

import static gradus.tensor.spi.Given.given;

import gradus.nn.functional.Checks;
import gradus.nn.functional.Sliding;
import gradus.tensor.Tensor;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/** What all convolutions hold. PyTorch: {@code _ConvNd}. */
public abstract class Convolving extends Layer {
  /** The kernels: [out, in / groups, *], or transposed [in, out / groups, *]. */
  public final Tensor weight;

  /** The bias [out]; empty if the layer was made without. */
  public final Optional<Tensor> bias;

  /** Channels of the input. */
  public final int inChannels;

  /** Channels of the output. */
  public final int outChannels;

  final int[] kernelSize;
  final int[] stride;
  final int[] padding;
  final int[] dilation;
  final int[] outputPadding;
  final ConvOptions options;

  /** Weight and bias are drawn uniform in ±1/√(inputs of an output), the weight first. */
  Convolving(
      int dims, boolean transposed, int in, int out, int[] kernel, Consumer<ConvOptions> options) {
    var o = new ConvOptions();
    given(options, "options").accept(o);
    String op = name();
    if (o.groups < 1 || in % o.groups != 0 || out % o.groups != 0 || in < 0 || out < 0) {
      throw Checks.invalid(
          op,
          "%s channels to %s in %s groups. in_channels and out_channels must be divisible by groups."
              .formatted(in, out, o.groups));
    }
    if (transposed) {
      o.transposed(op);
    } else {
      o.notTransposed(op);
    }
    this.options = o;
    this.inChannels = in;
    this.outChannels = out;
    this.kernelSize = Sliding.all(op, "kernelSize", dims, given(kernel, "kernelSize"));
    this.stride = Sliding.all(op, "stride", dims, o.stride);
    this.padding = Sliding.all(op, "padding", dims, o.padding);
    this.dilation = Sliding.all(op, "dilation", dims, o.dilation);
    this.outputPadding = Sliding.all(op, "outputPadding", dims, o.outputPadding);
    int[] shape = new int[dims + 2];
    shape[0] = transposed ? in : out;
    shape[1] = (transposed ? out : in) / o.groups;
    System.arraycopy(kernelSize, 0, shape, 2, dims);
    int fanIn = shape[1];
    for (int k : kernelSize) {
      fanIn *= k;
    }
    this.weight =
        parameter(Init.kaimingUniform_(Tensor.empty(shape), Math.sqrt(5), "fan_in", "leaky_relu"));
    this.bias = o.bias ? Optional.of(parameter(Linear.initialBias(out, fanIn))) : Optional.empty();
  }

  Convolving(Convolving source) {
    this.weight = LayerTree.copy(source.weight);
    this.bias = source.bias.map(LayerTree::copy);
    this.inChannels = source.inChannels;
    this.outChannels = source.outChannels;
    this.kernelSize = source.kernelSize;
    this.stride = source.stride;
    this.padding = source.padding;
    this.dilation = source.dilation;
    this.outputPadding = source.outputPadding;
    this.options = source.options;
    training(source.training());
  }

  private static boolean all(int[] values, int value) {
    return Arrays.stream(values).allMatch(v -> v == value);
  }

  @Override
  protected String extraRepr() {
    var text = new StringBuilder();
    text.append(inChannels).append(", ").append(outChannels);
    text.append(", kernel_size=").append(PythonText.tuple(kernelSize));
    text.append(", stride=").append(PythonText.tuple(stride));
    if (options.paddingName != null) {
      text.append(", padding=").append(options.paddingName);
    } else if (!all(padding, 0)) {
      text.append(", padding=").append(PythonText.tuple(padding));
    }
    if (!all(dilation, 1)) {
      text.append(", dilation=").append(PythonText.tuple(dilation));
    }
    if (!all(outputPadding, 0)) {
      text.append(", output_padding=").append(PythonText.tuple(outputPadding));
    }
    if (options.groups != 1) {
      text.append(", groups=").append(options.groups);
    }
    if (bias.isEmpty()) {
      text.append(", bias=False");
    }
    if (!options.paddingMode.equals("zeros")) {
      text.append(", padding_mode=").append(options.paddingMode);
    }
    return text.toString();
  }
}
