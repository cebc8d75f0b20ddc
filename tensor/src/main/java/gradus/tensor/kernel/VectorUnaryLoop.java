package gradus.tensor.kernel;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Template of the vector loop of one {@link Unary}; see {@link Loops}. */
final class VectorUnaryLoop extends Loop {

  private static final Unary OP = Loops.constant(MethodHandles.lookup(), Unary.class);
  private static final VectorSpecies<Float> SPECIES = FloatLanes.SPECIES;

  private static final VectorSpecies<Integer> BITS = SPECIES.vectorShape().withLanes(int.class);
  private static final boolean LIMITED = OP.limit() < Float.POSITIVE_INFINITY;

  /** Elements between two looks at the limit: a few of them beyond it cost little. */
  private static final int BLOCK = 512;

  /**
   * Not final, so not inlined: the two forms together are more than the compiler takes into one
   * method.
   */
  private MethodHandle beyond = LIMITED ? find("beyond") : null;

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
      float[] one = {a[aOff]};
      plain(one, 0, one, 0, 1);
      fill(FloatVector.broadcast(SPECIES, one[0]), out, outOff, n);
    } else {
      plain(a, aOff, out, outOff, n);
    }
  }

  private void plain(float[] a, int aOff, float[] out, int outOff, int n) {
    if (!LIMITED) {
      apply(a, aOff, out, outOff, n);
      return;
    }
    float[] x = null;
    for (int i = 0; i < n; i += BLOCK) {
      int size = Math.min(BLOCK, n - i);
      boolean beyond = anyBeyond(a, aOff + i, size);
      if (beyond) {
        // Kept, since out may be a.
        x = x == null ? new float[BLOCK] : x;
        System.arraycopy(a, aOff + i, x, 0, size);
      }
      apply(a, aOff + i, out, outOff + i, size);
      if (beyond) {
        replace(x, out, outOff + i, size);
      }
    }
  }

  private static void apply(float[] a, int aOff, float[] out, int outOff, int n) {
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

  /** Whether the sizes of all, as bits, stay below the limit; NaN does not. */
  private static boolean anyBeyond(float[] a, int aOff, int n) {
    int bound = SPECIES.loopBound(n);
    IntVector most = IntVector.zero(BITS);
    int i = 0;
    for (; i < bound; i += SPECIES.length()) {
      most = most.max(FloatVector.fromArray(SPECIES, a, aOff + i).abs().reinterpretAsInts());
    }
    int largest = most.reduceLanes(VectorOperators.MAX);
    for (; i < n; i++) {
      largest = Math.max(largest, Float.floatToRawIntBits(Math.abs(a[aOff + i])));
    }
    return largest > Float.floatToRawIntBits(OP.limit());
  }

  private void replace(float[] x, float[] out, int outOff, int n) {
    float[] y = new float[BLOCK];
    System.arraycopy(out, outOff, y, 0, n);
    try {
      beyond.invokeExact(x, y);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
    System.arraycopy(y, 0, out, outOff, n);
  }

  private static MethodHandle find(String method) {
    try {
      MethodHandles.Lookup here = MethodHandles.lookup();
      MethodType type = MethodType.methodType(void.class, float[].class, float[].class);
      return here.findStatic(here.lookupClass(), method, type);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Replaces those results y of a block whose x lies beyond the limit. */
  private static void beyond(float[] x, float[] y) {
    for (int i = 0; i < BLOCK; i += SPECIES.length()) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, i);
      VectorMask<Float> far = v.abs().compare(VectorOperators.GT, OP.limit());
      if (far.anyTrue()) {
        FloatVector.fromArray(SPECIES, y, i).blend(OP.beyond(v), far).intoArray(y, i);
      }
    }
  }

  private static void fill(FloatVector y, float[] out, int outOff, int n) {
    for (int i = 0; i < n; i += SPECIES.length()) {
      y.intoArray(out, outOff + i, SPECIES.indexInRange(i, n));
    }
  }
}
