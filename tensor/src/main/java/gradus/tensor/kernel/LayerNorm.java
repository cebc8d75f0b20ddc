package gradus.tensor.kernel;

import java.util.Arrays;

/** Layer normalisation over rows, forward and backward; called through {@link Rows}. */
final class LayerNorm {

  /** Rows whose parameter gradients are summed in float, before the sums are added in double. */
  private static final int ROWS_PER_SUM = 64;

  private static final boolean VECTORS = Lanes.COUNT > 0;

  private LayerNorm() {}

  static void forward(
      float[] x,
      int xOff,
      float[] gamma,
      int gammaOff,
      float[] beta,
      int betaOff,
      float eps,
      float[] out,
      float[] mean,
      float[] rstd,
      int rows,
      int cols) {
    float[] scale = gamma != null ? gamma : filled(1, cols);
    float[] shift = beta != null ? beta : filled(0, cols);
    int scaleOff = gamma != null ? gammaOff : 0;
    int shiftOff = beta != null ? betaOff : 0;
    Parallel.rows(
        rows,
        3L * cols,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            int at = xOff + i * cols;
            if (VECTORS) {
              VectorLayerNorm.forward(
                  x, at, scale, scaleOff, shift, shiftOff, eps, out, mean, rstd, i, cols);
            } else {
              ScalarRows.layerNorm(
                  x, at, gamma, gammaOff, beta, betaOff, eps, out, mean, rstd, i, cols);
            }
          }
        });
  }

  static void backward(
      float[] g,
      int gOff,
      float[] x,
      int xOff,
      float[] gamma,
      int gammaOff,
      float[] mean,
      float[] rstd,
      float[] dx,
      float[] dGamma,
      float[] dBeta,
      int rows,
      int cols) {
    float[] scale = gamma != null ? gamma : filled(1, cols);
    int scaleOff = gamma != null ? gammaOff : 0;
    int parts = (rows + ROWS_PER_SUM - 1) / ROWS_PER_SUM;
    float[][] sums = new float[parts][];
    Parallel.rows(
        parts,
        4L * cols * Math.min(rows, ROWS_PER_SUM),
        (from, to) -> {
          for (int part = from; part < to; part++) {
            sums[part] = new float[2 * cols];
            int end = Math.min(rows, (part + 1) * ROWS_PER_SUM);
            for (int i = part * ROWS_PER_SUM; i < end; i++) {
              int at = i * cols;
              if (VECTORS) {
                VectorLayerNorm.backward(
                    g,
                    gOff + at,
                    x,
                    xOff + at,
                    scale,
                    scaleOff,
                    mean[i],
                    rstd[i],
                    dx,
                    at,
                    sums[part],
                    cols);
              } else {
                ScalarRows.layerNormGrad(
                    g,
                    gOff + at,
                    x,
                    xOff + at,
                    gamma,
                    gammaOff,
                    mean[i],
                    rstd[i],
                    dx,
                    at,
                    sums[part],
                    cols);
              }
            }
          }
        });
    total(sums, 0, dGamma, cols);
    total(sums, cols, dBeta, cols);
  }

  private static void total(float[][] sums, int at, float[] out, int cols) {
    if (out == null) {
      return;
    }
    double[] total = new double[cols];
    for (float[] part : sums) {
      for (int j = 0; j < cols; j++) {
        total[j] += part[at + j];
      }
    }
    for (int j = 0; j < cols; j++) {
      out[j] = (float) total[j];
    }
  }

  private static float[] filled(float value, int n) {
    float[] array = new float[n];
    Arrays.fill(array, value);
    return array;
  }
}
