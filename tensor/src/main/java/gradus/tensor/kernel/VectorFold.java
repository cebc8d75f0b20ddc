package gradus.tensor.kernel;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Template of the vector form of one {@link Fold}; see {@link Loops}. */
final class VectorFold extends Fold {

  private static final Op OP = Loops.constant(MethodHandles.lookup(), Op.class);
  private static final VectorSpecies<Float> SPECIES = FloatLanes.SPECIES;
  private static final int LENGTH = SPECIES.length();
  private static final boolean SUM = OP == Op.SUM;
  private static final boolean ABS = OP == Op.SUM_ABS;
  private static final boolean DEVIATIONS = OP == Op.DEVIATIONS;
  private static final boolean MAX = OP == Op.MAX;
  private static final boolean EXTREME = MAX || OP == Op.MIN;

  @Override
  Op op() {
    return OP;
  }

  @Override
  float piece(float[] x, int at, int n, float shift) {
    FloatVector s = FloatVector.broadcast(SPECIES, shift);
    FloatVector r0 = FloatVector.broadcast(SPECIES, OP.start());
    int i = 0;
    if (n >= 4 * LENGTH) {
      // Four accumulators, since an addition takes four cycles to be ready for the next one.
      FloatVector r1 = r0;
      FloatVector r2 = r0;
      FloatVector r3 = r0;
      for (; i <= n - 4 * LENGTH; i += 4 * LENGTH) {
        r0 = take(r0, FloatVector.fromArray(SPECIES, x, at + i), s);
        r1 = take(r1, FloatVector.fromArray(SPECIES, x, at + i + LENGTH), s);
        r2 = take(r2, FloatVector.fromArray(SPECIES, x, at + i + 2 * LENGTH), s);
        r3 = take(r3, FloatVector.fromArray(SPECIES, x, at + i + 3 * LENGTH), s);
      }
      r0 = join(join(r0, r1), join(r2, r3));
    }
    for (; i < n; i += LENGTH) {
      VectorMask<Float> mask = SPECIES.indexInRange(i, n);
      r0 = r0.blend(take(r0, FloatVector.fromArray(SPECIES, x, at + i, mask), s), mask);
    }
    return switch (OP) {
      case MAX -> r0.reduceLanes(VectorOperators.MAX);
      case MIN -> r0.reduceLanes(VectorOperators.MIN);
      default -> VectorMath.sum(r0);
    };
  }

  @Override
  void columns(
      float[] x, int at, int stride, int rows, int n, float[] shifts, int shiftsAt, double[] into) {
    int j = 0;
    for (; j <= n - 4 * LENGTH; j += 4 * LENGTH) {
      four(x, at + j, stride, rows, shifts, shiftsAt + j, into, j);
    }
    for (; j < n; j += LENGTH) {
      int width = Math.min(LENGTH, n - j);
      VectorMask<Float> mask = SPECIES.indexInRange(0, width);
      FloatVector r = FloatVector.broadcast(SPECIES, OP.start());
      FloatVector s = shift(shifts, shiftsAt + j, mask);
      for (int i = 0, from = at + j; i < rows; i++, from += stride) {
        r = take(r, FloatVector.fromArray(SPECIES, x, from, mask), s);
      }
      float[] result = new float[LENGTH];
      r.intoArray(result, 0);
      add(result, width, into, j);
    }
  }

  private static void four(
      float[] x,
      int at,
      int stride,
      int rows,
      float[] shifts,
      int shiftsAt,
      double[] into,
      int intoAt) {
    VectorMask<Float> all = SPECIES.maskAll(true);
    FloatVector s0 = shift(shifts, shiftsAt, all);
    FloatVector s1 = shift(shifts, shiftsAt + LENGTH, all);
    FloatVector s2 = shift(shifts, shiftsAt + 2 * LENGTH, all);
    FloatVector s3 = shift(shifts, shiftsAt + 3 * LENGTH, all);
    FloatVector r0 = FloatVector.broadcast(SPECIES, OP.start());
    FloatVector r1 = r0;
    FloatVector r2 = r0;
    FloatVector r3 = r0;
    for (int i = 0; i < rows; i++, at += stride) {
      r0 = take(r0, FloatVector.fromArray(SPECIES, x, at), s0);
      r1 = take(r1, FloatVector.fromArray(SPECIES, x, at + LENGTH), s1);
      r2 = take(r2, FloatVector.fromArray(SPECIES, x, at + 2 * LENGTH), s2);
      r3 = take(r3, FloatVector.fromArray(SPECIES, x, at + 3 * LENGTH), s3);
    }
    float[] result = new float[4 * LENGTH];
    r0.intoArray(result, 0);
    r1.intoArray(result, LENGTH);
    r2.intoArray(result, 2 * LENGTH);
    r3.intoArray(result, 3 * LENGTH);
    add(result, 4 * LENGTH, into, intoAt);
  }

  private static void add(float[] result, int n, double[] into, int at) {
    for (int j = 0; j < n; j++) {
      into[at + j] = OP.join(into[at + j], result[j]);
    }
  }

  /** Only deviations have a shift; the others pass null. */
  private static FloatVector shift(float[] shifts, int at, VectorMask<Float> mask) {
    return OP == Op.DEVIATIONS
        ? FloatVector.fromArray(SPECIES, shifts, at, mask)
        : FloatVector.zero(SPECIES);
  }

  // The steps below are kept under 35 bytecodes each, the size up to which the compiler always
  // inlines a method. A
  // larger one is called once it has been compiled by itself, and then every vector travels through
  // the heap.

  private static FloatVector take(FloatVector result, FloatVector x, FloatVector shift) {
    if (SUM) {
      return result.add(x);
    }
    return EXTREME ? extreme(result, x) : magnitudes(result, x, shift);
  }

  private static FloatVector magnitudes(FloatVector result, FloatVector x, FloatVector shift) {
    if (ABS) {
      return result.add(x.abs());
    }
    return squares(result, x, shift);
  }

  private static FloatVector squares(FloatVector result, FloatVector x, FloatVector shift) {
    FloatVector d = DEVIATIONS ? x.sub(shift) : x;
    return d.fma(d, result);
  }

  private static FloatVector extreme(FloatVector a, FloatVector b) {
    return MAX ? a.max(b) : a.min(b);
  }

  private static FloatVector join(FloatVector a, FloatVector b) {
    return EXTREME ? extreme(a, b) : a.add(b);
  }
}
