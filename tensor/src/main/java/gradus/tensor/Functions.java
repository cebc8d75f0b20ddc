package gradus.tensor;

import gradus.tensor.kernel.op.Polygamma;
import gradus.tensor.kernel.op.TernaryOps;
import gradus.tensor.kernel.op.Unary;
import gradus.tensor.kernel.op.UnaryOps;

/** Functions of one real number, element by element; integer tensors become FLOAT32 first. */
public sealed interface Functions permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /** {@code e^x}. PyTorch: {@code torch.exp}. */
  default Tensor exp() {
    return Elementwise.floating(new Op.Exp(), UnaryOps.EXP, self());
  }

  /** {@code 2^x}. PyTorch: {@code torch.exp2}. */
  default Tensor exp2() {
    return Elementwise.floating(new Op.Exp2(), UnaryOps.EXP2, self());
  }

  /** {@code e^x - 1}, exact near 0. PyTorch: {@code torch.expm1}. */
  default Tensor expm1() {
    return Elementwise.floating(new Op.Expm1(), UnaryOps.EXPM1, self());
  }

  /** The natural logarithm. PyTorch: {@code torch.log}. */
  default Tensor log() {
    return Elementwise.floating(new Op.Log(), UnaryOps.LOG, self());
  }

  /** The logarithm to base 2. PyTorch: {@code torch.log2}. */
  default Tensor log2() {
    return Elementwise.floating(new Op.Log2(), UnaryOps.LOG2, self());
  }

  /** The logarithm to base 10. PyTorch: {@code torch.log10}. */
  default Tensor log10() {
    return Elementwise.floating(new Op.Log10(), UnaryOps.LOG10, self());
  }

  /** {@code log(1 + x)}, exact near 0. PyTorch: {@code torch.log1p}. */
  default Tensor log1p() {
    return Elementwise.floating(new Op.Log1p(), UnaryOps.LOG1P, self());
  }

  /** The square root. PyTorch: {@code torch.sqrt}. */
  default Tensor sqrt() {
    return Elementwise.floating(new Op.Sqrt(), UnaryOps.SQRT, self());
  }

  /** {@code 1 / √x}. PyTorch: {@code torch.rsqrt}. */
  default Tensor rsqrt() {
    return Elementwise.floating(new Op.Rsqrt(), UnaryOps.RSQRT, self());
  }

  /** The sine of an angle in radians. PyTorch: {@code torch.sin}. */
  default Tensor sin() {
    return Elementwise.floating(new Op.Sin(), UnaryOps.SIN, self());
  }

  /** The cosine of an angle in radians. PyTorch: {@code torch.cos}. */
  default Tensor cos() {
    return Elementwise.floating(new Op.Cos(), UnaryOps.COS, self());
  }

  /** The tangent of an angle in radians. PyTorch: {@code torch.tan}. */
  default Tensor tan() {
    return Elementwise.floating(new Op.Tan(), UnaryOps.TAN, self());
  }

  /** The angle whose sine is x, in radians. PyTorch: {@code torch.asin}. */
  default Tensor asin() {
    return Elementwise.floating(new Op.Asin(), UnaryOps.ASIN, self());
  }

  /** The angle whose cosine is x, in radians. PyTorch: {@code torch.acos}. */
  default Tensor acos() {
    return Elementwise.floating(new Op.Acos(), UnaryOps.ACOS, self());
  }

  /** The angle whose tangent is x, in radians. PyTorch: {@code torch.atan}. */
  default Tensor atan() {
    return Elementwise.floating(new Op.Atan(), UnaryOps.ATAN, self());
  }

  /** The hyperbolic sine. PyTorch: {@code torch.sinh}. */
  default Tensor sinh() {
    return Elementwise.floating(new Op.Sinh(), UnaryOps.SINH, self());
  }

  /** The hyperbolic cosine. PyTorch: {@code torch.cosh}. */
  default Tensor cosh() {
    return Elementwise.floating(new Op.Cosh(), UnaryOps.COSH, self());
  }

  /** The inverse hyperbolic sine. PyTorch: {@code torch.asinh}. */
  default Tensor asinh() {
    return Elementwise.floating(new Op.Asinh(), UnaryOps.ASINH, self());
  }

  /** The inverse hyperbolic cosine. PyTorch: {@code torch.acosh}. */
  default Tensor acosh() {
    return Elementwise.floating(new Op.Acosh(), UnaryOps.ACOSH, self());
  }

  /** The inverse hyperbolic tangent. PyTorch: {@code torch.atanh}. */
  default Tensor atanh() {
    return Elementwise.floating(new Op.Atanh(), UnaryOps.ATANH, self());
  }

  /** The error function. PyTorch: {@code torch.erf}. */
  default Tensor erf() {
    return Elementwise.floating(new Op.Erf(), UnaryOps.ERF, self());
  }

  /** The complementary error function {@code 1 - erf(x)}. PyTorch: {@code torch.erfc}. */
  default Tensor erfc() {
    return Elementwise.floating(new Op.Erfc(), UnaryOps.ERFC, self());
  }

  /** The inverse of the error function. PyTorch: {@code torch.erfinv}. */
  default Tensor erfinv() {
    return Elementwise.floating(new Op.Erfinv(), UnaryOps.ERFINV, self());
  }

  /** The logarithm of the absolute value of the gamma function. PyTorch: {@code torch.lgamma}. */
  default Tensor lgamma() {
    return Elementwise.floating(new Op.Lgamma(), UnaryOps.LGAMMA, self());
  }

  /** The derivative of {@link #lgamma}. PyTorch: {@code torch.digamma}. */
  default Tensor digamma() {
    return Elementwise.floating(new Op.Polygamma(0), UnaryOps.DIGAMMA, self());
  }

  /**
   * The n-th derivative of {@link #digamma}. PyTorch: {@code torch.polygamma(n, x)}.
   *
   * @param n 0 to 1000
   * @return a tensor of this shape
   */
  default Tensor polygamma(int n) {
    if (n < 0 || n > 1000) {
      throw Errors.invalid(
          "polygamma",
          "n is " + n + ". It counts derivatives, 0 to 1000: n! is infinite from 171 on.");
    }
    return switch (n) {
      case 0 -> digamma();
      case 1 -> Elementwise.floating(new Op.Polygamma(1), Polygamma.TRIGAMMA, self());
      default -> Elementwise.floating(new Op.Polygamma(n), Polygamma.of(n), self());
    };
  }

  /** The largest integer not above x. PyTorch: {@code torch.floor}. */
  default Tensor floor() {
    return steps("Floor", UnaryOps.FLOOR);
  }

  /** The smallest integer not below x. PyTorch: {@code torch.ceil}. */
  default Tensor ceil() {
    return steps("Ceil", UnaryOps.CEIL);
  }

  /** The nearest integer, halves to even. PyTorch: {@code torch.round}. */
  default Tensor round() {
    return steps("Round", UnaryOps.ROUND);
  }

  /** x without its fraction. PyTorch: {@code torch.trunc}. */
  default Tensor trunc() {
    return steps("Trunc", UnaryOps.TRUNC);
  }

  /** −1, 0 or 1. PyTorch: {@code torch.sign}. */
  default Tensor sign() {
    return self().dtype() == DType.BOOL ? self().clone() : steps("Sign", UnaryOps.SIGN);
  }

  private Tensor steps(String kind, Unary f) {
    boolean whole = !self().dtype().isFloatingPoint() && !kind.equals("Sign");
    return whole ? self().clone() : Elementwise.unary(new Op.Steps(kind), f, self());
  }

  /** The fraction {@code x - trunc(x)}. PyTorch: {@code torch.frac}. */
  default Tensor frac() {
    return Elementwise.unary(new Op.Frac(), UnaryOps.FRAC, self());
  }

  /**
   * Rounded to so many decimal places. PyTorch: {@code torch.round(x, decimals=…)}.
   *
   * @param decimals places after the point; negative rounds before it
   * @return a tensor of this shape
   */
  default Tensor round(int decimals) {
    if (decimals == 0) {
      return round();
    }
    double power = Math.pow(10, Math.abs(decimals));
    Unary f = decimals > 0 ? v -> Math.rint(v * power) / power : v -> Math.rint(v / power) * power;
    return steps("Round", f);
  }

  /** {@code log(x / (1 - x))}. PyTorch: {@code torch.logit}. */
  default Tensor logit() {
    Tensor x = self().to(self().dtype().orFloat());
    return x.log().sub(x.neg().log1p()); // the quotient has no slope where it is infinite
  }

  /**
   * {@code log(x / (1 - x))} with x first clamped to {@code [eps, 1 - eps]}.
   *
   * @param eps the distance kept from 0 and 1
   * @return a tensor of this shape
   */
  default Tensor logit(double eps) {
    return self().to(self().dtype().orFloat()).clamp(eps, 1 - eps).logit();
  }

  /** Degrees to radians. PyTorch: {@code torch.deg2rad}. */
  default Tensor deg2rad() {
    return self().mul(Math.PI / 180);
  }

  /** Radians to degrees. PyTorch: {@code torch.rad2deg}. */
  default Tensor rad2deg() {
    return self().mul(180 / Math.PI);
  }

  /** x itself. PyTorch: {@code torch.positive}. */
  default Tensor positive() {
    if (self().dtype() == DType.BOOL) {
      throw Errors.invalid("positive", "not defined for BOOL tensors. Convert first: x.toLong().");
    }
    return self();
  }

  /**
   * The values moved into {@code [min, max]}. PyTorch: {@code torch.clamp}.
   *
   * @param min the lower border, or null for none
   * @param max the upper border, or null for none
   * @return a tensor of this shape; NaN stays NaN
   */
  default Tensor clamp(Number min, Number max) {
    if (min == null && max == null) {
      throw Errors.invalid("clamp", "both borders are null. Give min, max, or both.");
    }
    DType dtype = self().dtype();
    dtype =
        min == null ? dtype : DType.promote(dtype, Promotion.resultType(self(), Tensor.wrap(min)));
    dtype =
        max == null ? dtype : DType.promote(dtype, Promotion.resultType(self(), Tensor.wrap(max)));
    Tensor x = self().to(dtype);
    if (!dtype.isFloatingPoint()) {
      Tensor low = min == null ? x : x.maximum(Tensor.wrap(min));
      return max == null ? low : low.minimum(Tensor.wrap(max));
    }
    double lo = min == null ? Double.NEGATIVE_INFINITY : min.doubleValue();
    double hi = max == null ? Double.POSITIVE_INFINITY : max.doubleValue();
    return Elementwise.parametric(new Op.Clamp(lo, hi), TernaryOps.CLAMP, x, lo, hi);
  }

  /**
   * The values moved between two tensors of borders; either may be null. PyTorch: {@code
   * torch.clamp}.
   */
  default Tensor clamp(Tensor min, Tensor max) {
    if (min == null && max == null) {
      throw Errors.invalid("clamp", "both borders are null. Give min, max, or both.");
    }
    Tensor low = min == null ? self() : raised(self(), min);
    return max == null ? low : lowered(low, max);
  }

  /** At most {@code max}; where either is NaN, NaN without a gradient. */
  private static Tensor lowered(Tensor x, Tensor max) {
    Tensor neither = x.detach().minimum(max.detach());
    return Tensor.where(x.le(max), x, Tensor.where(x.gt(max), max, neither));
  }

  /** At least {@code min}; where either is NaN, NaN without a gradient. */
  private static Tensor raised(Tensor x, Tensor min) {
    Tensor neither = x.detach().maximum(min.detach());
    return Tensor.where(x.ge(min), x, Tensor.where(x.lt(min), min, neither));
  }

  /** The values raised to at least {@code min}. PyTorch: {@code torch.clamp_min}. */
  default Tensor clampMin(Number min) {
    return clamp(min, null);
  }

  /** The values raised to at least {@code min}. PyTorch: {@code torch.clamp_min}. */
  default Tensor clampMin(Tensor min) {
    return self().clamp(min, null);
  }

  /** The values lowered to at most {@code max}. PyTorch: {@code torch.clamp_max}. */
  default Tensor clampMax(Number max) {
    return clamp(null, max);
  }

  /** The values lowered to at most {@code max}. PyTorch: {@code torch.clamp_max}. */
  default Tensor clampMax(Tensor max) {
    return self().clamp(null, max);
  }

  /** {@link Functions#clamp(Tensor, Tensor)} by its other name. PyTorch: {@code torch.clip}. */
  default Tensor clip(Tensor min, Tensor max) {
    return self().clamp(min, max);
  }

  /** {@link Functions#clamp(Number, Number)} by its other name. PyTorch: {@code torch.clip}. */
  default Tensor clip(Number min, Number max) {
    return self().clamp(min, max);
  }
}
