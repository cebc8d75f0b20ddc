package gradus.tensor.kernel;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/** Template of the vector loop of one {@link Ternary}; see {@link Loops}. */
final class VectorTernaryLoop extends Loop {

  private static final Ternary OP = Loops.constant(MethodHandles.lookup(), Ternary.class);
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
    if (aStride == 1 && bStride == 1 && cStride == 1) {
      all(a, aOff, b, bOff, c, cOff, out, outOff, n);
    } else if (aStride == 1 && bStride == 0 && cStride == 0) {
      FloatVector y = FloatVector.broadcast(SPECIES, b[bOff]);
      first(a, aOff, y, FloatVector.broadcast(SPECIES, c[cOff]), out, outOff, n);
    } else {
      mixed(a, aOff, aStride, b, bOff, bStride, c, cOff, cStride, out, outOff, n);
    }
  }

  private static void all(
      float[] a,
      int aOff,
      float[] b,
      int bOff,
      float[] c,
      int cOff,
      float[] out,
      int outOff,
      int n) {
    int bound = SPECIES.loopBound(n);
    int i = 0;
    for (; i < bound; i += SPECIES.length()) {
      FloatVector x = FloatVector.fromArray(SPECIES, a, aOff + i);
      FloatVector y = FloatVector.fromArray(SPECIES, b, bOff + i);
      FloatVector z = FloatVector.fromArray(SPECIES, c, cOff + i);
      OP.apply(x, y, z).intoArray(out, outOff + i);
    }
    if (i < n) {
      VectorMask<Float> mask = SPECIES.indexInRange(i, n);
      FloatVector x = FloatVector.fromArray(SPECIES, a, aOff + i, mask);
      FloatVector y = FloatVector.fromArray(SPECIES, b, bOff + i, mask);
      FloatVector z = FloatVector.fromArray(SPECIES, c, cOff + i, mask);
      OP.apply(x, y, z).intoArray(out, outOff + i, mask);
    }
  }

  /** The usual case of a tensor with two scalars: clamp, elu, softplus. */
  private static void first(
      float[] a, int aOff, FloatVector y, FloatVector z, float[] out, int outOff, int n) {
    int bound = SPECIES.loopBound(n);
    int i = 0;
    for (; i < bound; i += SPECIES.length()) {
      FloatVector x = FloatVector.fromArray(SPECIES, a, aOff + i);
      OP.apply(x, y, z).intoArray(out, outOff + i);
    }
    if (i < n) {
      VectorMask<Float> mask = SPECIES.indexInRange(i, n);
      FloatVector x = FloatVector.fromArray(SPECIES, a, aOff + i, mask);
      OP.apply(x, y, z).intoArray(out, outOff + i, mask);
    }
  }

  /** Any other mix of rows and repeated elements: decided per vector, since it is rare. */
  private static void mixed(
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
    for (int i = 0; i < n; i += SPECIES.length()) {
      VectorMask<Float> mask = SPECIES.indexInRange(i, n);
      FloatVector x = load(a, aOff + i * aStride, aStride, mask);
      FloatVector y = load(b, bOff + i * bStride, bStride, mask);
      FloatVector z = load(c, cOff + i * cStride, cStride, mask);
      OP.apply(x, y, z).intoArray(out, outOff + i, mask);
    }
  }

  private static FloatVector load(float[] x, int at, int stride, VectorMask<Float> mask) {
    return stride == 0
        ? FloatVector.broadcast(SPECIES, x[at])
        : FloatVector.fromArray(SPECIES, x, at, mask);
  }
}
