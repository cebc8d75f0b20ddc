package gradus.tensor.kernel.matmul;

import java.util.Arrays;

/** The matrix product as three plain loops: the reference of the vector kernels. */
final class ReferenceMatMul {

  private ReferenceMatMul() {}

  /** Row i of C. */
  static void row(
      int i,
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
    int row = cOff + i * cRow;
    if (!accumulate) {
      Arrays.fill(c, row, row + n, 0);
    }
    int at = aOff + i * aRow;
    if (k <= MatMulPlan.CHAIN) {
      add(n, k, a, at, aCol, b, bOff, bRow, bCol, c, row);
      return;
    }
    double[] total = new double[n];
    float[] part = new float[n];
    for (int p = 0; p < k; p += MatMulPlan.CHAIN) {
      int steps = Math.min(MatMulPlan.CHAIN, k - p);
      Arrays.fill(part, 0);
      add(n, steps, a, at + p * aCol, aCol, b, bOff + p * bRow, bRow, bCol, part, 0);
      for (int j = 0; j < n; j++) {
        total[j] += part[j];
      }
    }
    for (int j = 0; j < n; j++) {
      c[row + j] = (float) (c[row + j] + total[j]);
    }
  }

  /** {@code C[1, n] += A[1, k] · B[k, n]}; k outside: B and C are read along their rows. */
  private static void add(
      int n,
      int k,
      float[] a,
      int aAt,
      int aCol,
      float[] b,
      int bAt,
      int bRow,
      int bCol,
      float[] c,
      int to) {
    for (int p = 0; p < k; p++) {
      float factor = a[aAt + p * aCol];
      int at = bAt + p * bRow;
      for (int j = 0; j < n; j++) {
        c[to + j] += factor * b[at + j * bCol];
      }
    }
  }
}
