package gradus.tensor.kernel.recurrent;

import gradus.tensor.kernel.Lanes;
import gradus.tensor.kernel.Parallel;
import gradus.tensor.kernel.matmul.MatMulPack;
import gradus.tensor.kernel.matmul.MatMulTiles;
import java.util.Arrays;

/**
 * A matrix packed once for the products of all steps, by panels of 64 columns. Columns come in
 * groups of one size (gates), each of which begins a panel of its own.
 */
final class Panels {
  /** Columns of a block: what one thread does by itself. */
  static final int WIDTH = MatMulPack.WIDTH;

  /**
   * So many multiply-adds at most follow each other in one sum; see the matrix product, which
   * counts the same way.
   */
  private static final int CHAIN = 256;

  private final float[] packed;
  private final int depth;
  private final int perGroup;

  private Panels(float[] packed, int depth, int perGroup) {
    this.packed = packed;
    this.depth = depth;
    this.perGroup = perGroup;
  }

  static int blocks(int columns) {
    return Math.ceilDiv(columns, WIDTH);
  }

  /** B[depth, groups · columns] with the given strides. */
  static Panels of(float[] b, int at, int bRow, int bCol, int depth, int groups, int columns) {
    int perGroup = blocks(columns);
    float[] packed = new float[Math.multiplyExact(groups * perGroup * WIDTH, depth)];
    Parallel.rows(
        groups * perGroup,
        (long) WIDTH * depth,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            int col = i % perGroup * WIDTH;
            int first = i / perGroup * columns + col;
            int width = Math.min(WIDTH, columns - col);
            MatMulPack.panel(
                b, at + first * bCol, bRow, bCol, depth, width, packed, i * WIDTH * depth);
          }
        });
    return new Panels(packed, depth, perGroup);
  }

  /**
   * {@code C[rows, cols] = A[rows, depth] · B[depth, cols of the block] + D[rows, cols]}.
   *
   * @param d null for none; with {@code dRow} 0 one row for all
   */
  void product(
      int group,
      int block,
      int rows,
      int cols,
      float[] a,
      int aAt,
      int aRow,
      float[] c,
      int cAt,
      int cRow,
      float[] d,
      int dAt,
      int dRow) {
    if (Lanes.COUNT == 0 && d != c) {
      for (int r = 0; r < rows; r++) {
        int to = cAt + r * cRow;
        if (d == null) {
          Arrays.fill(c, to, to + cols, 0);
        } else {
          System.arraycopy(d, dAt + r * dRow, c, to, cols);
        }
      }
      d = c;
      dAt = cAt;
      dRow = cRow;
    }
    int panel = (group * perGroup + block) * WIDTH * depth;
    int chains = Math.max(1, Math.ceilDiv(depth, CHAIN));
    for (int i = 0, p = 0; i < chains; i++) {
      int steps = (depth - p) / (chains - i);
      MatMulTiles.multiply(
          rows,
          cols,
          steps,
          a,
          aAt + p,
          aRow,
          1,
          packed,
          panel + p * WIDTH,
          WIDTH,
          c,
          cAt,
          cRow,
          d,
          dAt,
          dRow);
      d = c;
      dAt = cAt;
      dRow = cRow;
      p += steps;
    }
  }
}
