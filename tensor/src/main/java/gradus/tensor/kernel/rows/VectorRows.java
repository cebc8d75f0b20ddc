package gradus.tensor.kernel.rows;

import gradus.tensor.kernel.FloatLanes;
import gradus.tensor.kernel.Lanes;
import gradus.tensor.kernel.Rotations;
import gradus.tensor.kernel.reduce.Accumulator;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector forms of the softmax family, one row each. Sums are taken in pieces of {@link
 * Lanes#PIECE} elements, which are added in {@code double}.
 *
 * <p>The loops run unmasked as far as whole vectors go; what is left goes through the same
 * operations, masked, so that a result does not depend on its position. In the loops nothing is
 * called but the vectors' own methods: see {@link Rotations}.
 */
final class VectorRows {

  private static final VectorSpecies<Float> SPECIES = FloatLanes.SPECIES;
  private static final int LENGTH = SPECIES.length();
  private static final Accumulator MAX = Accumulator.vector(Accumulator.Op.MAX);
  private static final Accumulator SUM = Accumulator.vector(Accumulator.Op.SUM);

  static final ExpLoop EXP = ExpLoop.of(ExpLoop.Use.STORE);
  static final ExpLoop EXP_SUM = ExpLoop.of(ExpLoop.Use.SUM);
  private static final ExpLoop EXP_SCALE = ExpLoop.of(ExpLoop.Use.SCALE);
  private static final ExpLoop EXP_SUBTRACT = ExpLoop.of(ExpLoop.Use.SUBTRACT);

  private VectorRows() {}

  /** Elements of the rows that are taken together: they fit into the nearest cache. */
  private static final int BLOCK = 2048;

  static void softmax(float[] x, int at, float[] out, int to, int rows, int n) {
    int perBlock = Math.min(rows, Math.max(1, BLOCK / n));
    float[] work = new float[perBlock];
    for (int first = 0; first < rows; first += perBlock) {
      int count = Math.min(perBlock, rows - first);
      softmaxBlock(x, at + first * n, out, to + first * n, count, n, work);
    }
  }

  /** One step for all rows before the next step: while one row's step ends, another's begins. */
  private static void softmaxBlock(
      float[] x, int at, float[] out, int to, int rows, int n, float[] work) {
    for (int i = 0; i < rows; i++) {
      // A NaN may be missed here: it comes back as the sum.
      work[i] = max(x, at + i * n, n);
    }
    for (int i = 0; i < rows; i++) {
      int from = at + i * n;
      work[i] = (float) (1 / EXP.run(x, from, work[i], x, from, 0, out, to + i * n, n));
    }
    for (int i = 0; i < rows; i++) {
      scale(out, to + i * n, work[i], n);
    }
  }

  static void logSoftmax(float[] x, int at, float[] out, int to, int n) {
    float max = max(x, at, n);
    float log = (float) Math.log(EXP_SUM.run(x, at, max, x, at, 0, x, at, n));
    int bound = SPECIES.loopBound(n);
    int i = 0;
    for (; i < bound; i += LENGTH) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, at + i);
      v.sub(max).sub(log).intoArray(out, to + i);
    }
    if (i < n) {
      VectorMask<Float> mask = SPECIES.indexInRange(i, n);
      FloatVector v = FloatVector.fromArray(SPECIES, x, at + i, mask);
      v.sub(max).sub(log).intoArray(out, to + i, mask);
    }
  }

  /** log Σ eˣ. */
  static double logSumExp(float[] x, int at, int n) {
    float max = max(x, at, n);
    if (Float.isInfinite(max)) {
      return MAX.row(x, at, n, 0);
    }
    return max + Math.log(EXP_SUM.run(x, at, max, x, at, 0, x, at, n));
  }

  static void softmaxGrad(float[] g, int gAt, float[] y, int yAt, float[] out, int to, int n) {
    double total = 0;
    for (int i = 0; i < n; i += Lanes.PIECE) {
      total += dot(g, gAt + i, y, yAt + i, Math.min(Lanes.PIECE, n - i));
    }
    float dot = (float) total;
    int bound = SPECIES.loopBound(n);
    int i = 0;
    for (; i < bound; i += LENGTH) {
      FloatVector incoming = FloatVector.fromArray(SPECIES, g, gAt + i);
      FloatVector p = FloatVector.fromArray(SPECIES, y, yAt + i);
      incoming.sub(dot).mul(p).intoArray(out, to + i);
    }
    if (i < n) {
      VectorMask<Float> mask = SPECIES.indexInRange(i, n);
      FloatVector incoming = FloatVector.fromArray(SPECIES, g, gAt + i, mask);
      FloatVector p = FloatVector.fromArray(SPECIES, y, yAt + i, mask);
      incoming.sub(dot).mul(p).intoArray(out, to + i, mask);
    }
  }

  static void logSoftmaxGrad(float[] g, int gAt, float[] y, int yAt, float[] out, int to, int n) {
    float sum = (float) SUM.row(g, gAt, n, 0);
    EXP_SUBTRACT.run(y, yAt, 0, g, gAt, sum, out, to, n);
  }

  /** {@code out = scale · (e^(x − log) − onehot(target))}. */
  static void crossEntropyGrad(
      float[] x, int at, float log, float scale, int target, float[] out, int to, int n) {
    EXP_SCALE.run(x, at, log, x, at, scale, out, to, n);
    out[to + target] -= scale;
  }

  /** The maximum of the numbers; −inf if all are NaN. */
  private static float max(float[] x, int at, int n) {
    FloatVector m0 = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
    FloatVector m1 = m0;
    FloatVector m2 = m0;
    FloatVector m3 = m0;
    int i = 0;
    // Comparing and choosing takes two instructions, max() with its rules for NaN and −0 six.
    for (; i <= n - 4 * LENGTH; i += 4 * LENGTH) {
      FloatVector v0 = FloatVector.fromArray(SPECIES, x, at + i);
      FloatVector v1 = FloatVector.fromArray(SPECIES, x, at + i + LENGTH);
      FloatVector v2 = FloatVector.fromArray(SPECIES, x, at + i + 2 * LENGTH);
      FloatVector v3 = FloatVector.fromArray(SPECIES, x, at + i + 3 * LENGTH);
      m0 = m0.blend(v0, v0.compare(VectorOperators.GT, m0));
      m1 = m1.blend(v1, v1.compare(VectorOperators.GT, m1));
      m2 = m2.blend(v2, v2.compare(VectorOperators.GT, m2));
      m3 = m3.blend(v3, v3.compare(VectorOperators.GT, m3));
    }
    for (; i <= n - LENGTH; i += LENGTH) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, at + i);
      m0 = m0.blend(v, v.compare(VectorOperators.GT, m0));
    }
    m0 = m0.blend(m1, m1.compare(VectorOperators.GT, m0));
    m2 = m2.blend(m3, m3.compare(VectorOperators.GT, m2));
    m0 = m0.blend(m2, m2.compare(VectorOperators.GT, m0));
    float max = m0.reduceLanes(VectorOperators.MAX);
    for (; i < n; i++) {
      max = x[at + i] > max ? x[at + i] : max;
    }
    return max;
  }

  private static void scale(float[] out, int to, float factor, int n) {
    int bound = SPECIES.loopBound(n);
    int i = 0;
    for (; i < bound; i += LENGTH) {
      FloatVector.fromArray(SPECIES, out, to + i).mul(factor).intoArray(out, to + i);
    }
    if (i < n) {
      VectorMask<Float> mask = SPECIES.indexInRange(i, n);
      FloatVector v = FloatVector.fromArray(SPECIES, out, to + i, mask);
      v.mul(factor).intoArray(out, to + i, mask);
    }
  }

  private static float dot(float[] a, int aAt, float[] b, int bAt, int n) {
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = s0;
    int i = 0;
    for (; i <= n - 2 * LENGTH; i += 2 * LENGTH) {
      FloatVector v = FloatVector.fromArray(SPECIES, a, aAt + i);
      s0 = v.fma(FloatVector.fromArray(SPECIES, b, bAt + i), s0);
      FloatVector w = FloatVector.fromArray(SPECIES, a, aAt + i + LENGTH);
      s1 = w.fma(FloatVector.fromArray(SPECIES, b, bAt + i + LENGTH), s1);
    }
    for (; i < n; i += LENGTH) {
      VectorMask<Float> mask = SPECIES.indexInRange(i, n);
      FloatVector v = FloatVector.fromArray(SPECIES, a, aAt + i, mask);
      s0 = v.fma(FloatVector.fromArray(SPECIES, b, bAt + i, mask), s0);
    }
    s0 = s0.add(s1);
    s0 = s0.add(s0.rearrange(Rotations.HALF));
    s0 = s0.add(s0.rearrange(Rotations.QUARTER));
    s0 = Lanes.COUNT > 4 ? s0.add(s0.rearrange(Rotations.EIGHTH)) : s0;
    s0 = Lanes.COUNT > 8 ? s0.add(s0.rearrange(Rotations.SIXTEENTH)) : s0;
    return s0.lane(0);
  }
}
