package gradus.tensor.kernel.pointwise;

import gradus.tensor.kernel.FloatLanes;
import gradus.tensor.kernel.Templates;
import gradus.tensor.kernel.op.VectorUnary;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Template of the vector loops of one {@code Unary}; see {@link VectorLoop}. */
public final class VectorUnaryLoop {

  private static final VectorUnary OP =
      Templates.constant(MethodHandles.lookup(), VectorUnary.class);
  private static final VectorSpecies<Float> SPECIES = FloatLanes.SPECIES;

  private static final VectorSpecies<Integer> BITS = SPECIES.vectorShape().withLanes(int.class);
  private static final boolean LIMITED = OP.limit() < Float.POSITIVE_INFINITY;
  private static final int LIMIT = Float.floatToRawIntBits(OP.limit());

  /** Elements between two looks at the limit: a few of them beyond it cost little. */
  private static final int BLOCK = 512;

  /**
   * Not final, so not inlined: the two forms together are more than the compiler takes into one
   * method.
   */
  private static MethodHandle beyond = LIMITED ? find("beyond") : null;

  private VectorUnaryLoop() {}

  /** The input contiguous, whole vectors. */
  static void main(
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
    if (!LIMITED) {
      apply(a, aOff, out, outOff, n);
      return;
    }
    float[] copy = out == a ? new float[BLOCK] : null;
    for (int i = 0; i < n; i += BLOCK) {
      int size = Math.min(BLOCK, n - i);
      if (copy != null) {
        System.arraycopy(a, aOff + i, copy, 0, size);
      }
      if (applyWatching(a, aOff + i, out, outOff + i, size) > LIMIT) {
        if (copy != null) {
          replace(copy, 0, out, outOff + i, size);
        } else {
          replace(a, aOff + i, out, outOff + i, size);
        }
      }
    }
  }

  private static void apply(float[] a, int aOff, float[] out, int outOff, int n) {
    for (int i = 0; i < n; i += SPECIES.length()) {
      OP.apply(FloatVector.fromArray(SPECIES, a, aOff + i)).intoArray(out, outOff + i);
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
    FloatVector y = OP.apply(x);
    if (LIMITED) {
      VectorMask<Float> far = x.abs().compare(VectorOperators.LE, OP.limit()).not();
      if (far.and(mask).anyTrue()) {
        float[] xs = new float[SPECIES.length()];
        float[] ys = new float[SPECIES.length()];
        x.intoArray(xs, 0);
        y.intoArray(ys, 0);
        replace(xs, 0, ys, 0, SPECIES.length());
        y = FloatVector.fromArray(SPECIES, ys, 0);
      }
    }
    y.intoArray(out, outOff, mask);
  }

  /** Returns the bits of the largest size; those of NaN are above any limit. */
  private static int applyWatching(float[] a, int aOff, float[] out, int outOff, int n) {
    IntVector most = IntVector.zero(BITS);
    for (int i = 0; i < n; i += SPECIES.length()) {
      FloatVector x = FloatVector.fromArray(SPECIES, a, aOff + i);
      most = most.max(x.abs().reinterpretAsInts());
      OP.apply(x).intoArray(out, outOff + i);
    }
    return most.reduceLanes(VectorOperators.MAX);
  }

  private static void replace(float[] x, int xAt, float[] out, int outAt, int n) {
    try {
      beyond.invokeExact(x, xAt, out, outAt, n);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static MethodHandle find(String method) {
    try {
      MethodHandles.Lookup here = MethodHandles.lookup();
      MethodType type =
          MethodType.methodType(
              void.class, float[].class, int.class, float[].class, int.class, int.class);
      return here.findStatic(here.lookupClass(), method, type);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Replaces those results whose x lies beyond the limit, in whole vectors. */
  private static void beyond(float[] x, int xAt, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i += SPECIES.length()) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, xAt + i);
      VectorMask<Float> far = v.abs().compare(VectorOperators.GT, OP.limit());
      if (far.anyTrue()) {
        FloatVector y = FloatVector.fromArray(SPECIES, out, outAt + i);
        y.blend(OP.beyond(v), far).intoArray(out, outAt + i);
      }
    }
  }
}
