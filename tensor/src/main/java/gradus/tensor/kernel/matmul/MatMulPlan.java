package gradus.tensor.kernel.matmul;

import static gradus.tensor.kernel.matmul.MatMulPack.WIDTH;

import gradus.tensor.kernel.Lanes;
import gradus.tensor.kernel.Parallel;
import gradus.tensor.kernel.op.BinaryOps;
import gradus.tensor.kernel.pointwise.Loop;
import gradus.tensor.kernel.pointwise.LoopTemplates;
import java.util.Arrays;

/**
 * One (batched) product, and the way it is computed: one row times a matrix, a few rows as dot
 * products, or in blocks.
 */
final class MatMulPlan {

  /** Steps of k at a time: six rows of A, 24 KiB, stay in the L1 cache. */
  static final int STEPS = 1024;

  /** The same where columns of A lie far apart: few sets of the caches hold them. */
  private static final int FEW_STEPS = 256;

  /** Columns of A so far apart share sets of the caches. */
  private static final int FAR = 256;

  /**
   * So many multiply-adds at most follow each other in one FLOAT32 sum; such sums are added up. One
   * sum over all of k would lose a digit with each tenfold k.
   */
  static final int CHAIN = 256;

  private static final Loop ADD = LoopTemplates.of(BinaryOps.ADD);

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

  /**
   * Steps of k that a unit of work takes at a time, in chains of multiply-adds, which are added up.
   * The sizes and A's strides decide, never how the tiles are shared out or whether B is packed:
   * that does not change a bit.
   */
  final int depth;

  /** Added to each row of C at the end; null for none. */
  float[] bias;

  int biasAt;

  /** Where the sums of the rows of A go; null for none. Only {@link MatMulPanels} computes them. */
  float[] sums;

  /** B in panels of 64 columns; null if it is not packed yet. */
  float[] packed;

  /** Whether the vector kernels run, or the plain loops that stand in for them. */
  private boolean warm;

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
    depth = Math.min(k, transposed(m, n, aRow, aCol) ? FEW_STEPS : STEPS);
  }

  /** Whether A is a transposed matrix whose columns lie far apart and are used often. */
  static boolean transposed(int m, int n, int aRow, int aCol) {
    return aRow == 1 && aCol >= FAR && m >= WIDTH && n >= 2 * WIDTH;
  }

  /** Adds a row of n numbers, biasStride apart, to each row of C at the end. */
  MatMulPlan bias(float[] bias, int biasAt, int biasStride) {
    if (biasStride == 1 || n == 1) {
      this.bias = bias;
      this.biasAt = biasAt;
    } else {
      this.bias = new float[n];
      for (int j = 0; j < n; j++) {
        this.bias[j] = bias[biasAt + j * biasStride];
      }
    }
    return this;
  }

  void run() {
    if (MatMulLong.suits(this)) {
      new MatMulLong(this, MatMulPlan::run).run();
    } else if (m == 1 && bCol == 1 && (n > 1 || bRow != 1 || aCol != 1)) {
      runRow();
    } else if (bRow == 1 && aCol == 1 && (m <= 4 || m < 96 && 8 * m < k)) {
      // Packing a transposed B pays only if enough rows use it, or if the dot products are short.
      runDots();
    } else {
      runTiles();
    }
  }

  /** By tiles, whatever the sizes. */
  void runTiles() {
    if (MatMulLong.suits(this)) {
      new MatMulLong(this, MatMulPlan::runTiles).run();
    } else if (MatMulPanels.suits(this)) {
      new MatMulPanels(this).run();
    } else {
      new MatMulBlocks(this).run();
    }
  }

  /**
   * A block of C from steps of k, by tiles: the first steps take the bias along, later ones add.
   *
   * @param aAt where these steps of these rows of A begin
   * @param b B, or what was packed of it
   * @param bAt where these steps of these columns of B begin
   * @param cAt where the block begins
   * @param col its first column in C
   * @param first whether these are the first steps
   */
  void tiles(
      int rows,
      int cols,
      int depth,
      int aAt,
      float[] b,
      int bAt,
      int bRow,
      int cAt,
      int col,
      boolean first) {
    int chains = Math.max(1, Math.ceilDiv(depth, CHAIN));
    for (int i = 0, p = 0; i < chains; i++) {
      int steps = (depth - p) / (chains - i);
      boolean add = accumulate || !first || i > 0;
      float[] d = add ? c : bias;
      int dAt = add ? cAt : biasAt + col;
      int dRow = add ? cRow : 0;
      int aFrom = aAt + p * aCol;
      int bFrom = bAt + p * bRow;
      MatMulTiles.multiply(
          rows, cols, steps, a, aFrom, aRow, aCol, b, bFrom, bRow, c, cAt, cRow, d, dAt, dRow);
      p += steps;
    }
  }

  /** {@link #tiles}, straight from B, whose steps are left in {@code packed} for further rows. */
  void tilesAndPack(
      int rows,
      int cols,
      int depth,
      int aAt,
      int bAt,
      float[] packed,
      int packedAt,
      int cAt,
      int col,
      boolean first) {
    int chains = Math.max(1, Math.ceilDiv(depth, CHAIN));
    for (int i = 0, p = 0; i < chains; i++) {
      int steps = (depth - p) / (chains - i);
      boolean add = accumulate || !first || i > 0;
      float[] d = add ? c : bias;
      int dAt = add ? cAt : biasAt + col;
      int dRow = add ? cRow : 0;
      int aFrom = aAt + p * aCol;
      int bFrom = bAt + p * bRow;
      int to = packedAt + p * WIDTH;
      MatMulTiles.multiplyAndPack(
          rows, cols, steps, a, aFrom, aRow, aCol, b, bFrom, bRow, bCol, c, cAt, cRow, d, dAt, dRow,
          packed, to);
      p += steps;
    }
  }

  private void runRow() {
    warm(MatMulWarmUp.ROWS);
    int blocks = Math.ceilDiv(n, MatMulRow.BLOCK);
    Parallel.rows(
        cOffs.length * blocks,
        (long) Math.min(n, MatMulRow.BLOCK) * k / 4,
        (from, to) -> {
          for (int unit = from; unit < to; unit++) {
            int batch = unit / blocks;
            int col = unit % blocks * MatMulRow.BLOCK;
            row(batch, col, Math.min(MatMulRow.BLOCK, n - col));
          }
        });
  }

  /** Some columns of C[1, n]: a sum for each chain of k, and those added up. */
  private void row(int batch, int col, int columns) {
    int at = cOffs[batch] + col;
    if (!accumulate) {
      Arrays.fill(c, at, at + columns, 0);
    }
    boolean one = k <= CHAIN;
    float[] part = one ? c : new float[columns];
    int to = one ? at : 0;
    for (int p = 0; p < k; p += CHAIN) {
      int steps = Math.min(CHAIN, k - p);
      int aAt = aOffs[batch] + p * aCol;
      int bAt = bOffs[batch] + p * bRow + col;
      if (warm) {
        MatMulRow.run(columns, steps, a, aAt, aCol, b, bAt, bRow, part, to);
      } else {
        PlainMatMul.row(columns, steps, a, aAt, aCol, b, bAt, bRow, part, to);
      }
      if (!one) {
        drain(part, c, at);
      }
    }
    finish(at, 1, col, columns);
  }

  /** Adds a part to C, and starts it anew. */
  private static void drain(float[] part, float[] c, int at) {
    for (int j = 0; j < part.length; j++) {
      c[at + j] += part[j];
    }
    Arrays.fill(part, 0);
  }

  private void warm(int kernels) {
    warm = MatMulWarmUp.has(kernels);
    if (!warm) {
      MatMulWarmUp.count((long) m * n * k * cOffs.length);
    }
  }

  private void runDots() {
    warm(MatMulWarmUp.DOTS);
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
            int end = Math.min(n, col + 16);
            dots(batch, col, end, tallest);
            finish(cOffs[batch] + col, m, col, end - col);
          }
        });
  }

  private void dots(int batch, int col, int colEnd, int tallest) {
    if (!warm) {
      coldDots(batch, col, colEnd);
      return;
    }
    int whole = k - k % Lanes.COUNT;
    for (int j = col; j < colEnd; j += 4) {
      int columns = Math.min(4, colEnd - j);
      int bAt = bOffs[batch] + j * bCol;
      for (int i = 0; i < m; ) {
        int rows = Math.min(tallest, m - i >= 4 ? 4 : m - i >= 2 ? 2 : 1);
        int aAt = aOffs[batch] + i * aRow;
        int to = cOffs[batch] + i * cRow + j;
        int p = 0;
        do {
          int steps = Math.min(CHAIN * Lanes.COUNT, whole - p);
          dots(rows, steps, aAt + p, bAt + p, columns, to, accumulate || p > 0);
          p += steps;
        } while (p < whole);
        i += rows;
      }
    }
    addRest(batch, col, colEnd, whole);
  }

  private void dots(int rows, int steps, int aAt, int bAt, int columns, int to, boolean add) {
    switch (rows) {
      case 4 -> MatMulDot.rows4(steps, a, aAt, aRow, b, bAt, bCol, columns, c, to, cRow, add);
      case 2 -> MatMulDot.rows2(steps, a, aAt, aRow, b, bAt, bCol, columns, c, to, cRow, add);
      default -> MatMulDot.rows1(steps, a, aAt, aRow, b, bAt, bCol, columns, c, to, cRow, add);
    }
  }

  /** Adds the products from {@code whole} to k, fewer than there are lanes, one by one. */
  private void addRest(int batch, int col, int colEnd, int whole) {
    for (int i = 0; i < m && whole < k; i++) {
      int aAt = aOffs[batch] + i * aRow;
      for (int j = col; j < colEnd; j++) {
        int bAt = bOffs[batch] + j * bCol;
        int to = cOffs[batch] + i * cRow + j;
        for (int p = whole; p < k; p++) {
          c[to] = Math.fma(a[aAt + p], b[bAt + p], c[to]);
        }
      }
    }
  }

  private void coldDots(int batch, int col, int colEnd) {
    float[] lanes = new float[Lanes.COUNT];
    int whole = k - k % Lanes.COUNT;
    for (int i = 0; i < m; i++) {
      for (int j = col; j < colEnd; j++) {
        int aAt = aOffs[batch] + i * aRow;
        int bAt = bOffs[batch] + j * bCol;
        int to = cOffs[batch] + i * cRow + j;
        int p = 0;
        do {
          int steps = Math.min(CHAIN * Lanes.COUNT, whole - p);
          float sum = PlainMatMul.dot(steps, a, aAt + p, b, bAt + p, lanes);
          c[to] = accumulate || p > 0 ? c[to] + sum : sum;
          p += steps;
        } while (p < whole);
      }
    }
    addRest(batch, col, colEnd, whole);
  }

  /**
   * Adds the bias to a finished block of C that was not made by tiles, while it is in the cache.
   *
   * @param cAt where the block begins
   * @param col its first column in C
   */
  private void finish(int cAt, int rows, int col, int cols) {
    if (bias == null) {
      return;
    }
    for (int i = 0; i < rows; i++) {
      int at = cAt + i * cRow;
      ADD.run(c, at, 1, bias, biasAt + col, 1, null, 0, 0, c, at, cols);
    }
  }
}
