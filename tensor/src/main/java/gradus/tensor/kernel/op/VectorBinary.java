package gradus.tensor.kernel.op;

import jdk.incubator.vector.FloatVector;

/** What happens to two elements, with a form for many at once. */
public interface VectorBinary extends Binary {

  /** {@code f(a, b)} for each lane. */
  FloatVector apply(FloatVector a, FloatVector b);
}
