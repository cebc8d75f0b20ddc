package gradus.tensor.kernel.pointwise;

import gradus.tensor.kernel.FloatLanes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/** The vector form of {@link Where}, for whole vectors. */
final class VectorWhere {

  private static final VectorSpecies<Float> SPECIES = FloatLanes.SPECIES;
  private static final int LENGTH = SPECIES.length();

  private VectorWhere() {}

  static void run(
      boolean[] mask,
      int maskAt,
      float[] a,
      int aAt,
      int aStep,
      float[] b,
      int bAt,
      int bStep,
      float[] out,
      int outAt,
      int n) {
    for (int i = 0; i < n; i += LENGTH) {
      VectorMask<Float> take = VectorMask.fromArray(SPECIES, mask, maskAt + i);
      FloatVector p =
          aStep == 0
              ? FloatVector.broadcast(SPECIES, a[aAt])
              : FloatVector.fromArray(SPECIES, a, aAt + i);
      FloatVector q =
          bStep == 0
              ? FloatVector.broadcast(SPECIES, b[bAt])
              : FloatVector.fromArray(SPECIES, b, bAt + i);
      q.blend(p, take).intoArray(out, outAt + i);
    }
  }
}
