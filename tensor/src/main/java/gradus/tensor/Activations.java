package gradus.tensor;

import static gradus.tensor.spi.Given.given;

import gradus.tensor.kernel.op.BinaryOps;
import gradus.tensor.kernel.op.TernaryOps;
import gradus.tensor.kernel.op.UnaryOps;

/** The bends that make networks more than matrices, and softmax. */
public sealed interface Activations permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  private Tensor real(String op) {
    if (!self().dtype().isFloatingPoint()) {
      throw Errors.dtype(op, "input", "FLOAT32 or FLOAT64", self().dtype(), "Use x.toFloat().");
    }
    return self();
  }

  /** {@code max(x, 0)}. PyTorch: {@code torch.relu}. */
  default Tensor relu() {
    if (self().dtype() == DType.BOOL) {
      throw Errors.dtype("relu", "input", "a number", DType.BOOL, "Use x.toFloat().");
    }
    return Elementwise.unary(new Op.Relu(), UnaryOps.RELU, self());
  }

  /** {@code 1 / (1 + e^-x)}. PyTorch: {@code torch.sigmoid}. */
  default Tensor sigmoid() {
    return Elementwise.floating(new Op.Sigmoid(), UnaryOps.SIGMOID, self());
  }

  /** The hyperbolic tangent. PyTorch: {@code torch.tanh}. */
  default Tensor tanh() {
    return Elementwise.floating(new Op.Tanh(), UnaryOps.TANH, self());
  }

  /** {@code log(sigmoid(x))} without underflow. PyTorch: {@code F.logsigmoid}. */
  default Tensor logsigmoid() {
    return Elementwise.unary(new Op.LogSigmoid(), UnaryOps.LOG_SIGMOID, real("logsigmoid"));
  }

  /** x where positive, {@code negativeSlope · x} elsewhere. PyTorch: {@code F.leaky_relu}. */
  default Tensor leakyRelu(double negativeSlope) {
    return Elementwise.parametric(
        new Op.LeakyRelu(negativeSlope), BinaryOps.LEAKY_RELU, real("leakyRelu"), negativeSlope);
  }

  /**
   * {@code x · Φ(x)}, Φ being the normal distribution function. PyTorch: {@code F.gelu}. Hendrycks
   * and Gimpel, "Gaussian Error Linear Units", 2016.
   */
  default Tensor gelu() {
    return Elementwise.unary(new Op.Gelu(false), UnaryOps.GELU, real("gelu"));
  }

  /**
   * GELU, exact or by its tanh approximation. PyTorch: {@code F.gelu(x, approximate=…)}.
   *
   * @param approximate {@code "none"} or {@code "tanh"}
   * @return a tensor of this shape
   */
  default Tensor gelu(String approximate) {
    return switch (given(approximate, "approximate")) {
      case "none" -> gelu();
      case "tanh" -> Elementwise.unary(new Op.Gelu(true), UnaryOps.GELU_TANH, real("gelu"));
      default ->
          throw Errors.invalid(
              "gelu", "approximate is \"" + approximate + "\". It is \"none\" or \"tanh\".");
    };
  }

  /** {@code x · sigmoid(x)}. PyTorch: {@code F.silu}. */
  default Tensor silu() {
    return Elementwise.unary(new Op.Silu(), UnaryOps.SILU, real("silu"));
  }

  /** {@code x · tanh(softplus(x))}. PyTorch: {@code F.mish}. */
  default Tensor mish() {
    return Elementwise.unary(new Op.Mish(), UnaryOps.MISH, real("mish"));
  }

  /** {@code x · clamp(x + 3, 0, 6) / 6}. PyTorch: {@code F.hardswish}. */
  default Tensor hardswish() {
    return Elementwise.unary(new Op.Hardswish(), UnaryOps.HARDSWISH, real("hardswish"));
  }

  /** {@code clamp(x + 3, 0, 6) / 6}. PyTorch: {@code F.hardsigmoid}. */
  default Tensor hardsigmoid() {
    return Elementwise.unary(new Op.Hardsigmoid(), UnaryOps.HARDSIGMOID, real("hardsigmoid"));
  }

  /** x where positive, {@code alpha · (e^x - 1)} elsewhere. PyTorch: {@code F.elu}. */
  default Tensor elu(double alpha) {
    return elu(alpha, 1, 1);
  }

  private Tensor elu(double alpha, double scale, double inputScale) {
    Tensor x = real("elu");
    Tensor scaled =
        inputScale == 1 ? x : Elementwise.map(v -> v > 0 ? v : v * inputScale, x.detach());
    Tensor out = Elementwise.map(TernaryOps.ELU, scaled, fill(x, alpha), fill(x, scale));
    return Tensor.record(new Op.Elu(alpha, scale, inputScale), out, x);
  }

  private static Tensor fill(Tensor x, double value) {
    Tensor c = Tensor.full(Shape.of(), value, x.dtype());
    return new Tensor(c.storage, x.dtype(), x.shape(), new int[x.dim()], 0);
  }

  /** {@code max(0, x) + min(0, alpha · (e^(x/alpha) - 1))}. PyTorch: {@code F.celu}. */
  default Tensor celu(double alpha) {
    if (alpha == 0) {
      throw Errors.invalid("celu", "alpha is 0. It divides x, so it must not be 0.");
    }
    return elu(alpha, 1, 1 / alpha);
  }

  /**
   * ELU with the constants that keep mean and variance. PyTorch: {@code F.selu}. Klambauer et al.,
   * 2017.
   */
  default Tensor selu() {
    return elu(1.6732632423543772848170429916717, 1.0507009873554804934193349852946, 1);
  }

  /**
   * {@code log(1 + e^(beta·x)) / beta}, x itself above the threshold. PyTorch: {@code F.softplus}.
   */
  default Tensor softplus(double beta, double threshold) {
    return Elementwise.parametric(
        new Op.Softplus(beta, threshold), TernaryOps.SOFTPLUS, real("softplus"), beta, threshold);
  }

  /** {@code log(1 + e^x)}. */
  default Tensor softplus() {
    return softplus(1, 20);
  }

  /** x where above {@code threshold}, {@code value} elsewhere. PyTorch: {@code F.threshold}. */
  default Tensor threshold(double threshold, double value) {
    return Elementwise.parametric(
        new Op.Threshold(threshold, value),
        TernaryOps.THRESHOLD,
        real("threshold"),
        threshold,
        value);
  }

  /**
   * {@code e^x} divided by its sum along {@code dim}: non-negative, summing to 1. PyTorch: {@code
   * torch.softmax}.
   *
   * @param dim the dimension whose elements compete
   * @return a tensor of this shape
   */
  default Tensor softmax(int dim) {
    Tensor x = self().to(self().dtype().orFloat());
    int d = x.shape().dim("softmax", dim);
    return Tensor.record(new Op.Softmax(d), SoftmaxOps.softmax(x, d, false), x);
  }

  /** Softmax computed in another dtype. PyTorch: {@code torch.softmax(x, dim, dtype)}. */
  default Tensor softmax(int dim, DType dtype) {
    return self().to(dtype).softmax(dim);
  }

  /**
   * The logarithm of {@link #softmax}, computed without overflow. PyTorch: {@code
   * torch.log_softmax}.
   */
  default Tensor logSoftmax(int dim) {
    Tensor x = self().to(self().dtype().orFloat());
    int d = x.shape().dim("logSoftmax", dim);
    return Tensor.record(new Op.LogSoftmax(d), SoftmaxOps.softmax(x, d, true), x);
  }

  /** Log-softmax computed in another dtype. */
  default Tensor logSoftmax(int dim, DType dtype) {
    return self().to(dtype).logSoftmax(dim);
  }

  /** {@code softmax(-x)}. PyTorch: {@code F.softmin}. */
  default Tensor softmin(int dim) {
    return self().neg().softmax(dim);
  }
}
