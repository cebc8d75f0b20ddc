package gradus.tensor.kernel.op;

import jdk.incubator.vector.FloatVector;

/** What happens to one element, with a form for many at once. */
public interface VectorUnary extends Unary {

  /** {@code f(x)} for each lane. */
  FloatVector apply(FloatVector x);

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
}
