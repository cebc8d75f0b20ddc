package gradus.tensor.kernel.reduce;

import gradus.tensor.kernel.FloatLanes;
import gradus.tensor.kernel.Rotations;
import gradus.tensor.kernel.Templates;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Template of the vector form of {@link Arg}; see {@link Templates}, {@link Rotations}. */
final class VectorArg extends Arg {

  private static final boolean MAX =
      Templates.constant(MethodHandles.lookup(), Accumulator.Op.class) == Accumulator.Op.MAX;
  private static final Accumulator EXTREME =
      Accumulator.vector(MAX ? Accumulator.Op.MAX : Accumulator.Op.MIN);

  /** "Not worse or equal" is also true of NaN; one that was found before stays. */
  private static final VectorOperators.Comparison WORSE =
      MAX ? VectorOperators.LE : VectorOperators.GE;

  private static final VectorSpecies<Float> SPECIES = FloatLanes.SPECIES;
  private static final int LENGTH = SPECIES.length();

  @Override
  boolean wins(float later, float best) {
    return best == best && (later != later || (MAX ? later > best : later < best));
  }

  @Override
  int piece(float[] x, int at, int n) {
    float extreme = EXTREME.piece(x, at, n, 1, 0);
    int i = extreme == extreme ? equal(x, at, n, extreme) : notANumber(x, at, n);
    while (x[at + i] != extreme && x[at + i] == x[at + i]) {
      i++;
    }
    return i;
  }

  /** Where the vector begins that holds the first equal element, or the elements of the tail. */
  private static int equal(float[] x, int at, int n, float extreme) {
    FloatVector wanted = FloatVector.broadcast(SPECIES, extreme);
    int i = 0;
    while (i <= n - LENGTH && !FloatVector.fromArray(SPECIES, x, at + i).eq(wanted).anyTrue()) {
      i += LENGTH;
    }
    return i;
  }

  private static int notANumber(float[] x, int at, int n) {
    int i = 0;
    while (i < n && x[at + i] == x[at + i]) {
      i++;
    }
    return i;
  }

  @Override
  void columns(
      float[] x, int at, int stride, int rows, int n, int first, float[] best, float[] position) {
    int i = 0;
    for (; i <= rows - 4; i += 4) {
      four(x, at + i * stride, stride, n, first + i, best, position);
    }
    for (; i < rows; i++) {
      one(x, at + i * stride, n, first + i, best, position);
    }
  }

  private static void four(
      float[] x, int at, int stride, int n, int first, float[] best, float[] position) {
    FloatVector p0 = FloatVector.broadcast(SPECIES, Float.intBitsToFloat(first));
    FloatVector p1 = FloatVector.broadcast(SPECIES, Float.intBitsToFloat(first + 1));
    FloatVector p2 = FloatVector.broadcast(SPECIES, Float.intBitsToFloat(first + 2));
    FloatVector p3 = FloatVector.broadcast(SPECIES, Float.intBitsToFloat(first + 3));
    int bound = SPECIES.loopBound(n);
    for (int j = 0; j < bound; j += LENGTH) {
      FloatVector b = FloatVector.fromArray(SPECIES, best, j);
      FloatVector p = FloatVector.fromArray(SPECIES, position, j);
      FloatVector v = FloatVector.fromArray(SPECIES, x, at + j);
      VectorMask<Float> wins = v.compare(WORSE, b).not().and(b.compare(VectorOperators.EQ, b));
      b = b.blend(v, wins);
      p = p.blend(p0, wins);
      v = FloatVector.fromArray(SPECIES, x, at + stride + j);
      wins = v.compare(WORSE, b).not().and(b.compare(VectorOperators.EQ, b));
      b = b.blend(v, wins);
      p = p.blend(p1, wins);
      v = FloatVector.fromArray(SPECIES, x, at + 2 * stride + j);
      wins = v.compare(WORSE, b).not().and(b.compare(VectorOperators.EQ, b));
      b = b.blend(v, wins);
      p = p.blend(p2, wins);
      v = FloatVector.fromArray(SPECIES, x, at + 3 * stride + j);
      wins = v.compare(WORSE, b).not().and(b.compare(VectorOperators.EQ, b));
      b.blend(v, wins).intoArray(best, j);
      p.blend(p3, wins).intoArray(position, j);
    }
    if (bound < n) {
      for (int i = 0; i < 4; i++) {
        tail(x, at + i * stride, bound, n, first + i, best, position);
      }
    }
  }

  private static void one(float[] x, int at, int n, int row, float[] best, float[] position) {
    FloatVector here = FloatVector.broadcast(SPECIES, Float.intBitsToFloat(row));
    int bound = SPECIES.loopBound(n);
    for (int j = 0; j < bound; j += LENGTH) {
      FloatVector b = FloatVector.fromArray(SPECIES, best, j);
      FloatVector v = FloatVector.fromArray(SPECIES, x, at + j);
      VectorMask<Float> wins = v.compare(WORSE, b).not().and(b.compare(VectorOperators.EQ, b));
      b.blend(v, wins).intoArray(best, j);
      FloatVector.fromArray(SPECIES, position, j).blend(here, wins).intoArray(position, j);
    }
    tail(x, at, bound, n, row, best, position);
  }

  private static void tail(
      float[] x, int at, int from, int n, int row, float[] best, float[] position) {
    if (from == n) {
      return;
    }
    VectorMask<Float> mask = SPECIES.indexInRange(from, n);
    FloatVector here = FloatVector.broadcast(SPECIES, Float.intBitsToFloat(row));
    FloatVector b = FloatVector.fromArray(SPECIES, best, from, mask);
    FloatVector p = FloatVector.fromArray(SPECIES, position, from, mask);
    FloatVector v = FloatVector.fromArray(SPECIES, x, at + from, mask);
    VectorMask<Float> wins = v.compare(WORSE, b).not().and(b.compare(VectorOperators.EQ, b));
    b.blend(v, wins).intoArray(best, from, mask);
    p.blend(here, wins).intoArray(position, from, mask);
  }
}
