package gradus.tensor.kernel.rows;

import gradus.tensor.kernel.Lanes;
import gradus.tensor.kernel.Parallel;
import gradus.tensor.kernel.WarmUp;
import gradus.tensor.kernel.table.RowCopies;
import gradus.tensor.kernel.table.ScatterAdd;
import java.util.Arrays;

/** Kernels that treat each row of a contiguous {@code [rows, cols]} array as one unit. */
public final class Rows {

  private static final boolean VECTORS = Lanes.COUNT > 0;

  private static final WarmUp SOFTMAX = new WarmUp();
  private static final WarmUp LOG_SOFTMAX = new WarmUp();
  private static final WarmUp SOFTMAX_GRAD = new WarmUp();

  private Rows() {}

  /** {@code out[i] = softmax(x[i])}: each row becomes a distribution. */
  public static void softmax(float[] x, int xOff, float[] out, int outOff, int rows, int cols) {
    SOFTMAX.rows(
        rows,
        cols,
        8L * cols,
        (from, to) -> {
          int at = from * cols;
          VectorRows.softmax(x, xOff + at, out, outOff + at, to - from, cols);
        },
        (from, to) -> {
          for (int at = from * cols; at < to * cols; at += cols) {
            if (VECTORS) {
              PlainRows.softmax(x, xOff + at, out, outOff + at, cols);
            } else {
              ReferenceRows.softmax(x, xOff + at, out, outOff + at, cols);
            }
          }
        });
  }

  /** {@code out[i] = log(softmax(x[i]))}, without the detour over the quotient. */
  public static void logSoftmax(float[] x, int xOff, float[] out, int outOff, int rows, int cols) {
    LOG_SOFTMAX.rows(
        rows,
        cols,
        8L * cols,
        (from, to) -> {
          for (int at = from * cols; at < to * cols; at += cols) {
            VectorRows.logSoftmax(x, xOff + at, out, outOff + at, cols);
          }
        },
        (from, to) -> {
          for (int at = from * cols; at < to * cols; at += cols) {
            if (VECTORS) {
              PlainRows.logSoftmax(x, xOff + at, out, outOff + at, cols);
            } else {
              ReferenceRows.logSoftmax(x, xOff + at, out, outOff + at, cols);
            }
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
            out[outOff + i] = (float) logSumExp(x, xOff + i * cols, cols);
          }
        });
  }

  /** The gradient of softmax from its result y: {@code (g − g·y) y} row by row. */
  public static void softmaxGrad(
      float[] g, int gOff, float[] y, int yOff, float[] out, int rows, int cols) {
    SOFTMAX_GRAD.rows(
        rows,
        cols,
        2L * cols,
        (from, to) -> {
          for (int at = from * cols; at < to * cols; at += cols) {
            VectorRows.softmaxGrad(g, gOff + at, y, yOff + at, out, at, cols);
          }
        },
        (from, to) -> {
          for (int at = from * cols; at < to * cols; at += cols) {
            if (VECTORS) {
              PlainRows.softmaxGrad(g, gOff + at, y, yOff + at, out, at, cols);
            } else {
              ReferenceRows.softmaxGrad(g, gOff + at, y, yOff + at, out, at, cols);
            }
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
            if (VECTORS) {
              VectorRows.logSoftmaxGrad(g, gOff + at, y, yOff + at, out, at, cols);
            } else {
              ReferenceRows.logSoftmaxGrad(g, gOff + at, y, yOff + at, out, at, cols);
            }
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
    LayerNorm.forward(x, xOff, gamma, gammaOff, beta, betaOff, eps, out, mean, rstd, rows, cols);
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
    LayerNorm.backward(
        g, gOff, x, xOff, gamma, gammaOff, mean, rstd, dx, dGamma, dBeta, rows, cols);
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
    var copies = new RowCopies(table, tableOff, rowStride, ids, idsOff, out, outOff, cols);
    Parallel.rows(count, cols, copies::run);
  }

  /**
   * {@code table[ids[i]] += factor · g[i]} for rows of cols floats; repeated ids add up, always in
   * the order of i. Ids below 0 are left out.
   */
  public static void scatterAdd(
      float[] g,
      int gOff,
      float factor,
      long[] ids,
      int idsOff,
      int count,
      float[] table,
      int tableOff,
      int cols) {
    new ScatterAdd(g, gOff, factor, ids, idsOff, count, table, tableOff, cols).run();
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
            double log = logSumExp(logits, logitsOff + i * cols, cols);
            log = log == Double.POSITIVE_INFINITY ? Double.NaN : log; // as ∞ − ∞ in the softmax
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
            if (ignored) {
              Arrays.fill(out, at, at + cols, 0);
            } else if (VECTORS) {
              VectorRows.crossEntropyGrad(
                  logits, logitsOff + at, logSumExp[i], rowScale[i], (int) target, out, at, cols);
            } else {
              ReferenceRows.crossEntropyGrad(
                  logits, logitsOff + at, logSumExp[i], rowScale[i], (int) target, out, at, cols);
            }
          }
        });
  }

  private static double logSumExp(float[] x, int at, int n) {
    return VECTORS ? VectorRows.logSumExp(x, at, n) : ReferenceRows.logSumExp(x, at, n);
  }
}
