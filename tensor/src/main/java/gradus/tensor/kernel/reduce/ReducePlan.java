package gradus.tensor.kernel.reduce;

import gradus.tensor.kernel.Lanes;
import gradus.tensor.kernel.Parallel;
import gradus.tensor.kernel.StrideWalk;
import gradus.tensor.kernel.Strides;
import java.util.Arrays;

/**
 * One reduction, cut into units at places that depend on its shape alone.
 *
 * <p>If the elements that are reduced lie densest, each result is the fold of one or more rows. If
 * instead the results' elements do (a sum over the batch), whole rows are joined element by
 * element. What is not contiguous is first gathered into a small buffer. Partial results are kept
 * in {@code double}.
 */
final class ReducePlan {

  /** Elements (or rows) of one unit. */
  private static final int UNIT = 4 * Lanes.PIECE;

  private static final int UNIT_ROWS = 512;
  private static final int MOST_UNITS = 64;
  private static final int ROWS_PER_SUM = 64;
  private static final int UNIT_COLUMNS = 2048;

  /** Columns that are gathered, 64 rows at a time, where they do not lie contiguous. */
  private static final int GATHERED_COLUMNS = 256;

  private final float[] x;
  private final int xOff;
  private final int[] keptShape;
  private final int[] keptStrides;
  private final int[] reducedShape;
  private final int[] reducedStrides;
  private final int kept;
  private final int reduced;

  /** Rows of one unit: more than {@link #UNIT_ROWS} where there would be too many units. */
  private final int unitRows;

  ReducePlan(
      float[] x,
      int xOff,
      int[] keptShape,
      int[] keptStrides,
      int[] reducedShape,
      int[] reducedStrides) {
    this.x = x;
    this.xOff = xOff;
    int[][] keptLayout = Strides.merge(keptShape, keptStrides);
    this.keptShape = keptLayout[0];
    this.keptStrides = keptLayout[1];
    // The order of what is reduced is free: the densest dimension goes innermost.
    int[][] reducedLayout = Strides.merge(Strides.sort(reducedShape, reducedStrides));
    this.reducedShape = reducedLayout[0];
    this.reducedStrides = reducedLayout[1];
    this.kept = StrideWalk.count(keptShape);
    this.reduced = StrideWalk.count(reducedShape);
    this.unitRows = UNIT_ROWS * (1 + reduced / UNIT_ROWS / MOST_UNITS);
  }

  /**
   * Whether to walk along what is reduced, each result for itself, because that is the denser way;
   * else across, many results at a time.
   */
  private boolean alongRows() {
    return kept == 1 || Math.abs(inner(reducedStrides)) <= Math.abs(inner(keptStrides));
  }

  private static int inner(int[] values) {
    return values[values.length - 1];
  }

  /**
   * Folds; {@code shifts} holds one number per result for {@link Accumulator.Op#DEVIATIONS}, else
   * null.
   */
  double[] run(Accumulator fold, float[] shifts) {
    return alongRows() ? along(fold, shifts) : across(fold, shifts);
  }

  /** Folds, divides and rounds. */
  void run(Accumulator fold, double divisor, float[] out) {
    if (alongRows() && reduced == inner(reducedShape) && reduced <= UNIT) {
      rows(fold, divisor, out);
      return;
    }
    double[] exact = run(fold, null);
    for (int i = 0; i < exact.length; i++) {
      out[i] = (float) (exact[i] / divisor);
    }
  }

  /** Each result is that of one row, and rounded where it arises: no thread waits for others. */
  private void rows(Accumulator fold, double divisor, float[] out) {
    int stride = inner(reducedStrides);
    Parallel.rows(
        kept,
        reduced,
        (from, to) -> {
          StrideWalk result = new StrideWalk(xOff, keptShape, keptStrides).skip(from);
          if (stride == 1 && reduced <= Lanes.PIECE && keptShape.length == 1) {
            fold.rows(x, result.at, keptStrides[0], reduced, divisor, out, from, to);
            return;
          }
          float[] buffer = buffer(Math.min(reduced, Lanes.PIECE));
          for (int i = from; i < to; i++, result.next()) {
            out[i] = (float) (fold.row(x, result.at, stride, reduced, 0, buffer) / divisor);
          }
        });
  }

  private double[] along(Accumulator fold, float[] shifts) {
    int n = inner(reducedShape);
    int stride = inner(reducedStrides);
    int length = Math.min(n, UNIT);
    int perRow = Math.ceilDiv(n, length);
    int pieces = reduced / n * perRow;
    int perUnit = Math.max(1, UNIT / length);
    int units = Math.ceilDiv(pieces, perUnit);
    double[] partial = new double[kept * units];
    Parallel.rows(
        kept * units,
        Math.min(reduced, UNIT),
        (from, to) -> {
          float[] buffer = buffer(Math.min(length, Lanes.PIECE));
          StrideWalk result = new StrideWalk(xOff, keptShape, keptStrides).skip(from / units);
          if (pieces == 1) {
            for (int i = from; i < to; i++, result.next()) {
              partial[i] =
                  fold.row(x, result.at, stride, n, shifts == null ? 0 : shifts[i], buffer);
            }
            return;
          }
          for (int unit = from; unit < to; unit++) {
            float shift = shifts == null ? 0 : shifts[unit / units];
            int first = unit % units * perUnit;
            int last = first + Math.min(perUnit, pieces - first);
            partial[unit] = pieces(fold, result.at, first, last, n, length, shift, buffer);
            if ((unit + 1) % units == 0) {
              result.next();
            }
          }
        });
    return units == 1 ? partial : join(fold.op(), partial, units, 1);
  }

  private float[] buffer(int length) {
    return Accumulator.gathers(inner(reducedStrides)) ? new float[length] : null;
  }

  private double pieces(
      Accumulator fold,
      int at,
      int first,
      int last,
      int n,
      int length,
      float shift,
      float[] buffer) {
    int perRow = Math.ceilDiv(n, length);
    int stride = inner(reducedStrides);
    StrideWalk row = rows(at).skip(first / perRow);
    double result = fold.op().start();
    for (int piece = first; piece < last; piece++) {
      int from = piece % perRow * length;
      int size = Math.min(length, n - from);
      double part = fold.row(x, row.at + from * stride, stride, size, shift, buffer);
      result = fold.op().join(result, part);
      if ((piece + 1) % perRow == 0) {
        row.next();
      }
    }
    return result;
  }

  /** Steps through all reduced dimensions but the innermost. */
  private StrideWalk rows(int at) {
    int[] shape = reducedShape.clone();
    shape[shape.length - 1] = 1;
    return new StrideWalk(at, shape, reducedStrides);
  }

  private double[] across(Accumulator fold, float[] shifts) {
    int n = inner(keptShape);
    int most = inner(keptStrides) == 1 ? UNIT_COLUMNS : GATHERED_COLUMNS;
    int blocks = Math.ceilDiv(n, most);
    int units = Math.max(1, Math.ceilDiv(reduced, unitRows));
    double[] partial = new double[kept * units];
    int[] outerShape = keptShape.clone();
    outerShape[outerShape.length - 1] = 1;
    Parallel.rows(
        kept / n * blocks * units,
        (long) Math.min(reduced, unitRows) * Math.min(n, most),
        (from, to) -> {
          Columns columns = new Columns(fold, Math.min(n, most), shifts);
          for (int unit = from; unit < to; unit++) {
            int col = unit % blocks * most;
            int part = unit / blocks % units;
            int outer = unit / blocks / units;
            columns.width = Math.min(most, n - col);
            columns.at =
                new StrideWalk(xOff, outerShape, keptStrides).skip(outer).at
                    + col * inner(keptStrides);
            columns.result = outer * n + col;
            columns.joinRows(part);
            System.arraycopy(columns.sums, 0, partial, part * kept + columns.result, columns.width);
          }
        });
    return units == 1 ? partial : join(fold.op(), partial, units, kept);
  }

  /** What a thread needs to join rows of some columns. */
  private final class Columns {
    private final Accumulator fold;
    private final float[] shifts;

    /** The results of at most 64 rows, and those of all rows so far. */
    private final float[] some;

    private final double[] sums;

    /** Rows that were gathered; null where they lie contiguous. */
    private final float[] gathered;

    int width;
    int at;
    int result;

    Columns(Accumulator fold, int most, float[] shifts) {
      this.fold = fold;
      this.shifts = shifts;
      this.some = new float[most];
      this.sums = new double[most];
      this.gathered = inner(keptStrides) == 1 ? null : new float[ROWS_PER_SUM * most];
    }

    void joinRows(int part) {
      Arrays.fill(sums, fold.op().start());
      int from = part * unitRows;
      int to = from + Math.min(unitRows, reduced - from);
      int run = inner(reducedShape);
      StrideWalk rows = rows(at).skip(from / run);
      int skip = from % run;
      for (int i = from; i < to; ) {
        int count = Math.min(Math.min(run - skip, to - i), ROWS_PER_SUM);
        join(rows.at + skip * inner(reducedStrides), count);
        i += count;
        skip += count;
        if (skip == run) {
          skip = 0;
          rows.next();
        }
      }
    }

    private void join(int from, int rows) {
      int stride = inner(reducedStrides);
      Arrays.fill(some, fold.op().start());
      if (gathered == null) {
        fold.columns(x, from, stride, rows, width, shifts, result, some);
      } else {
        int step = inner(keptStrides);
        Strides.copy(x, from, stride, step, gathered, 0, width, 1, rows, width);
        fold.columns(gathered, 0, width, rows, width, shifts, result, some);
      }
      fold.join(some, sums, width);
    }
  }

  /** The parts of a result lie {@code step} apart; they are joined in order. */
  private double[] join(Accumulator.Op op, double[] partial, int units, int step) {
    double[] result = new double[kept];
    for (int i = 0; i < kept; i++) {
      int at = step == 1 ? i * units : i;
      double joined = partial[at];
      for (int part = 1; part < units; part++) {
        joined = op.join(joined, partial[at + part * step]);
      }
      result[i] = joined;
    }
    return result;
  }
}
