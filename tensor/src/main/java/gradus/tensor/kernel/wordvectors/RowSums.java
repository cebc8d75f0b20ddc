package gradus.tensor.kernel.wordvectors;

import gradus.tensor.kernel.Lanes;
import gradus.tensor.kernel.WarmUp;

/**
 * Sums and moves of rows whose length is a multiple of {@link LogisticStep#PADDING}: what a bag of
 * words is to the step that trains it.
 */
public final class RowSums {

  private static final WarmUp SUM = new WarmUp();
  private static final WarmUp ADD = new WarmUp();

  private RowSums() {}

  /** {@code into ← scale · Σ table[at[i]…]}, for the first {@code n} places. */
  public static void scaledSum(
      float[] table, int[] at, int n, float scale, float[] into, int stride) {
    long turn = Lanes.COUNT == 0 ? WarmUp.PLAIN : SUM.turn();
    if (turn != WarmUp.PLAIN) {
      VectorRowSums.scaledSum(table, at, n, scale, into, stride);
      SUM.done(turn, n * stride);
      return;
    }
    for (int j = 0; j < stride; j++) {
      float sum = 0;
      for (int i = 0; i < n; i++) {
        sum += table[at[i] + j];
      }
      into[j] = sum * scale;
    }
  }

  /**
   * {@code table[at[i]…] += scale · step} for the first {@code n} places. Several threads may do so
   * with one table.
   */
  public static void addToAll(
      float[] step, float scale, float[] table, int[] at, int n, int stride) {
    long turn = Lanes.COUNT == 0 ? WarmUp.PLAIN : ADD.turn();
    if (turn != WarmUp.PLAIN) {
      VectorRowSums.addToAll(step, scale, table, at, n, stride);
      ADD.done(turn, n * stride);
      return;
    }
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < stride; j++) {
        table[at[i] + j] = Math.fma(step[j], scale, table[at[i] + j]);
      }
    }
  }

  /** {@code to[toAt…] += from[fromAt…]}. */
  static void add(float[] from, int fromAt, float[] to, int toAt, int stride) {
    for (int j = 0; j < stride; j++) {
      to[toAt + j] += from[fromAt + j];
    }
  }
}
