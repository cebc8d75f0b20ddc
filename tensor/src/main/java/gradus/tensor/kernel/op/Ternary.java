package gradus.tensor.kernel.op;

/** What happens to three elements: {@code y = f(a, b, c)}; see {@link Unary} for the forms. */
@FunctionalInterface
public interface Ternary {

  /** {@code f(a, b, c)} for FLOAT64; the reference of all other forms. */
  double apply(double a, double b, double c);

  /** {@code f(a, b, c)} for FLOAT32. */
  default float apply(float a, float b, float c) {
    return (float) apply((double) a, (double) b, (double) c);
  }

  /** {@code f(a, b, c)} for the integer types; fails unless the op is one of integers. */
  default long apply(long a, long b, long c) {
    throw new UnsupportedOperationException(
        "This op has no form for integers. Convert with toFloat().");
  }
}
