package gradus.tensor.kernel;

/**
 * The leaves of {@link MatMulPlan} as plain loops, for the first second of a program.
 *
 * <p>Until the compiler has got round to it, vector code runs some hundred times slower than a
 * plain loop, which the compiler turns into vector instructions by itself at once. The loops here
 * do the same multiply-adds in the same order as the vector kernels, so a result has the same bits
 * whichever of them ran; {@link MatMulWarmup} decides.
 */
final class MatMulCold {
  private MatMulCold() {}

  /**
   * {@code C[rows, columns]} from one block of k, each element one chain of multiply-adds that
   * starts at 0, plus D.
   */
  static void block(
      int rows,
      int columns,
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
    float[] sums = new float[columns];
    for (int i = 0; i < rows; i++) {
      java.util.Arrays.fill(sums, 0);
      for (int p = 0; p < depth; p++) {
        addRow(columns, a[aAt + i * aRow + p * aCol], b, bAt + p * bRow, sums, 0);
      }
      int to = cAt + i * cRow;
      int plus = dAt + i * dRow;
      for (int j = 0; j < columns; j++) {
        c[to + j] = d == null ? sums[j] : sums[j] + d[plus + j];
      }
    }
  }

  /** {@code C[1, n] += A[1, k] · B[k, n]}, as {@link MatMulRow#run}. */
  static void row(
      int n, int k, float[] a, int aAt, int aCol, float[] b, int bAt, int bRow, float[] c, int to) {
    for (int p = 0; p < k; p++) {
      addRow(n, a[aAt + p * aCol], b, bAt + p * bRow, c, to);
    }
  }

  private static void addRow(int n, float factor, float[] b, int from, float[] c, int to) {
    for (int j = 0; j < n; j++) {
      c[to + j] = Math.fma(factor, b[from + j], c[to + j]);
    }
  }

  /**
   * One element as a dot product of a multiple of the lanes, summed in lanes and then in a tree, as
   * {@link MatMulDot}.
   */
  static float dot(int k, float[] a, int aAt, float[] b, int bAt, float[] lanes) {
    java.util.Arrays.fill(lanes, 0);
    for (int p = 0; p < k; p += lanes.length) {
      for (int l = 0; l < lanes.length; l++) {
        lanes[l] = Math.fma(a[aAt + p + l], b[bAt + p + l], lanes[l]);
      }
    }
    for (int half = lanes.length / 2; half > 0; half /= 2) {
      for (int l = 0; l < half; l++) {
        lanes[l] += lanes[l + half];
      }
    }
    return lanes[0];
  }
}
