package gradus.tensor.kernel;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/** Template of the vector loop of one {@link Unary}; see {@link Loops}. */
final class VectorUnaryLoop extends Loop {

  private static final Unary OP = Loops.constant(MethodHandles.lookup(), Unary.class);
  private static final VectorSpecies<Float> SPECIES = FloatLanes.SPECIES;

  @Override
  void run(
      float[] a,
      int aOff,
      int aStride,
      float[] b,
      int bOff,
      int bStride,
      float[] c,
      int cOff,
      int cStride,
      float[] out,
      int outOff,
      int n) {
    if (aStride == 0) {
      fill(OP.apply(FloatVector.broadcast(SPECIES, a[aOff])), out, outOff, n);
      return;
    }
    int bound = SPECIES.loopBound(n);
    int i = 0;
    for (; i < bound; i += SPECIES.length()) {
      OP.apply(FloatVector.fromArray(SPECIES, a, aOff + i)).intoArray(out, outOff + i);
    }
    if (i < n) {
      // The tail through the same vector op, masked: a result never depends on its position.
      VectorMask<Float> mask = SPECIES.indexInRange(i, n);
      OP.apply(FloatVector.fromArray(SPECIES, a, aOff + i, mask)).intoArray(out, outOff + i, mask);
    }
  }

  private static void fill(FloatVector y, float[] out, int outOff, int n) {
    for (int i = 0; i < n; i += SPECIES.length()) {
      y.intoArray(out, outOff + i, SPECIES.indexInRange(i, n));
    }
  }
}
