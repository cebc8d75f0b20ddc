package gradus.tensor.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** The vector form of {@link Gather} for a stride of 2, where the scalar loop would lag memory. */
final class VectorGather {

  private static final VectorSpecies<Float> SPECIES = FloatLanes.SPECIES;
  private static final int LENGTH = SPECIES.length();
  private static final VectorShuffle<Float> EVEN = VectorShuffle.iota(SPECIES, 0, 2, true);
  private static final VectorMask<Float> UPPER =
      VectorMask.fromLong(SPECIES, -1L << LENGTH / 2 & (1L << LENGTH) - 1);

  private VectorGather() {}

  /** Returns how many elements it has brought: whole vectors of them. */
  static int everySecond(float[] x, int at, int n, float[] out) {
    // The second vector of a pair reaches one element beyond the last that is wanted.
    int i = 0;
    for (; i < n - LENGTH; i += LENGTH) {
      FloatVector low = FloatVector.fromArray(SPECIES, x, at + 2 * i);
      FloatVector high = FloatVector.fromArray(SPECIES, x, at + 2 * i + LENGTH);
      low.rearrange(EVEN).blend(high.rearrange(EVEN), UPPER).intoArray(out, i);
    }
    return i;
  }
}
