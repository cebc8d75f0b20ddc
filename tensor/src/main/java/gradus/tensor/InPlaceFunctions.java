package gradus.tensor;

/**
 * Functions of each element that overwrite their tensor, marked by an underscore as in PyTorch, and
 * return it; see {@link InPlace}.
 *
 * <p>The result takes the element type of the tensor; one that does not fit into it, such as a root
 * of whole numbers, is refused.
 */
public sealed interface InPlaceFunctions permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /** {@code -self}, in place. PyTorch: {@code x.neg_}. */
  default Tensor neg_() {
    return InPlaceOps.with(self(), "neg_", x -> x.neg());
  }

  /** {@code |self|}, in place. PyTorch: {@code x.abs_}. */
  default Tensor abs_() {
    return InPlaceOps.with(self(), "abs_", x -> x.abs());
  }

  /** {@code e^self}, in place. PyTorch: {@code x.exp_}. */
  default Tensor exp_() {
    return InPlaceOps.with(self(), "exp_", x -> x.exp());
  }

  /** The natural logarithm, in place. PyTorch: {@code x.log_}. */
  default Tensor log_() {
    return InPlaceOps.with(self(), "log_", x -> x.log());
  }

  /** The square root, in place. PyTorch: {@code x.sqrt_}. */
  default Tensor sqrt_() {
    return InPlaceOps.with(self(), "sqrt_", x -> x.sqrt());
  }

  /** {@code 1 / √self}, in place. PyTorch: {@code x.rsqrt_}. */
  default Tensor rsqrt_() {
    return InPlaceOps.with(self(), "rsqrt_", x -> x.rsqrt());
  }

  /** {@code 1 / self}, in place. PyTorch: {@code x.reciprocal_}. */
  default Tensor reciprocal_() {
    return InPlaceOps.with(self(), "reciprocal_", x -> x.reciprocal());
  }

  /** {@code self²}, in place. PyTorch: {@code x.square_}. */
  default Tensor square_() {
    return InPlaceOps.with(self(), "square_", x -> x.square());
  }

  /** The sine, in place. PyTorch: {@code x.sin_}. */
  default Tensor sin_() {
    return InPlaceOps.with(self(), "sin_", x -> x.sin());
  }

  /** The cosine, in place. PyTorch: {@code x.cos_}. */
  default Tensor cos_() {
    return InPlaceOps.with(self(), "cos_", x -> x.cos());
  }

  /** The hyperbolic tangent, in place. PyTorch: {@code x.tanh_}. */
  default Tensor tanh_() {
    return InPlaceOps.with(self(), "tanh_", x -> x.tanh());
  }

  /** The logistic function, in place. PyTorch: {@code x.sigmoid_}. */
  default Tensor sigmoid_() {
    return InPlaceOps.with(self(), "sigmoid_", x -> x.sigmoid());
  }

  /** {@code max(self, 0)}, in place. PyTorch: {@code x.relu_}. */
  default Tensor relu_() {
    return InPlaceOps.with(self(), "relu_", x -> x.relu());
  }

  /** Rounded down, in place. PyTorch: {@code x.floor_}. */
  default Tensor floor_() {
    return InPlaceOps.with(self(), "floor_", x -> x.floor());
  }

  /** Rounded up, in place. PyTorch: {@code x.ceil_}. */
  default Tensor ceil_() {
    return InPlaceOps.with(self(), "ceil_", x -> x.ceil());
  }

  /** Rounded to the nearest, in place. PyTorch: {@code x.round_}. */
  default Tensor round_() {
    return InPlaceOps.with(self(), "round_", x -> x.round());
  }

  /** Without fraction, in place. PyTorch: {@code x.trunc_}. */
  default Tensor trunc_() {
    return InPlaceOps.with(self(), "trunc_", x -> x.trunc());
  }

  /** The error function, in place. PyTorch: {@code x.erf_}. */
  default Tensor erf_() {
    return InPlaceOps.with(self(), "erf_", x -> x.erf());
  }

  /** The sign, in place. PyTorch: {@code x.sign_}. */
  default Tensor sign_() {
    return InPlaceOps.with(self(), "sign_", x -> x.sign());
  }

  /** The arc cosine, in place. PyTorch: {@code x.acos_}. */
  default Tensor acos_() {
    return InPlaceOps.with(self(), "acos_", Tensor::acos);
  }

  /** The inverse hyperbolic cosine, in place. PyTorch: {@code x.acosh_}. */
  default Tensor acosh_() {
    return InPlaceOps.with(self(), "acosh_", Tensor::acosh);
  }

  /** The arc sine, in place. PyTorch: {@code x.asin_}. */
  default Tensor asin_() {
    return InPlaceOps.with(self(), "asin_", Tensor::asin);
  }

  /** The inverse hyperbolic sine, in place. PyTorch: {@code x.asinh_}. */
  default Tensor asinh_() {
    return InPlaceOps.with(self(), "asinh_", Tensor::asinh);
  }

  /** The arc tangent, in place. PyTorch: {@code x.atan_}. */
  default Tensor atan_() {
    return InPlaceOps.with(self(), "atan_", Tensor::atan);
  }

  /** The inverse hyperbolic tangent, in place. PyTorch: {@code x.atanh_}. */
  default Tensor atanh_() {
    return InPlaceOps.with(self(), "atanh_", Tensor::atanh);
  }

  /** The hyperbolic cosine, in place. PyTorch: {@code x.cosh_}. */
  default Tensor cosh_() {
    return InPlaceOps.with(self(), "cosh_", Tensor::cosh);
  }

  /** The hyperbolic sine, in place. PyTorch: {@code x.sinh_}. */
  default Tensor sinh_() {
    return InPlaceOps.with(self(), "sinh_", Tensor::sinh);
  }

  /** The tangent, in place. PyTorch: {@code x.tan_}. */
  default Tensor tan_() {
    return InPlaceOps.with(self(), "tan_", Tensor::tan);
  }

  /** Degrees to radians, in place. PyTorch: {@code x.deg2rad_}. */
  default Tensor deg2rad_() {
    return InPlaceOps.with(self(), "deg2rad_", Tensor::deg2rad);
  }

  /** Radians to degrees, in place. PyTorch: {@code x.rad2deg_}. */
  default Tensor rad2deg_() {
    return InPlaceOps.with(self(), "rad2deg_", Tensor::rad2deg);
  }

  /** ψ(x), in place. PyTorch: {@code x.digamma_}. */
  default Tensor digamma_() {
    return InPlaceOps.with(self(), "digamma_", Tensor::digamma);
  }

  /** log |Γ(x)|, in place. PyTorch: {@code x.lgamma_}. */
  default Tensor lgamma_() {
    return InPlaceOps.with(self(), "lgamma_", Tensor::lgamma);
  }

  /** 1 − erf(x), in place. PyTorch: {@code x.erfc_}. */
  default Tensor erfc_() {
    return InPlaceOps.with(self(), "erfc_", Tensor::erfc);
  }

  /** The inverse of erf, in place. PyTorch: {@code x.erfinv_}. */
  default Tensor erfinv_() {
    return InPlaceOps.with(self(), "erfinv_", Tensor::erfinv);
  }

  /** 2ˣ, in place. PyTorch: {@code x.exp2_}. */
  default Tensor exp2_() {
    return InPlaceOps.with(self(), "exp2_", Tensor::exp2);
  }

  /** eˣ − 1, in place. PyTorch: {@code x.expm1_}. */
  default Tensor expm1_() {
    return InPlaceOps.with(self(), "expm1_", Tensor::expm1);
  }

  /** The part behind the point, in place. PyTorch: {@code x.frac_}. */
  default Tensor frac_() {
    return InPlaceOps.with(self(), "frac_", Tensor::frac);
  }

  /** The modified Bessel function I₀, in place. PyTorch: {@code x.i0_}. */
  default Tensor i0_() {
    return InPlaceOps.with(self(), "i0_", Tensor::i0);
  }

  /** The logarithm to base 10, in place. PyTorch: {@code x.log10_}. */
  default Tensor log10_() {
    return InPlaceOps.with(self(), "log10_", Tensor::log10);
  }

  /** log(1 + x), in place. PyTorch: {@code x.log1p_}. */
  default Tensor log1p_() {
    return InPlaceOps.with(self(), "log1p_", Tensor::log1p);
  }

  /** The logarithm to base 2, in place. PyTorch: {@code x.log2_}. */
  default Tensor log2_() {
    return InPlaceOps.with(self(), "log2_", Tensor::log2);
  }

  /** log(x / (1 − x)), in place. PyTorch: {@code x.logit_}. */
  default Tensor logit_() {
    return InPlaceOps.with(self(), "logit_", Tensor::logit);
  }

  /** NaN as 0, infinities as the largest numbers, in place. PyTorch: {@code x.nan_to_num_}. */
  default Tensor nanToNum_() {
    return InPlaceOps.with(self(), "nanToNum_", Tensor::nanToNum);
  }

  /** The sign, in place. PyTorch: {@code x.sgn_}. */
  default Tensor sgn_() {
    return InPlaceOps.with(self(), "sgn_", Tensor::sgn);
  }

  /** sin(πx) / πx, in place. PyTorch: {@code x.sinc_}. */
  default Tensor sinc_() {
    return InPlaceOps.with(self(), "sinc_", Tensor::sinc);
  }

  /** All bits turned, in place. PyTorch: {@code x.bitwise_not_}. */
  default Tensor bitwiseNot_() {
    return InPlaceOps.with(self(), "bitwiseNot_", Tensor::bitwiseNot);
  }

  /** Whether it is 0, in place. PyTorch: {@code x.logical_not_}. */
  default Tensor logicalNot_() {
    return InPlaceOps.with(self(), "logicalNot_", Tensor::logicalNot);
  }
}
