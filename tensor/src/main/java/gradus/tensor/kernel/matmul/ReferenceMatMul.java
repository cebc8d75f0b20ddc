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
    double[] total = new double[n];
    for (int p = 0; p < k; p++) { // k outside: B is read along its rows
      double factor = a[at + p * aCol];
      int from = bOff + p * bRow;
      for (int j = 0; j < n; j++) {
        total[j] += factor * b[from + j * bCol];
      }
    }
    for (int j = 0; j < n; j++) {
      c[row + j] = (float) (c[row + j] + total[j]);
    }
  }
}
