package gradus.tensor.kernel.rows;

import gradus.tensor.kernel.Lanes;
import gradus.tensor.kernel.Parallel;
import java.util.Arrays;

/** Cross-entropy of each row of a contiguous {@code [rows, cols]} array, and its gradient. */
public final class CrossEntropyRows {

  private static final boolean VECTORS = Lanes.COUNT > 0;

  private CrossEntropyRows() {}

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
            double log = SoftmaxRows.logSumExp(logits, logitsOff + i * cols, cols);
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
}
