package gradus.tensor.kernel;

import static gradus.tensor.kernel.MatMulPack.HEIGHT;
import static gradus.tensor.kernel.MatMulPack.WIDTH;

/**
 * A large product: B is first packed by all threads together, unless its rows are close enough to
 * be read in place, and each unit of work takes it through a block of rows of A. A itself is never
 * copied: six of its numbers serve 24 multiply-adds, which hide where they come from, be it pages
 * apart as in the gradient of a weight. Goto and van de Geijn, "Anatomy of High-Performance Matrix
 * Multiplication", 2008. Neither packing nor the split changes a bit of the result: each element of
 * C is one chain of multiply-adds in the order of k, in blocks whose depth follows from the
 * strides.
 */
final class MatMulPanels {

  /** Floats of packed B at a time: 16 MiB. */
  private static final int PACKED = 1 << 22;

  /** Columns of A so far apart share sets of the caches: half a page. */
  private static final int FAR = 512;

  /** Steps of k at a time where columns of A lie far apart: few sets of the caches hold them. */
  private static final int FEW_STEPS = 256;

  /** Rows of a block: for a block of k, they take two fifths of the L2 cache. */
  private static final int ROWS = 32 * HEIGHT;

  /** Floats of an A that should be read once only: 16 MiB. */
  private static final long LARGE = 1 << 22;

  /** From so many rows on, a copy of B is used often enough to pay. */
  private static final int MANY_ROWS = 512;

  private static final int UNITS_PER_THREAD = 8;

  /**
   * Tiles side by side that are computed one after another: their panels of B stay in the L2 cache,
   * and C is written along its rows, which the processor's prefetcher sees.
   */
  private static final int TOGETHER = 4;

  private static final float[] ONE = {1};

  private final MatMulPlan plan;
  private final boolean packB;
  private final int depth;
  private final int height;
  private final int down;

  MatMulPanels(MatMulPlan plan) {
    this.plan = plan;
    packB = packsB(plan);
    boolean far = transposed(plan.m, plan.n, plan.aRow, plan.aCol);
    depth = Math.min(far ? FEW_STEPS : MatMulBlocks.DEPTH, plan.k);
    int threads = Parallel.threads();
    // As many blocks for each thread.
    int blocks = ((plan.m + ROWS - 1) / ROWS + threads - 1) / threads * threads;
    int rows = (plan.m + blocks - 1) / blocks;
    height = (rows + HEIGHT - 1) / HEIGHT * HEIGHT;
    down = (plan.m + height - 1) / height;
  }

  /** Whether A is a transposed matrix whose columns lie far apart and are used often. */
  static boolean transposed(int m, int n, int aRow, int aCol) {
    return aRow == 1 && aCol >= FAR && m >= WIDTH && n >= 2 * WIDTH;
  }

  private static boolean packsB(MatMulPlan plan) {
    return plan.bCol != 1 || plan.bRow >= MatMulBlocks.FAR;
  }

  /** Whether a copy of B or blocks of A are used so often that they pay. */
  static boolean suits(MatMulPlan plan) {
    return plan.k > 0
        && plan.cOffs.length == 1
        && plan.packed == null
        && (transposed(plan.m, plan.n, plan.aRow, plan.aCol)
            || plan.m >= MANY_ROWS
                && plan.n >= 2 * WIDTH
                && plan.k >= WIDTH
                && (packsB(plan) || (long) plan.m * plan.k > LARGE));
  }

  void run() {
    int columns = Math.max(1, PACKED / depth / WIDTH) * WIDTH;
    float[] packed = packB ? Scratch.shared(Math.min(columns, padded(plan.n)) * depth) : null;
    for (int col = 0; col < plan.n; col += columns) {
      int colEnd = Math.min(plan.n, col + columns);
      for (int p = 0; p < plan.k; p += depth) {
        int steps = Math.min(depth, plan.k - p);
        if (packB) {
          pack(packed, col, colEnd, p, steps);
        }
        multiply(packed, col, colEnd, p, steps);
      }
    }
  }

  private static int padded(int n) {
    return (n + WIDTH - 1) / WIDTH * WIDTH;
  }

  private void pack(float[] packed, int col, int colEnd, int p, int steps) {
    MatMulWarmup.rows(
        padded(colEnd - col) / WIDTH,
        (long) WIDTH * steps,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            int first = col + i * WIDTH;
            int at = plan.bOffs[0] + p * plan.bRow + first * plan.bCol;
            int columns = Math.min(WIDTH, colEnd - first);
            int place = i * WIDTH * steps;
            MatMulPack.panel(plan.b, at, plan.bRow, plan.bCol, steps, columns, packed, place);
          }
        });
  }

  private void multiply(float[] packed, int col, int colEnd, int p, int steps) {
    int panels = padded(colEnd - col) / WIDTH;
    // Blocks of rows are cut into parts of their panels where they alone are too few.
    int wanted = UNITS_PER_THREAD * Parallel.threads();
    int parts = Math.clamp((wanted + down - 1) / down, 1, (panels + 7) / 8);
    int span = (panels + parts - 1) / parts;
    int across = (panels + span - 1) / span;
    MatMulWarmup.rows(
        down * across,
        (long) Math.min(height, plan.m) * Math.min(span * WIDTH, colEnd - col) * steps / 2,
        (from, to) -> {
          for (int unit = from; unit < to; unit++) {
            int first = col + unit % across * span * WIDTH;
            int end = Math.min(colEnd, first + span * WIDTH);
            int at = (first - col) * steps;
            block(unit / across * height, first, end, p, steps, packed, at);
          }
        });
  }

  /** Rows from {@code row} on, columns from {@code col} to {@code colEnd}. */
  private void block(int row, int col, int colEnd, int p, int steps, float[] packed, int packedAt) {
    int rowEnd = Math.min(plan.m, row + height);
    int aAt = plan.aOffs[0] + p * plan.aCol;
    float[] b = packB ? packed : plan.b;
    int bRow = packB ? WIDTH : plan.bRow;
    int bAt = packB ? packedAt : plan.bOffs[0] + p * plan.bRow + col;
    int panel = packB ? WIDTH * steps : WIDTH;
    for (int from = col; from < colEnd; from += TOGETHER * WIDTH) {
      int to = Math.min(colEnd, from + TOGETHER * WIDTH);
      for (int i = row; i < rowEnd; i += HEIGHT) {
        int rows = Math.min(HEIGHT, rowEnd - i);
        int tileAt = aAt + i * plan.aRow;
        int cAt = plan.cOffs[0] + i * plan.cRow;
        int at = bAt;
        for (int j = from; j < to; j += WIDTH, at += panel) {
          int columns = Math.min(WIDTH, to - j);
          plan.tiles(
              rows, columns, steps, plan.a, tileAt, plan.aRow, plan.aCol, b, at, bRow, cAt + j, j,
              p == 0);
        }
      }
      bAt += TOGETHER * panel;
    }
    if (plan.sums != null && col == 0) {
      sumRows(row, rowEnd - row, aAt + row * plan.aRow, p, steps);
    }
  }

  /** A row of ones times the transposed block of A. */
  private void sumRows(int row, int rows, int aAt, int p, int steps) {
    float[] before = p > 0 ? plan.sums : null;
    for (int i = 0; i < rows; i += WIDTH) {
      int some = Math.min(WIDTH, rows - i);
      int to = row + i;
      MatMulTiles.multiply(
          1, some, steps, ONE, 0, 0, 0, plan.a, aAt + i, plan.aCol, plan.sums, to, 0, before, to,
          0);
    }
  }
}
