package gradus.tensor.kernel.reduce;

import gradus.tensor.kernel.FloatLanes;
import gradus.tensor.kernel.Rotations;
import gradus.tensor.kernel.Templates;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Template of the vector form of one {@link Accumulator} that takes its elements as they are; see
 * {@code LoopTemplates}, and {@link Rotations} for why its loops are written out.
 */
final class VectorFold extends Accumulator {

  private static final Op OP = Templates.constant(MethodHandles.lookup(), Op.class);
  private static final float START = OP.start();
  private static final VectorSpecies<Float> SPECIES = FloatLanes.SPECIES;
  private static final int LENGTH = SPECIES.length();
  private static final boolean ABS = OP == Op.SUM_ABS;
  private static final VectorOperators.Associative JOIN =
      switch (OP) {
        case MAX -> VectorOperators.MAX;
        case MIN -> VectorOperators.MIN;
        default -> VectorOperators.ADD;
      };

  @Override
  Op op() {
    return OP;
  }

  @Override
  float piece(float[] x, int at, int n, int stride, float shift) {
    if (stride != 1) {
      return strided(x, at, n, stride);
    }
    return isWhole(n) ? whole(x, at, n) : any(x, at, n);
  }

  /**
   * Whole groups of vectors. A method of its own, as is what follows: all that a method may do is
   * compiled once it has done it, and the more that is, the less of it stays in registers.
   */
  private static float whole(float[] x, int at, int n) {
    FloatVector r0 = FloatVector.broadcast(SPECIES, START);
    // Eight accumulators: an addition takes four cycles to be ready for the next one, and the more
    // loads are under way, the less it matters where they come from.
    FloatVector r1 = r0;
    FloatVector r2 = r0;
    FloatVector r3 = r0;
    FloatVector r4 = r0;
    FloatVector r5 = r0;
    FloatVector r6 = r0;
    FloatVector r7 = r0;
    for (int i = 0; i < n; i += 8 * LENGTH) {
      FloatVector v0 = FloatVector.fromArray(SPECIES, x, at + i);
      FloatVector v1 = FloatVector.fromArray(SPECIES, x, at + i + LENGTH);
      FloatVector v2 = FloatVector.fromArray(SPECIES, x, at + i + 2 * LENGTH);
      FloatVector v3 = FloatVector.fromArray(SPECIES, x, at + i + 3 * LENGTH);
      FloatVector v4 = FloatVector.fromArray(SPECIES, x, at + i + 4 * LENGTH);
      FloatVector v5 = FloatVector.fromArray(SPECIES, x, at + i + 5 * LENGTH);
      FloatVector v6 = FloatVector.fromArray(SPECIES, x, at + i + 6 * LENGTH);
      FloatVector v7 = FloatVector.fromArray(SPECIES, x, at + i + 7 * LENGTH);
      r0 = r0.lanewise(JOIN, ABS ? v0.abs() : v0);
      r1 = r1.lanewise(JOIN, ABS ? v1.abs() : v1);
      r2 = r2.lanewise(JOIN, ABS ? v2.abs() : v2);
      r3 = r3.lanewise(JOIN, ABS ? v3.abs() : v3);
      r4 = r4.lanewise(JOIN, ABS ? v4.abs() : v4);
      r5 = r5.lanewise(JOIN, ABS ? v5.abs() : v5);
      r6 = r6.lanewise(JOIN, ABS ? v6.abs() : v6);
      r7 = r7.lanewise(JOIN, ABS ? v7.abs() : v7);
    }
    r0 = r0.lanewise(JOIN, r1).lanewise(JOIN, r2.lanewise(JOIN, r3));
    r4 = r4.lanewise(JOIN, r5).lanewise(JOIN, r6.lanewise(JOIN, r7));
    r0 = r0.lanewise(JOIN, r4);
    if (JOIN != VectorOperators.ADD) {
      return r0.reduceLanes(JOIN);
    }
    r0 = r0.add(r0.rearrange(Rotations.HALF));
    r0 = r0.add(r0.rearrange(Rotations.QUARTER));
    r0 = LENGTH > 4 ? r0.add(r0.rearrange(Rotations.EIGHTH)) : r0;
    r0 = LENGTH > 8 ? r0.add(r0.rearrange(Rotations.SIXTEENTH)) : r0;
    return r0.lane(0);
  }

  /** Any number of elements. */
  private static float any(float[] x, int at, int n) {
    FloatVector r0 = FloatVector.broadcast(SPECIES, START);
    FloatVector r1 = r0;
    FloatVector r2 = r0;
    FloatVector r3 = r0;
    FloatVector r4 = r0;
    FloatVector r5 = r0;
    FloatVector r6 = r0;
    FloatVector r7 = r0;
    int i = 0;
    for (; i <= n - 8 * LENGTH; i += 8 * LENGTH) {
      FloatVector v0 = FloatVector.fromArray(SPECIES, x, at + i);
      FloatVector v1 = FloatVector.fromArray(SPECIES, x, at + i + LENGTH);
      FloatVector v2 = FloatVector.fromArray(SPECIES, x, at + i + 2 * LENGTH);
      FloatVector v3 = FloatVector.fromArray(SPECIES, x, at + i + 3 * LENGTH);
      FloatVector v4 = FloatVector.fromArray(SPECIES, x, at + i + 4 * LENGTH);
      FloatVector v5 = FloatVector.fromArray(SPECIES, x, at + i + 5 * LENGTH);
      FloatVector v6 = FloatVector.fromArray(SPECIES, x, at + i + 6 * LENGTH);
      FloatVector v7 = FloatVector.fromArray(SPECIES, x, at + i + 7 * LENGTH);
      r0 = r0.lanewise(JOIN, ABS ? v0.abs() : v0);
      r1 = r1.lanewise(JOIN, ABS ? v1.abs() : v1);
      r2 = r2.lanewise(JOIN, ABS ? v2.abs() : v2);
      r3 = r3.lanewise(JOIN, ABS ? v3.abs() : v3);
      r4 = r4.lanewise(JOIN, ABS ? v4.abs() : v4);
      r5 = r5.lanewise(JOIN, ABS ? v5.abs() : v5);
      r6 = r6.lanewise(JOIN, ABS ? v6.abs() : v6);
      r7 = r7.lanewise(JOIN, ABS ? v7.abs() : v7);
    }
    r0 = r0.lanewise(JOIN, r1).lanewise(JOIN, r2.lanewise(JOIN, r3));
    r4 = r4.lanewise(JOIN, r5).lanewise(JOIN, r6.lanewise(JOIN, r7));
    for (; i <= n - 2 * LENGTH; i += 2 * LENGTH) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, at + i);
      FloatVector w = FloatVector.fromArray(SPECIES, x, at + i + LENGTH);
      r0 = r0.lanewise(JOIN, ABS ? v.abs() : v);
      r4 = r4.lanewise(JOIN, ABS ? w.abs() : w);
    }
    r0 = r0.lanewise(JOIN, r4);
    for (; i < n; i += LENGTH) {
      VectorMask<Float> mask = SPECIES.indexInRange(i, n);
      FloatVector v = FloatVector.fromArray(SPECIES, x, at + i, mask);
      r0 = r0.blend(r0.lanewise(JOIN, ABS ? v.abs() : v), mask);
    }
    if (JOIN != VectorOperators.ADD) {
      return r0.reduceLanes(JOIN);
    }
    r0 = r0.add(r0.rearrange(Rotations.HALF));
    r0 = r0.add(r0.rearrange(Rotations.QUARTER));
    r0 = LENGTH > 4 ? r0.add(r0.rearrange(Rotations.EIGHTH)) : r0;
    r0 = LENGTH > 8 ? r0.add(r0.rearrange(Rotations.SIXTEENTH)) : r0;
    return r0.lane(0);
  }

  /**
   * {@link #piece} for strides from 2 on. A method of its own: where one method has met several
   * strides, what it does for each of them no longer stays in registers.
   */
  private static float strided(float[] x, int at, int n, int stride) {
    FloatVector r0 = FloatVector.broadcast(SPECIES, START);
    FloatVector r1 = r0;
    FloatVector r2 = r0;
    FloatVector r3 = r0;
    int i = 0;
    for (; i <= n - 4 * LENGTH; i += 4 * LENGTH) {
      FloatVector v0 = FloatVector.fromArray(SPECIES, x, at + i);
      FloatVector v1 = FloatVector.fromArray(SPECIES, x, at + i + LENGTH);
      FloatVector v2 = FloatVector.fromArray(SPECIES, x, at + i + 2 * LENGTH);
      FloatVector v3 = FloatVector.fromArray(SPECIES, x, at + i + 3 * LENGTH);
      r0 = r0.lanewise(JOIN, ABS ? v0.abs() : v0);
      r1 = r1.lanewise(JOIN, ABS ? v1.abs() : v1);
      r2 = r2.lanewise(JOIN, ABS ? v2.abs() : v2);
      r3 = r3.lanewise(JOIN, ABS ? v3.abs() : v3);
    }
    r0 = r0.lanewise(JOIN, r1).lanewise(JOIN, r2.lanewise(JOIN, r3));
    for (; i < n; i += LENGTH) {
      VectorMask<Float> mask = SPECIES.indexInRange(i, n);
      FloatVector v = FloatVector.fromArray(SPECIES, x, at + i, mask);
      r0 = r0.blend(r0.lanewise(JOIN, ABS ? v.abs() : v), mask);
    }
    VectorMask<Float> every = Rotations.every(stride);
    if (JOIN != VectorOperators.ADD) {
      return r0.reduceLanes(JOIN, every);
    }
    // The lanes 0, stride, 2 stride, …
    r0 = FloatVector.zero(SPECIES).blend(r0, every);
    r0 = r0.add(r0.rearrange(Rotations.HALF));
    r0 = r0.add(r0.rearrange(Rotations.QUARTER));
    r0 = LENGTH > 4 ? r0.add(r0.rearrange(Rotations.EIGHTH)) : r0;
    r0 = LENGTH > 8 ? r0.add(r0.rearrange(Rotations.SIXTEENTH)) : r0;
    return r0.lane(0);
  }

  @Override
  void rows(float[] x, int at, int apart, int n, double divisor, float[] out, int from, int to) {
    if (isWhole(n) && to - from > 1) {
      pairs(x, at, apart, n, divisor, out, from, to);
    } else {
      singles(x, at, apart, n, divisor, out, from, to);
    }
  }

  /**
   * Rows of whole groups of vectors, two at a time, from either half: a processor fetches two
   * streams ahead faster than one. Of an odd number, one row is folded twice.
   */
  private static void pairs(
      float[] x, int at, int apart, int n, double divisor, float[] out, int from, int to) {
    int half = (to - from + 1) / 2;
    for (int row = from; row < from + half; row++, at += apart) {
      int other = Math.min(row + half, to - 1);
      int bt = at + (other - row) * apart;
      FloatVector r0 = FloatVector.broadcast(SPECIES, START);
      FloatVector r1 = r0;
      FloatVector r2 = r0;
      FloatVector r3 = r0;
      FloatVector s0 = r0;
      FloatVector s1 = r0;
      FloatVector s2 = r0;
      FloatVector s3 = r0;
      for (int i = 0; i < n; i += 4 * LENGTH) {
        FloatVector v0 = FloatVector.fromArray(SPECIES, x, at + i);
        FloatVector v1 = FloatVector.fromArray(SPECIES, x, at + i + LENGTH);
        FloatVector v2 = FloatVector.fromArray(SPECIES, x, at + i + 2 * LENGTH);
        FloatVector v3 = FloatVector.fromArray(SPECIES, x, at + i + 3 * LENGTH);
        FloatVector w0 = FloatVector.fromArray(SPECIES, x, bt + i);
        FloatVector w1 = FloatVector.fromArray(SPECIES, x, bt + i + LENGTH);
        FloatVector w2 = FloatVector.fromArray(SPECIES, x, bt + i + 2 * LENGTH);
        FloatVector w3 = FloatVector.fromArray(SPECIES, x, bt + i + 3 * LENGTH);
        r0 = r0.lanewise(JOIN, ABS ? v0.abs() : v0);
        r1 = r1.lanewise(JOIN, ABS ? v1.abs() : v1);
        r2 = r2.lanewise(JOIN, ABS ? v2.abs() : v2);
        r3 = r3.lanewise(JOIN, ABS ? v3.abs() : v3);
        s0 = s0.lanewise(JOIN, ABS ? w0.abs() : w0);
        s1 = s1.lanewise(JOIN, ABS ? w1.abs() : w1);
        s2 = s2.lanewise(JOIN, ABS ? w2.abs() : w2);
        s3 = s3.lanewise(JOIN, ABS ? w3.abs() : w3);
      }
      r0 = r0.lanewise(JOIN, r1).lanewise(JOIN, r2.lanewise(JOIN, r3));
      s0 = s0.lanewise(JOIN, s1).lanewise(JOIN, s2.lanewise(JOIN, s3));
      if (JOIN != VectorOperators.ADD) {
        out[row] = (float) (r0.reduceLanes(JOIN) / divisor);
        out[other] = (float) (s0.reduceLanes(JOIN) / divisor);
        continue;
      }
      r0 = r0.add(r0.rearrange(Rotations.HALF));
      s0 = s0.add(s0.rearrange(Rotations.HALF));
      r0 = r0.add(r0.rearrange(Rotations.QUARTER));
      s0 = s0.add(s0.rearrange(Rotations.QUARTER));
      r0 = LENGTH > 4 ? r0.add(r0.rearrange(Rotations.EIGHTH)) : r0;
      s0 = LENGTH > 4 ? s0.add(s0.rearrange(Rotations.EIGHTH)) : s0;
      r0 = LENGTH > 8 ? r0.add(r0.rearrange(Rotations.SIXTEENTH)) : r0;
      s0 = LENGTH > 8 ? s0.add(s0.rearrange(Rotations.SIXTEENTH)) : s0;
      out[row] = (float) (r0.lane(0) / divisor);
      out[other] = (float) (s0.lane(0) / divisor);
    }
  }

  /**
   * Rows of any length, one after another in one loop: a call for each would hold up the loads of
   * the next row, which took a fifth of the time where they come from beyond the cache.
   */
  private static void singles(
      float[] x, int at, int apart, int n, double divisor, float[] out, int from, int to) {
    for (int row = from; row < to; row++, at += apart) {
      FloatVector r0 = FloatVector.broadcast(SPECIES, START);
      FloatVector r1 = r0;
      FloatVector r2 = r0;
      FloatVector r3 = r0;
      int i = 0;
      for (; i <= n - 4 * LENGTH; i += 4 * LENGTH) {
        FloatVector v0 = FloatVector.fromArray(SPECIES, x, at + i);
        FloatVector v1 = FloatVector.fromArray(SPECIES, x, at + i + LENGTH);
        FloatVector v2 = FloatVector.fromArray(SPECIES, x, at + i + 2 * LENGTH);
        FloatVector v3 = FloatVector.fromArray(SPECIES, x, at + i + 3 * LENGTH);
        r0 = r0.lanewise(JOIN, ABS ? v0.abs() : v0);
        r1 = r1.lanewise(JOIN, ABS ? v1.abs() : v1);
        r2 = r2.lanewise(JOIN, ABS ? v2.abs() : v2);
        r3 = r3.lanewise(JOIN, ABS ? v3.abs() : v3);
      }
      r0 = r0.lanewise(JOIN, r1).lanewise(JOIN, r2.lanewise(JOIN, r3));
      for (; i <= n - LENGTH; i += LENGTH) {
        FloatVector v = FloatVector.fromArray(SPECIES, x, at + i);
        r0 = r0.lanewise(JOIN, ABS ? v.abs() : v);
      }
      if (i < n) {
        VectorMask<Float> mask = SPECIES.indexInRange(i, n);
        FloatVector v = FloatVector.fromArray(SPECIES, x, at + i, mask);
        r0 = r0.blend(r0.lanewise(JOIN, ABS ? v.abs() : v), mask);
      }
      if (JOIN != VectorOperators.ADD) {
        out[row] = (float) (r0.reduceLanes(JOIN) / divisor);
        continue;
      }
      r0 = r0.add(r0.rearrange(Rotations.HALF));
      r0 = r0.add(r0.rearrange(Rotations.QUARTER));
      r0 = LENGTH > 4 ? r0.add(r0.rearrange(Rotations.EIGHTH)) : r0;
      r0 = LENGTH > 8 ? r0.add(r0.rearrange(Rotations.SIXTEENTH)) : r0;
      out[row] = (float) (r0.lane(0) / divisor);
    }
  }

  @Override
  void columns(
      float[] x, int at, int stride, int rows, int n, float[] shifts, int shiftsAt, float[] into) {
    int i = 0;
    for (; i <= rows - 8; i += 8) {
      eight(x, at + i * stride, stride, n, into);
    }
    for (; i < rows; i++) {
      one(x, at + i * stride, n, into);
    }
  }

  /** Eight rows side by side: memory is read as eight streams, and the results are stored once. */
  private static void eight(float[] x, int at, int stride, int n, float[] into) {
    int bound = SPECIES.loopBound(n);
    for (int j = 0; j < bound; j += LENGTH) {
      FloatVector r = FloatVector.fromArray(SPECIES, into, j);
      FloatVector v0 = FloatVector.fromArray(SPECIES, x, at + j);
      FloatVector v1 = FloatVector.fromArray(SPECIES, x, at + stride + j);
      FloatVector v2 = FloatVector.fromArray(SPECIES, x, at + 2 * stride + j);
      FloatVector v3 = FloatVector.fromArray(SPECIES, x, at + 3 * stride + j);
      FloatVector v4 = FloatVector.fromArray(SPECIES, x, at + 4 * stride + j);
      FloatVector v5 = FloatVector.fromArray(SPECIES, x, at + 5 * stride + j);
      FloatVector v6 = FloatVector.fromArray(SPECIES, x, at + 6 * stride + j);
      FloatVector v7 = FloatVector.fromArray(SPECIES, x, at + 7 * stride + j);
      r = r.lanewise(JOIN, ABS ? v0.abs() : v0).lanewise(JOIN, ABS ? v1.abs() : v1);
      r = r.lanewise(JOIN, ABS ? v2.abs() : v2).lanewise(JOIN, ABS ? v3.abs() : v3);
      r = r.lanewise(JOIN, ABS ? v4.abs() : v4).lanewise(JOIN, ABS ? v5.abs() : v5);
      r = r.lanewise(JOIN, ABS ? v6.abs() : v6).lanewise(JOIN, ABS ? v7.abs() : v7);
      r.intoArray(into, j);
    }
    if (bound < n) {
      tail(x, at, stride, 8, bound, n, into);
    }
  }

  private static void one(float[] x, int at, int n, float[] into) {
    int bound = SPECIES.loopBound(n);
    for (int j = 0; j < bound; j += LENGTH) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, at + j);
      FloatVector r = FloatVector.fromArray(SPECIES, into, j);
      r.lanewise(JOIN, ABS ? v.abs() : v).intoArray(into, j);
    }
    if (bound < n) {
      tail(x, at, 0, 1, bound, n, into);
    }
  }

  private static void tail(float[] x, int at, int stride, int rows, int from, int n, float[] into) {
    VectorMask<Float> mask = SPECIES.indexInRange(from, n);
    FloatVector r = FloatVector.fromArray(SPECIES, into, from, mask);
    for (int i = 0, row = at + from; i < rows; i++, row += stride) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, row, mask);
      r = r.lanewise(JOIN, ABS ? v.abs() : v);
    }
    r.intoArray(into, from, mask);
  }
}
