package gradus.tensor;

import static gradus.tensor.spi.Given.given;

import gradus.tensor.kernel.op.BinaryOps;

/**
 * Functions of two numbers that are less often needed: extremes without NaN, distances, divisors.
 */
public sealed interface BinaryFunctions permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /** The larger of the two; the other one where one is NaN. PyTorch: {@code torch.fmax}. */
  default Tensor fmax(Tensor other) {
    return Tensor.where(self().ge(other).logicalOr(other.isnan()), self(), other);
  }

  /** The smaller of the two; the other one where one is NaN. PyTorch: {@code torch.fmin}. */
  default Tensor fmin(Tensor other) {
    return Tensor.where(self().le(other).logicalOr(other.isnan()), self(), other);
  }

  /** {@code self ^ exponent}, always computed in FLOAT64. PyTorch: {@code torch.float_power}. */
  default Tensor floatPower(Tensor exponent) {
    return self().to(DType.FLOAT64).pow(given(exponent).to(DType.FLOAT64));
  }

  /** {@code self ^ exponent}, always computed in FLOAT64. */
  default Tensor floatPower(Number exponent) {
    return self().to(DType.FLOAT64).pow(given(exponent, "exponent").doubleValue());
  }

  /** {@code self · 2^other}. PyTorch: {@code torch.ldexp}. */
  default Tensor ldexp(Tensor other) {
    return self().mul(given(other).rpow(2.0));
  }

  /**
   * 0 where negative, 1 where positive, {@code values} where zero. PyTorch: {@code
   * torch.heaviside}.
   */
  default Tensor heaviside(Tensor values) {
    Elementwise.sameDType("heaviside", self(), values);
    return Elementwise.binary(new Op.Steps("Heaviside"), BinaryOps.HEAVISIDE, self(), values);
  }

  /**
   * The next floating number after {@code self} towards {@code other}. PyTorch: {@code
   * torch.nextafter}.
   */
  default Tensor nextafter(Tensor other) {
    return Elementwise.binary(new Op.Steps("Nextafter"), BinaryOps.NEXTAFTER, self(), other);
  }

  /**
   * {@code self · log(1 + other)}, 0 where {@code self} is 0. PyTorch: {@code
   * torch.special.xlog1py}.
   */
  default Tensor xlog1py(Tensor other) {
    return Elementwise.floating(new Op.Xlog1py(), BinaryOps.XLOG1PY, self(), other);
  }

  /** {@code self · log(1 + other)}, 0 where {@code self} is 0. */
  default Tensor xlog1py(Number other) {
    return xlog1py(Tensor.wrap(other));
  }

  /** The greatest common divisor. PyTorch: {@code torch.gcd}. */
  default Tensor gcd(Tensor other) {
    return Elementwise.binary(
        new Op.Steps("Gcd"), BinaryOps.GCD, Elementwise.integers("gcd", self(), other), other);
  }

  /** The least common multiple. PyTorch: {@code torch.lcm}. */
  default Tensor lcm(Tensor other) {
    return Elementwise.binary(
        new Op.Steps("Lcm"), BinaryOps.LCM, Elementwise.integers("lcm", self(), other), other);
  }

  /** The p-norm of the difference: {@code []}. PyTorch: {@code torch.dist}. */
  default Tensor dist(Tensor other, Number p) {
    return self().sub(other).norm(p);
  }

  /** The Euclidean distance: {@code []}. */
  default Tensor dist(Tensor other) {
    return dist(other, 2);
  }
}
