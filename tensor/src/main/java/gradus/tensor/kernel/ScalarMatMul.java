package gradus.tensor.kernel;

import java.util.Arrays;

/** The matrix product as three plain loops: the reference of the vector kernels. */
final class ScalarMatMul {

  private ScalarMatMul() {}

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
    // k outside, columns inside: B and C are read along their rows.
    for (int p = 0; p < k; p++) {
      float factor = a[aOff + i * aRow + p * aCol];
      int at = bOff + p * bRow;
      for (int j = 0; j < n; j++) {
        c[row + j] += factor * b[at + j * bCol];
      }
    }
  }
}
