package gradus.tensor.kernel.matmul;

import gradus.tensor.kernel.Lanes;
import gradus.tensor.kernel.Scratch;

/**
 * One block of C on one thread, cut into tiles that fit the registers: what {@link MatMulBlocks}
 * and {@code Attention} are made of. The columns of B lie contiguous; A has any strides.
 */
public final class MatMulTiles {

  private MatMulTiles() {}

  /** {@code C[rows, cols] = A[rows, depth] · B[depth, cols]}, or {@code +=} if {@code add}. */
  public static void multiply(
      int rows,
      int cols,
      int depth,
      float[] a,
      int aAt,
      int aRow,
      int aCol,
      float[] b,
      int bAt,
      int bRow,
      float[] c,
      int cAt,
      int cRow,
      boolean add) {
    multiply(
        rows,
        cols,
        depth,
        a,
        aAt,
        aRow,
        aCol,
        b,
        bAt,
        bRow,
        c,
        cAt,
        cRow,
        add ? c : null,
        cAt,
        cRow);
  }

  /**
   * {@code C[rows, cols] = A[rows, depth] · B[depth, cols] + D[rows, cols]}: whole tiles, then
   * pairs of vectors, then single ones. Each element of C is one chain of multiply-adds in the
   * order of the depth, whichever tile it falls into, and then D is added.
   *
   * @param d null for none; C itself to add to it; or, where there are vectors, a row for all rows,
   *     with dRow 0
   */
  public static void multiply(
      int rows,
      int cols,
      int depth,
      float[] a,
      int aAt,
      int aRow,
      int aCol,
      float[] b,
      int bAt,
      int bRow,
      float[] c,
      int cAt,
      int cRow,
      float[] d,
      int dAt,
      int dRow) {
    if (Lanes.COUNT == 0) {
      boolean add = d == c;
      for (int i = 0; i < rows; i++) {
        ReferenceMatMul.row(i, cols, depth, a, aAt, aRow, aCol, b, bAt, bRow, 1, c, cAt, cRow, add);
      }
      return;
    }
    if (!MatMulWarmUp.has(MatMulWarmUp.NARROW)) {
      MatMulWarmUp.count((long) rows * cols * depth);
      PlainMatMul.block(
          rows, cols, depth, a, aAt, aRow, aCol, b, bAt, bRow, c, cAt, cRow, d, dAt, dRow);
      return;
    }
    int lanes = Lanes.COUNT;
    int j = 0;
    if (lanes == 16 && 4 * lanes <= cols && MatMulWarmUp.has(MatMulWarmUp.WIDE)) {
      for (; j + 4 * lanes <= cols; j += 4 * lanes) {
        for (int i = 0, height; i < rows; i += height) {
          height = height(rows - i);
          int from = aAt + i * aRow;
          int to = cAt + i * cRow + j;
          int plus = dAt + i * dRow + j;
          tile4(height, depth, a, from, aRow, aCol, b, bAt + j, bRow, c, to, cRow, d, plus, dRow);
        }
      }
    }
    if (j + 2 * lanes <= cols && MatMulWarmUp.has(MatMulWarmUp.MEDIUM)) {
      for (; j + 2 * lanes <= cols; j += 2 * lanes) {
        for (int i = 0, height; i < rows; i += height) {
          height = height(rows - i);
          int from = aAt + i * aRow;
          int to = cAt + i * cRow + j;
          int plus = dAt + i * dRow + j;
          tile2(height, depth, a, from, aRow, aCol, b, bAt + j, bRow, c, to, cRow, d, plus, dRow);
        }
      }
    }
    for (; j + lanes <= cols; j += lanes) {
      for (int i = 0, height; i < rows; i += height) {
        height = height(rows - i);
        int from = aAt + i * aRow;
        int to = cAt + i * cRow + j;
        int plus = dAt + i * dRow + j;
        tile1(height, depth, a, from, aRow, aCol, b, bAt + j, bRow, c, to, cRow, d, plus, dRow);
      }
    }
    if (j < cols) {
      int left = cols - j;
      int to = cAt + j;
      edge(rows, left, depth, a, aAt, aRow, aCol, b, bAt + j, bRow, c, to, cRow, d, dAt + j, dRow);
    }
  }

  /**
   * {@link #multiply} by a B of any strides and at most {@link MatMulPack#WIDTH} columns, which is
   * packed for the rows that follow: on its way through a whole tile where it can be, which costs
   * next to nothing, otherwise before.
   */
  static void multiplyAndPack(
      int rows,
      int cols,
      int depth,
      float[] a,
      int aAt,
      int aRow,
      int aCol,
      float[] b,
      int bAt,
      int bRow,
      int bCol,
      float[] c,
      int cAt,
      int cRow,
      float[] d,
      int dAt,
      int dRow,
      float[] packed,
      int to) {
    boolean whole = rows == MatMulPack.HEIGHT && cols == MatMulPack.WIDTH && Lanes.COUNT == 16;
    if (whole && bCol == 1 && MatMulWarmUp.has(MatMulWarmUp.WIDE)) {
      MatMulTile4.rows6(
          depth, a, aAt, aRow, aCol, b, bAt, bRow, c, cAt, cRow, d, dAt, dRow, packed, to);
      return;
    }
    MatMulPack.panel(b, bAt, bRow, bCol, depth, cols, packed, to);
    int width = MatMulPack.WIDTH;
    multiply(rows, cols, depth, a, aAt, aRow, aCol, packed, to, width, c, cAt, cRow, d, dAt, dRow);
  }

  /**
   * Fewer columns than lanes: the lanes to spare take whatever stands behind B's columns, and what
   * they make of it is left in a buffer. Where the array ends there, B is copied first. (Masked
   * loads would do too, but where the compiler does not inline all of a masked load, each vector
   * travels through the heap.)
   */
  private static void edge(
      int rows,
      int width,
      int depth,
      float[] a,
      int aAt,
      int aRow,
      int aCol,
      float[] b,
      int bAt,
      int bRow,
      float[] c,
      int cAt,
      int cRow,
      float[] d,
      int dAt,
      int dRow) {
    int lanes = Lanes.COUNT;
    int tile = depth * lanes;
    float[] buffer = Scratch.edge(tile + 6 * lanes);
    if (depth > 0 && bAt + (depth - 1) * bRow > b.length - lanes) {
      for (int p = 0; p < depth; p++) {
        System.arraycopy(b, bAt + p * bRow, buffer, p * lanes, width);
      }
      b = buffer;
      bAt = 0;
      bRow = lanes;
    }
    for (int i = 0, height; i < rows; i += height) {
      height = height(rows - i);
      int from = aAt + i * aRow;
      tile1(height, depth, a, from, aRow, aCol, b, bAt, bRow, buffer, tile, lanes, null, 0, 0);
      for (int r = 0; r < height; r++) {
        int to = cAt + (i + r) * cRow;
        for (int j = 0; j < width; j++) {
          float sum = buffer[tile + r * lanes + j];
          c[to + j] = d == null ? sum : sum + d[dAt + (i + r) * dRow + j];
        }
      }
    }
  }

  /** The tallest tile that fits: 6, 4, 2 or 1 rows. */
  private static int height(int left) {
    return left >= 6 ? 6 : left >= 4 ? 4 : left >= 2 ? 2 : 1;
  }

  private static void tile4(
      int height,
      int depth,
      float[] a,
      int aAt,
      int aRow,
      int aCol,
      float[] b,
      int bAt,
      int bRow,
      float[] c,
      int to,
      int cRow,
      float[] d,
      int dAt,
      int dRow) {
    switch (height) {
      case 6 ->
          MatMulTile4.rows6(
              depth, a, aAt, aRow, aCol, b, bAt, bRow, c, to, cRow, d, dAt, dRow, null, 0);
      case 4 ->
          MatMulTile4.rows4(depth, a, aAt, aRow, aCol, b, bAt, bRow, c, to, cRow, d, dAt, dRow);
      case 2 ->
          MatMulTile4.rows2(depth, a, aAt, aRow, aCol, b, bAt, bRow, c, to, cRow, d, dAt, dRow);
      default ->
          MatMulTile4.rows1(depth, a, aAt, aRow, aCol, b, bAt, bRow, c, to, cRow, d, dAt, dRow);
    }
  }

  private static void tile2(
      int height,
      int depth,
      float[] a,
      int aAt,
      int aRow,
      int aCol,
      float[] b,
      int bAt,
      int bRow,
      float[] c,
      int to,
      int cRow,
      float[] d,
      int dAt,
      int dRow) {
    switch (height) {
      case 6 ->
          MatMulTile2.rows6(depth, a, aAt, aRow, aCol, b, bAt, bRow, c, to, cRow, d, dAt, dRow);
      case 4 ->
          MatMulTile2.rows4(depth, a, aAt, aRow, aCol, b, bAt, bRow, c, to, cRow, d, dAt, dRow);
      case 2 ->
          MatMulTile2.rows2(depth, a, aAt, aRow, aCol, b, bAt, bRow, c, to, cRow, d, dAt, dRow);
      default ->
          MatMulTile2.rows1(depth, a, aAt, aRow, aCol, b, bAt, bRow, c, to, cRow, d, dAt, dRow);
    }
  }

  private static void tile1(
      int height,
      int depth,
      float[] a,
      int aAt,
      int aRow,
      int aCol,
      float[] b,
      int bAt,
      int bRow,
      float[] c,
      int to,
      int cRow,
      float[] d,
      int dAt,
      int dRow) {
    switch (height) {
      case 6 ->
          MatMulTile1.rows6(depth, a, aAt, aRow, aCol, b, bAt, bRow, c, to, cRow, d, dAt, dRow);
      case 4 ->
          MatMulTile1.rows4(depth, a, aAt, aRow, aCol, b, bAt, bRow, c, to, cRow, d, dAt, dRow);
      case 2 ->
          MatMulTile1.rows2(depth, a, aAt, aRow, aCol, b, bAt, bRow, c, to, cRow, d, dAt, dRow);
      default ->
          MatMulTile1.rows1(depth, a, aAt, aRow, aCol, b, bAt, bRow, c, to, cRow, d, dAt, dRow);
    }
  }
}
