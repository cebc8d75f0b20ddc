package gradus.tensor;

import static gradus.tensor.spi.Given.given;

/**
 * Which dtype a result has when the inputs differ: PyTorch's rules.
 *
 * <p>Tensors with dimensions come first, then 0-dim tensors, then plain numbers; a later group
 * counts only if it is of a higher category (bool, integral, floating) than all before. So {@code
 * int64 tensor * 2.5} is FLOAT32, and {@code float32 tensor * float64 scalar} stays FLOAT32.
 * PyTorch: {@code torch.result_type}.
 */
final class Promotion {
  private Promotion() {}

  /** The same of two, mostly of one dtype. */
  static DType resultType(Tensor a, Tensor b) {
    boolean alike = given(a).dtype() == given(b).dtype() && !a.wrappedNumber && !b.wrappedNumber;
    return alike ? a.dtype() : resultType(new Tensor[] {a, b});
  }

  static DType resultType(Tensor... inputs) {
    DType dimensioned = null;
    DType scalar = null;
    DType number = null;
    for (Tensor t : inputs) {
      if (given(t).wrappedNumber) {
        DType d = t.dtype() == DType.FLOAT64 ? DType.FLOAT32 : t.dtype();
        number = number == null ? d : DType.promote(number, d);
      } else if (t.dim() == 0) {
        scalar = scalar == null ? t.dtype() : DType.promote(scalar, t.dtype());
      } else {
        dimensioned = dimensioned == null ? t.dtype() : DType.promote(dimensioned, t.dtype());
      }
    }
    return combine(combine(dimensioned, scalar), number);
  }

  private static DType combine(DType higher, DType lower) {
    if (higher == null) {
      return lower;
    }
    if (lower == null || lower.category() <= higher.category()) {
      return higher;
    }
    return DType.promote(higher, lower);
  }
}
