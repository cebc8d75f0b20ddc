package gradus.tensor.kernel.op;

import jdk.incubator.vector.FloatVector;

/**
 * What happens to one element: {@code y = f(x)}.
 *
 * <p>Only the {@code double} form must be written. The others say how to do better: a {@code float}
 * form that needs no conversion, a {@code long} form for integer tensors, a vector form for speed.
 * An op must be a constant without state: {@code Pointwise} compiles a loop for each.
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

  /** {@code f(x)} for each lane; called only when {@link #vectorised()}. */
  default FloatVector apply(FloatVector x) {
    throw new UnsupportedOperationException("This op has no vector form.");
  }

  /**
   * The size of x up to which {@link #apply(FloatVector)} holds; beyond it there is {@link
   * #beyond}. A method of its own, so that the common case stays short enough for its loop.
   */
  default float limit() {
    return Float.POSITIVE_INFINITY;
  }

  /** {@code f(x)} for each lane above {@link #limit}, whatever for the others. */
  default FloatVector beyond(FloatVector x) {
    return apply(x);
  }

  /** Whether {@link #apply(FloatVector)} is written. */
  default boolean vectorised() {
    return false;
  }
}
