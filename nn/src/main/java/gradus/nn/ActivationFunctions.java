package gradus.nn;

import static gradus.tensor.spi.Given.given;

import gradus.nn.functional.Checks;
import gradus.tensor.DType;
import gradus.tensor.Tensor;
import gradus.tensor.spi.Door;

/**
 * The activations among the functions of {@link F}: each maps every element, any shape to the same
 * shape.
 */
@Door
public abstract sealed class ActivationFunctions permits GatingFunctions {
  /** max(0, x). PyTorch: {@code F.relu}. */
  public static Tensor relu(Tensor input) {
    return given(input).relu();
  }

  /** min(max(0, x), 6). PyTorch: {@code F.relu6}. */
  public static Tensor relu6(Tensor input) {
    return hardtanh(input, 0, 6);
  }

  /**
   * x·Φ(x), Φ the distribution function of N(0, 1). PyTorch: {@code F.gelu}; Hendrycks and Gimpel
   * 2016.
   */
  public static Tensor gelu(Tensor input) {
    return gelu(input, "none");
  }

  /**
   * x·Φ(x), exactly or by tanh. PyTorch: {@code F.gelu(input, approximate)}.
   *
   * @param input any shape
   * @param approximate {@code "none"} or {@code "tanh"}
   * @return the same shape
   */
  public static Tensor gelu(Tensor input, String approximate) {
    return given(input).gelu(approximate);
  }

  /** x·σ(x), also called swish. PyTorch: {@code F.silu}. */
  public static Tensor silu(Tensor input) {
    return given(input).silu();
  }

  /** x·tanh(softplus(x)). PyTorch: {@code F.mish}. */
  public static Tensor mish(Tensor input) {
    return given(input).mish();
  }

  /** The hyperbolic tangent. PyTorch: {@code F.tanh}. */
  public static Tensor tanh(Tensor input) {
    return given(input).tanh();
  }

  /** σ(x) = 1/(1 + e⁻ˣ). PyTorch: {@code F.sigmoid}. */
  public static Tensor sigmoid(Tensor input) {
    return given(input).sigmoid();
  }

  /** log σ(x), without overflow. PyTorch: {@code F.logsigmoid}. */
  public static Tensor logsigmoid(Tensor input) {
    return given(input).logsigmoid();
  }

  /** x where positive, 0.01·x elsewhere. PyTorch: {@code F.leaky_relu}. */
  public static Tensor leakyRelu(Tensor input) {
    return leakyRelu(input, 0.01);
  }

  /**
   * x where positive, {@code negativeSlope}·x elsewhere. PyTorch: {@code F.leaky_relu(input,
   * negative_slope)}.
   */
  public static Tensor leakyRelu(Tensor input, double negativeSlope) {
    return given(input).leakyRelu(negativeSlope);
  }

  /** x where positive, 11/48·x elsewhere, the mean of ⅛ and ⅓. PyTorch: {@code F.rrelu(input)}. */
  public static Tensor rrelu(Tensor input) {
    return rrelu(input, 1.0 / 8, 1.0 / 3, false);
  }

  /**
   * x where positive, elsewhere x times a number that is drawn in training, and their mean else.
   * PyTorch: {@code F.rrelu}; Xu et al. 2015.
   *
   * @param input any shape
   * @param lower the least factor
   * @param upper the greatest factor
   * @param training whether to draw one factor an element
   * @return the same shape
   */
  public static Tensor rrelu(Tensor input, double lower, double upper, boolean training) {
    Checks.floating("rrelu", "input", input);
    if (!(lower <= upper)) {
      throw Checks.invalid(
          "rrelu",
          "lower %s and upper %s. Lower bound should be less than or equal to the upper bound."
              .formatted(lower, upper));
    }
    if (!training) {
      return input.leakyRelu((lower + upper) / 2);
    }
    // Drawn element by element where x is not positive, in the order of the elements, as in
    // PyTorch.
    boolean[] below = input.detach().le(0).flatten().toBooleanArray();
    double[] factors = new double[below.length];
    int drawn = 0;
    for (boolean b : below) {
      drawn += b ? 1 : 0;
    }
    double[] numbers = Tensor.zeros(DType.FLOAT64, drawn).uniform_(lower, upper).toDoubleArray();
    int next = 0;
    for (int i = 0; i < factors.length; i++) {
      factors[i] = below[i] ? numbers[next++] : 1;
    }
    Tensor slope = Tensor.fromArray(factors, input.shape().toArray()).to(input.dtype());
    return input.mul(slope);
  }

  /** x where positive, eˣ − 1 elsewhere. PyTorch: {@code F.elu}. */
  public static Tensor elu(Tensor input) {
    return elu(input, 1);
  }

  /** x where positive, α(eˣ − 1) elsewhere. PyTorch: {@code F.elu(input, alpha)}. */
  public static Tensor elu(Tensor input, double alpha) {
    return given(input).elu(alpha);
  }

  /** {@link #celu(Tensor, double)} with α = 1. PyTorch: {@code F.celu}. */
  public static Tensor celu(Tensor input) {
    return celu(input, 1);
  }

  /** x where positive, α(eˣᐟᵅ − 1) elsewhere. PyTorch: {@code F.celu(input, alpha)}. */
  public static Tensor celu(Tensor input, double alpha) {
    return given(input).celu(alpha);
  }

  /** The self-normalising ELU. PyTorch: {@code F.selu}; Klambauer et al. 2017. */
  public static Tensor selu(Tensor input) {
    return given(input).selu();
  }

  /** log(1 + eˣ), a smooth ReLU. PyTorch: {@code F.softplus}. */
  public static Tensor softplus(Tensor input) {
    return softplus(input, 1, 20);
  }

  /**
   * log(1 + e^(βx))/β, and x itself where βx exceeds the threshold. PyTorch: {@code
   * F.softplus(input, beta, threshold)}.
   *
   * @param input any shape
   * @param beta how sharp the bend is
   * @param threshold from where on the input itself is taken
   * @return the same shape
   */
  public static Tensor softplus(Tensor input, double beta, double threshold) {
    return given(input).softplus(beta, threshold);
  }

  /** x/(1 + |x|). PyTorch: {@code F.softsign}. */
  public static Tensor softsign(Tensor input) {
    return given(input).div(input.abs().add(1));
  }

  /** x − tanh(x). PyTorch: {@code F.tanhshrink}. */
  public static Tensor tanhshrink(Tensor input) {
    return given(input).sub(input.tanh());
  }

  /** {@link #softshrink(Tensor, double)} with λ = 0.5. PyTorch: {@code F.softshrink}. */
  public static Tensor softshrink(Tensor input) {
    return softshrink(input, 0.5);
  }

  /** x moved towards 0 by λ, and 0 within ±λ. PyTorch: {@code F.softshrink(input, lambd)}. */
  public static Tensor softshrink(Tensor input, double lambd) {
    if (!(lambd >= 0)) {
      throw Checks.invalid(
          "softshrink",
          "lambda must be greater or equal to 0, but found to be " + PythonText.of(lambd) + ".");
    }
    return given(input).sub(input.clamp(-lambd, lambd));
  }

  /** {@link #hardshrink(Tensor, double)} with λ = 0.5. PyTorch: {@code F.hardshrink}. */
  public static Tensor hardshrink(Tensor input) {
    return hardshrink(input, 0.5);
  }

  /** x, and 0 within ±λ. PyTorch: {@code F.hardshrink(input, lambd)}. */
  public static Tensor hardshrink(Tensor input, double lambd) {
    return given(input).maskedFill(input.abs().le(lambd), 0);
  }

  /** x cut off at ±1. PyTorch: {@code F.hardtanh}. */
  public static Tensor hardtanh(Tensor input) {
    return hardtanh(input, -1, 1);
  }

  /**
   * x cut off at {@code minVal} and {@code maxVal}. PyTorch: {@code F.hardtanh(input, min_val,
   * max_val)}.
   */
  public static Tensor hardtanh(Tensor input, double minVal, double maxVal) {
    if (!given(input).dtype().isFloatingPoint()) {
      return input.clamp((long) minVal, (long) maxVal);
    }
    Tensor outside =
        input.le(minVal).logicalOr(input.ge(maxVal)); // where no gradient flows, borders too
    return Tensor.where(outside, input.detach().clamp(minVal, maxVal), input);
  }

  /** min(max(0, x + 3), 6)/6. PyTorch: {@code F.hardsigmoid}. */
  public static Tensor hardsigmoid(Tensor input) {
    return given(input).hardsigmoid();
  }

  /** x·hardsigmoid(x). PyTorch: {@code F.hardswish}; Howard et al. 2019. */
  public static Tensor hardswish(Tensor input) {
    return given(input).hardswish();
  }

  /**
   * x where it exceeds the threshold, {@code value} elsewhere. PyTorch: {@code F.threshold(input,
   * threshold, value)}.
   */
  public static Tensor threshold(Tensor input, double threshold, double value) {
    if (!given(input).dtype().isFloatingPoint()) {
      return input.maskedFill(input.le(threshold), (long) value);
    }
    return input.threshold(threshold, value);
  }

  /** In the given element type: a helper of the functions with a {@code dtype} argument. */
  static Tensor as(Tensor input, DType dtype) {
    return given(input).dtype() == dtype ? input : input.to(dtype);
  }
}
