package gradus.tensor.kernel;

import static gradus.tensor.kernel.MatMulPack.WIDTH;

/**
 * A product whose A is transposed, its columns pages apart, as in the gradient of a weight: each
 * unit of work first copies (packs) 64 rows of A for a block of k into a buffer of its thread, and
 * uses them for many columns. B is packed by all threads together before, unless its rows are close
 * enough to be read in place. Goto and van de Geijn, "Anatomy of High-Performance Matrix
 * Multiplication", 2008. The split does not change a bit of the result: each element of C is one
 * chain of multiply-adds in the order of k, in blocks of {@link MatMulBlocks#DEPTH}.
 */
final class MatMulPanels {

  /** Floats of packed B at a time: 16 MiB. */
  private static final int PACKED = 1 << 22;

  /** Columns of A so far apart share sets of the caches: half a page. */
  private static final int FAR = 512;

  private static final int UNITS_PER_THREAD = 8;

  private static final float[] ONE = {1};

  private final MatMulPlan plan;
  private final boolean packB;
  private final int down;

  MatMulPanels(MatMulPlan plan) {
    this.plan = plan;
    packB = plan.bCol != 1 || plan.bRow >= MatMulBlocks.FAR;
    down = (plan.m + WIDTH - 1) / WIDTH;
  }

  /** Whether the rows of A lie together, its columns far apart, and are used often. */
  static boolean suits(int m, int n, int aRow, int aCol) {
    return aRow == 1 && aCol >= FAR && m >= WIDTH && n >= 2 * WIDTH;
  }

  void run() {
    int depth = Math.min(MatMulBlocks.DEPTH, plan.k);
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
    Parallel.rows(
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
    Parallel.rows(
        down * across,
        (long) Math.min(WIDTH, plan.m) * Math.min(span * WIDTH, colEnd - col) * steps / 2,
        (from, to) -> {
          for (int unit = from; unit < to; unit++) {
            int first = col + unit % across * span * WIDTH;
            int end = Math.min(colEnd, first + span * WIDTH);
            int at = (first - col) * steps;
            block(unit / across * WIDTH, first, end, p, steps, packed, at);
          }
        });
  }

  /** 64 rows from {@code row} on, columns from {@code col} to {@code colEnd}. */
  private void block(int row, int col, int colEnd, int p, int steps, float[] packed, int packedAt) {
    int rows = Math.min(WIDTH, plan.m - row);
    int aAt = plan.aOffs[0] + row + p * plan.aCol;
    float[] a = Scratch.floats(WIDTH * steps);
    MatMulPack.panel(plan.a, aAt, plan.aCol, 1, steps, rows, a, 0);
    if (plan.sums != null && col == 0) {
      // A row of ones times the panel.
      float[] before = p > 0 ? plan.sums : null;
      MatMulTiles.multiply(
          1, rows, steps, ONE, 0, 0, 0, a, 0, WIDTH, plan.sums, row, 0, before, row, 0);
    }
    float[] b = packB ? packed : plan.b;
    int bRow = packB ? WIDTH : plan.bRow;
    int bAt = packB ? packedAt : plan.bOffs[0] + p * plan.bRow + col;
    for (int j = col; j < colEnd; j += WIDTH) {
      int columns = Math.min(WIDTH, colEnd - j);
      int cAt = plan.cOffs[0] + row * plan.cRow + j;
      plan.tiles(rows, columns, steps, a, 0, 1, WIDTH, b, bAt, bRow, cAt, j, p == 0);
      bAt += packB ? WIDTH * steps : WIDTH;
    }
  }
}
