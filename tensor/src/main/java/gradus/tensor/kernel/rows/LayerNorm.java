package gradus.tensor.kernel.rows;

import gradus.tensor.kernel.Lanes;
import gradus.tensor.kernel.Parallel;
import gradus.tensor.kernel.WarmUp;
import java.util.Arrays;

/** Layer normalisation over rows, forward and backward. */
public final class LayerNorm {

  /** Rows whose parameter gradients are summed in float, before the sums are added in double. */
  private static final int ROWS_PER_SUM = 64;

  /** Parts of the rows that are summed by themselves: enough for any number of threads. */
  private static final int MOST_PARTS = 32;

  private static final boolean VECTORS = Lanes.COUNT > 0;

  private static final WarmUp FORWARD = new WarmUp();
  private static final WarmUp BACKWARD = new WarmUp();

  private LayerNorm() {}

  /**
   * {@code out[i] = (x[i] − mean) · rstd · gamma + beta} with the row's mean and {@code rstd = 1 /
   * √(variance + eps)}, both kept for the gradient. gamma and beta may be null.
   */
  public static void forward(
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
    FORWARD.rows(
        rows,
        cols,
        3L * cols,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            int at = xOff + i * cols;
            VectorLayerNorm.forward(
                x, at, scale, scaleOff, shift, shiftOff, eps, out, mean, rstd, i, cols);
          }
        },
        (from, to) -> {
          for (int i = from; i < to; i++) {
            int at = xOff + i * cols;
            if (VECTORS) {
              PlainRows.layerNorm(
                  x, at, scale, scaleOff, shift, shiftOff, eps, out, mean, rstd, i, cols);
            } else {
              ReferenceRows.layerNorm(
                  x, at, gamma, gammaOff, beta, betaOff, eps, out, mean, rstd, i, cols);
            }
          }
        });
  }

  /**
   * The gradients of layerNorm: dx always, dGamma = Σ g·x̂ and dBeta = Σ g over the rows where not
   * null (they are overwritten).
   */
  public static void backward(
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
    // Cut at places that depend on the number of rows alone, so that the sums do, too.
    int perPart = (rows / MOST_PARTS / ROWS_PER_SUM + 1) * ROWS_PER_SUM;
    int parts = Math.ceilDiv(rows, perPart);
    double[][] totals = new double[parts][];
    Parallel.rows(
        parts,
        4L * cols * Math.min(rows, perPart),
        (from, to) -> {
          float[] sums = new float[2 * cols];
          for (int part = from; part < to; part++) {
            totals[part] = new double[2 * cols];
            int end = Math.min(rows, (part + 1) * perPart);
            for (int first = part * perPart; first < end; first += ROWS_PER_SUM) {
              Arrays.fill(sums, 0);
              int last = Math.min(end, first + ROWS_PER_SUM);
              for (int i = first; i < last; i++) {
                int at = i * cols;
                long turn = VECTORS ? BACKWARD.turn(cols) : WarmUp.PLAIN;
                if (turn != WarmUp.PLAIN) {
                  VectorLayerNorm.backward(
                      g, gOff + at, x, xOff + at, scale, scaleOff, mean[i], rstd[i], dx, at, sums,
                      cols);
                  BACKWARD.done(turn, cols);
                } else if (VECTORS) {
                  PlainRows.layerNormGrad(
                      g, gOff + at, x, xOff + at, scale, scaleOff, mean[i], rstd[i], dx, at, sums,
                      cols);
                } else {
                  ReferenceRows.layerNormGrad(
                      g, gOff + at, x, xOff + at, gamma, gammaOff, mean[i], rstd[i], dx, at, sums,
                      cols);
                }
              }
              add(sums, totals[part]);
            }
          }
        });
    total(totals, 0, dGamma, cols);
    total(totals, cols, dBeta, cols);
  }

  private static void add(float[] sums, double[] total) {
    for (int j = 0; j < sums.length; j++) {
      total[j] += sums[j];
    }
  }

  private static void total(double[][] parts, int at, float[] out, int cols) {
    if (out == null) {
      return;
    }
    double[] total = new double[cols];
    for (double[] part : parts) {
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
