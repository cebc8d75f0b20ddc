package gradus.tensor.kernel;

import java.util.Arrays;

/**
 * One reduction, cut into units at places that depend on its shape alone.
 *
 * <p>If the elements that are reduced lie contiguous, each result is the fold of one or more rows.
 * If instead the results' elements lie contiguous (a sum over the batch), whole rows are joined
 * element by element. Partial results are kept in {@code double}.
 */
final class ReducePlan {

  /** Elements (or rows) of one unit. */
  private static final int UNIT = 4 * Fold.PIECE;

  private static final int UNIT_ROWS = 1024;
  private static final int ROWS_PER_SUM = 64;
  private static final int UNIT_COLUMNS = 256;

  private final float[] x;
  private final int xOff;
  private final int[] keptShape;
  private final int[] keptStrides;
  private final int[] reducedShape;
  private final int[] reducedStrides;
  private final int kept;
  private final int reduced;

  ReducePlan(
      float[] x,
      int xOff,
      int[] keptShape,
      int[] keptStrides,
      int[] reducedShape,
      int[] reducedStrides) {
    this.x = x;
    this.xOff = xOff;
    int[][] keptLayout = Layout.merge(keptShape, keptStrides);
    this.keptShape = keptLayout[0];
    this.keptStrides = keptLayout[1];
    // The order of what is reduced is free: the densest dimension goes innermost.
    int[][] reducedLayout = Layout.merge(Layout.sort(reducedShape, reducedStrides));
    this.reducedShape = reducedLayout[0];
    this.reducedStrides = reducedLayout[1];
    this.kept = Walk.count(keptShape);
    this.reduced = Walk.count(reducedShape);
  }

  /** Whether the reduced elements lie in contiguous rows. */
  boolean alongRows() {
    return inner(reducedStrides) == 1;
  }

  /** Whether the results' elements lie in contiguous rows. */
  boolean acrossRows() {
    return inner(keptStrides) == 1;
  }

  private static int inner(int[] values) {
    return values[values.length - 1];
  }

  /**
   * Folds; {@code shifts} holds one number per result for {@link Fold.Op#DEVIATIONS}, else null.
   */
  double[] run(Fold fold, float[] shifts) {
    return alongRows() ? along(fold, shifts) : across(fold, shifts);
  }

  private double[] along(Fold fold, float[] shifts) {
    int n = inner(reducedShape);
    int length = Math.min(n, UNIT);
    int perRow = (n + length - 1) / length;
    int pieces = reduced / n * perRow;
    int perUnit = Math.max(1, UNIT / length);
    int units = (pieces + perUnit - 1) / perUnit;
    double[] partial = new double[kept * units];
    Parallel.rows(
        kept * units,
        Math.min(reduced, UNIT),
        (from, to) -> {
          Walk result = new Walk(xOff, keptShape, keptStrides).skip(from / units);
          for (int unit = from; unit < to; unit++) {
            float shift = shifts == null ? 0 : shifts[unit / units];
            int first = unit % units * perUnit;
            int last = Math.min(pieces, first + perUnit);
            if (pieces == 1) {
              partial[unit] = fold.row(x, result.at, n, shift);
            } else {
              partial[unit] = pieces(fold, result.at, first, last, n, length, perRow, shift);
            }
            if ((unit + 1) % units == 0) {
              result.next();
            }
          }
        });
    return units == 1 ? partial : join(fold.op(), partial, units, 1);
  }

  private double pieces(
      Fold fold, int at, int first, int last, int n, int length, int perRow, float shift) {
    Walk row = rows(at).skip(first / perRow);
    double result = fold.op().start();
    for (int piece = first; piece < last; piece++) {
      int from = piece % perRow * length;
      int size = Math.min(length, n - from);
      result = fold.op().join(result, fold.row(x, row.at + from, size, shift));
      if ((piece + 1) % perRow == 0) {
        row.next();
      }
    }
    return result;
  }

  /** Steps through all reduced dimensions but the innermost. */
  private Walk rows(int at) {
    int[] shape = reducedShape.clone();
    shape[shape.length - 1] = 1;
    return new Walk(at, shape, reducedStrides);
  }

  private double[] across(Fold fold, float[] shifts) {
    int n = inner(keptShape);
    int blocks = (n + UNIT_COLUMNS - 1) / UNIT_COLUMNS;
    int units = Math.max(1, (reduced + UNIT_ROWS - 1) / UNIT_ROWS);
    double[] partial = new double[kept * units];
    int[] outerShape = keptShape.clone();
    outerShape[outerShape.length - 1] = 1;
    Parallel.rows(
        kept / n * blocks * units,
        (long) Math.min(reduced, UNIT_ROWS) * Math.min(n, UNIT_COLUMNS),
        (from, to) -> {
          double[] sums = new double[Math.min(n, UNIT_COLUMNS)];
          for (int unit = from; unit < to; unit++) {
            int col = unit % blocks * UNIT_COLUMNS;
            int part = unit / blocks % units;
            int outer = unit / blocks / units;
            int width = Math.min(UNIT_COLUMNS, n - col);
            int at = new Walk(xOff, outerShape, keptStrides).skip(outer).at + col;
            int result = outer * n + col;
            Arrays.fill(sums, fold.op().start());
            joinRows(fold, at, part, width, shifts, result, sums);
            System.arraycopy(sums, 0, partial, part * kept + result, width);
          }
        });
    return units == 1 ? partial : join(fold.op(), partial, units, kept);
  }

  private void joinRows(
      Fold fold, int at, int part, int width, float[] shifts, int shiftsAt, double[] sums) {
    int from = part * UNIT_ROWS;
    int to = Math.min(reduced, from + UNIT_ROWS);
    int run = inner(reducedShape);
    int stride = inner(reducedStrides);
    Walk rows = rows(at).skip(from / run);
    int skip = from % run;
    for (int i = from; i < to; ) {
      int count = Math.min(Math.min(run - skip, to - i), ROWS_PER_SUM);
      fold.columns(x, rows.at + skip * stride, stride, count, width, shifts, shiftsAt, sums);
      i += count;
      skip += count;
      if (skip == run) {
        skip = 0;
        rows.next();
      }
    }
  }

  /** The parts of a result lie {@code step} apart; they are joined in order. */
  private double[] join(Fold.Op op, double[] partial, int units, int step) {
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
