package gradus.tensor.kernel;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/** Template of the vector loop of one {@link Binary}; see {@link Loops}. */
final class VectorBinaryLoop extends Loop {

  private static final Binary OP = Loops.constant(MethodHandles.lookup(), Binary.class);
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
    if (aStride == 1 && bStride == 1) {
      both(a, aOff, b, bOff, out, outOff, n);
    } else if (aStride == 1) {
      first(a, aOff, FloatVector.broadcast(SPECIES, b[bOff]), out, outOff, n);
    } else if (bStride == 1) {
      second(FloatVector.broadcast(SPECIES, a[aOff]), b, bOff, out, outOff, n);
    } else {
      FloatVector x = FloatVector.broadcast(SPECIES, a[aOff]);
      fill(OP.apply(x, FloatVector.broadcast(SPECIES, b[bOff])), out, outOff, n);
    }
  }

  private static void both(
      float[] a, int aOff, float[] b, int bOff, float[] out, int outOff, int n) {
    int bound = SPECIES.loopBound(n);
    int i = 0;
    for (; i < bound; i += SPECIES.length()) {
      FloatVector x = FloatVector.fromArray(SPECIES, a, aOff + i);
      FloatVector y = FloatVector.fromArray(SPECIES, b, bOff + i);
      OP.apply(x, y).intoArray(out, outOff + i);
    }
    if (i < n) {
      VectorMask<Float> mask = SPECIES.indexInRange(i, n);
      FloatVector x = FloatVector.fromArray(SPECIES, a, aOff + i, mask);
      FloatVector y = FloatVector.fromArray(SPECIES, b, bOff + i, mask);
      OP.apply(x, y).intoArray(out, outOff + i, mask);
    }
  }

  private static void first(float[] a, int aOff, FloatVector b, float[] out, int outOff, int n) {
    int bound = SPECIES.loopBound(n);
    int i = 0;
    for (; i < bound; i += SPECIES.length()) {
      FloatVector x = FloatVector.fromArray(SPECIES, a, aOff + i);
      OP.apply(x, b).intoArray(out, outOff + i);
    }
    if (i < n) {
      VectorMask<Float> mask = SPECIES.indexInRange(i, n);
      FloatVector x = FloatVector.fromArray(SPECIES, a, aOff + i, mask);
      OP.apply(x, b).intoArray(out, outOff + i, mask);
    }
  }

  private static void second(FloatVector a, float[] b, int bOff, float[] out, int outOff, int n) {
    int bound = SPECIES.loopBound(n);
    int i = 0;
    for (; i < bound; i += SPECIES.length()) {
      FloatVector y = FloatVector.fromArray(SPECIES, b, bOff + i);
      OP.apply(a, y).intoArray(out, outOff + i);
    }
    if (i < n) {
      VectorMask<Float> mask = SPECIES.indexInRange(i, n);
      FloatVector y = FloatVector.fromArray(SPECIES, b, bOff + i, mask);
      OP.apply(a, y).intoArray(out, outOff + i, mask);
    }
  }

  private static void fill(FloatVector y, float[] out, int outOff, int n) {
    for (int i = 0; i < n; i += SPECIES.length()) {
      y.intoArray(out, outOff + i, SPECIES.indexInRange(i, n));
    }
  }
}
