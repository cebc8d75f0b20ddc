package gradus.tensor.kernel.op;

import jdk.incubator.vector.FloatVector;

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

  /** {@code f(a, b)} for each lane; called only when {@link #vectorised()}. */
  default FloatVector apply(FloatVector a, FloatVector b) {
    throw new UnsupportedOperationException("This op has no vector form.");
  }

  /** Whether {@link #apply(FloatVector, FloatVector)} is written. */
  default boolean vectorised() {
    return false;
  }
}
