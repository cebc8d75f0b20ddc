package gradus.tensor.kernel;

/** The matrix product as three plain loops: the reference of the vector kernels. */
final class ScalarMatMul {

  private ScalarMatMul() {}

  /** The rows {@code from..to} of C. */
  static void rows(
      int from,
      int to,
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
    for (int i = from; i < to; i++) {
      int row = cOff + i * cRow;
      if (!accumulate) {
        java.util.Arrays.fill(c, row, row + n, 0);
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
}
