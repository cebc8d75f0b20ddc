package gradus.tensor.kernel.op;

/**
 * What happens to one element: {@code y = f(x)}.
 *
 * <p>Only the {@code double} form must be written. The others say how to do better: a {@code float}
 * form that needs no conversion, a {@code long} form for integer tensors; {@link VectorUnary} adds
 * a vector form for speed. An op must be a constant without state: {@code Pointwise} compiles a
 * loop for each.
 */
@FunctionalInterface
public interface Unary {

  /** {@code f(x)} for FLOAT64; the reference of all other forms. */
  double apply(double x);

  /** {@code f(x)} for FLOAT32. */
  default float apply(float x) {
    return (float) apply((double) x);
  }

  /** {@code f(x)} for the integer types; fails unless the op is one of integers. */
  default long apply(long x) {
    throw new UnsupportedOperationException(
        "This op has no form for integers. Convert with toFloat().");
  }
}
