package gradus.tensor.kernel.rows;

import gradus.tensor.kernel.Lanes;
import gradus.tensor.kernel.Parallel;
import gradus.tensor.kernel.WarmUp;

/**
 * Softmax of each row of a contiguous {@code [rows, cols]} array, its logarithm and its gradient.
 */
public final class SoftmaxRows {

  private static final boolean VECTORS = Lanes.COUNT > 0;

  private static final WarmUp SOFTMAX = new WarmUp();
  private static final WarmUp LOG_SOFTMAX = new WarmUp();
  private static final WarmUp SOFTMAX_GRAD = new WarmUp();

  private SoftmaxRows() {}

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

  static double logSumExp(float[] x, int at, int n) {
    return VECTORS ? VectorRows.logSumExp(x, at, n) : ReferenceRows.logSumExp(x, at, n);
  }
}
