package gradus.tensor.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Passes over numbers that lie on one side of a bound. */
final class VectorBeyond {

  private static final VectorSpecies<Float> SPECIES = FloatLanes.SPECIES;
  private static final int LENGTH = SPECIES.length();

  private VectorBeyond() {}

  /**
   * How many numbers are all below the bound, or all above it, as far as whole vectors go; NaN is
   * neither.
   */
  static int skip(float[] x, int at, int n, float bound, boolean below) {
    return below ? below(x, at, n, bound) : above(x, at, n, bound);
  }

  private static int below(float[] x, int at, int n, float bound) {
    FloatVector b = FloatVector.broadcast(SPECIES, bound);
    for (int j = 0; j <= n - LENGTH; j += LENGTH) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, at + j);
      VectorMask<Float> beyond = v.compare(VectorOperators.LT, b);
      if (!beyond.allTrue()) {
        return j + beyond.not().firstTrue();
      }
    }
    return n - n % LENGTH;
  }

  private static int above(float[] x, int at, int n, float bound) {
    FloatVector b = FloatVector.broadcast(SPECIES, bound);
    for (int j = 0; j <= n - LENGTH; j += LENGTH) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, at + j);
      VectorMask<Float> beyond = v.compare(VectorOperators.GT, b);
      if (!beyond.allTrue()) {
        return j + beyond.not().firstTrue();
      }
    }
    return n - n % LENGTH;
  }
}
