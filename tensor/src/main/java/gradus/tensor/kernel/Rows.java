package gradus.tensor.kernel;

/** Kernels that treat each row of a contiguous {@code [rows, cols]} array as one unit. */
public final class Rows {

  private Rows() {}

  /** {@code out[i] = softmax(x[i])}: each row becomes a distribution. */
  public static void softmax(float[] x, int xOff, float[] out, int outOff, int rows, int cols) {
    Parallel.rows(
        rows,
        8L * cols,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            ScalarRows.softmax(x, xOff + i * cols, out, outOff + i * cols, cols);
          }
        });
  }

  /** {@code out[i] = log(softmax(x[i]))}, without the detour over the quotient. */
  public static void logSoftmax(float[] x, int xOff, float[] out, int outOff, int rows, int cols) {
    Parallel.rows(
        rows,
        8L * cols,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            ScalarRows.logSoftmax(x, xOff + i * cols, out, outOff + i * cols, cols);
          }
        });
  }

  /** {@code out[i] = log Σ exp(x[i])}, one number per row. */
  public static void logSumExp(float[] x, int xOff, float[] out, int outOff, int rows, int cols) {
    Parallel.rows(
        rows,
        8L * cols,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            out[outOff + i] = (float) ScalarRows.logSumExp(x, xOff + i * cols, cols);
          }
        });
  }

  /** The gradient of softmax from its result y: {@code (g − g·y) y} row by row. */
  public static void softmaxGrad(
      float[] g, int gOff, float[] y, int yOff, float[] out, int rows, int cols) {
    Parallel.rows(
        rows,
        2L * cols,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            int at = i * cols;
            ScalarRows.softmaxGrad(g, gOff + at, y, yOff + at, out, at, cols);
          }
        });
  }

  /** The gradient of logSoftmax from its result y: {@code g − Σg · exp(y)} row by row. */
  public static void logSoftmaxGrad(
      float[] g, int gOff, float[] y, int yOff, float[] out, int rows, int cols) {
    Parallel.rows(
        rows,
        8L * cols,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            int at = i * cols;
            ScalarRows.logSoftmaxGrad(g, gOff + at, y, yOff + at, out, at, cols);
          }
        });
  }

  /**
   * {@code out[i] = (x[i] − mean) · rstd · gamma + beta} with the row's mean and {@code rstd = 1 /
   * √(variance + eps)}, both kept for the gradient. gamma and beta may be null.
   */
  public static void layerNorm(
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
    Parallel.rows(
        rows,
        3L * cols,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            ScalarRows.layerNorm(
                x, xOff + i * cols, gamma, gammaOff, beta, betaOff, eps, out, mean, rstd, i, cols);
          }
        });
  }

  /**
   * The gradients of layerNorm: dx always, dGamma = Σ g·x̂ and dBeta = Σ g over the rows where not
   * null (they are overwritten).
   */
  public static void layerNormGrad(
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
    Parallel.rows(
        rows,
        4L * cols,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            int at = i * cols;
            ScalarRows.layerNormGrad(
                g, gOff + at, x, xOff + at, gamma, gammaOff, mean[i], rstd[i], dx, at, cols);
          }
        });
    double[] gammaSum = dGamma == null ? null : new double[cols];
    double[] betaSum = dBeta == null ? null : new double[cols];
    ScalarRows.layerNormParameterGrad(
        g, gOff, x, xOff, mean, rstd, gammaSum, betaSum, 0, rows, cols);
    for (int j = 0; j < cols; j++) {
      if (dGamma != null) {
        dGamma[j] = (float) gammaSum[j];
      }
      if (dBeta != null) {
        dBeta[j] = (float) betaSum[j];
      }
    }
  }

  /** {@code out[i] = table[ids[i]]}: rows of {@code cols} floats that lie rowStride apart. */
  public static void gather(
      float[] table,
      int tableOff,
      int rowStride,
      long[] ids,
      int idsOff,
      int count,
      float[] out,
      int outOff,
      int cols) {
    Parallel.rows(
        count,
        cols,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            int row = Math.toIntExact(ids[idsOff + i]);
            System.arraycopy(table, tableOff + row * rowStride, out, outOff + i * cols, cols);
          }
        });
  }

  /**
   * {@code table[ids[i]] += g[i]} for rows of cols floats; repeated ids add up, always in the order
   * of i.
   */
  public static void scatterAdd(
      float[] g,
      int gOff,
      long[] ids,
      int idsOff,
      int count,
      float[] table,
      int tableOff,
      int cols) {
    for (int i = 0; i < count; i++) {
      int to = tableOff + Math.toIntExact(ids[idsOff + i]) * cols;
      int from = gOff + i * cols;
      for (int j = 0; j < cols; j++) {
        table[to + j] += g[from + j];
      }
    }
  }

  /**
   * {@code loss[i] = logSumExp[i] − logits[i, target]}; 0 where the target is ignoreIndex. Both
   * results are one number per row; logSumExp is kept for the gradient.
   */
  public static void crossEntropy(
      float[] logits,
      int logitsOff,
      long[] targets,
      int targetsOff,
      long ignoreIndex,
      float[] loss,
      float[] logSumExp,
      int rows,
      int cols) {
    Parallel.rows(
        rows,
        8L * cols,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            double log = ScalarRows.logSumExp(logits, logitsOff + i * cols, cols);
            long target = targets[targetsOff + i];
            logSumExp[i] = (float) log;
            loss[i] =
                target == ignoreIndex
                    ? 0
                    : (float) (log - logits[logitsOff + i * cols + (int) target]);
          }
        });
  }

  /**
   * {@code out[i] = rowScale[i] · (softmax(logits[i]) − onehot(target))}; 0 where the target is
   * ignoreIndex.
   */
  public static void crossEntropyGrad(
      float[] logits,
      int logitsOff,
      long[] targets,
      int targetsOff,
      long ignoreIndex,
      float[] logSumExp,
      float[] rowScale,
      float[] out,
      int rows,
      int cols) {
    Parallel.rows(
        rows,
        8L * cols,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            int at = i * cols;
            long target = targets[targetsOff + i];
            boolean ignored = target == ignoreIndex;
            for (int j = 0; j < cols; j++) {
              double p = Math.exp(logits[logitsOff + at + j] - logSumExp[i]);
              out[at + j] = ignored ? 0 : (float) (rowScale[i] * (j == target ? p - 1 : p));
            }
          }
        });
  }
}
