package gradus.tensor;

import static gradus.tensor.Check.invalid;
import static gradus.tensor.Check.is;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Signs, zeros and NaN where the arithmetic of Java and PyTorch could differ. */
class ArithmeticTest {
  private static final double NAN = Double.NaN;
  private static final double INF = Double.POSITIVE_INFINITY;

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"FLOAT32", "FLOAT64"})
  void remaindersOfFloats(DType dtype) {
    Tensor a = Tensor.of(7.0, -7, 7, -7, 0, 5).to(dtype);
    Tensor b = Tensor.of(3.0, 3, -3, -3, 0, INF).to(dtype);
    is(a.fmod(b), dtype, "[6]", 1, -1, 1, -1, NAN, 5);
    is(a.remainder(b), dtype, "[6]", 1, 2, -2, -1, NAN, 5);
    is(a.floorDivide(b), dtype, "[6]", 2, -3, -3, 2, NAN, 0);
    is(a.div(b, "trunc"), dtype, "[6]", 2, -2, -2, 2, NAN, 0);
  }

  @Test
  void remaindersOfWholeNumbers() {
    Tensor a = Tensor.of(7, -7, 7, -7);
    Tensor b = Tensor.of(3, 3, -3, -3);
    is(a.fmod(b), DType.INT64, "[4]", 1, -1, 1, -1);
    is(a.remainder(b), DType.INT64, "[4]", 1, 2, -2, -1);
    is(a.floorDivide(b), DType.INT64, "[4]", 2, -3, -3, 2);
    is(a.div(b, "trunc"), DType.INT64, "[4]", 2, -2, -2, 2);
    is(a.floorDivide(2), DType.INT64, "[4]", 3, -4, 3, -4);
    is(a.remainder(2.5), DType.FLOAT32, "[4]", 2, 0.5, 2, 0.5);
    invalid(
        () -> a.div(b, "round"),
        "div: roundingMode is \"round\". It is null, \"floor\" or \"trunc\".");
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"FLOAT32", "FLOAT64"})
  void notANumber(DType dtype) {
    Tensor a = Tensor.of(NAN, 0, 1).to(dtype);
    Tensor b = Tensor.of(1, NAN, 2).to(dtype);
    is(a.maximum(b), "[3]", NAN, NAN, 2);
    is(a.minimum(b), "[3]", NAN, NAN, 1);
    is(
        Tensor.of(0.0, -2, -2, 2, NAN).to(dtype).pow(Tensor.of(0.0, 3, 0.5, -1, 0).to(dtype)),
        "[5]",
        1,
        -8,
        NAN,
        0.5,
        1);
    is(
        Tensor.of(0.0, 0, 1, NAN).to(dtype).xlogy(Tensor.of(0.0, NAN, 0, 1).to(dtype)),
        "[4]",
        0,
        NAN,
        -INF,
        NAN);
    is(Tensor.of(-INF).to(dtype).logaddexp(Tensor.of(-INF).to(dtype)), "[1]", -INF);
    is(Tensor.of(1.0, -1, 0).to(dtype).div(0), "[3]", INF, -INF, NAN);
  }

  @Test
  void powersOfWholeNumbers() {
    is(Tensor.of(2, -3).pow(2), DType.INT64, "[2]", 4, 9);
    is(Tensor.of(2, 3, -1, 1).pow(Tensor.of(3, 0, -1, -2)), DType.INT64, "[4]", 8, 1, -1, 1);
    is(Tensor.of(2, 4).pow(0.5), DType.FLOAT32, "[2]", (float) Math.sqrt(2), 2);
    invalid(
        () -> Tensor.of(2).pow(-1),
        "pow: integers to negative integer powers are not allowed. Use x.toFloat().");
  }

  @Test
  void reversedAndScaled() {
    Tensor x = Tensor.of(1.0, 2.0);
    is(x.rsub(1), "[2]", 0, -1);
    is(x.add(x, 10), "[2]", 11, 22);
    is(x.sub(x, 0.5), "[2]", 0.5, 1);
    is(x.addcmul(x, x, 2), "[2]", 3, 10);
    is(x.addcdiv(Tensor.of(3.0, 4.0), Tensor.of(2.0, 2.0), 0.5), "[2]", 1.75, 3);
    is(Tensor.of(0.0, 10.0).lerp(Tensor.of(10.0, 20.0), 0.25), "[2]", 2.5, 12.5);
    is(Tensor.of(-1.5, 2.0).copysign(-0.0), "[2]", -1.5, -2);
  }

  @Test
  void truthValues() {
    Tensor p = Tensor.of(true, false);
    is(p.add(p), DType.BOOL, "[2]", 1, 0);
    is(p.mul(3), DType.INT64, "[2]", 3, 0);
    invalid(
        () -> p.sub(p),
        "sub: subtraction with a BOOL tensor is not defined. Use logicalXor(...), logicalNot() or"
            + " x.toLong().");
    invalid(p::neg, "neg: negation of a BOOL tensor is not defined. Use logicalNot().");
  }

  @Test
  void integersAreNotDividedByZero() {
    Tensor x = Tensor.of(1, 2);
    String rest = ": division by zero in INT64. Integers have no infinity. Use x.toFloat().";
    Class<ArithmeticException> type = ArithmeticException.class;
    Check.fails(() -> x.floorDivide(0), type, "floorDivide" + rest);
    Check.fails(() -> x.div(0, "trunc"), type, "div" + rest);
    Check.fails(() -> x.remainder(0), type, "remainder" + rest);
    Check.fails(() -> x.fmod(Tensor.of(1, 0)), type, "fmod" + rest);
  }
}
