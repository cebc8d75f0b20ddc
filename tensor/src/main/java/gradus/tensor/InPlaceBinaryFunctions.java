package gradus.tensor;

/**
 * Functions of two elements that overwrite the first tensor, marked by an underscore as in PyTorch,
 * and return it; see {@link InPlace}. Comparisons leave 1 and 0.
 */
public sealed interface InPlaceBinaryFunctions permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /** The angle of (other, self), in place. PyTorch: {@code x.atan2_}. */
  default Tensor atan2_(Tensor other) {
    return InPlaceOps.with(self(), "atan2_", x -> x.atan2(other));
  }

  /** The size of self with the sign of other, in place. PyTorch: {@code x.copysign_}. */
  default Tensor copysign_(Tensor other) {
    return InPlaceOps.with(self(), "copysign_", x -> x.copysign(other));
  }

  /** The size of self with the sign of other, in place. PyTorch: {@code x.copysign_}. */
  default Tensor copysign_(Number other) {
    return InPlaceOps.with(self(), "copysign_", x -> x.copysign(other));
  }

  /** {@code ⌊self / other⌋}, in place. PyTorch: {@code x.floor_divide_}. */
  default Tensor floorDivide_(Tensor other) {
    return InPlaceOps.with(self(), "floorDivide_", x -> x.floorDivide(other));
  }

  /** {@code ⌊self / other⌋}, in place. PyTorch: {@code x.floor_divide_}. */
  default Tensor floorDivide_(Number other) {
    return InPlaceOps.with(self(), "floorDivide_", x -> x.floorDivide(other));
  }

  /** √(self² + other²), in place. PyTorch: {@code x.hypot_}. */
  default Tensor hypot_(Tensor other) {
    return InPlaceOps.with(self(), "hypot_", x -> x.hypot(other));
  }

  /** {@code self · log(other)}, in place. PyTorch: {@code x.xlogy_}. */
  default Tensor xlogy_(Tensor other) {
    return InPlaceOps.with(self(), "xlogy_", x -> x.xlogy(other));
  }

  /** {@code self · log(other)}, in place. PyTorch: {@code x.xlogy_}. */
  default Tensor xlogy_(Number other) {
    return InPlaceOps.with(self(), "xlogy_", x -> x.xlogy(other));
  }

  /** {@code self · 2^other}, in place. PyTorch: {@code x.ldexp_}. */
  default Tensor ldexp_(Tensor other) {
    return InPlaceOps.with(self(), "ldexp_", x -> x.ldexp(other));
  }

  /** The greatest common divisor, in place. PyTorch: {@code x.gcd_}. */
  default Tensor gcd_(Tensor other) {
    return InPlaceOps.with(self(), "gcd_", x -> x.gcd(other));
  }

  /** The least common multiple, in place. PyTorch: {@code x.lcm_}. */
  default Tensor lcm_(Tensor other) {
    return InPlaceOps.with(self(), "lcm_", x -> x.lcm(other));
  }

  /** The step function, {@code other} at 0, in place. PyTorch: {@code x.heaviside_}. */
  default Tensor heaviside_(Tensor other) {
    return InPlaceOps.with(self(), "heaviside_", x -> x.heaviside(other));
  }

  /** The next number towards other, in place. PyTorch: {@code x.nextafter_}. */
  default Tensor nextafter_(Tensor other) {
    return InPlaceOps.with(self(), "nextafter_", x -> x.nextafter(other));
  }

  /** Bits that both have, in place. PyTorch: {@code x.bitwise_and_}. */
  default Tensor bitwiseAnd_(Tensor other) {
    return InPlaceOps.with(self(), "bitwiseAnd_", x -> x.bitwiseAnd(other));
  }

  /** Bits that both have, in place. PyTorch: {@code x.bitwise_and_}. */
  default Tensor bitwiseAnd_(Number other) {
    return InPlaceOps.with(self(), "bitwiseAnd_", x -> x.bitwiseAnd(other));
  }

  /** Bits that one of both has, in place. PyTorch: {@code x.bitwise_or_}. */
  default Tensor bitwiseOr_(Tensor other) {
    return InPlaceOps.with(self(), "bitwiseOr_", x -> x.bitwiseOr(other));
  }

  /** Bits that one of both has, in place. PyTorch: {@code x.bitwise_or_}. */
  default Tensor bitwiseOr_(Number other) {
    return InPlaceOps.with(self(), "bitwiseOr_", x -> x.bitwiseOr(other));
  }

  /** Bits that only one of both has, in place. PyTorch: {@code x.bitwise_xor_}. */
  default Tensor bitwiseXor_(Tensor other) {
    return InPlaceOps.with(self(), "bitwiseXor_", x -> x.bitwiseXor(other));
  }

  /** Bits that only one of both has, in place. PyTorch: {@code x.bitwise_xor_}. */
  default Tensor bitwiseXor_(Number other) {
    return InPlaceOps.with(self(), "bitwiseXor_", x -> x.bitwiseXor(other));
  }

  /** Whether both are not 0, in place. PyTorch: {@code x.logical_and_}. */
  default Tensor logicalAnd_(Tensor other) {
    return InPlaceOps.with(self(), "logicalAnd_", x -> x.logicalAnd(other));
  }

  /** Whether one of both is not 0, in place. PyTorch: {@code x.logical_or_}. */
  default Tensor logicalOr_(Tensor other) {
    return InPlaceOps.with(self(), "logicalOr_", x -> x.logicalOr(other));
  }

  /** Whether only one of both is not 0, in place. PyTorch: {@code x.logical_xor_}. */
  default Tensor logicalXor_(Tensor other) {
    return InPlaceOps.with(self(), "logicalXor_", x -> x.logicalXor(other));
  }

  /** Whether they are equal, in place. PyTorch: {@code x.eq_}. */
  default Tensor eq_(Tensor other) {
    return InPlaceOps.with(self(), "eq_", x -> x.eq(other));
  }

  /** Whether they are equal, in place. PyTorch: {@code x.eq_}. */
  default Tensor eq_(Number other) {
    return InPlaceOps.with(self(), "eq_", x -> x.eq(other));
  }

  /** Whether they differ, in place. PyTorch: {@code x.ne_}. */
  default Tensor ne_(Tensor other) {
    return InPlaceOps.with(self(), "ne_", x -> x.ne(other));
  }

  /** Whether they differ, in place. PyTorch: {@code x.ne_}. */
  default Tensor ne_(Number other) {
    return InPlaceOps.with(self(), "ne_", x -> x.ne(other));
  }

  /** Whether self is less, in place. PyTorch: {@code x.lt_}. */
  default Tensor lt_(Tensor other) {
    return InPlaceOps.with(self(), "lt_", x -> x.lt(other));
  }

  /** Whether self is less, in place. PyTorch: {@code x.lt_}. */
  default Tensor lt_(Number other) {
    return InPlaceOps.with(self(), "lt_", x -> x.lt(other));
  }

  /** Whether self is at most other, in place. PyTorch: {@code x.le_}. */
  default Tensor le_(Tensor other) {
    return InPlaceOps.with(self(), "le_", x -> x.le(other));
  }

  /** Whether self is at most other, in place. PyTorch: {@code x.le_}. */
  default Tensor le_(Number other) {
    return InPlaceOps.with(self(), "le_", x -> x.le(other));
  }

  /** Whether self is greater, in place. PyTorch: {@code x.gt_}. */
  default Tensor gt_(Tensor other) {
    return InPlaceOps.with(self(), "gt_", x -> x.gt(other));
  }

  /** Whether self is greater, in place. PyTorch: {@code x.gt_}. */
  default Tensor gt_(Number other) {
    return InPlaceOps.with(self(), "gt_", x -> x.gt(other));
  }

  /** Whether self is at least other, in place. PyTorch: {@code x.ge_}. */
  default Tensor ge_(Tensor other) {
    return InPlaceOps.with(self(), "ge_", x -> x.ge(other));
  }

  /** Whether self is at least other, in place. PyTorch: {@code x.ge_}. */
  default Tensor ge_(Number other) {
    return InPlaceOps.with(self(), "ge_", x -> x.ge(other));
  }

  /** {@code self^other} in double, in place. PyTorch: {@code x.float_power_}. */
  default Tensor floatPower_(Tensor other) {
    return InPlaceOps.with(self(), "floatPower_", x -> inDouble(x).floatPower(other));
  }

  /** {@code self^other} in double, in place. PyTorch: {@code x.float_power_}. */
  default Tensor floatPower_(Number other) {
    return InPlaceOps.with(self(), "floatPower_", x -> inDouble(x).floatPower(other));
  }

  /** Only a tensor of doubles can hold what is computed in double. */
  private static Tensor inDouble(Tensor x) {
    if (x.dtype() != DType.FLOAT64) {
      throw Errors.invalid(
          "floatPower_",
          "the base is %s but the result is FLOAT64. Use x.toDouble() first, or floatPower(...)."
              .formatted(x.dtype()));
    }
    return x;
  }
}
