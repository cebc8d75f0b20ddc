package gradus.tensor.kernel.reduce;

import gradus.tensor.kernel.Lanes;
import gradus.tensor.kernel.Parallel;
import gradus.tensor.kernel.StrideWalk;
import gradus.tensor.kernel.Strides;

/**
 * One search for extremes along a dimension, cut into units at places that depend on its shape
 * alone: along the dimension where that is the denser way to walk, else across many results at a
 * time. What is not contiguous is first gathered into a small buffer.
 */
final class ArgPlan {

  /** Elements of one unit along the dimension, or rows across it. */
  private static final int UNIT = 4 * Lanes.PIECE;

  private static final int UNIT_ROWS = 512;
  private static final int MOST_UNITS = 64;
  private static final int UNIT_COLUMNS = 2048;
  private static final int GATHERED_ROWS = 64;
  private static final int GATHERED_COLUMNS = 256;

  private final Arg arg;
  private final float[] x;
  private final int xOff;
  private final int[] keptShape;
  private final int[] keptStrides;
  private final int size;
  private final int stride;
  private final int kept;

  /** Rows of one unit: more than {@link #UNIT_ROWS} where there would be too many units. */
  private final int unitRows;

  /** Each unit's extreme and its place; the units of a result lie {@code kept} apart. */
  private float[] best;

  private float[] position;

  ArgPlan(Arg arg, float[] x, int xOff, int[] keptShape, int[] keptStrides, int size, int stride) {
    this.arg = arg;
    this.x = x;
    this.xOff = xOff;
    int[][] layout = Strides.merge(keptShape, keptStrides);
    this.keptShape = layout[0];
    this.keptStrides = layout[1];
    this.size = size;
    this.stride = stride;
    this.kept = StrideWalk.count(keptShape);
    this.unitRows = UNIT_ROWS * (1 + size / UNIT_ROWS / MOST_UNITS);
  }

  /** Fills {@code places}, and {@code values} where not null. */
  void run(float[] values, long[] places) {
    boolean along = kept == 1 || Math.abs(stride) <= Math.abs(columnStride());
    int units = along ? Math.ceilDiv(size, UNIT) : Math.ceilDiv(size, unitRows);
    best = new float[kept * units];
    position = new float[kept * units];
    if (along) {
      along(units);
    } else {
      across(units);
    }
    join(units, values, places);
  }

  private int columnStride() {
    return keptStrides[keptStrides.length - 1];
  }

  private void along(int units) {
    Parallel.rows(
        kept * units,
        2L * Math.min(size, UNIT),
        (from, to) -> {
          float[] buffer = stride == 1 ? x : new float[Math.min(size, Lanes.PIECE)];
          StrideWalk result = new StrideWalk(xOff, keptShape, keptStrides).skip(from / units);
          for (int unit = from; unit < to; unit++) {
            int first = unit % units * UNIT;
            int last = first + Math.min(UNIT, size - first);
            search(result.at, first, last, buffer, unit % units * kept + unit / units);
            if ((unit + 1) % units == 0) {
              result.next();
            }
          }
        });
  }

  private void search(int at, int first, int last, float[] buffer, int to) {
    for (int from = first; last - from > 0; from += Lanes.PIECE) { // not from < last: it overflows
      int n = Math.min(Lanes.PIECE, last - from);
      int start = stride == 1 ? at + from : 0;
      if (stride != 1) {
        Gather.row(x, at + from * stride, stride, n, buffer);
      }
      int found = arg.piece(buffer, start, n);
      float value = buffer[start + found];
      if (from == first || arg.wins(value, best[to])) {
        best[to] = value;
        position[to] = Float.intBitsToFloat(from + found);
      }
    }
  }

  private void across(int units) {
    int n = keptShape[keptShape.length - 1];
    int most = columnStride() == 1 ? UNIT_COLUMNS : GATHERED_COLUMNS;
    int blocks = Math.ceilDiv(n, most);
    int[] outerShape = keptShape.clone();
    outerShape[outerShape.length - 1] = 1;
    Parallel.rows(
        kept / n * blocks * units,
        2L * Math.min(size, unitRows) * Math.min(n, most),
        (from, to) -> {
          int width = Math.min(n, most);
          float[] extremes = new float[width];
          float[] rows = new float[width];
          float[] buffer = columnStride() == 1 ? x : new float[GATHERED_ROWS * width];
          for (int unit = from; unit < to; unit++) {
            int col = unit % blocks * most;
            int part = unit / blocks % units;
            int outer = unit / blocks / units;
            int at =
                new StrideWalk(xOff, outerShape, keptStrides).skip(outer).at + col * columnStride();
            int columns = Math.min(most, n - col);
            joinRows(at, part, columns, buffer, extremes, rows);
            int result = part * kept + outer * n + col;
            System.arraycopy(extremes, 0, best, result, columns);
            System.arraycopy(rows, 0, position, result, columns);
          }
        });
  }

  private void joinRows(
      int at, int part, int columns, float[] buffer, float[] extremes, float[] rows) {
    int first = part * unitRows;
    int last = first + Math.min(unitRows, size - first);
    for (int j = 0; j < columns; j++) {
      extremes[j] = x[at + first * stride + j * columnStride()];
      rows[j] = Float.intBitsToFloat(first);
    }
    if (columnStride() == 1) {
      arg.columns(x, at + first * stride, stride, last - first, columns, first, extremes, rows);
      return;
    }
    for (int i = first; i < last; i += GATHERED_ROWS) {
      int count = Math.min(GATHERED_ROWS, last - i);
      Strides.copy(
          x, at + i * stride, stride, columnStride(), buffer, 0, columns, 1, count, columns);
      arg.columns(buffer, 0, columns, count, columns, i, extremes, rows);
    }
  }

  private void join(int units, float[] values, long[] places) {
    for (int i = 0; i < kept; i++) {
      int winner = i;
      for (int at = i + kept; at < kept * units; at += kept) {
        winner = arg.wins(best[at], best[winner]) ? at : winner;
      }
      places[i] = Float.floatToRawIntBits(position[winner]);
      if (values != null) {
        values[i] = best[winner];
      }
    }
  }
}
