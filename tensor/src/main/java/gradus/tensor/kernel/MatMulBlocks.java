package gradus.tensor.kernel;

import static gradus.tensor.kernel.MatMulPack.WIDTH;

/**
 * A (batched) product cut into blocks of rows × 64 columns, each of which is a unit of work: for
 * what needs no packing, and for batches of small matrices, where each unit packs the panel of B
 * that it needs into a buffer of its thread. Neither this nor the split changes a bit of the
 * result: each element of C is one chain of multiply-adds in the order of k, in blocks of {@link
 * #DEPTH}.
 */
final class MatMulBlocks {

  /** Steps of k in a block: a panel of B (64 × 512 floats, 128 KiB) then stays in the L2 cache. */
  static final int DEPTH = 512;

  /** Rows or columns so far apart share sets of the caches, and each lies in a page of its own. */
  static final int FAR = 1024;

  /** Multiply-adds of a unit, some 20 µs: enough to forget what it costs to hand it out. */
  private static final long UNIT = 1 << 20;

  private static final int UNITS_PER_THREAD = 8;

  /** Rows that share a packed panel of B, unless there are too few blocks for all threads. */
  private static final int ROWS_PER_PANEL = 512;

  private final MatMulPlan plan;
  private final boolean packB;

  /** Rows of a block. */
  private final int height;

  private final int down;
  private final int across;

  MatMulBlocks(MatMulPlan plan) {
    this.plan = plan;
    int m = plan.m;
    int n = plan.n;
    int batches = plan.cOffs.length;
    packB = plan.packed == null && (plan.bCol != 1 || (plan.bRow >= FAR && m >= 64));
    across = (n + WIDTH - 1) / WIDTH;
    int threads = Parallel.threads();
    long units = (long) m * n * plan.k * batches / UNIT;
    // A small square: each thread has its half, and more tiles of full height.
    long least = units == 0 && across * batches == 1 ? threads : 3L * threads;
    long wanted = Math.clamp(units, least, (long) UNITS_PER_THREAD * threads);
    int groups =
        (int) Math.min(m, (wanted + (long) across * batches - 1) / ((long) across * batches));
    if (packB) {
      int few = Math.max(1, (2 * threads + across * batches - 1) / (across * batches));
      groups = Math.min(groups, Math.max(few, m / ROWS_PER_PANEL));
      groups = Math.max(1, Math.min(groups, m / 48));
    }
    int rows = (m + groups - 1) / groups;
    int multiple = rows < 24 ? 6 : 2;
    height = (rows + multiple - 1) / multiple * multiple;
    down = (m + height - 1) / height;
  }

  void run() {
    MatMulWarmup.rows(
        plan.cOffs.length * down * across,
        Math.max(1, (long) Math.min(height, plan.m) * Math.min(plan.n, WIDTH) * plan.k / 2),
        (from, to) -> {
          float[] panel = packB ? Scratch.floats(Math.min(plan.k, DEPTH) * WIDTH) : null;
          for (int unit = from; unit < to; unit++) {
            block(unit / down / across, unit % down * height, unit / down % across * WIDTH, panel);
          }
        });
  }

  private void block(int batch, int row, int col, float[] panel) {
    int rows = Math.min(height, plan.m - row);
    int cols = Math.min(WIDTH, plan.n - col);
    int cAt = plan.cOffs[batch] + row * plan.cRow + col;
    int p = 0;
    do {
      int depth = Math.min(DEPTH, plan.k - p);
      int aAt = plan.aOffs[batch] + row * plan.aRow + p * plan.aCol;
      float[] b = plan.b;
      int bAt = plan.bOffs[batch] + p * plan.bRow + col * plan.bCol;
      int bRow = plan.bRow;
      if (packB) {
        MatMulPack.panel(b, bAt, plan.bRow, plan.bCol, depth, cols, panel, 0);
        b = panel;
        bAt = 0;
        bRow = WIDTH;
      } else if (plan.packed != null) {
        b = plan.packed;
        bAt = col * plan.k + p * WIDTH;
        bRow = WIDTH;
      }
      plan.tiles(
          rows, cols, depth, plan.a, aAt, plan.aRow, plan.aCol, b, bAt, bRow, cAt, col, p == 0);
      p += depth;
    } while (p < plan.k);
  }
}
