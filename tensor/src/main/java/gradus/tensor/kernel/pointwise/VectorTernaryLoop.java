package gradus.tensor.kernel.pointwise;

import gradus.tensor.kernel.FloatLanes;
import gradus.tensor.kernel.Templates;
import gradus.tensor.kernel.op.VectorTernary;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/** Template of the vector loops of one {@code Ternary}; see {@link VectorLoop}. */
final class VectorTernaryLoop {

  private static final VectorTernary OP =
      Templates.constant(MethodHandles.lookup(), VectorTernary.class);
  private static final VectorSpecies<Float> SPECIES = FloatLanes.SPECIES;

  private VectorTernaryLoop() {}

  /** All inputs contiguous, whole vectors. */
  static void all(
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
      FloatVector x = FloatVector.fromArray(SPECIES, a, aOff + i);
      FloatVector y = FloatVector.fromArray(SPECIES, b, bOff + i);
      FloatVector z = FloatVector.fromArray(SPECIES, c, cOff + i);
      OP.apply(x, y, z).intoArray(out, outOff + i);
    }
  }

  /** The usual case of a tensor with two numbers: clamp, elu, softplus. */
  static void first(
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
    FloatVector y = FloatVector.broadcast(SPECIES, b[bOff]);
    FloatVector z = FloatVector.broadcast(SPECIES, c[cOff]);
    for (int i = 0; i < n; i += SPECIES.length()) {
      FloatVector x = FloatVector.fromArray(SPECIES, a, aOff + i);
      OP.apply(x, y, z).intoArray(out, outOff + i);
    }
  }

  /** Any other mix of rows and repeated elements: decided per vector, since it is rare. */
  static void mixed(
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
      FloatVector x =
          aStride == 0
              ? FloatVector.broadcast(SPECIES, a[aOff])
              : FloatVector.fromArray(SPECIES, a, aOff + i);
      FloatVector y =
          bStride == 0
              ? FloatVector.broadcast(SPECIES, b[bOff])
              : FloatVector.fromArray(SPECIES, b, bOff + i);
      FloatVector z =
          cStride == 0
              ? FloatVector.broadcast(SPECIES, c[cOff])
              : FloatVector.fromArray(SPECIES, c, cOff + i);
      OP.apply(x, y, z).intoArray(out, outOff + i);
    }
  }

  /** Less than a vector, through the same op: a result never depends on its position. */
  static void tail(
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
    VectorMask<Float> mask = SPECIES.indexInRange(0, n);
    FloatVector x =
        aStride == 0
            ? FloatVector.broadcast(SPECIES, a[aOff])
            : FloatVector.fromArray(SPECIES, a, aOff, mask);
    FloatVector y =
        bStride == 0
            ? FloatVector.broadcast(SPECIES, b[bOff])
            : FloatVector.fromArray(SPECIES, b, bOff, mask);
    FloatVector z =
        cStride == 0
            ? FloatVector.broadcast(SPECIES, c[cOff])
            : FloatVector.fromArray(SPECIES, c, cOff, mask);
    OP.apply(x, y, z).intoArray(out, outOff, mask);
  }
}
