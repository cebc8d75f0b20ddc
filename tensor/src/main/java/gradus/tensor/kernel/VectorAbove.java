package gradus.tensor.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Looks through numbers for one above a bound. */
final class VectorAbove {

  private static final VectorSpecies<Float> SPECIES = FloatLanes.SPECIES;
  private static final int LENGTH = SPECIES.length();

  private VectorAbove() {}

  /** How many numbers, in whole vectors, certainly are not above {@code floor}. */
  static int skip(float[] x, int at, int n, float floor) {
    FloatVector bound = FloatVector.broadcast(SPECIES, floor);
    int j = 0;
    for (; j <= n - LENGTH; j += LENGTH) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, at + j);
      if (v.compare(VectorOperators.GT, bound).anyTrue()) {
        return j;
      }
    }
    return j;
  }
}
