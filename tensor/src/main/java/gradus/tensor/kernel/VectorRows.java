package gradus.tensor.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector forms of the softmax family, one row each. Sums are taken in pieces of {@link
 * Fold#PIECE} elements, which are added in {@code double}.
 */
final class VectorRows {

  private static final VectorSpecies<Float> SPECIES = FloatLanes.SPECIES;
  private static final int LENGTH = SPECIES.length();
  private static final Fold MAX = Fold.of(Fold.Op.MAX);
  private static final Fold MIN = Fold.of(Fold.Op.MIN);
  private static final Fold SUM = Fold.of(Fold.Op.SUM);

  private VectorRows() {}

  /** The first position of the extreme; the first NaN if there is one. */
  static int argExtreme(boolean max, float[] x, int at, int n) {
    float extreme = (float) (max ? MAX : MIN).row(x, at, n, 0);
    FloatVector wanted = FloatVector.broadcast(SPECIES, extreme);
    boolean nan = extreme != extreme;
    for (int i = 0; i < n; i += LENGTH) {
      VectorMask<Float> mask = SPECIES.indexInRange(i, n);
      FloatVector v = FloatVector.fromArray(SPECIES, x, at + i, mask);
      VectorMask<Float> hit =
          nan ? v.test(VectorOperators.IS_NAN) : v.compare(VectorOperators.EQ, wanted);
      hit = hit.and(mask);
      if (hit.anyTrue()) {
        return i + hit.firstTrue();
      }
    }
    throw new IllegalStateException("The extreme of a row is not in the row.");
  }

  static void softmax(float[] x, int at, float[] out, int to, int n) {
    float max = (float) MAX.row(x, at, n, 0);
    double sum = 0;
    for (int i = 0; i < n; i += Fold.PIECE) {
      sum += expInto(x, at + i, max, out, to + i, Math.min(Fold.PIECE, n - i));
    }
    scale(out, to, (float) (1 / sum), n);
  }

  static void logSoftmax(float[] x, int at, float[] out, int to, int n) {
    float max = (float) MAX.row(x, at, n, 0);
    float log = (float) Math.log(expSum(x, at, max, n));
    for (int i = 0; i < n; i += LENGTH) {
      VectorMask<Float> mask = SPECIES.indexInRange(i, n);
      FloatVector v = FloatVector.fromArray(SPECIES, x, at + i, mask);
      v.sub(max).sub(log).intoArray(out, to + i, mask);
    }
  }

  /** log Σ eˣ. */
  static double logSumExp(float[] x, int at, int n) {
    float max = (float) MAX.row(x, at, n, 0);
    return Float.isInfinite(max) ? max : max + Math.log(expSum(x, at, max, n));
  }

  static void softmaxGrad(float[] g, int gAt, float[] y, int yAt, float[] out, int to, int n) {
    double dot = 0;
    for (int i = 0; i < n; i += Fold.PIECE) {
      dot += dot(g, gAt + i, y, yAt + i, Math.min(Fold.PIECE, n - i));
    }
    for (int i = 0; i < n; i += LENGTH) {
      VectorMask<Float> mask = SPECIES.indexInRange(i, n);
      FloatVector incoming = FloatVector.fromArray(SPECIES, g, gAt + i, mask);
      FloatVector p = FloatVector.fromArray(SPECIES, y, yAt + i, mask);
      incoming.sub((float) dot).mul(p).intoArray(out, to + i, mask);
    }
  }

  static void logSoftmaxGrad(float[] g, int gAt, float[] y, int yAt, float[] out, int to, int n) {
    FloatVector sum = VectorMath.all((float) SUM.row(g, gAt, n, 0));
    for (int i = 0; i < n; i += LENGTH) {
      VectorMask<Float> mask = SPECIES.indexInRange(i, n);
      FloatVector incoming = FloatVector.fromArray(SPECIES, g, gAt + i, mask);
      FloatVector log = FloatVector.fromArray(SPECIES, y, yAt + i, mask);
      FloatVector p = VectorExponential.expOfNegative(log);
      incoming.sub(sum.mul(p)).intoArray(out, to + i, mask);
    }
  }

  /** {@code out = scale · (e^(x − log) − onehot(target))}. */
  static void crossEntropyGrad(
      float[] x, int at, float log, float scale, int target, float[] out, int to, int n) {
    for (int i = 0; i < n; i += LENGTH) {
      VectorMask<Float> mask = SPECIES.indexInRange(i, n);
      FloatVector v = FloatVector.fromArray(SPECIES, x, at + i, mask).sub(log);
      VectorExponential.expOfNegative(v).mul(scale).intoArray(out, to + i, mask);
    }
    out[to + target] -= scale;
  }

  private static double expSum(float[] x, int at, float max, int n) {
    double sum = 0;
    for (int i = 0; i < n; i += Fold.PIECE) {
      sum += expPiece(x, at + i, max, Math.min(Fold.PIECE, n - i));
    }
    return sum;
  }

  private static float expPiece(float[] x, int at, float max, int n) {
    FloatVector sum = FloatVector.zero(SPECIES);
    int bound = SPECIES.loopBound(n);
    int i = 0;
    for (; i < bound; i += LENGTH) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, at + i);
      sum = sum.add(VectorExponential.expOfNegative(v.sub(max)));
    }
    if (i < n) {
      VectorMask<Float> mask = SPECIES.indexInRange(i, n);
      FloatVector v = FloatVector.fromArray(SPECIES, x, at + i, mask);
      sum = sum.blend(sum.add(VectorExponential.expOfNegative(v.sub(max))), mask);
    }
    return VectorMath.sum(sum);
  }

  private static float expInto(float[] x, int at, float max, float[] out, int to, int n) {
    FloatVector sum = FloatVector.zero(SPECIES);
    int bound = SPECIES.loopBound(n);
    int i = 0;
    for (; i < bound; i += LENGTH) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, at + i);
      FloatVector e = VectorExponential.expOfNegative(v.sub(max));
      e.intoArray(out, to + i);
      sum = sum.add(e);
    }
    if (i < n) {
      VectorMask<Float> mask = SPECIES.indexInRange(i, n);
      FloatVector v = FloatVector.fromArray(SPECIES, x, at + i, mask);
      FloatVector e = VectorExponential.expOfNegative(v.sub(max));
      e.intoArray(out, to + i, mask);
      sum = sum.blend(sum.add(e), mask);
    }
    return VectorMath.sum(sum);
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
    return VectorMath.sum(s0.add(s1));
  }

  /** {@code table[at..] += g[from..]}, n elements. */
  static void add(float[] g, int from, float[] table, int at, int n) {
    for (int i = 0; i < n; i += LENGTH) {
      VectorMask<Float> mask = SPECIES.indexInRange(i, n);
      FloatVector sum = FloatVector.fromArray(SPECIES, table, at + i, mask);
      sum.add(FloatVector.fromArray(SPECIES, g, from + i, mask)).intoArray(table, at + i, mask);
    }
  }
}
