package gradus.tensor.kernel.rows;

/**
 * One row at a time and one element at a time: the reference of the vector forms in {@link
 * SoftmaxRows} and its neighbours.
 */
final class ReferenceRows {

  private ReferenceRows() {}

  /** The maximum; NaN if there is one. */
  static float max(float[] x, int at, int n) {
    float max = Float.NEGATIVE_INFINITY;
    for (int j = 0; j < n; j++) {
      max = Math.max(max, x[at + j]);
    }
    return max;
  }

  static void softmax(float[] x, int at, float[] out, int outAt, int n) {
    // A row of −inf alone has no distribution: NaN, as in PyTorch.
    float max = max(x, at, n);
    double sum = 0;
    for (int j = 0; j < n; j++) {
      double e = Math.exp(x[at + j] - max);
      out[outAt + j] = (float) e;
      sum += e;
    }
    double scale = 1 / sum;
    for (int j = 0; j < n; j++) {
      out[outAt + j] = (float) (out[outAt + j] * scale);
    }
  }

  /** log Σ eˣ. */
  static double logSumExp(float[] x, int at, int n) {
    float max = max(x, at, n);
    if (Float.isInfinite(max)) {
      return max;
    }
    double sum = 0;
    for (int j = 0; j < n; j++) {
      sum += Math.exp(x[at + j] - max);
    }
    return max + Math.log(sum);
  }

  static void logSoftmax(float[] x, int at, float[] out, int outAt, int n) {
    float max = max(x, at, n);
    double sum = 0;
    for (int j = 0; j < n; j++) {
      sum += Math.exp(x[at + j] - max);
    }
    double log = Math.log(sum);
    for (int j = 0; j < n; j++) {
      out[outAt + j] = (float) (x[at + j] - max - log);
    }
  }

  static void softmaxGrad(float[] g, int gAt, float[] y, int yAt, float[] out, int outAt, int n) {
    double dot = 0;
    for (int j = 0; j < n; j++) {
      dot += g[gAt + j] * y[yAt + j];
    }
    for (int j = 0; j < n; j++) {
      out[outAt + j] = (float) ((g[gAt + j] - dot) * y[yAt + j]);
    }
  }

  static void logSoftmaxGrad(
      float[] g, int gAt, float[] y, int yAt, float[] out, int outAt, int n) {
    double sum = 0;
    for (int j = 0; j < n; j++) {
      sum += g[gAt + j];
    }
    for (int j = 0; j < n; j++) {
      out[outAt + j] = (float) (g[gAt + j] - sum * Math.exp(y[yAt + j]));
    }
  }

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
    double sum = 0;
    for (int j = 0; j < n; j++) {
      sum += x[at + j];
    }
    double mean = sum / n;
    double squares = 0;
    for (int j = 0; j < n; j++) {
      squares += (x[at + j] - mean) * (x[at + j] - mean);
    }
    double rstd = 1 / Math.sqrt(squares / n + eps);
    means[row] = (float) mean;
    rstds[row] = (float) rstd;
    for (int j = 0; j < n; j++) {
      double y = (x[at + j] - mean) * rstd;
      y = gamma == null ? y : y * gamma[gammaOff + j];
      out[row * n + j] = (float) (beta == null ? y : y + beta[betaOff + j]);
    }
  }

  /** dx of one row; dGamma is added to {@code sums[0..n]}, dBeta to {@code sums[n..2n]}. */
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
      int dxAt,
      float[] sums,
      int n) {
    double sum = 0;
    double dot = 0;
    for (int j = 0; j < n; j++) {
      double scaled = gamma == null ? g[gAt + j] : g[gAt + j] * gamma[gammaOff + j];
      double normal = (x[xAt + j] - mean) * rstd;
      sum += scaled;
      dot += scaled * normal;
      sums[j] += (float) (g[gAt + j] * normal);
      sums[n + j] += g[gAt + j];
    }
    for (int j = 0; j < n; j++) {
      double scaled = gamma == null ? g[gAt + j] : g[gAt + j] * gamma[gammaOff + j];
      double normal = (x[xAt + j] - mean) * rstd;
      dx[dxAt + j] = (float) ((scaled - (sum + normal * dot) / n) * rstd);
    }
  }

  /** {@code out = scale · (e^(x − log) − onehot(target))}. */
  static void crossEntropyGrad(
      float[] x, int at, float log, float scale, int target, float[] out, int to, int n) {
    for (int j = 0; j < n; j++) {
      double p = Math.exp(x[at + j] - log);
      out[to + j] = (float) (scale * (j == target ? p - 1 : p));
    }
  }
}
