package gradus.tensor.kernel.attention;

import gradus.tensor.kernel.Lanes;
import java.util.Arrays;

/**
 * What attention does to one row of scores between its matrix products. Rows are padded to whole
 * vectors with −∞, whose exponential is 0, so that no loop has a rest.
 */
final class ScoreRows {

  private static final boolean VECTORS = Lanes.COUNT > 0;

  private ScoreRows() {}

  /**
   * Turns scores into {@code e^(scale·s + mask − max)}.
   *
   * @param mask added to the scores; null for none
   * @param seen how many scores there are; those up to {@code n} are made 0
   * @return the sum of the exponentials; 1 if all scores are −∞, so that what is divided by it
   *     stays 0
   */
  static float exponentials(
      float[] s, int at, int seen, int n, float scale, float[] mask, int maskAt, int maskCol) {
    float factor = scale;
    if (mask != null || !(scale > 0)) {
      scaleAndMask(s, at, seen, scale, mask, maskAt, maskCol);
      factor = 1;
    }
    Arrays.fill(s, at + seen, at + n, Float.NEGATIVE_INFINITY);
    if (VECTORS) {
      float max = finite(VectorAttention.scaleAndMax(s, at, n, factor));
      return divisor(VectorAttention.expAndSum(s, at, n, max));
    }
    float max = Float.NEGATIVE_INFINITY;
    for (int j = at; j < at + n; j++) {
      s[j] *= factor;
      max = Math.max(max, s[j]);
    }
    max = finite(max);
    double sum = 0;
    for (int j = at; j < at + n; j++) {
      s[j] = (float) Math.exp(s[j] - max);
      sum += s[j];
    }
    return divisor((float) sum);
  }

  /** What to subtract from scores: from −∞ it may not be −∞. */
  private static float finite(float max) {
    return max == Float.NEGATIVE_INFINITY ? 0 : max;
  }

  /** The largest score adds 1 to the sum, so it is 0 only where there is nothing to see. */
  private static float divisor(float sum) {
    return sum == 0 ? 1 : sum;
  }

  private static void scaleAndMask(
      float[] s, int at, int n, float scale, float[] mask, int maskAt, int maskCol) {
    int j = 0;
    if (VECTORS && mask != null && maskCol == 1) {
      j = VectorAttention.scaleAndAdd(s, at, n, scale, mask, maskAt);
    }
    for (; j < n; j++) {
      s[at + j] = s[at + j] * scale + (mask == null ? 0 : mask[maskAt + j * maskCol]);
    }
  }

  /** {@code x[at..] *= factor}. */
  static void scale(float[] x, int at, int n, float factor) {
    int j = VECTORS ? VectorAttention.scale(x, at, n, factor) : 0;
    for (; j < n; j++) {
      x[at + j] *= factor;
    }
  }

  /** {@code x[at..] += y[yAt..]}. */
  static void add(float[] x, int at, float[] y, int yAt, int n) {
    for (int j = 0; j < n; j++) {
      x[at + j] += y[yAt + j];
    }
  }

  /**
   * From exponentials e and the gradient d of the weights {@code p = e / sum}: e becomes p, and d
   * the gradient of the scores before scaling, {@code scale · p · (d − Σ d·p)}.
   */
  static void gradient(float[] e, int eAt, float[] d, int dAt, int n, float sum, float scale) {
    float inverse = 1 / sum;
    if (VECTORS) {
      float dot = VectorAttention.dot(e, eAt, d, dAt, n);
      VectorAttention.gradient(e, eAt, d, dAt, n, inverse, dot * inverse, scale);
      return;
    }
    double dot = 0;
    for (int j = 0; j < n; j++) {
      dot += e[eAt + j] * d[dAt + j];
    }
    float mean = (float) dot * inverse;
    for (int j = 0; j < n; j++) {
      float p = e[eAt + j] * inverse;
      e[eAt + j] = p;
      d[dAt + j] = (d[dAt + j] - mean) * p * scale;
    }
  }
}
