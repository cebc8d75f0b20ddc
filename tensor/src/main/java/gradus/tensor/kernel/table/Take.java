package gradus.tensor.kernel.table;

import gradus.tensor.kernel.Parallel;
import java.util.concurrent.atomic.AtomicBoolean;

/** Elements taken by their positions along one dimension of a contiguous array. */
public final class Take {

  private Take() {}

  /**
   * {@code out[o, i, j] = x[o, places[o, i, j], j]}, for x {@code [outer, n, inner]} and places
   * {@code [outer, k, inner]}.
   *
   * @return whether all places are in 0 .. n − 1; if not, out is undefined
   */
  public static boolean along(
      float[] x,
      int at,
      int outer,
      int n,
      int inner,
      long[] places,
      int placesAt,
      int k,
      float[] out) {
    var outside = new AtomicBoolean();
    Parallel.rows(
        outer * k,
        2L * inner,
        (from, to) -> {
          for (int row = from; row < to; ) {
            int block = row / k;
            int start = at + block * n * inner;
            int end = Math.min(to, (block + 1) * k);
            // Along the last dimension all places of a block are one run, with its start in common.
            int run = inner == 1 ? end - row : inner;
            int drift = inner == 1 ? 0 : 1;
            for (; row < end; row += run / inner) {
              int first = row * inner;
              if (!run(x, start, n, inner, drift, places, placesAt, first, run, out)) {
                outside.set(true);
                return;
              }
            }
          }
        });
    return !outside.get();
  }

  private static boolean run(
      float[] x,
      int start,
      int n,
      int inner,
      int drift,
      long[] places,
      int placesAt,
      int first,
      int count,
      float[] out) {
    for (int j = 0; j < count; j++) {
      long place = places[placesAt + first + j];
      if (place < 0 || place >= n) {
        return false;
      }
      out[first + j] = x[start + (int) place * inner + j * drift];
    }
    return true;
  }
}
