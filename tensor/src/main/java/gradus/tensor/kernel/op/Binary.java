package gradus.tensor.kernel.op;

/**
 * What happens to two elements: {@code y = f(a, b)}; see {@link Unary} for how the forms relate.
 */
@FunctionalInterface
public interface Binary {

  /** {@code f(a, b)} for FLOAT64; the reference of all other forms. */
  double apply(double a, double b);

  /** {@code f(a, b)} for FLOAT32. */
  default float apply(float a, float b) {
    return (float) apply((double) a, (double) b);
  }

  /** {@code f(a, b)} for the integer types; fails unless the op is one of integers. */
  default long apply(long a, long b) {
    throw new UnsupportedOperationException(
        "This op has no form for integers. Convert with toFloat().");
  }
}
