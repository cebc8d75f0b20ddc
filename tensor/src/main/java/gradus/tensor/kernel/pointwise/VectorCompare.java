package gradus.tensor.kernel.pointwise;

import gradus.tensor.kernel.FloatLanes;
import gradus.tensor.kernel.Templates;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Template of the vector loop of one comparison; see {@link Templates}. */
final class VectorCompare extends Compare {

  private static final Kind KIND = Templates.constant(MethodHandles.lookup(), Kind.class);
  private static final VectorSpecies<Float> SPECIES = FloatLanes.SPECIES;
  private static final int LENGTH = SPECIES.length();
  private static final VectorOperators.Comparison TEST =
      switch (KIND) {
        case EQ -> VectorOperators.EQ;
        case NE -> VectorOperators.NE;
        case LT -> VectorOperators.LT;
        case LE -> VectorOperators.LE;
        case GT -> VectorOperators.GT;
        case GE -> VectorOperators.GE;
      };

  @Override
  void loop(
      float[] a, int aAt, int aStep, float[] b, int bAt, int bStep, boolean[] out, int to, int n) {
    for (int i = 0; i < n; i += LENGTH) {
      FloatVector x =
          aStep == 0
              ? FloatVector.broadcast(SPECIES, a[aAt])
              : FloatVector.fromArray(SPECIES, a, aAt + i);
      FloatVector y =
          bStep == 0
              ? FloatVector.broadcast(SPECIES, b[bAt])
              : FloatVector.fromArray(SPECIES, b, bAt + i);
      x.compare(TEST, y).intoArray(out, to + i);
    }
  }
}
