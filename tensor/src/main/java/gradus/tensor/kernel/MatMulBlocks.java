package gradus.tensor.kernel;

import static gradus.tensor.kernel.MatMulPack.WIDTH;

/**
 * A (batched) product cut into blocks of rows × 64 columns, each of which is a unit of work.
 *
 * <p>B is read in place where that is fast. From about a thousand columns its rows lie pages apart,
 * and a transposed B has no contiguous rows at all: then a panel of it is first copied (packed)
 * into a buffer of the thread, and used for many rows. A transposed A is read in place too, unless
 * its columns lie pages apart. Neither this nor the split changes a bit of the result: each element
 * of C is one chain of multiply-adds in the order of k, in blocks of {@link #DEPTH}.
 */
final class MatMulBlocks {

  /** Steps of k in a block: a panel of B (64 × 512 floats, 128 KiB) then stays in the L2 cache. */
  static final int DEPTH = 512;

  /** Rows or columns so far apart share sets of the caches, and each lies in a page of its own. */
  private static final int FAR = 1024;

  /** Multiply-adds of a unit, some 20 µs: enough to forget what it costs to hand it out. */
  private static final long UNIT = 1 << 20;

  private static final int UNITS_PER_THREAD = 8;

  /** Rows that share a packed panel of B, unless there are too few blocks for all threads. */
  private static final int ROWS_PER_PANEL = 384;

  private final MatMulPlan plan;
  private final boolean packB;
  private final boolean packA;

  /** Rows of a block. */
  private final int height;

  private final int down;
  private final int across;

  /** The packed A of one block of k; null where A is read in place. */
  private float[] packedA;

  MatMulBlocks(MatMulPlan plan) {
    this.plan = plan;
    int m = plan.m;
    int n = plan.n;
    int batches = plan.cOffs.length;
    packB = plan.bCol != 1 || (plan.bRow >= FAR && m >= 64);
    packA = plan.aCol >= 512 && plan.aRow == 1 && batches == 1 && m >= 64 && n >= 128;
    across = (n + WIDTH - 1) / WIDTH;
    int threads = Parallel.threads();
    long units = (long) m * n * plan.k * batches / UNIT;
    long wanted = Math.clamp(units, 3L * threads, (long) UNITS_PER_THREAD * threads);
    int groups =
        (int) Math.min(m, (wanted + (long) across * batches - 1) / ((long) across * batches));
    if (packB) {
      int few = Math.max(1, (2 * threads + across * batches - 1) / (across * batches));
      groups = Math.min(groups, Math.max(few, m / ROWS_PER_PANEL));
      groups = Math.max(1, Math.min(groups, m / 48));
    }
    int rows = (m + groups - 1) / groups;
    int multiple = packA ? WIDTH : rows < 24 ? 6 : 2;
    height = (rows + multiple - 1) / multiple * multiple;
    down = (m + height - 1) / height;
  }

  void run() {
    if (!packA) {
      multiply(0, plan.k);
      return;
    }
    int panels = (plan.m + WIDTH - 1) / WIDTH;
    packedA = Scratch.shared(panels * WIDTH * Math.min(DEPTH, plan.k));
    for (int p = 0; p < plan.k; p += DEPTH) {
      int from = p;
      int depth = Math.min(DEPTH, plan.k - p);
      int aAt = plan.aOffs[0] + p * plan.aCol;
      Parallel.rows(
          panels,
          (long) WIDTH * depth,
          (first, last) -> {
            for (int i = first; i < last; i++) {
              int columns = Math.min(WIDTH, plan.m - i * WIDTH);
              MatMulPack.panel(
                  plan.a,
                  aAt + i * WIDTH,
                  plan.aCol,
                  1,
                  depth,
                  columns,
                  packedA,
                  i * WIDTH * depth);
            }
          });
      multiply(from, from + depth);
    }
  }

  private void multiply(int from, int to) {
    Parallel.rows(
        plan.cOffs.length * down * across,
        Math.max(1, (long) Math.min(height, plan.m) * Math.min(plan.n, WIDTH) * (to - from) / 2),
        (first, last) -> {
          float[] panel = packB ? Scratch.floats(Math.min(to - from, DEPTH) * WIDTH) : null;
          for (int unit = first; unit < last; unit++) {
            block(unit / down / across, unit % down, unit / down % across, from, to, panel);
          }
        });
  }

  private void block(int batch, int down, int across, int from, int to, float[] panel) {
    int row = down * height;
    int rows = Math.min(height, plan.m - row);
    int col = across * WIDTH;
    int cols = Math.min(WIDTH, plan.n - col);
    int cAt = plan.cOffs[batch] + row * plan.cRow + col;
    int p = from;
    do {
      int depth = Math.min(DEPTH, to - p);
      boolean add = plan.accumulate || p > 0;
      int bAt = plan.bOffs[batch] + p * plan.bRow + col * plan.bCol;
      if (packB) {
        MatMulPack.panel(plan.b, bAt, plan.bRow, plan.bCol, depth, cols, panel, 0);
        tiles(batch, row, rows, cols, p, depth, panel, 0, WIDTH, cAt, add);
      } else {
        tiles(batch, row, rows, cols, p, depth, plan.b, bAt, plan.bRow, cAt, add);
      }
      p += depth;
    } while (p < to);
    if (to == plan.k) {
      plan.finish(cAt, rows, col, cols);
    }
  }

  private void tiles(
      int batch,
      int row,
      int rows,
      int cols,
      int p,
      int depth,
      float[] b,
      int bAt,
      int bRow,
      int cAt,
      boolean add) {
    float[] c = plan.c;
    int cRow = plan.cRow;
    if (packedA == null) {
      int aAt = plan.aOffs[batch] + row * plan.aRow + p * plan.aCol;
      MatMulTiles.multiply(
          rows, cols, depth, plan.a, aAt, plan.aRow, plan.aCol, b, bAt, bRow, c, cAt, cRow, add);
      return;
    }
    for (int i = 0; i < rows; i += WIDTH) {
      int some = Math.min(WIDTH, rows - i);
      int aAt = (row + i) * depth;
      MatMulTiles.multiply(
          some, cols, depth, packedA, aAt, 1, WIDTH, b, bAt, bRow, c, cAt + i * cRow, cRow, add);
    }
  }
}
