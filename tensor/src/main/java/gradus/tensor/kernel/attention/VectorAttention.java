package gradus.tensor.kernel.attention;

import static jdk.incubator.vector.FloatVector.broadcast;

import gradus.tensor.kernel.FloatLanes;
import gradus.tensor.kernel.Lanes;
import gradus.tensor.kernel.math.VectorMath;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector forms of {@link ScoreRows}; n is a multiple of 16. The exponential is that of {@code
 * VectorExponential.expOfNegative}, spelt out: as a call it might not be inlined.
 */
final class VectorAttention {

  private static final VectorSpecies<Float> SPECIES = FloatLanes.SPECIES;
  private static final int LENGTH = SPECIES.length();
  private static final float LOG2_E = (float) (1 / Math.log(2));
  private static final float LN2_HIGH = 0x1.62e4p-1f;
  private static final float LN2_LOW = (float) (Math.log(2) - 0x1.62e4p-1);
  private static final float SHIFT = 12582912f;
  private static final int SHIFT_BITS = Float.floatToRawIntBits(SHIFT);

  private VectorAttention() {}

  /** {@code x *= factor}, and the largest of the products. */
  static float scaleAndMax(float[] x, int at, int n, float factor) {
    FloatVector f = broadcast(SPECIES, factor);
    FloatVector max = broadcast(SPECIES, Float.NEGATIVE_INFINITY);
    for (int j = at; j < at + n; j += LENGTH) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, j).mul(f);
      v.intoArray(x, j);
      // Two instructions, where max() with its rules for NaN and −0 takes six. A NaN is not lost:
      // it
      // stays in the scores.
      max = max.blend(v, v.compare(VectorOperators.GT, max));
    }
    return max.reduceLanes(VectorOperators.MAX);
  }

  /** {@code x = e^(x − max)}, and the sum of the results in pieces of {@link Lanes#PIECE}. */
  static float expAndSum(float[] x, int at, int n, float max) {
    double sum = 0;
    for (int j = 0; j < n; j += Lanes.PIECE) {
      sum += expPiece(x, at + j, Math.min(Lanes.PIECE, n - j), max);
    }
    return (float) sum;
  }

  private static float expPiece(float[] x, int at, int n, float max) {
    FloatVector sum = FloatVector.zero(SPECIES);
    FloatVector shift = broadcast(SPECIES, SHIFT);
    FloatVector top = broadcast(SPECIES, max);
    for (int j = at; j < at + n; j += LENGTH) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, j).sub(top);
      FloatVector shifted = v.fma(broadcast(SPECIES, LOG2_E), shift);
      FloatVector whole = shifted.sub(shift);
      FloatVector r = whole.fma(broadcast(SPECIES, -LN2_HIGH), v);
      r = whole.fma(broadcast(SPECIES, -LN2_LOW), r);
      FloatVector p = r.fma(broadcast(SPECIES, 0.00139505998f), broadcast(SPECIES, 0.00836895406f));
      p = p.fma(r, broadcast(SPECIES, 0.041666206f));
      p = p.fma(r, broadcast(SPECIES, 0.166665182f));
      p = p.fma(r, broadcast(SPECIES, 0.5f));
      p = p.mul(r).fma(r, r).add(1);
      IntVector bits = shifted.reinterpretAsInts().sub(SHIFT_BITS - 127);
      FloatVector power = bits.lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
      p = p.mul(power).blend(0, v.compare(VectorOperators.LT, -87.3f));
      p.intoArray(x, j);
      sum = sum.add(p);
    }
    return VectorMath.sum(sum);
  }

  /** {@code x = x · factor + y} for whole vectors, and how many elements that were. */
  static int scaleAndAdd(float[] x, int at, int n, float factor, float[] y, int yAt) {
    int bound = SPECIES.loopBound(n);
    for (int j = 0; j < bound; j += LENGTH) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, at + j).mul(factor);
      v.add(FloatVector.fromArray(SPECIES, y, yAt + j)).intoArray(x, at + j);
    }
    return bound;
  }

  /** Multiplies whole vectors, and says how many elements that were. */
  static int scale(float[] x, int at, int n, float factor) {
    int bound = SPECIES.loopBound(n);
    for (int j = 0; j < bound; j += LENGTH) {
      FloatVector.fromArray(SPECIES, x, at + j).mul(factor).intoArray(x, at + j);
    }
    return bound;
  }

  static float dot(float[] a, int aAt, float[] b, int bAt, int n) {
    double sum = 0;
    for (int j = 0; j < n; j += Lanes.PIECE) {
      sum += dotPiece(a, aAt + j, b, bAt + j, Math.min(Lanes.PIECE, n - j));
    }
    return (float) sum;
  }

  private static float dotPiece(float[] a, int aAt, float[] b, int bAt, int n) {
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int j = 0; j < n; j += LENGTH) {
      FloatVector v = FloatVector.fromArray(SPECIES, a, aAt + j);
      sum = v.fma(FloatVector.fromArray(SPECIES, b, bAt + j), sum);
    }
    return VectorMath.sum(sum);
  }

  static void gradient(
      float[] e, int eAt, float[] d, int dAt, int n, float inverse, float mean, float scale) {
    FloatVector i = broadcast(SPECIES, inverse);
    FloatVector m = broadcast(SPECIES, mean);
    FloatVector s = broadcast(SPECIES, scale);
    for (int j = 0; j < n; j += LENGTH) {
      FloatVector p = FloatVector.fromArray(SPECIES, e, eAt + j).mul(i);
      p.intoArray(e, eAt + j);
      FloatVector g = FloatVector.fromArray(SPECIES, d, dAt + j).sub(m);
      g.mul(p).mul(s).intoArray(d, dAt + j);
    }
  }
}
