package gradus.tensor.kernel.order;

import gradus.tensor.kernel.Parallel;
import java.util.Arrays;

/**
 * The order of elements along one dimension of a contiguous array {@code [outer, n, inner]}. Equal
 * elements stay as they were, in falling order too.
 */
public final class Sort {

  /** Neighbouring rows along an outer dimension are read together: a cache line of floats. */
  private static final int LANES = 16;

  /** About how many multiply-adds it takes to sort an element. */
  private static final long COST = 16;

  private Sort() {}

  /**
   * The positions of the first k elements in order: {@code places [outer, k, inner]}.
   *
   * @param at where the array begins
   * @param descending largest first
   */
  public static void first(
      SortKeys keys,
      int at,
      int outer,
      int n,
      int inner,
      boolean descending,
      int k,
      long[] places) {
    if (places.length == 0) {
      return;
    }
    if (inner == 1 && RowSort.few(keys, k, n)) {
      few(keys, at, outer, n, descending, k, places);
      return;
    }
    int most = Math.min(inner, LANES);
    int groups = Math.ceilDiv(inner, most);
    Parallel.rows(
        outer * groups,
        COST * n * most,
        (from, to) -> {
          long[] rows = new long[most * n];
          RowSort order = new RowSort(keys, descending);
          for (int group = from; group < to; group++) {
            int block = group / groups;
            int lane = group % groups * most;
            int lanes = Math.min(most, inner - lane);
            int start = at + block * n * inner + lane;
            order.pack(start, inner, n, lanes, rows);
            for (int i = 0; i < lanes; i++) {
              order.first(rows, i * n, n, k, start + i, inner);
            }
            unpack(rows, n, lanes, k, places, block * k * inner + lane, inner);
          }
        });
  }

  private static void few(
      SortKeys keys, int at, int rows, int n, boolean descending, int k, long[] places) {
    Parallel.rows(
        rows,
        2L * n,
        (from, to) -> {
          long[] best = new long[k];
          RowSort order = new RowSort(keys, descending);
          for (int row = from; row < to; row++) {
            order.best(best, at + row * n, n, k);
            unpack(best, 0, 1, k, places, row * k, 1);
          }
        });
  }

  private static void unpack(
      long[] rows, int n, int lanes, int k, long[] places, int at, int step) {
    for (int i = 0; i < k; i++) {
      for (int lane = 0; lane < lanes; lane++) {
        places[at + i * step + lane] = (int) rows[lane * n + i];
      }
    }
  }

  /**
   * The position in each row {@code [n]} of the element that would stand at its rank (from 0) if
   * the row were sorted in rising order.
   *
   * @param at where the first row begins
   * @param ranks one for each row
   */
  public static void select(SortKeys keys, int at, int n, int[] ranks, long[] places) {
    Parallel.rows(
        ranks.length,
        COST / 2 * n,
        (from, to) -> {
          long[] row = new long[n];
          RowSort order = new RowSort(keys, false);
          for (int i = from; i < to; i++) {
            order.pack(at + i * n, 1, n, 1, row);
            places[i] = order.select(row, n, ranks[i], at + i * n, 1);
          }
        });
  }

  /** The positions of all elements of one row in rising order. */
  public static int[] of(SortKeys keys, int at, int n) {
    long[] places = new long[n];
    first(keys, at, 1, n, 1, false, n, places);
    return Arrays.stream(places).mapToInt(place -> (int) place).toArray();
  }
}
