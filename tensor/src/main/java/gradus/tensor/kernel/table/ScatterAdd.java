package gradus.tensor.kernel.table;

import gradus.tensor.kernel.Lanes;
import gradus.tensor.kernel.Parallel;
import gradus.tensor.kernel.WarmUp;

/**
 * {@code table[ids[i]] += factor · g[i]} for rows of cols floats; see {@code Rows.scatterAdd}.
 *
 * @param ids the row of the table for each row of g; those below 0 are left out
 */
public record ScatterAdd(
    float[] g,
    int gOff,
    float factor,
    long[] ids,
    int idsOff,
    int count,
    float[] table,
    int tableOff,
    int cols) {

  private static final boolean VECTORS = Lanes.COUNT > 0;
  private static final WarmUp FOUR = new WarmUp();
  private static final WarmUp ONE = new WarmUp();

  /** Adds all rows on all cores. */
  private void run() {
    // Each part owns the ids whose last bits are equal and adds them in the order
    // of i: no two threads meet in a row, and the sums do not depend on how many parts there are.
    int parts =
        (long) count * cols < Parallel.SERIAL_BELOW
            ? 1
            : Integer.highestOneBit(4 * Parallel.threads() - 1);
    Parallel.rows(parts, (long) count * cols / parts, (from, to) -> addParts(from, to, parts - 1));
  }

  /** The ids of some parts, four at a time: a part is the bits of an id under the mask. */
  private void addParts(int from, int to, int mask) {
    int[] waiting = new int[4];
    int n = 0;
    for (int i = 0; i < count; i++) {
      int id = id(i);
      int part = id & mask;
      if (id < 0 || part < from || part >= to) {
        continue;
      }
      waiting[n++] = i;
      if (n == 4) {
        addFour(waiting[0], waiting[1], waiting[2], waiting[3]);
        n = 0;
      }
    }
    for (int k = 0; k < n; k++) {
      add(waiting[k]);
    }
  }

  private int id(int i) {
    return Math.toIntExact(ids[idsOff + i]);
  }

  private int place(int i) {
    return tableOff + id(i) * cols;
  }

  private int from(int i) {
    return gOff + i * cols;
  }

  private void addFour(int i, int j, int k, int l) {
    int a = place(i);
    int b = place(j);
    int c = place(k);
    int d = place(l);
    boolean different = a != b && a != c && a != d && b != c && b != d && c != d;
    long turn = VECTORS && different ? FOUR.turn() : WarmUp.PLAIN;
    if (turn != WarmUp.PLAIN) {
      VectorRowMoves.addFourScaled(
          g, from(i), from(j), from(k), from(l), factor, table, a, b, c, d, cols);
      FOUR.done(turn, 4 * cols);
    } else {
      add(i);
      add(j);
      add(k);
      add(l);
    }
  }

  private void add(int i) {
    int from = from(i);
    int at = place(i);
    long turn = VECTORS ? ONE.turn() : WarmUp.PLAIN;
    if (turn != WarmUp.PLAIN) {
      VectorRowMoves.addScaled(g, from, factor, table, at, cols);
      ONE.done(turn, cols);
      return;
    }
    for (int j = 0; j < cols; j++) {
      table[at + j] += g[from + j] * factor;
    }
  }

  /**
   * {@code table[ids[i]] += factor · g[i]} for rows of cols floats; repeated ids add up, always in
   * the order of i. Ids below 0 are left out.
   */
  public static void add(
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
}
