package gradus.tensor.kernel.table;

import gradus.tensor.kernel.Lanes;
import gradus.tensor.kernel.Parallel;
import gradus.tensor.kernel.WarmUp;

/**
 * {@code out[i] = table[ids[i]]} for rows of cols floats; see {@code Rows.gather}.
 *
 * @param rowStride how far the rows of the table lie apart
 */
public record RowCopies(
    float[] table,
    int tableOff,
    int rowStride,
    long[] ids,
    int idsOff,
    float[] out,
    int outOff,
    int cols) {

  /** Rows and floats in a row from which on copies wait for memory. */
  private static final int MANY_ROWS = 64;

  private static final int LONG_ROW = 64;

  private static final WarmUp WARM_UP = new WarmUp();

  /** Copies some of the rows, four at a time where there are many of them. */
  private void run(int from, int to) {
    int i = from;
    // The width of vectors last: to ask for it starts the Vector API, which takes 50 ms.
    boolean many = to - from >= MANY_ROWS && cols >= LONG_ROW && Lanes.COUNT > 0;
    while (i < to) {
      long turn = many && i + 4 <= to ? WARM_UP.turn() : WarmUp.PLAIN;
      if (turn != WarmUp.PLAIN) {
        int at = outOff + i * cols;
        VectorRowMoves.copyFour(table, row(i), row(i + 1), row(i + 2), row(i + 3), out, at, cols);
        WARM_UP.done(turn, 4 * cols);
        i += 4;
      } else {
        System.arraycopy(table, row(i), out, outOff + i * cols, cols);
        i++;
      }
    }
  }

  private int row(int i) {
    return tableOff + Math.toIntExact(ids[idsOff + i]) * rowStride;
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
}
