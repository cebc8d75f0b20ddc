package gradus.tensor;

import static gradus.tensor.spi.Given.given;

import gradus.tensor.kernel.pointwise.Compare;
import java.util.function.DoublePredicate;

/** Questions about elements, answered by BOOL tensors; no gradient flows through them. */
public sealed interface Comparisons permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /** Whether elements are equal, with broadcasting: BOOL. PyTorch: {@code torch.eq}. */
  default Tensor eq(Tensor other) {
    return ComparisonOps.compare(
        Compare.Kind.EQ, (a, b) -> a == b, (a, b) -> a == b, self(), other);
  }

  /** Whether elements are equal: BOOL. */
  default Tensor eq(Number other) {
    return eq(Tensor.wrap(other));
  }

  /** Whether elements are different, with broadcasting: BOOL. PyTorch: {@code torch.ne}. */
  default Tensor ne(Tensor other) {
    return ComparisonOps.compare(
        Compare.Kind.NE, (a, b) -> a != b, (a, b) -> a != b, self(), other);
  }

  /** Whether elements are different: BOOL. */
  default Tensor ne(Number other) {
    return ne(Tensor.wrap(other));
  }

  /** Whether elements are less, with broadcasting: BOOL. PyTorch: {@code torch.lt}. */
  default Tensor lt(Tensor other) {
    return ComparisonOps.compare(Compare.Kind.LT, (a, b) -> a < b, (a, b) -> a < b, self(), other);
  }

  /** Whether elements are less: BOOL. */
  default Tensor lt(Number other) {
    return lt(Tensor.wrap(other));
  }

  /** Whether elements are less or equal, with broadcasting: BOOL. PyTorch: {@code torch.le}. */
  default Tensor le(Tensor other) {
    return ComparisonOps.compare(
        Compare.Kind.LE, (a, b) -> a <= b, (a, b) -> a <= b, self(), other);
  }

  /** Whether elements are less or equal: BOOL. */
  default Tensor le(Number other) {
    return le(Tensor.wrap(other));
  }

  /** Whether elements are greater, with broadcasting: BOOL. PyTorch: {@code torch.gt}. */
  default Tensor gt(Tensor other) {
    return ComparisonOps.compare(Compare.Kind.GT, (a, b) -> a > b, (a, b) -> a > b, self(), other);
  }

  /** Whether elements are greater: BOOL. */
  default Tensor gt(Number other) {
    return gt(Tensor.wrap(other));
  }

  /** Whether elements are greater or equal, with broadcasting: BOOL. PyTorch: {@code torch.ge}. */
  default Tensor ge(Tensor other) {
    return ComparisonOps.compare(
        Compare.Kind.GE, (a, b) -> a >= b, (a, b) -> a >= b, self(), other);
  }

  /** Whether elements are greater or equal: BOOL. */
  default Tensor ge(Number other) {
    return ge(Tensor.wrap(other));
  }

  private Tensor ask(DoublePredicate f) {
    double[] x = Dense.doubles(self());
    boolean[] out = new boolean[x.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = f.test(x[i]);
    }
    return Dense.of(out, self().shape());
  }

  /** Whether elements are not a number: BOOL. PyTorch: {@code torch.isnan}. */
  default Tensor isnan() {
    return self().ne(self());
  }

  /** Whether elements are plus or minus infinity: BOOL. PyTorch: {@code torch.isinf}. */
  default Tensor isinf() {
    return ask(Double::isInfinite);
  }

  /** Whether elements are neither infinite nor NaN: BOOL. PyTorch: {@code torch.isfinite}. */
  default Tensor isfinite() {
    return ask(Double::isFinite);
  }

  /** Whether elements are plus infinity: BOOL. PyTorch: {@code torch.isposinf}. */
  default Tensor isposinf() {
    return ask(v -> v == Double.POSITIVE_INFINITY);
  }

  /** Whether elements are minus infinity: BOOL. PyTorch: {@code torch.isneginf}. */
  default Tensor isneginf() {
    return ask(v -> v == Double.NEGATIVE_INFINITY);
  }

  /** Whether elements are negative (−0 too): BOOL. PyTorch: {@code torch.signbit}. */
  default Tensor signbit() {
    return ask(v -> v < 0 || (v == 0 && 1 / v < 0));
  }

  /** Whether elements are zero: BOOL. PyTorch: {@code torch.logical_not}. */
  default Tensor logicalNot() {
    return self().dtype() == DType.BOOL ? Masks.not(self()) : ask(v -> v == 0);
  }

  /**
   * Whether both elements are non-zero, with broadcasting: BOOL. PyTorch: {@code
   * torch.logical_and}.
   */
  default Tensor logicalAnd(Tensor other) {
    return ComparisonOps.compare(
        "logicalAnd", (a, b) -> a != 0 && b != 0, (a, b) -> a != 0 && b != 0, self(), other);
  }

  /**
   * Whether at least one element is non-zero, with broadcasting: BOOL. PyTorch: {@code
   * torch.logical_or}.
   */
  default Tensor logicalOr(Tensor other) {
    return ComparisonOps.compare(
        "logicalOr", (a, b) -> a != 0 || b != 0, (a, b) -> a != 0 || b != 0, self(), other);
  }

  /**
   * Whether exactly one element is non-zero, with broadcasting: BOOL. PyTorch: {@code
   * torch.logical_xor}.
   */
  default Tensor logicalXor(Tensor other) {
    return ComparisonOps.compare(
        "logicalXor",
        (a, b) -> (a != 0) != (b != 0),
        (a, b) -> (a != 0) != (b != 0),
        self(),
        other);
  }

  /**
   * Whether elements are close: {@code |a - b| <= atol + rtol · |b|}. PyTorch: {@code
   * torch.isclose}.
   *
   * @param other the reference
   * @param rtol relative tolerance, usually 1e-5
   * @param atol absolute tolerance, usually 1e-8
   * @param equalNan whether NaN is close to NaN
   * @return BOOL
   */
  default Tensor isclose(Tensor other, double rtol, double atol, boolean equalNan) {
    Elementwise.sameDType("isclose", self(), other);
    if (!(rtol >= 0 && atol >= 0)) {
      throw Errors.invalid("isclose", "rtol " + rtol + " and atol " + atol + " must be 0 or more.");
    }
    return ComparisonOps.compare(
        "isclose",
        (a, b) ->
            a == b
                || (equalNan && Double.isNaN(a) && Double.isNaN(b))
                || (Double.isFinite(a)
                    && Double.isFinite(b)
                    && Math.abs(a - b) <= atol + rtol * Math.abs(b)),
        (a, b) -> a == b || Math.abs((double) a - b) <= atol + rtol * Math.abs((double) b),
        self(),
        other);
  }

  /** Whether elements are close with the usual tolerances, 1e-5 relative and 1e-8 absolute. */
  default Tensor isclose(Tensor other) {
    return isclose(other, 1e-5, 1e-8, false);
  }

  /** Whether all elements are close; see {@link #isclose}. PyTorch: {@code torch.allclose}. */
  default boolean allclose(Tensor other, double rtol, double atol, boolean equalNan) {
    return isclose(other, rtol, atol, equalNan).all().itemBoolean();
  }

  /** Whether all elements are close with the given tolerances. */
  default boolean allclose(Tensor other, double rtol, double atol) {
    return allclose(other, rtol, atol, false);
  }

  /** Whether all elements are close with the usual tolerances. */
  default boolean allclose(Tensor other) {
    return allclose(other, 1e-5, 1e-8, false);
  }

  /** Whether both have the same shape and the same elements. PyTorch: {@code torch.equal}. */
  default boolean equal(Tensor other) {
    return self().shape().equals(given(other).shape()) && eq(other).all().itemBoolean();
  }
}
