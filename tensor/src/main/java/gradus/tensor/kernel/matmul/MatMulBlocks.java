package gradus.tensor.kernel.matmul;

import static gradus.tensor.kernel.matmul.MatMulPack.WIDTH;

import gradus.tensor.kernel.Parallel;

/**
 * A (batched) product cut into blocks of rows × 64 columns, each of which is a unit of work: for a
 * B that is read where it is, or was packed before. Neither this nor the split changes a bit of the
 * result.
 */
final class MatMulBlocks {

  /** Multiply-adds of a unit, some 20 µs: enough to forget what it costs to hand it out. */
  private static final long UNIT = 1 << 20;

  private static final int UNITS_PER_THREAD = 8;

  private final MatMulPlan plan;

  /** Rows of a block. */
  private final int height;

  private final int down;
  private final int across;

  MatMulBlocks(MatMulPlan plan) {
    this.plan = plan;
    int m = plan.m;
    int n = plan.n;
    int batches = plan.cOffs.length;
    across = Math.ceilDiv(n, WIDTH);
    int threads = Parallel.threads();
    long units = (long) m * n * plan.k * batches / UNIT;
    // A small square: each thread has its half, and more tiles of full height.
    long least = units == 0 && across * batches == 1 ? threads : 3L * threads;
    long wanted = Math.clamp(units, least, (long) UNITS_PER_THREAD * threads);
    int groups =
        (int) Math.min(m, (wanted + (long) across * batches - 1) / ((long) across * batches));
    int rows = Math.ceilDiv(m, groups);
    int multiple = rows < 24 ? 6 : 2;
    height = Math.ceilDiv(rows, multiple) * multiple;
    down = Math.ceilDiv(m, height);
  }

  void run() {
    MatMulWarmUp.rows(
        plan.cOffs.length * down * across,
        Math.max(1, (long) Math.min(height, plan.m) * Math.min(plan.n, WIDTH) * plan.k / 2),
        (from, to) -> {
          for (int unit = from; unit < to; unit++) {
            block(unit / down / across, unit % down * height, unit / down % across * WIDTH);
          }
        });
  }

  private void block(int batch, int row, int col) {
    int rows = Math.min(height, plan.m - row);
    int cols = Math.min(WIDTH, plan.n - col);
    int cAt = plan.cOffs[batch] + row * plan.cRow + col;
    boolean packed = plan.packed != null;
    float[] b = packed ? plan.packed : plan.b;
    int bRow = packed ? WIDTH : plan.bRow;
    int bAt = packed ? col * plan.k : plan.bOffs[batch] + col;
    int aAt = plan.aOffs[batch] + row * plan.aRow;
    int p = 0;
    do {
      int steps = Math.min(plan.depth, plan.k - p);
      int from = aAt + p * plan.aCol;
      plan.tiles(rows, cols, steps, from, b, bAt + p * bRow, bRow, cAt, col, p == 0);
      p += steps;
    } while (p < plan.k);
  }
}
