package gradus.tensor.kernel.op;

import jdk.incubator.vector.FloatVector;

/** What happens to three elements, with a form for many at once. */
public interface VectorTernary extends Ternary {

  /** {@code f(a, b, c)} for each lane. */
  FloatVector apply(FloatVector a, FloatVector b, FloatVector c);
}
