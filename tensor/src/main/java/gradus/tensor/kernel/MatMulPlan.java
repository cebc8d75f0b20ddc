package gradus.tensor.kernel;

import java.util.Arrays;

/**
 * One (batched) product cut into blocks of rows × columns, each of which is a unit of work.
 *
 * <p>B is read in place where that is fast. From about a thousand columns its rows lie pages apart,
 * and a transposed B has no contiguous rows at all: then a panel of it is first copied (packed)
 * into a small buffer, and used for many rows. Neither this nor the split changes a bit of the
 * result: each element of C is one chain of multiply-adds in the order of k, in blocks of {@link
 * #DEPTH}.
 */
final class MatMulPlan {

  /** Columns of a block: 4 vectors of 16 lanes. */
  static final int WIDTH = 64;

  /** Steps of k in a block: a panel of B (64 × 512 floats, 128 KiB) then stays in the L2 cache. */
  static final int DEPTH = 512;

  private static final int TILE_ROWS = 6;

  final int m;
  final int n;
  final int k;
  final float[] a;
  final int[] aOffs;
  final int aRow;
  final int aCol;
  final float[] b;
  final int[] bOffs;
  final int bRow;
  final int bCol;
  final float[] c;
  final int[] cOffs;
  final int cRow;
  final boolean accumulate;

  private boolean packed;

  /** Whether the vector kernels run, or the plain loops that stand in for them. */
  private boolean warm;

  /** Rows of a block. */
  private int height;

  private int down;
  private int across;

  MatMulPlan(
      int[] aOffs,
      int[] bOffs,
      int[] cOffs,
      int m,
      int n,
      int k,
      float[] a,
      int aRow,
      int aCol,
      float[] b,
      int bRow,
      int bCol,
      float[] c,
      int cRow,
      boolean accumulate) {
    this.m = m;
    this.n = n;
    this.k = k;
    this.a = a;
    this.aOffs = aOffs;
    this.aRow = aRow;
    this.aCol = aCol;
    this.b = b;
    this.bOffs = bOffs;
    this.bRow = bRow;
    this.bCol = bCol;
    this.c = c;
    this.cOffs = cOffs;
    this.cRow = cRow;
    this.accumulate = accumulate;
  }

  void run() {
    warm = MatMulWarmup.isWarm();
    if (!warm) {
      MatMulWarmup.count((long) m * n * k * cOffs.length);
    }
    if (m == 1 && bCol == 1) {
      runRow();
    } else if (bRow == 1 && aCol == 1 && (m <= 4 || m < 96 && 8 * m < k)) {
      // Packing a transposed B pays only if enough rows use it, or if the dot products are short.
      runDots();
    } else {
      runBlocks();
    }
  }

  private void runRow() {
    int blocks = (n + MatMulRow.BLOCK - 1) / MatMulRow.BLOCK;
    Parallel.rows(
        cOffs.length * blocks,
        (long) Math.min(n, MatMulRow.BLOCK) * k / 4,
        (from, to) -> {
          for (int unit = from; unit < to; unit++) {
            int batch = unit / blocks;
            int col = unit % blocks * MatMulRow.BLOCK;
            int columns = Math.min(MatMulRow.BLOCK, n - col);
            int at = cOffs[batch] + col;
            if (!accumulate) {
              Arrays.fill(c, at, at + columns, 0);
            }
            int bAt = bOffs[batch] + col;
            if (warm) {
              MatMulRow.run(columns, k, a, aOffs[batch], aCol, b, bAt, bRow, c, at);
            } else {
              MatMulCold.row(columns, k, a, aOffs[batch], aCol, b, bAt, bRow, c, at);
            }
          }
        });
  }

  private void runDots() {
    // 16 registers hold 2 × 4 sums, 32 hold 4 × 4.
    int tallest = Lanes.COUNT == 16 ? 4 : 2;
    int blocks = (n + 15) / 16;
    Parallel.rows(
        cOffs.length * blocks,
        16L * m * k / 4,
        (from, to) -> {
          for (int unit = from; unit < to; unit++) {
            int batch = unit / blocks;
            int col = unit % blocks * 16;
            dots(batch, col, Math.min(n, col + 16), tallest);
          }
        });
  }

  private void dots(int batch, int col, int colEnd, int tallest) {
    if (!warm) {
      coldDots(batch, col, colEnd);
      return;
    }
    for (int j = col; j < colEnd; j += 4) {
      int columns = Math.min(4, colEnd - j);
      int bAt = bOffs[batch] + j * bCol;
      for (int i = 0; i < m; ) {
        int rows = Math.min(tallest, tileRows(m - i));
        int aAt = aOffs[batch] + i * aRow;
        int to = cOffs[batch] + i * cRow + j;
        switch (rows) {
          case 4 ->
              MatMulDot.rows4(k, a, aAt, aRow, b, bAt, bCol, columns, c, to, cRow, accumulate);
          case 2 ->
              MatMulDot.rows2(k, a, aAt, aRow, b, bAt, bCol, columns, c, to, cRow, accumulate);
          default ->
              MatMulDot.rows1(k, a, aAt, aRow, b, bAt, bCol, columns, c, to, cRow, accumulate);
        }
        i += rows;
      }
    }
  }

  private void coldDots(int batch, int col, int colEnd) {
    float[] lanes = new float[Lanes.COUNT];
    for (int i = 0; i < m; i++) {
      for (int j = col; j < colEnd; j++) {
        int to = cOffs[batch] + i * cRow + j;
        float sum =
            MatMulCold.dot(k, a, aOffs[batch] + i * aRow, b, bOffs[batch] + j * bCol, lanes);
        c[to] = accumulate ? c[to] + sum : sum;
      }
    }
  }

  private void runBlocks() {
    packed = bCol != 1 || (n >= 1024 && m >= 64);
    across = (n + WIDTH - 1) / WIDTH;
    // Enough blocks for all threads, but no more than needed where each block packs its panel.
    int wanted = 8 * Parallel.threads();
    int groups = Math.max(1, (wanted + across * cOffs.length - 1) / (across * cOffs.length));
    int tiles = (m + TILE_ROWS - 1) / TILE_ROWS;
    int most = packed ? Math.max(1, m / 64) : tiles;
    int tilesPerGroup = (tiles + Math.min(groups, most) - 1) / Math.min(groups, most);
    // A's rows of a block stay in the L2 cache as well: 48 or 192 rows.
    height = TILE_ROWS * Math.min(tilesPerGroup, packed ? 32 : 8);
    down = (m + height - 1) / height;
    Parallel.rows(
        cOffs.length * down * across,
        Math.max(1, (long) Math.min(height, m) * Math.min(n, WIDTH) * k / 4),
        this::blocks);
  }

  private void blocks(int from, int to) {
    float[] panel = packed ? new float[Math.min(k, DEPTH) * WIDTH] : null;
    for (int unit = from; unit < to; unit++) {
      int row = unit % down * height;
      int col = unit / down % across * WIDTH;
      int batch = unit / down / across;
      block(batch, row, Math.min(m, row + height), col, Math.min(n, col + WIDTH), panel);
    }
  }

  private void block(int batch, int row, int rowEnd, int col, int colEnd, float[] panel) {
    int p = 0;
    do {
      int depth = Math.min(DEPTH, k - p);
      boolean add = accumulate || p > 0;
      int bAt = bOffs[batch] + p * bRow + col * bCol;
      int aAt = aOffs[batch] + p * aCol;
      if (packed) {
        pack(b, bAt, bRow, bCol, depth, colEnd - col, panel);
        columns(depth, aAt, panel, 0, WIDTH, batch, row, rowEnd, col, colEnd, add);
      } else {
        columns(depth, aAt, b, bAt, bRow, batch, row, rowEnd, col, colEnd, add);
      }
      p += depth;
    } while (p < k);
  }

  /** All tiles of a block: whole tiles, then single vectors, the last one masked. */
  private void columns(
      int depth,
      int aAt,
      float[] from,
      int fromAt,
      int fromRow,
      int batch,
      int row,
      int rowEnd,
      int col,
      int colEnd,
      boolean add) {
    if (!warm) {
      int first = aAt + row * aRow;
      int start = cOffs[batch] + row * cRow + col;
      MatMulCold.block(
          rowEnd - row,
          colEnd - col,
          depth,
          a,
          first,
          aRow,
          aCol,
          from,
          fromAt,
          fromRow,
          c,
          start,
          cRow,
          add);
      return;
    }
    int lanes = Lanes.COUNT;
    int wide = lanes == 16 ? 4 * lanes : 2 * lanes;
    int cAt = cOffs[batch];
    int j = col;
    for (; j + wide <= colEnd; j += wide) {
      int bAt = fromAt + j - col;
      for (int i = row; i < rowEnd; ) {
        int rows = tileRows(rowEnd - i);
        int at = aAt + i * aRow;
        int to = cAt + i * cRow + j;
        if (lanes == 16) {
          tile4(rows, depth, at, from, bAt, fromRow, to, add);
        } else {
          tile2(rows, depth, at, from, bAt, fromRow, to, add);
        }
        i += rows;
      }
    }
    for (; j < colEnd; j += lanes) {
      int width = Math.min(lanes, colEnd - j);
      for (int i = row; i < rowEnd; ) {
        int rows = tileRows(rowEnd - i);
        int to = cAt + i * cRow + j;
        tile1(rows, depth, aAt + i * aRow, from, fromAt + j - col, fromRow, to, add, width);
        i += rows;
      }
    }
  }

  /** The tallest tile that fits: 6, 4, 2 or 1 rows. */
  private static int tileRows(int left) {
    return left >= 6 ? 6 : left >= 4 ? 4 : left >= 2 ? 2 : 1;
  }

  private void tile4(
      int rows, int depth, int aAt, float[] from, int bAt, int fromRow, int to, boolean add) {
    switch (rows) {
      case 6 -> MatMulTile4.rows6(depth, a, aAt, aRow, aCol, from, bAt, fromRow, c, to, cRow, add);
      case 4 -> MatMulTile4.rows4(depth, a, aAt, aRow, aCol, from, bAt, fromRow, c, to, cRow, add);
      case 2 -> MatMulTile4.rows2(depth, a, aAt, aRow, aCol, from, bAt, fromRow, c, to, cRow, add);
      default -> MatMulTile4.rows1(depth, a, aAt, aRow, aCol, from, bAt, fromRow, c, to, cRow, add);
    }
  }

  private void tile2(
      int rows, int depth, int aAt, float[] from, int bAt, int fromRow, int to, boolean add) {
    switch (rows) {
      case 6 -> MatMulTile2.rows6(depth, a, aAt, aRow, aCol, from, bAt, fromRow, c, to, cRow, add);
      case 4 -> MatMulTile2.rows4(depth, a, aAt, aRow, aCol, from, bAt, fromRow, c, to, cRow, add);
      case 2 -> MatMulTile2.rows2(depth, a, aAt, aRow, aCol, from, bAt, fromRow, c, to, cRow, add);
      default -> MatMulTile2.rows1(depth, a, aAt, aRow, aCol, from, bAt, fromRow, c, to, cRow, add);
    }
  }

  private void tile1(
      int rows,
      int depth,
      int aAt,
      float[] from,
      int bAt,
      int fromRow,
      int to,
      boolean add,
      int width) {
    switch (rows) {
      case 6 ->
          MatMulTile1.rows6(depth, a, aAt, aRow, aCol, from, bAt, fromRow, c, to, cRow, add, width);
      case 4 ->
          MatMulTile1.rows4(depth, a, aAt, aRow, aCol, from, bAt, fromRow, c, to, cRow, add, width);
      case 2 ->
          MatMulTile1.rows2(depth, a, aAt, aRow, aCol, from, bAt, fromRow, c, to, cRow, add, width);
      default ->
          MatMulTile1.rows1(depth, a, aAt, aRow, aCol, from, bAt, fromRow, c, to, cRow, add, width);
    }
  }

  /** Copies {@code B[depth, columns]} into rows of {@link #WIDTH}. */
  private static void pack(
      float[] b, int at, int bRow, int bCol, int depth, int columns, float[] panel) {
    if (bCol == 1) {
      for (int p = 0; p < depth; p++) {
        System.arraycopy(b, at + p * bRow, panel, p * WIDTH, columns);
      }
      return;
    }
    // A transposed B is read along its memory, 16 floats of a row (a cache line) at a time.
    for (int p = 0; p < depth; p += 16) {
      int end = Math.min(p + 16, depth);
      for (int j = 0; j < columns; j++) {
        int from = at + j * bCol;
        for (int q = p; q < end; q++) {
          panel[q * WIDTH + j] = b[from + q * bRow];
        }
      }
    }
  }
}
