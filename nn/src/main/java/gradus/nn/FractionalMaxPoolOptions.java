package gradus.nn;

import gradus.nn.functional.Checks;
import gradus.tensor.Tensor;
import java.util.Arrays;

/**
 * How much fractional max pooling leaves, by name; one of size and ratio has to be told.
 *
 * <pre>{@code
 * new FractionalMaxPool2d(3, o -> o.outputRatio(0.7));
 * F.fractionalMaxPool2d(x, 3, o -> o.outputSize(13, 12));
 * }</pre>
 */
public final class FractionalMaxPoolOptions {
  int[] outputSize;
  double[] outputRatio;
  Tensor randomSamples;

  FractionalMaxPoolOptions() {}

  /** How many windows there are, one number for all dimensions or one each. */
  public FractionalMaxPoolOptions outputSize(int... outputSize) {
    this.outputSize = outputSize;
    return this;
  }

  /** The size of the output over that of the input, one number for all dimensions or one each. */
  public FractionalMaxPoolOptions outputRatio(double... outputRatio) {
    this.outputRatio = outputRatio;
    return this;
  }

  /**
   * Where in each plane the windows begin to move on, [N, C, 2] or [N, C, 3] in [0, 1); drawn each
   * time if not told. PyTorch: {@code _random_samples}.
   */
  public FractionalMaxPoolOptions randomSamples(Tensor randomSamples) {
    this.randomSamples = randomSamples;
    return this;
  }

  /** How many windows there are over an input with these last sizes. */
  int[] output(String op, int... sizes) {
    if ((outputSize == null) == (outputRatio == null)) {
      throw Checks.invalid(
          op,
          outputSize == null
              ? "nothing says how much is left. It requires specifying either an output_size or an output_ratio."
              : "only one of output_size and output_ratio may be specified. Leave one out.");
    }
    int given = outputSize == null ? outputRatio.length : outputSize.length;
    if (given != 1 && given != sizes.length) {
      throw Checks.invalid(
          op,
          "%s numbers for %s dimensions. Give one for all, or one each."
              .formatted(given, sizes.length));
    }
    int[] out = new int[sizes.length];
    for (int d = 0; d < out.length; d++) {
      int i = given == 1 ? 0 : d;
      if (outputRatio != null && !(outputRatio[i] > 0 && outputRatio[i] < 1)) {
        throw Checks.invalid(
            op,
            "outputRatio is %s. output_ratio must be between 0 and 1 (got %s)."
                .formatted(outputRatio[i], Arrays.toString(outputRatio)));
      }
      out[d] = outputSize == null ? (int) (sizes[d] * outputRatio[i]) : outputSize[i];
    }
    return out;
  }
}
