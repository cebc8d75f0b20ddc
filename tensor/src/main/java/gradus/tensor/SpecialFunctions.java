package gradus.tensor;

import gradus.tensor.kernel.math.Erf;
import gradus.tensor.kernel.op.UnaryOps;

/**
 * Functions of one number from statistics and physics, and the small change around complex numbers
 * and NaN.
 */
public sealed interface SpecialFunctions permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /** {@code sin(πx) / πx}, 1 at 0. PyTorch: {@code torch.sinc}. */
  default Tensor sinc() {
    return Elementwise.floating(new Op.Sinc(), UnaryOps.SINC, self());
  }

  /** The modified Bessel function of the first kind, order 0. PyTorch: {@code torch.special.i0}. */
  default Tensor i0() {
    return Elementwise.floating(new Op.Bessel(0, false), UnaryOps.I0, self());
  }

  /** {@code e^-|x| · i0(x)}. PyTorch: {@code torch.special.i0e}. */
  default Tensor i0e() {
    return Elementwise.floating(new Op.Bessel(0, true), UnaryOps.I0E, self());
  }

  /** The modified Bessel function of the first kind, order 1. PyTorch: {@code torch.special.i1}. */
  default Tensor i1() {
    return Elementwise.floating(new Op.Bessel(1, false), UnaryOps.I1, self());
  }

  /** {@code e^-|x| · i1(x)}. PyTorch: {@code torch.special.i1e}. */
  default Tensor i1e() {
    return Elementwise.floating(new Op.Bessel(1, true), UnaryOps.I1E, self());
  }

  /**
   * The probability that a standard normal number is below x. PyTorch: {@code torch.special.ndtr}.
   */
  default Tensor ndtr() {
    Tensor x = self().to(self().dtype().orFloat());
    return x.mul(-Math.sqrt(0.5)).erfc().mul(0.5);
  }

  /** {@code log(ndtr(x))} without underflow. PyTorch: {@code torch.special.log_ndtr}. */
  default Tensor logNdtr() {
    return Elementwise.floating(new Op.LogNdtr(), Erf::logNdtr, self());
  }

  /** {@code e^(x²) · erfc(x)}. PyTorch: {@code torch.special.erfcx}. */
  default Tensor erfcx() {
    return Elementwise.floating(new Op.Erfcx(), Erf::erfcx, self());
  }

  /** {@code -x · log(x)}: 0 at 0, −∞ below. PyTorch: {@code torch.special.entr}. */
  default Tensor entr() {
    return Elementwise.floating(
        new Op.Entr(),
        v -> v > 0 ? -v * Math.log(v) : v == 0 ? 0 : v < 0 ? Double.NEGATIVE_INFINITY : v,
        self());
  }

  /**
   * The inverse of {@link #ndtr}, exact in both tails: −∞ at 0, ∞ at 1, NaN beyond. PyTorch: {@code
   * torch.special.ndtri}.
   */
  default Tensor ndtri() {
    return Elementwise.floating(new Op.Ndtri(), UnaryOps.NDTRI, self());
  }

  /**
   * {@code Σ lgamma(x - i/2)}, i below p, and {@code p(p-1)/4 · log π}. PyTorch: {@code
   * torch.mvlgamma}.
   */
  default Tensor mvlgamma(int p) {
    if (p < 1 || p > 10_000) {
      throw Errors.invalid(
          "mvlgamma", "p is " + p + ". It is the size of a matrix, 1 to 10000, and so many terms.");
    }
    Tensor x = self().to(self().dtype().orFloat());
    Tensor sum = x.lgamma();
    for (int i = 1; i < p; i++) {
      sum = sum.add(x.sub(i / 2.0).lgamma());
    }
    return sum.add(p * (p - 1.0) / 4 * Math.log(Math.PI));
  }

  /** −1, 0 or 1; the same as {@code sign} for real numbers. PyTorch: {@code torch.sgn}. */
  default Tensor sgn() {
    return self().sign();
  }

  /** 0 where positive, π where negative, NaN where NaN. PyTorch: {@code torch.angle}. */
  default Tensor angle() {
    return Elementwise.floating(
        new Op.Steps("Angle"), v -> Double.isNaN(v) ? v : v < 0 ? Math.PI : 0, self());
  }

  /** x itself, all numbers here being real. PyTorch: {@code torch.real}. */
  default Tensor real() {
    return self();
  }

  /** x itself, all numbers here being real. PyTorch: {@code torch.conj}. */
  default Tensor conj() {
    return self();
  }

  /** x itself, all numbers here being real. PyTorch: {@code torch.conj_physical}. */
  default Tensor conjPhysical() {
    return self();
  }

  /** x itself. PyTorch: {@code torch.resolve_conj}. */
  default Tensor resolveConj() {
    return self();
  }

  /** x itself. PyTorch: {@code torch.resolve_neg}. */
  default Tensor resolveNeg() {
    return self();
  }

  /** True everywhere, all numbers here being real: BOOL. PyTorch: {@code torch.isreal}. */
  default Tensor isreal() {
    return Tensor.ones(DType.BOOL, self().shape().raw());
  }

  /**
   * NaN replaced by 0 and infinities by the largest finite numbers. PyTorch: {@code
   * torch.nan_to_num}.
   */
  default Tensor nanToNum() {
    return nanToNum(null, null, null);
  }

  /**
   * NaN and infinities replaced by numbers. PyTorch: {@code torch.nan_to_num(x, nan, posinf,
   * neginf)}.
   *
   * @param nan instead of NaN; null for 0
   * @param posinf instead of ∞; null for the largest number of the dtype
   * @param neginf instead of −∞; null for the smallest
   * @return a tensor of this shape
   */
  default Tensor nanToNum(Number nan, Number posinf, Number neginf) {
    Tensor x = self();
    if (!x.dtype().isFloatingPoint()) {
      return x.clone();
    }
    double most = x.dtype() == DType.FLOAT32 ? Float.MAX_VALUE : Double.MAX_VALUE;
    Tensor y = Tensor.where(x.isnan(), nan == null ? 0.0 : nan.doubleValue(), x);
    y = Tensor.where(x.isposinf(), posinf == null ? most : posinf.doubleValue(), y);
    return Tensor.where(x.isneginf(), neginf == null ? -most : neginf.doubleValue(), y);
  }
}
