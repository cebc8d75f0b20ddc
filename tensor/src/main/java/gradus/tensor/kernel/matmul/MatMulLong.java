package gradus.tensor.kernel.matmul;

import gradus.tensor.kernel.Parallel;
import java.util.function.Consumer;

/**
 * A product with a long inner dimension: products of {@link #STEPS} steps of k each, added up in
 * FLOAT64, so that the error no longer grows with k. A packed B is read where it is; that gives the
 * same bits.
 */
final class MatMulLong {

  /** Up to here, sums of sums in FLOAT32 are good to six digits. */
  static final int STEPS = 1 << 15;

  /** Elements of C whose FLOAT64 sums are kept at a time: 8 MiB. */
  private static final int TOTALS = 1 << 20;

  /** Fewer elements of C do not employ all threads: those share the steps of k instead. */
  private static final int FEW = 256;

  private final MatMulPlan plan;
  private final Consumer<MatMulPlan> way;
  private final int n;

  /**
   * @param way how each of the shorter products is computed
   */
  MatMulLong(MatMulPlan plan, Consumer<MatMulPlan> way) {
    this.plan = plan;
    this.way = way;
    this.n = plan.n;
  }

  static boolean suits(MatMulPlan plan) {
    return plan.k > STEPS;
  }

  void run() {
    int most = Math.clamp(TOTALS / n, 1, plan.m);
    for (int batch = 0; batch < plan.cOffs.length; batch++) {
      for (int row = 0; row < plan.m; row += most) {
        rows(batch, row, Math.min(most, plan.m - row));
      }
    }
  }

  /** Some rows of C. */
  private void rows(int batch, int row, int rows) {
    int parts = Math.ceilDiv(plan.k, STEPS);
    double[] totals = new double[rows * n];
    if (rows * n <= FEW && plan.sums == null) {
      float[][] found = new float[parts][rows * n];
      Parallel.rows(
          parts,
          (long) rows * n * STEPS,
          (from, to) -> {
            for (int p = from; p < to; p++) {
              way.accept(part(batch, row, rows, p, found[p]));
            }
          });
      for (float[] part : found) {
        add(part, totals);
      }
    } else {
      float[] part = new float[rows * n];
      double[] sums = new double[plan.sums == null ? 0 : rows];
      for (int p = 0; p < parts; p++) {
        MatMulPlan product = part(batch, row, rows, p, part);
        if (sums.length > 0) {
          product.sums = new float[rows];
        }
        way.accept(product);
        add(part, totals);
        add(product.sums, sums);
      }
      for (int r = 0; r < sums.length; r++) {
        plan.sums[row + r] = (float) sums[r];
      }
    }
    put(totals, plan.cOffs[batch] + row * plan.cRow, rows);
  }

  /** The product of the p-th steps of k. */
  private MatMulPlan part(int batch, int row, int rows, int p, float[] c) {
    int step = p * STEPS;
    int steps = Math.min(STEPS, plan.k - step);
    int[] aAt = {plan.aOffs[batch] + row * plan.aRow + step * plan.aCol};
    int[] bAt = {plan.bOffs[batch] + step * plan.bRow};
    return new MatMulPlan(
        aAt,
        bAt,
        new int[1],
        rows,
        n,
        steps,
        plan.a,
        plan.aRow,
        plan.aCol,
        plan.b,
        plan.bRow,
        plan.bCol,
        c,
        n,
        false);
  }

  private static void add(float[] from, double[] to) {
    for (int j = 0; j < to.length; j++) {
      to[j] += from[j];
    }
  }

  /** Rounds finished totals into C. */
  private void put(double[] totals, int cAt, int rows) {
    for (int r = 0; r < rows; r++) {
      for (int j = 0; j < n; j++) {
        int to = cAt + r * plan.cRow + j;
        double before =
            plan.accumulate ? plan.c[to] : plan.bias == null ? 0 : plan.bias[plan.biasAt + j];
        plan.c[to] = (float) (before + totals[r * n + j]);
      }
    }
  }
}
