package gradus.tensor;

import static gradus.tensor.spi.Given.given;

import gradus.tensor.kernel.op.BinaryOps;
import gradus.tensor.kernel.op.Unary;
import gradus.tensor.kernel.op.UnaryOps;

/**
 * Sums, products, powers and remainders, element by element, with broadcasting and type promotion.
 *
 * <p>Every method with a {@code Number} takes an int or long as an integral, a float or double as a
 * floating number, and promotes as PyTorch does: {@code Tensor.of(1, 2).mul(0.5)} is FLOAT32.
 */
public sealed interface Arithmetic permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /** The sum {@code self + other}. PyTorch: {@code torch.add}. */
  default Tensor add(Tensor other) {
    if (self().isSparse() || given(other).isSparse()) {
      return EmbeddingOps.add(self(), other);
    }
    return Elementwise.binary(new Op.Add(), BinaryOps.ADD, self(), other);
  }

  /** The sum {@code self + other}. */
  default Tensor add(Number other) {
    return add(Tensor.wrap(other));
  }

  /** {@code self + alpha · other}. PyTorch: {@code torch.add(x, y, alpha=…)}. */
  default Tensor add(Tensor other, Number alpha) {
    return isOne(alpha) ? add(other) : add(scaled("add", other, alpha));
  }

  /** The difference {@code self - other}. PyTorch: {@code torch.sub}. */
  default Tensor sub(Tensor other) {
    if (self().dtype() == DType.BOOL || given(other).dtype() == DType.BOOL) {
      throw Errors.invalid(
          "sub",
          "subtraction with a BOOL tensor is not defined. Use logicalXor(...), logicalNot() or x.toLong().");
    }
    return Elementwise.binary(new Op.Sub(), BinaryOps.SUB, self(), other);
  }

  /** The difference {@code self - other}. */
  default Tensor sub(Number other) {
    return sub(Tensor.wrap(other));
  }

  /** {@code self - alpha · other}. PyTorch: {@code torch.sub(x, y, alpha=…)}. */
  default Tensor sub(Tensor other, Number alpha) {
    return isOne(alpha) ? sub(other) : sub(scaled("sub", other, alpha));
  }

  /** The reverse difference {@code other - self}. PyTorch: {@code torch.rsub}, {@code 1 - x}. */
  default Tensor rsub(Number other) {
    return Tensor.wrap(other).sub(self());
  }

  /** The reverse difference {@code other - self}. */
  default Tensor rsub(Tensor other) {
    return given(other).sub(self());
  }

  /** {@code other - alpha · self}. PyTorch: {@code torch.rsub(x, y, alpha=…)}. */
  default Tensor rsub(Tensor other, Number alpha) {
    return given(other).sub(self(), alpha);
  }

  /** {@code other - alpha · self}. PyTorch: {@code torch.rsub(x, 2, alpha=…)}. */
  default Tensor rsub(Number other, Number alpha) {
    return Tensor.wrap(other).sub(self(), alpha);
  }

  /** {@code alpha · other}; the kind of alpha must fit the result. */
  private Tensor scaled(String op, Tensor other, Number alpha) {
    DType dtype = Promotion.resultType(self(), other);
    if (!dtype.isFloatingPoint() && !Tensor.isIntegral(alpha)) {
      throw Errors.invalid(
          op,
          "alpha is %s but the result is %s. It must be a whole number then."
              .formatted(alpha, dtype));
    }
    return dtype == DType.BOOL ? other.logicalAnd(Tensor.wrap(alpha)) : other.mul(alpha);
  }

  private static boolean isOne(Number alpha) {
    return given(alpha, Number.class).doubleValue() == 1;
  }

  /** The product {@code self · other}. PyTorch: {@code torch.mul}. */
  default Tensor mul(Tensor other) {
    return Elementwise.binary(new Op.Mul(), BinaryOps.MUL, self(), other);
  }

  /** The product {@code self · other}. */
  default Tensor mul(Number other) {
    if (self().isSparse()) {
      return Tensor.sparse(self().shape(), self().indices(), self().values().mul(other));
    }
    return mul(Tensor.wrap(other));
  }

  /** The quotient {@code self / other}; integers give FLOAT32. PyTorch: {@code torch.div}. */
  default Tensor div(Tensor other) {
    return Elementwise.floating(new Op.Div(), BinaryOps.DIV, self(), other);
  }

  /** The quotient {@code self / other}. */
  default Tensor div(Number other) {
    return div(Tensor.wrap(other));
  }

  /**
   * The quotient, rounded. PyTorch: {@code torch.div(x, y, rounding_mode=…)}.
   *
   * @param other the divisor
   * @param roundingMode {@code "floor"}, {@code "trunc"}, or null for the exact quotient
   * @return quotients; of integers, integers
   */
  default Tensor div(Tensor other, String roundingMode) {
    if (roundingMode == null) {
      return div(other);
    }
    return switch (roundingMode) {
      case "floor" ->
          Elementwise.binary(
              new Op.Steps("FloorDivide"), BinaryOps.FLOOR_DIVIDE, noBool(self(), other), other);
      case "trunc" ->
          Elementwise.binary(
              new Op.Steps("TruncDivide"), BinaryOps.TRUNC_DIVIDE, noBool(self(), other), other);
      default ->
          throw Errors.invalid(
              "div",
              "roundingMode is \"" + roundingMode + "\". It is null, \"floor\" or \"trunc\".");
    };
  }

  /** The quotient, rounded; see {@link #div(Tensor, String)}. */
  default Tensor div(Number other, String roundingMode) {
    return div(Tensor.wrap(other), roundingMode);
  }

  private static Tensor noBool(Tensor a, Tensor b) {
    return a.dtype() == DType.BOOL && given(b).dtype() == DType.BOOL ? a.to(DType.INT64) : a;
  }

  /** The quotient rounded down. PyTorch: {@code torch.floor_divide}. */
  default Tensor floorDivide(Tensor other) {
    return div(other, "floor");
  }

  /** The quotient rounded down. */
  default Tensor floorDivide(Number other) {
    return floorDivide(Tensor.wrap(other));
  }

  /** {@code -self}. PyTorch: {@code torch.neg}. */
  default Tensor neg() {
    if (self().dtype() == DType.BOOL) {
      throw Errors.invalid("neg", "negation of a BOOL tensor is not defined. Use logicalNot().");
    }
    return Elementwise.unary(new Op.Neg(), UnaryOps.NEG, self());
  }

  /** {@code 1 / self}. PyTorch: {@code torch.reciprocal}. */
  default Tensor reciprocal() {
    return Elementwise.floating(new Op.Reciprocal(), UnaryOps.RECIPROCAL, self());
  }

  /** {@code |self|}. PyTorch: {@code torch.abs}. */
  default Tensor abs() {
    return self().dtype() == DType.BOOL
        ? self().clone()
        : Elementwise.unary(new Op.Abs(), UnaryOps.ABS, self());
  }

  /** {@code self²}. PyTorch: {@code torch.square}. */
  default Tensor square() {
    Tensor x = self().dtype() == DType.BOOL ? self().to(DType.INT64) : self();
    return Elementwise.unary(new Op.Square(), UnaryOps.SQUARE, x);
  }

  /** {@code self ^ exponent}. PyTorch: {@code torch.pow}. */
  default Tensor pow(Tensor exponent) {
    if (!given(exponent).dtype().isFloatingPoint() && !self().dtype().isFloatingPoint()) {
      Tensor x =
          self().dtype() == DType.BOOL && exponent.dtype() == DType.BOOL
              ? self().to(DType.INT64)
              : self();
      return Elementwise.binary(new Op.Pow(), BinaryOps.POW, x, exponent);
    }
    return Elementwise.floating(new Op.Pow(), BinaryOps.POW, self(), exponent);
  }

  /**
   * {@code self ^ exponent}. PyTorch: {@code torch.pow(x, 2)}.
   *
   * @param exponent the power; an integer tensor to a negative integral power is an error
   */
  default Tensor pow(Number exponent) {
    DType dtype = Promotion.resultType(self(), Tensor.wrap(exponent));
    if (!dtype.isFloatingPoint()) {
      if (exponent.longValue() < 0) {
        throw Errors.invalid(
            "pow", "integers to negative integer powers are not allowed. Use x.toFloat().");
      }
      return pow(Tensor.wrap(exponent));
    }
    double e = exponent.doubleValue();
    Tensor x = self().to(dtype);
    Op op = new Op.PowScalar(e);
    Unary simple = Elementwise.POWERS.get(e);
    return simple == null
        ? Elementwise.parametric(op, BinaryOps.POW, x, e)
        : Elementwise.unary(op, simple, x);
  }

  /**
   * {@code self - other · trunc(self / other)}: the sign of {@code self}. PyTorch: {@code
   * torch.fmod}.
   */
  default Tensor fmod(Tensor other) {
    return Elementwise.binary(new Op.Modulo(false), BinaryOps.FMOD, self(), other);
  }

  /** The remainder with the sign of {@code self}. */
  default Tensor fmod(Number other) {
    return fmod(Tensor.wrap(other));
  }

  /**
   * {@code self - other · floor(self / other)}: the sign of {@code other}. PyTorch: {@code
   * torch.remainder}.
   */
  default Tensor remainder(Tensor other) {
    return Elementwise.binary(new Op.Modulo(true), BinaryOps.REMAINDER, self(), other);
  }

  /** The remainder with the sign of {@code other}. */
  default Tensor remainder(Number other) {
    return remainder(Tensor.wrap(other));
  }

  /** The larger of the two, NaN if either is. PyTorch: {@code torch.maximum}. */
  default Tensor maximum(Tensor other) {
    return Elementwise.binary(new Op.Maximum(), BinaryOps.MAXIMUM, self(), other);
  }

  /** The smaller of the two, NaN if either is. PyTorch: {@code torch.minimum}. */
  default Tensor minimum(Tensor other) {
    return Elementwise.binary(new Op.Minimum(), BinaryOps.MINIMUM, self(), other);
  }

  /** The angle of the point {@code (other, self)}. PyTorch: {@code torch.atan2}. */
  default Tensor atan2(Tensor other) {
    return Elementwise.floating(new Op.Atan2(), BinaryOps.ATAN2, self(), other);
  }

  /** {@code √(self² + other²)}. PyTorch: {@code torch.hypot}. */
  default Tensor hypot(Tensor other) {
    return Elementwise.floating(new Op.Hypot(), BinaryOps.HYPOT, self(), other);
  }

  /**
   * The magnitude of {@code self} with the sign of {@code other}. PyTorch: {@code torch.copysign}.
   */
  default Tensor copysign(Tensor other) {
    return Elementwise.floating(new Op.Copysign(), BinaryOps.COPYSIGN, self(), other);
  }

  /** The magnitude of {@code self} with the sign of a number. */
  default Tensor copysign(Number other) {
    return copysign(Tensor.wrap(other));
  }

  /** {@code self · log(other)}, 0 where {@code self} is 0. PyTorch: {@code torch.xlogy}. */
  default Tensor xlogy(Tensor other) {
    return Elementwise.floating(new Op.Xlogy(), BinaryOps.XLOGY, self(), other);
  }

  /** {@code self · log(other)}, 0 where {@code self} is 0. */
  default Tensor xlogy(Number other) {
    return xlogy(Tensor.wrap(other));
  }

  /** {@code log(e^self + e^other)} without overflow. PyTorch: {@code torch.logaddexp}. */
  default Tensor logaddexp(Tensor other) {
    return Elementwise.floating(new Op.Logaddexp(false), BinaryOps.LOGADDEXP, self(), other);
  }

  /** {@code log₂(2^self + 2^other)} without overflow. PyTorch: {@code torch.logaddexp2}. */
  default Tensor logaddexp2(Tensor other) {
    return Elementwise.floating(new Op.Logaddexp(true), BinaryOps.LOGADDEXP2, self(), other);
  }

  /** {@code self + weight · (end - self)}. PyTorch: {@code torch.lerp}. */
  default Tensor lerp(Tensor end, Tensor weight) {
    Elementwise.sameDType("lerp", self(), end);
    Elementwise.sameDType("lerp", self(), weight);
    return self().add(end.sub(self()).mul(weight));
  }

  /** {@code self + weight · (end - self)}. */
  default Tensor lerp(Tensor end, Number weight) {
    Elementwise.sameDType("lerp", self(), end);
    return self().add(end.sub(self()).mul(weight));
  }

  /** {@code self + value · tensor1 · tensor2}. PyTorch: {@code torch.addcmul}. */
  default Tensor addcmul(Tensor tensor1, Tensor tensor2, Number value) {
    Tensor product = given(tensor1, "tensor1").mul(tensor2);
    return add(product, Elementwise.inCategory(value, Promotion.resultType(self(), product)));
  }

  /** {@code self + tensor1 · tensor2}. */
  default Tensor addcmul(Tensor tensor1, Tensor tensor2) {
    return addcmul(tensor1, tensor2, 1);
  }

  /** {@code self + value · tensor1 / tensor2}. PyTorch: {@code torch.addcdiv}. */
  default Tensor addcdiv(Tensor tensor1, Tensor tensor2, Number value) {
    given(tensor1, "tensor1");
    given(tensor2, "tensor2");
    if (!tensor1.dtype().isFloatingPoint() && !tensor2.dtype().isFloatingPoint()) {
      throw Errors.invalid(
          "addcdiv",
          ("tensor1 is %s and tensor2 %s. Whole numbers are not divided here. Use "
                  + "x.toFloat(), or div(..., \"trunc\").")
              .formatted(tensor1.dtype(), tensor2.dtype()));
    }
    return add(tensor1.div(tensor2), value);
  }

  /** {@code self + tensor1 / tensor2}. */
  default Tensor addcdiv(Tensor tensor1, Tensor tensor2) {
    return addcdiv(tensor1, tensor2, 1);
  }

  // ---------------------------------------------------------------- reversed: number op tensor

  /** {@code other ^ self}. PyTorch: {@code 2 ** x}. */
  default Tensor rpow(Number other) {
    return Tensor.wrap(other).pow(self());
  }

  /** {@code other / self}. PyTorch: {@code 2 / x}. */
  default Tensor rdiv(Number other) {
    return self().reciprocal().mul(other);
  }

  /** {@code other / self}, rounded down. PyTorch: {@code 2 // x}. */
  default Tensor rfloorDivide(Number other) {
    return Tensor.wrap(other).floorDivide(self());
  }

  /**
   * The remainder of {@code other / self}, with the sign of {@code self}. PyTorch: {@code 7 % x}.
   */
  default Tensor rmod(Number other) {
    return Tensor.wrap(other).remainder(self());
  }
}
