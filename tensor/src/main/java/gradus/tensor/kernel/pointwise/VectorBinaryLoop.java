package gradus.tensor.kernel.pointwise;

import gradus.tensor.kernel.FloatLanes;
import gradus.tensor.kernel.Templates;
import gradus.tensor.kernel.op.VectorBinary;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/** Template of the vector loops of one {@code Binary}; see {@link VectorLoop}. */
final class VectorBinaryLoop {

  private static final VectorBinary OP =
      Templates.constant(MethodHandles.lookup(), VectorBinary.class);
  private static final VectorSpecies<Float> SPECIES = FloatLanes.SPECIES;

  private VectorBinaryLoop() {}

  /** Both inputs contiguous, whole vectors. */
  static void both(
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
      OP.apply(x, y).intoArray(out, outOff + i);
    }
  }

  /** The second input is one element. */
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
    for (int i = 0; i < n; i += SPECIES.length()) {
      FloatVector x = FloatVector.fromArray(SPECIES, a, aOff + i);
      OP.apply(x, y).intoArray(out, outOff + i);
    }
  }

  /** The first input is one element. */
  static void second(
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
    FloatVector x = FloatVector.broadcast(SPECIES, a[aOff]);
    for (int i = 0; i < n; i += SPECIES.length()) {
      FloatVector y = FloatVector.fromArray(SPECIES, b, bOff + i);
      OP.apply(x, y).intoArray(out, outOff + i);
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
    OP.apply(x, y).intoArray(out, outOff, mask);
  }
}
