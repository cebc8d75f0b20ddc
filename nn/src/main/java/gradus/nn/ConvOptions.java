package gradus.nn;

import gradus.nn.functional.Checks;
import java.util.Arrays;
import java.util.List;

/**
 * The options of convolutions by name; sizes are one number for all dimensions or one each:
 *
 * <pre>{@code
 * new Conv2d(64, 64, 3, o -> o.stride(2).padding(1).bias(false));
 * }</pre>
 */
public final class ConvOptions {
  int[] stride = {1};
  int[] padding = {0};
  String paddingName;
  int[] dilation = {1};
  int[] outputPadding = {0};
  int groups = 1;
  boolean bias = true;
  String paddingMode = "zeros";

  ConvOptions() {}

  /** How far the kernel moves, 1. */
  public ConvOptions stride(int... stride) {
    this.stride = stride;
    return this;
  }

  /** How much is put around the input, 0. */
  public ConvOptions padding(int... padding) {
    this.padding = padding;
    this.paddingName = null;
    return this;
  }

  /** {@code "same"} for an output of the input's size, at stride 1; {@code "valid"} for none. */
  public ConvOptions padding(String padding) {
    this.paddingName = padding;
    return this;
  }

  /** How far the elements of the kernel are apart, 1. */
  public ConvOptions dilation(int... dilation) {
    this.dilation = dilation;
    return this;
  }

  /** By how much the output of a transposed convolution is larger than it must be, 0. */
  public ConvOptions outputPadding(int... outputPadding) {
    this.outputPadding = outputPadding;
    return this;
  }

  /** Into how many groups the channels fall, 1. */
  public ConvOptions groups(int groups) {
    this.groups = groups;
    return this;
  }

  /** Whether a layer learns a bias. */
  public ConvOptions bias(boolean bias) {
    this.bias = bias;
    return this;
  }

  /**
   * What a layer puts around: {@code "zeros"}, {@code reflect}, {@code replicate}, {@code
   * circular}.
   */
  public ConvOptions paddingMode(String paddingMode) {
    this.paddingMode = paddingMode;
    return this;
  }

  /** A function is given its bias, and pads by zeros. */
  void onlyOfFunction() {
    if (!bias || !"zeros".equals(paddingMode)) {
      throw Checks.invalid(
          "conv",
          "bias and paddingMode are options of layers. Give null for no bias, and use F.pad before.");
    }
  }

  void notTransposed(String op) {
    if (Arrays.stream(outputPadding).anyMatch(n -> n != 0)) {
      throw Checks.invalid(op, "outputPadding is an option of transposed convolutions only.");
    }
    if (!List.of("zeros", "reflect", "replicate", "circular").contains(paddingMode)) {
      throw Checks.invalid(
          op,
          "unknown padding mode %s. Use zeros, reflect, replicate or circular."
              .formatted(paddingMode));
    }
  }

  void transposed(String op) {
    if (paddingName != null || !"zeros".equals(paddingMode)) {
      throw Checks.invalid(
          op, "a transposed convolution pads by numbers and zeros only. Use padding(1).");
    }
  }
}
