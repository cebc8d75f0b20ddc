package gradus.tensor.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Passes over numbers that lie on one side of a bound. */
public final class VectorScan {

  private static final VectorSpecies<Float> SPECIES = FloatLanes.SPECIES;
  private static final int LENGTH = SPECIES.length();

  /** So many scores are looked at together. */
  private static final int STEP = 4 * LENGTH;

  private VectorScan() {}

  /**
   * How many numbers are all below the bound, or all above it, as far as whole vectors go; NaN is
   * neither.
   */
  public static int skipSide(float[] x, int at, int n, float bound, boolean below) {
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

  /**
   * How many scores, in whole steps, certainly are not above {@code floor} after {@code · scale +
   * shift}; each of the two may be null.
   */
  public static int skipNotAbove(
      float[] x, int at, int n, float floor, float[] scale, float[] shift, int adjustAt) {
    FloatVector bound = FloatVector.broadcast(SPECIES, floor);
    int j = 0;
    for (; j <= n - STEP; j += STEP) {
      FloatVector a = FloatVector.fromArray(SPECIES, x, at + j);
      FloatVector b = FloatVector.fromArray(SPECIES, x, at + j + LENGTH);
      FloatVector c = FloatVector.fromArray(SPECIES, x, at + j + 2 * LENGTH);
      FloatVector d = FloatVector.fromArray(SPECIES, x, at + j + 3 * LENGTH);
      int by = adjustAt + j;
      if (scale != null) {
        a = a.mul(FloatVector.fromArray(SPECIES, scale, by));
        b = b.mul(FloatVector.fromArray(SPECIES, scale, by + LENGTH));
        c = c.mul(FloatVector.fromArray(SPECIES, scale, by + 2 * LENGTH));
        d = d.mul(FloatVector.fromArray(SPECIES, scale, by + 3 * LENGTH));
      }
      if (shift != null) {
        a = a.add(FloatVector.fromArray(SPECIES, shift, by));
        b = b.add(FloatVector.fromArray(SPECIES, shift, by + LENGTH));
        c = c.add(FloatVector.fromArray(SPECIES, shift, by + 2 * LENGTH));
        d = d.add(FloatVector.fromArray(SPECIES, shift, by + 3 * LENGTH));
      }
      VectorMask<Float> above = a.compare(VectorOperators.GT, bound);
      above = above.or(b.compare(VectorOperators.GT, bound));
      above = above.or(c.compare(VectorOperators.GT, bound));
      above = above.or(d.compare(VectorOperators.GT, bound));
      if (above.anyTrue()) {
        return j;
      }
    }
    return j;
  }
}
