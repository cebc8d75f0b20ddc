package gradus.tensor.kernel.matmul;

import gradus.tensor.kernel.Lanes;
import gradus.tensor.kernel.Parallel;

/** Matrix products of strided matrices: {@code C = A·B}, or {@code C += A·B}. */
public final class MatMul {

  private MatMul() {}

  /**
   * {@code C[m, n] = A[m, k] · B[k, n]}, added to what is there if {@code accumulate}. A and B have
   * any strides (a transposed matrix is one with its strides swapped); the rows of C are contiguous
   * and lie cRow apart.
   */
  public static void gemm(
      int m,
      int n,
      int k,
      float[] a,
      int aOff,
      int aRow,
      int aCol,
      float[] b,
      int bOff,
      int bRow,
      int bCol,
      float[] c,
      int cOff,
      int cRow,
      boolean accumulate) {
    int[] aOffs = {aOff};
    int[] bOffs = {bOff};
    int[] cOffs = {cOff};
    batched(aOffs, bOffs, cOffs, m, n, k, a, aRow, aCol, b, bRow, bCol, c, cRow, accumulate);
  }

  /**
   * {@link #gemm} for each i, at the offsets {@code aOffs[i]}, {@code bOffs[i]}, {@code cOffs[i]}.
   */
  public static void batched(
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
    if (m == 0 || n == 0 || cOffs.length == 0) {
      return;
    }
    if (Lanes.COUNT > 0 && n == 1 && m > 1 && cRow == 1) {
      // A column is the row of the transposed product: Cᵀ = Bᵀ·Aᵀ.
      batched(bOffs, aOffs, cOffs, 1, m, k, b, bCol, bRow, a, aCol, aRow, c, m, accumulate);
      return;
    }
    if (Lanes.COUNT > 0) {
      new MatMulPlan(
              aOffs, bOffs, cOffs, m, n, k, a, aRow, aCol, b, bRow, bCol, c, cRow, accumulate)
          .run();
      return;
    }
    Parallel.rows(
        m * cOffs.length,
        (long) n * k,
        (from, to) -> {
          for (int unit = from; unit < to; unit++) {
            int i = unit / m;
            ReferenceMatMul.row(
                unit % m,
                n,
                k,
                a,
                aOffs[i],
                aRow,
                aCol,
                b,
                bOffs[i],
                bRow,
                bCol,
                c,
                cOffs[i],
                cRow,
                accumulate);
          }
        });
  }

  /**
   * Whether {@link #gemmAndRowSums} can be had: if A, of at least one column, is taken block by
   * block. The sums cost next to nothing then.
   */
  public static boolean sumsRows(int m, int n, int aRow, int aCol) {
    return Lanes.COUNT > 0 && MatMulPlan.transposed(m, n, aRow, aCol);
  }

  /** {@code C[m, n] = A[m, k] · B[k, n]}, and the sum of each row of A: {@code sums[m]}. */
  public static void gemmAndRowSums(
      int m,
      int n,
      int k,
      float[] a,
      int aOff,
      int aRow,
      int aCol,
      float[] b,
      int bOff,
      int bRow,
      int bCol,
      float[] c,
      float[] sums) {
    int[] aOffs = {aOff};
    int[] bOffs = {bOff};
    int[] cOffs = {0};
    var plan =
        new MatMulPlan(aOffs, bOffs, cOffs, m, n, k, a, aRow, aCol, b, bRow, bCol, c, n, false);
    plan.sums = sums;
    plan.runTiles();
  }

  /**
   * B[k, n] in panels of 64 columns, as the blocks of a product read it: for {@link #withPacked}.
   */
  public static float[] pack(int n, int k, float[] b, int bOff, int bRow, int bCol) {
    float[] packed = new float[packedLength(n, k)];
    pack(n, k, b, bOff, bRow, bCol, packed);
    return packed;
  }

  /** How many floats a packed B[k, n] takes. */
  public static int packedLength(int n, int k) {
    int width = MatMulPack.WIDTH;
    return Math.multiplyExact((n + width - 1) / width * width, k);
  }

  /** {@link #pack} into an array of at least {@link #packedLength}. */
  public static void pack(int n, int k, float[] b, int bOff, int bRow, int bCol, float[] packed) {
    int width = MatMulPack.WIDTH;
    int panels = Math.ceilDiv(n, width);
    Parallel.rows(
        panels,
        (long) width * k,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            int col = i * width;
            int columns = Math.min(width, n - col);
            MatMulPack.panel(b, bOff + col * bCol, bRow, bCol, k, columns, packed, col * k);
          }
        });
  }

  /**
   * {@code C[m, n] = A[m, k] · B[k, n] + bias[n]} by tiles, whatever the sizes, so that a packed B
   * gives the same bits as one that is not.
   *
   * @param packed B as {@link #pack} gives it; null to pack on the way
   * @param bias contiguous from {@code biasOff} on; null for none
   */
  public static void withPacked(
      int m,
      int n,
      int k,
      float[] a,
      int aOff,
      int aRow,
      int aCol,
      float[] b,
      int bOff,
      int bRow,
      int bCol,
      float[] packed,
      float[] bias,
      int biasOff,
      float[] c) {
    int[] aOffs = {aOff};
    int[] bOffs = {bOff};
    int[] cOffs = {0};
    var plan =
        new MatMulPlan(aOffs, bOffs, cOffs, m, n, k, a, aRow, aCol, b, bRow, bCol, c, n, false);
    if (bias != null) {
      plan.bias(bias, biasOff, 1);
    }
    plan.packed = packed;
    plan.runTiles();
  }

  /**
   * {@code C[m, n] = A[m, k] · B[k, n] + bias[n]}, the bias added to each block of C while it is in
   * the cache. A and B as in {@link #gemm}; the numbers of the bias lie biasStride apart.
   */
  public static void affine(
      int m,
      int n,
      int k,
      float[] a,
      int aOff,
      int aRow,
      int aCol,
      float[] b,
      int bOff,
      int bRow,
      int bCol,
      float[] bias,
      int biasOff,
      int biasStride,
      float[] c,
      int cOff,
      int cRow) {
    if (m == 0 || n == 0) {
      return;
    }
    if (Lanes.COUNT > 0) {
      int[] aOffs = {aOff};
      int[] bOffs = {bOff};
      int[] cOffs = {cOff};
      new MatMulPlan(aOffs, bOffs, cOffs, m, n, k, a, aRow, aCol, b, bRow, bCol, c, cRow, false)
          .bias(bias, biasOff, biasStride)
          .run();
      return;
    }
    gemm(m, n, k, a, aOff, aRow, aCol, b, bOff, bRow, bCol, c, cOff, cRow, false);
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        c[cOff + i * cRow + j] += bias[biasOff + j * biasStride];
      }
    }
  }
}
