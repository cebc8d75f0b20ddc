package gradus.tensor.kernel.rows;

import gradus.tensor.kernel.Lanes;
import gradus.tensor.kernel.WarmUp;
import gradus.tensor.kernel.reduce.Accumulator;

/**
 * The plain forms of {@link VectorRows} and {@link VectorLayerNorm}: the same bits, for the time
 * until those are compiled; see {@link WarmUp}. Where vectors sum in their lanes, so do these.
 */
final class PlainRows {

  private static final int LENGTH = Lanes.COUNT;

  private static final Accumulator SUM = Accumulator.of(Accumulator.Op.SUM);
  private static final Accumulator DEVIATIONS = Accumulator.of(Accumulator.Op.DEVIATIONS);

  private PlainRows() {}

  static void softmax(float[] x, int at, float[] out, int to, int n) {
    float max = max(x, at, n);
    float scale = (float) (1 / VectorRows.EXP.run(x, at, max, x, at, 0, out, to, n));
    for (int i = 0; i < n; i++) {
      out[to + i] *= scale;
    }
  }

  static void logSoftmax(float[] x, int at, float[] out, int to, int n) {
    float max = max(x, at, n);
    float log = (float) Math.log(VectorRows.EXP_SUM.run(x, at, max, x, at, 0, x, at, n));
    for (int i = 0; i < n; i++) {
      out[to + i] = x[at + i] - max - log;
    }
  }

  /** The maximum of the numbers; −inf if all are NaN. */
  private static float max(float[] x, int at, int n) {
    float max = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      max = x[at + i] > max ? x[at + i] : max;
    }
    return max;
  }

  static void softmaxGrad(float[] g, int gAt, float[] y, int yAt, float[] out, int to, int n) {
    double total = 0;
    for (int i = 0; i < n; i += Lanes.PIECE) {
      total += dot(g, gAt + i, y, yAt + i, Math.min(Lanes.PIECE, n - i));
    }
    float dot = (float) total;
    for (int i = 0; i < n; i++) {
      out[to + i] = (g[gAt + i] - dot) * y[yAt + i];
    }
  }

  private static float dot(float[] a, int aAt, float[] b, int bAt, int n) {
    float[] sums = new float[2 * LENGTH];
    int whole = n - n % (2 * LENGTH);
    for (int i = 0; i < n; i++) {
      int lane = i < whole ? i % (2 * LENGTH) : i % LENGTH;
      sums[lane] = Math.fma(a[aAt + i], b[bAt + i], sums[lane]);
    }
    return sum(sums, 0, 2 * LENGTH);
  }

  /** {@link VectorLayerNorm#forward}. */
  static void layerNorm(
      float[] x,
      int at,
      float[] gamma,
      int gammaOff,
      float[] beta,
      int betaOff,
      float eps,
      float[] out,
      float[] means,
      float[] rstds,
      int row,
      int n) {
    double exact = SUM.row(x, at, n, 0) / n;
    float mean = (float) exact;
    double rounding = mean - exact;
    double variance = DEVIATIONS.row(x, at, n, mean) / n - rounding * rounding;
    float rstd = (float) (1 / Math.sqrt(variance + eps));
    means[row] = mean;
    rstds[row] = rstd;
    for (int i = 0; i < n; i++) {
      float normal = (x[at + i] - mean) * rstd;
      out[row * n + i] = Math.fma(normal, gamma[gammaOff + i], beta[betaOff + i]);
    }
  }

  /** {@link VectorLayerNorm#backward}. */
  static void layerNormGrad(
      float[] g,
      int gAt,
      float[] x,
      int xAt,
      float[] gamma,
      int gammaOff,
      float mean,
      float rstd,
      float[] dx,
      int to,
      float[] sums,
      int n) {
    float[] lanes = new float[2 * LENGTH];
    for (int i = 0; i < n; i++) {
      float scaled = g[gAt + i] * gamma[gammaOff + i];
      float normal = (x[xAt + i] - mean) * rstd;
      int lane = i % LENGTH;
      lanes[lane] += scaled;
      lanes[LENGTH + lane] = Math.fma(scaled, normal, lanes[LENGTH + lane]);
    }
    float centre = sum(lanes, 0, LENGTH) / n;
    float negative = -(sum(lanes, LENGTH, LENGTH) / n);
    for (int i = 0; i < n; i++) {
      float incoming = g[gAt + i];
      float normal = (x[xAt + i] - mean) * rstd;
      sums[i] = Math.fma(incoming, normal, sums[i]);
      sums[n + i] += incoming;
      float scaled = incoming * gamma[gammaOff + i];
      dx[to + i] = Math.fma(normal, negative, scaled - centre) * rstd;
    }
  }

  /** The sum of so many lanes, a power of two: of one half and the other, and so on. */
  private static float sum(float[] lanes, int at, int count) {
    for (int half = count / 2; half > 0; half /= 2) {
      for (int i = at; i < at + half; i++) {
        lanes[i] += lanes[i + half];
      }
    }
    return lanes[at];
  }
}
