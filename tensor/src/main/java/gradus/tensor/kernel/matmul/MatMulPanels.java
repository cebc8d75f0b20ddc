package gradus.tensor.kernel.matmul;

import static gradus.tensor.kernel.matmul.MatMulPack.HEIGHT;
import static gradus.tensor.kernel.matmul.MatMulPack.WIDTH;

import gradus.tensor.kernel.Parallel;
import gradus.tensor.kernel.Scratch;

/**
 * A (batched) product that packs B, cut into units of work that share nothing but A and B: a unit
 * takes its rows of A past a few panels of B, which the first rows pack and the L2 cache of a core
 * then keeps. A itself is never copied: six of its numbers serve 24 multiply-adds, which hide where
 * they come from, be it pages apart as in the gradient of a weight. Goto and van de Geijn, "Anatomy
 * of High-Performance Matrix Multiplication", 2008. Neither packing nor the split changes a bit of
 * the result.
 */
final class MatMulPanels {

  /** Floats of B in a unit: half of an L2 cache of 1 MiB. */
  private static final int PACKED = 1 << 17;

  /** Panels of B in a unit: the more there are, the less often A is read. */
  private static final int PANELS = 8;

  /** Rows of B so far apart do not fill a cache evenly, nor are they fetched ahead. */
  private static final int FAR = 256;

  /** From so many rows on, a panel of such a B is used often enough to be packed. */
  private static final int SOME_ROWS = 48;

  /** From so many rows on, a panel of any B. */
  private static final int MANY_ROWS = 512;

  private static final float[] ONE = {1};

  private final MatMulPlan plan;

  /** Rows and columns of a unit. */
  private int height;

  private int width;

  private final int down;
  private final int across;

  MatMulPanels(MatMulPlan plan) {
    this.plan = plan;
    cut(Parallel.threads());
    down = Math.ceilDiv(plan.m, height);
    across = Math.ceilDiv(plan.n, width);
  }

  /** Whether panels of B must or should be packed. */
  static boolean suits(MatMulPlan plan) {
    return plan.k > 0
        && plan.packed == null
        && (plan.bCol != 1
            || plan.bRow >= FAR && plan.m >= SOME_ROWS
            || plan.m >= MANY_ROWS && plan.n >= 2 * WIDTH && plan.k >= WIDTH
            || plan.sums != null);
  }

  /**
   * Chooses the size of the units. The larger they are, the less often B is packed, which takes
   * about as long as 25 rows of the product, and A is read; the smaller, the better all threads are
   * employed, also where one of them is held up.
   */
  private void cut(int threads) {
    int panels = Math.ceilDiv(plan.n, WIDTH);
    int most = Math.clamp(PACKED / WIDTH / plan.depth, 1, PANELS);
    double least = Double.POSITIVE_INFINITY;
    int parts = Math.ceilDiv(panels, most);
    while (parts <= panels) {
      int columns = Math.ceilDiv(panels, parts) * WIDTH;
      int across = Math.ceilDiv(plan.n, columns);
      for (int blocks = 1; blocks <= Math.clamp(plan.m / SOME_ROWS, 1, 2 * threads); blocks++) {
        int rows = ((plan.m + blocks - 1) / blocks + HEIGHT - 1) / HEIGHT * HEIGHT;
        int units = plan.cOffs.length * blocks * across;
        double longest = (double) ((units + threads - 1) / threads) * columns * rows;
        double time = longest * (1 + 25.0 / rows + 2.0 / columns + 0.04 * threads / units);
        if (time < 0.99 * least) {
          least = time;
          width = columns;
          height = rows;
        }
      }
      parts = parts % threads == 0 ? 2 * parts : (parts / threads + 1) * threads;
    }
  }

  void run() {
    MatMulWarmUp.rows(
        plan.cOffs.length * down * across,
        Math.max(1, (long) Math.min(height, plan.m) * Math.min(width, plan.n) * plan.k / 2),
        (from, to) -> {
          float[] packed = Scratch.floats(width * plan.depth);
          for (int unit = from; unit < to; unit++) {
            unit(
                unit / across / down, unit / across % down * height, unit % across * width, packed);
          }
        });
  }

  /** Rows from {@code row} on, columns from {@code col} on. */
  private void unit(int batch, int row, int col, float[] packed) {
    int rowEnd = Math.min(plan.m, row + height);
    int colEnd = Math.min(plan.n, col + width);
    for (int p = 0; p < plan.k; p += plan.depth) {
      int steps = Math.min(plan.depth, plan.k - p);
      int aAt = plan.aOffs[batch] + p * plan.aCol;
      int bAt = plan.bOffs[batch] + p * plan.bRow;
      for (int i = row; i < rowEnd; i += HEIGHT) {
        int rows = Math.min(HEIGHT, rowEnd - i);
        int tileAt = aAt + i * plan.aRow;
        for (int j = col; j < colEnd; j += WIDTH) {
          int columns = Math.min(WIDTH, colEnd - j);
          int panel = (j - col) * steps;
          int to = plan.cOffs[batch] + i * plan.cRow + j;
          if (i == row) {
            int from = bAt + j * plan.bCol;
            plan.tilesAndPack(rows, columns, steps, tileAt, from, packed, panel, to, j, p == 0);
          } else {
            plan.tiles(rows, columns, steps, tileAt, packed, panel, WIDTH, to, j, p == 0);
          }
        }
      }
      if (plan.sums != null && col == 0) {
        sumRows(row, rowEnd - row, aAt + row * plan.aRow, p, steps);
      }
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
