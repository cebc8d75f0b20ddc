package gradus.tensor.kernel.reduce;

import gradus.tensor.kernel.Parallel;
import java.util.Arrays;

/**
 * Running totals along one dimension of a contiguous array {@code [outer, n, inner]}, kept in
 * {@code double} and rounded where they are stored.
 */
public final class Scan {

  /** Totals that run beside each other along an outer dimension: 8 KiB of them. */
  private static final int COLUMNS = 1024;

  private Scan() {}

  /** {@code out[o, i, j] =} the sum, or product, of {@code x[o, 0..i, j]}. */
  public static void run(boolean sum, float[] x, int at, int outer, int n, int inner, float[] out) {
    if (inner == 1) {
      Parallel.rows(outer, 2L * n, (from, to) -> rows(sum, x, at, n, from, to, out));
    } else {
      columns(sum, x, at, outer, n, inner, out);
    }
  }

  /** What changes nothing: to add 0 would turn −0 into 0. */
  private static double neutral(boolean sum) {
    return sum ? -0.0 : 1;
  }

  private static void rows(boolean sum, float[] x, int at, int n, int from, int to, float[] out) {
    for (int row = from; row < to; row++) {
      double total = neutral(sum);
      for (int i = row * n; i < (row + 1) * n; i++) {
        total = sum ? total + x[at + i] : total * x[at + i];
        out[i] = (float) total;
      }
    }
  }

  private static void columns(
      boolean sum, float[] x, int at, int outer, int n, int inner, float[] out) {
    int blocks = Math.ceilDiv(inner, COLUMNS);
    int most = Math.min(inner, COLUMNS);
    Parallel.rows(
        outer * blocks,
        2L * n * most,
        (from, to) -> {
          double[] totals = new double[most];
          for (int block = from; block < to; block++) {
            int column = block % blocks * COLUMNS;
            int count = Math.min(most, inner - column);
            int first = block / blocks * n * inner + column;
            Arrays.fill(totals, neutral(sum));
            for (int i = 0; i < n; i++) {
              next(sum, x, at + first + i * inner, totals, out, first + i * inner, count);
            }
          }
        });
  }

  private static void next(
      boolean sum, float[] x, int at, double[] totals, float[] out, int outAt, int count) {
    for (int j = 0; j < count; j++) {
      double total = sum ? totals[j] + x[at + j] : totals[j] * x[at + j];
      totals[j] = total;
      out[outAt + j] = (float) total;
    }
  }
}
