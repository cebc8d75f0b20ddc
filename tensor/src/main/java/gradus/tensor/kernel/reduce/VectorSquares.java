package gradus.tensor.kernel.reduce;

import gradus.tensor.kernel.FloatLanes;
import gradus.tensor.kernel.Rotations;
import gradus.tensor.kernel.Templates;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Template of the vector form of a {@link Accumulator} that sums squares, of the elements or of
 * their deviations; see {@link Templates}, and {@link Rotations} for why its loops are written out.
 */
final class VectorSquares extends Accumulator {

  private static final Op OP = Templates.constant(MethodHandles.lookup(), Op.class);
  private static final boolean SHIFTED = OP == Op.DEVIATIONS;
  private static final VectorSpecies<Float> SPECIES = FloatLanes.SPECIES;
  private static final int LENGTH = SPECIES.length();

  @Override
  Op op() {
    return OP;
  }

  @Override
  float piece(float[] x, int at, int n, int stride, float shift) {
    FloatVector s = FloatVector.broadcast(SPECIES, shift);
    FloatVector r0 = FloatVector.zero(SPECIES);
    FloatVector r1 = r0;
    FloatVector r2 = r0;
    FloatVector r3 = r0;
    int i = 0;
    for (; i <= n - 4 * LENGTH; i += 4 * LENGTH) {
      FloatVector d0 = FloatVector.fromArray(SPECIES, x, at + i);
      FloatVector d1 = FloatVector.fromArray(SPECIES, x, at + i + LENGTH);
      FloatVector d2 = FloatVector.fromArray(SPECIES, x, at + i + 2 * LENGTH);
      FloatVector d3 = FloatVector.fromArray(SPECIES, x, at + i + 3 * LENGTH);
      d0 = SHIFTED ? d0.sub(s) : d0;
      d1 = SHIFTED ? d1.sub(s) : d1;
      d2 = SHIFTED ? d2.sub(s) : d2;
      d3 = SHIFTED ? d3.sub(s) : d3;
      r0 = d0.fma(d0, r0);
      r1 = d1.fma(d1, r1);
      r2 = d2.fma(d2, r2);
      r3 = d3.fma(d3, r3);
    }
    r0 = r0.add(r1).add(r2.add(r3));
    for (; i <= n - LENGTH; i += LENGTH) {
      FloatVector d = FloatVector.fromArray(SPECIES, x, at + i);
      d = SHIFTED ? d.sub(s) : d;
      r0 = d.fma(d, r0);
    }
    if (i < n) {
      VectorMask<Float> mask = SPECIES.indexInRange(i, n);
      FloatVector d = FloatVector.fromArray(SPECIES, x, at + i, mask);
      d = SHIFTED ? d.sub(s) : d;
      r0 = r0.blend(d.fma(d, r0), mask);
    }
    // Lane 0 becomes the sum of the lanes 0, stride, 2 stride, …
    r0 = LENGTH > stride ? r0.add(r0.rearrange(Rotations.HALF)) : r0;
    r0 = LENGTH > 2 * stride ? r0.add(r0.rearrange(Rotations.QUARTER)) : r0;
    r0 = LENGTH > 4 * stride ? r0.add(r0.rearrange(Rotations.EIGHTH)) : r0;
    r0 = LENGTH > 8 * stride ? r0.add(r0.rearrange(Rotations.SIXTEENTH)) : r0;
    return r0.lane(0);
  }

  @Override
  void columns(
      float[] x, int at, int stride, int rows, int n, float[] shifts, int shiftsAt, float[] into) {
    int i = 0;
    for (; i <= rows - 4; i += 4) {
      four(x, at + i * stride, stride, n, shifts, shiftsAt, into);
    }
    for (; i < rows; i++) {
      tail(x, at + i * stride, 0, 1, 0, n, shifts, shiftsAt, into);
    }
  }

  private static void four(
      float[] x, int at, int stride, int n, float[] shifts, int shiftsAt, float[] into) {
    int bound = SPECIES.loopBound(n);
    for (int j = 0; j < bound; j += LENGTH) {
      FloatVector r = FloatVector.fromArray(SPECIES, into, j);
      FloatVector d0 = FloatVector.fromArray(SPECIES, x, at + j);
      FloatVector d1 = FloatVector.fromArray(SPECIES, x, at + stride + j);
      FloatVector d2 = FloatVector.fromArray(SPECIES, x, at + 2 * stride + j);
      FloatVector d3 = FloatVector.fromArray(SPECIES, x, at + 3 * stride + j);
      if (SHIFTED) {
        FloatVector s = FloatVector.fromArray(SPECIES, shifts, shiftsAt + j);
        d0 = d0.sub(s);
        d1 = d1.sub(s);
        d2 = d2.sub(s);
        d3 = d3.sub(s);
      }
      d3.fma(d3, d2.fma(d2, d1.fma(d1, d0.fma(d0, r)))).intoArray(into, j);
    }
    if (bound < n) {
      tail(x, at, stride, 4, bound, n, shifts, shiftsAt, into);
    }
  }

  /** The columns {@code from} to n, one vector at a time. */
  private static void tail(
      float[] x,
      int at,
      int stride,
      int rows,
      int from,
      int n,
      float[] shifts,
      int shiftsAt,
      float[] into) {
    for (int j = from; j < n; j += LENGTH) {
      VectorMask<Float> mask = SPECIES.indexInRange(j, n);
      FloatVector r = FloatVector.fromArray(SPECIES, into, j, mask);
      for (int i = 0, row = at + j; i < rows; i++, row += stride) {
        FloatVector d = FloatVector.fromArray(SPECIES, x, row, mask);
        d = SHIFTED ? d.sub(FloatVector.fromArray(SPECIES, shifts, shiftsAt + j, mask)) : d;
        r = d.fma(d, r);
      }
      r.intoArray(into, j, mask);
    }
  }
}
