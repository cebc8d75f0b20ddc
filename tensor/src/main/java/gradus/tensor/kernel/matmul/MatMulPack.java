package gradus.tensor.kernel.matmul;

import gradus.tensor.kernel.Lanes;

/** Copies of parts of a matrix into panels whose rows lie close together. */
public final class MatMulPack {

  /** Columns of a panel: 4 vectors of 16 lanes. */
  public static final int WIDTH = 64;

  /** Rows of a tile. */
  static final int HEIGHT = 6;

  /** Steps of k that are packed at a time: 64 rows of a panel are half of an L1 cache. */
  private static final int STEPS = 64;

  private MatMulPack() {}

  /** Copies {@code B[depth, columns]} into rows of {@link #WIDTH} from {@code to} on. */
  public static void panel(
      float[] b, int at, int bRow, int bCol, int depth, int columns, float[] panel, int to) {
    if (bCol == 1) {
      for (int p = 0; p < depth; p++) {
        System.arraycopy(b, at + p * bRow, panel, to + p * WIDTH, columns);
      }
      return;
    }
    if (bRow != 1) {
      for (int p = 0; p < depth; p++) {
        for (int j = 0; j < columns; j++) {
          panel[to + p * WIDTH + j] = b[at + p * bRow + j * bCol];
        }
      }
      return;
    }
    boolean squares = Lanes.COUNT == MatMulTranspose.SIDE && MatMulWarmUp.has(MatMulWarmUp.SQUARES);
    // A transposed B is read along its memory.
    for (int p = 0; p < depth; p += STEPS) {
      int steps = Math.min(STEPS, depth - p);
      int j = 0;
      if (squares && steps % MatMulTranspose.SIDE == 0) {
        for (; j + MatMulTranspose.SIDE <= columns; j += MatMulTranspose.SIDE) {
          squares(b, at + p + j * bCol, bCol, steps, panel, to + p * WIDTH + j);
        }
      }
      for (; j + 8 <= columns; j += 8) {
        eight(b, at + p + j * bCol, bCol, steps, panel, to + p * WIDTH + j);
      }
      for (; j < columns; j++) {
        for (int q = 0; q < steps; q++) {
          panel[to + (p + q) * WIDTH + j] = b[at + p + j * bCol + q];
        }
      }
    }
  }

  private static void squares(float[] b, int at, int bCol, int steps, float[] panel, int to) {
    for (int q = 0; q < steps; q += MatMulTranspose.SIDE) {
      MatMulTranspose.square(b, at + q, bCol, panel, to + q * WIDTH, WIDTH);
    }
  }

  /** Eight columns at a time: eight sequential streams of loads, and whole half lines of stores. */
  private static void eight(float[] b, int at, int bCol, int steps, float[] panel, int to) {
    int b1 = at + bCol;
    int b2 = b1 + bCol;
    int b3 = b2 + bCol;
    int b4 = b3 + bCol;
    int b5 = b4 + bCol;
    int b6 = b5 + bCol;
    int b7 = b6 + bCol;
    for (int q = 0; q < steps; q++) {
      int row = to + q * WIDTH;
      panel[row] = b[at + q];
      panel[row + 1] = b[b1 + q];
      panel[row + 2] = b[b2 + q];
      panel[row + 3] = b[b3 + q];
      panel[row + 4] = b[b4 + q];
      panel[row + 5] = b[b5 + q];
      panel[row + 6] = b[b6 + q];
      panel[row + 7] = b[b7 + q];
    }
  }
}
