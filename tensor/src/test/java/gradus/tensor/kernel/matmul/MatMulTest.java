package gradus.tensor.kernel.matmul;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.within;

import gradus.tensor.kernel.Lanes;
import gradus.tensor.kernel.Parallel;
import gradus.tensor.kernel.Strided;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Products against three plain loops in double, for all sizes, strides and numbers of threads. */
class MatMulTest {

  private static final int THREADS = Parallel.threads();

  @AfterEach
  void restoreThreads() {
    Parallel.threads(THREADS);
  }

  /** A matrix [rows, cols] somewhere in an array. */
  private record Matrix(float[] data, int offset, int row, int col) {
    static Matrix of(int rows, int cols, boolean transposed, int gap, int offset, long seed) {
      int inner = (transposed ? rows : cols) * gap + (gap > 1 ? 1 : 0);
      int outer = transposed ? cols : rows;
      float[] data = Strided.values(offset + inner * outer + 1, seed, false);
      return transposed
          ? new Matrix(data, offset, gap, inner)
          : new Matrix(data, offset, inner, gap);
    }

    float get(int i, int j) {
      return data[offset + i * row + j * col];
    }
  }

  @Test
  void smallSizes() {
    int[] sizes = {0, 1, 3, 5, 6, 8, 13, 17, 33};
    for (int m : sizes) {
      for (int n : sizes) {
        for (int k : sizes) {
          for (int layout = 0; layout < 4; layout++) {
            check(m, n, k, (layout & 1) != 0, (layout & 2) != 0, 1, (m + n + k) % 2 == 0);
          }
        }
      }
    }
  }

  @Test
  void everyKernel() {
    // One row, one column, few rows (dot products), blocks, several k blocks, packed panels.
    int[][] sizes = {
      {1, 1500, 70},
      {1500, 1, 70},
      {1, 3, 1021},
      {4, 37, 200},
      {23, 19, 300},
      {64, 64, 64},
      {61, 131, 67},
      {13, 70, 1100},
      {64, 1030, 530},
      {200, 65, 33},
      {530, 150, 20},
      {600, 1030, 520}
    };
    for (int[] size : sizes) {
      for (int layout = 0; layout < (size[1] > 1000 && size[0] > 1 ? 4 : 8); layout++) {
        int gap = (layout & 4) != 0 ? 2 : 1;
        boolean add = layout % 3 == 0;
        check(size[0], size[1], size[2], (layout & 1) != 0, (layout & 2) != 0, gap, add);
      }
    }
  }

  @Test
  void broadcastOperands() {
    // Stride 0 everywhere: all elements are k·a·b.
    float[] a = {2};
    float[] b = {3};
    float[] c = new float[12 * 40];
    MatMul.gemm(12, 40, 9, a, 0, 0, 0, b, 0, 0, 0, c, 0, 40, false);
    assertThat(c).containsOnly(54);
  }

  @Test
  void batchesAtAnyOffsets() {
    int[] aOffs = {40, 0, 0, 20};
    int[] bOffs = {0, 12, 0, 24};
    int[] cOffs = {45, 30, 15, 0};
    float[] a = Strided.values(60, 1, false);
    float[] b = Strided.values(36, 2, false);
    float[] c = new float[60];
    MatMul.batched(aOffs, bOffs, cOffs, 5, 3, 4, a, 4, 1, b, 3, 1, c, 3, false);
    for (int i = 0; i < 4; i++) {
      float[] one = new float[15];
      MatMul.gemm(5, 3, 4, a, aOffs[i], 4, 1, b, bOffs[i], 3, 1, one, 0, 3, false);
      assertThat(java.util.Arrays.copyOfRange(c, cOffs[i], cOffs[i] + 15)).isEqualTo(one);
    }
  }

  @Test
  void aBiasIsAddedOnce() {
    int[][] sizes = {{1, 70, 30}, {3, 33, 200}, {70, 130, 1030}, {600, 130, 40}};
    for (int[] size : sizes) {
      for (boolean transposed : new boolean[] {false, true}) {
        int m = size[0];
        int n = size[1];
        int k = size[2];
        Matrix a = Matrix.of(m, k, m > 500, 1, 0, 1);
        Matrix b = Matrix.of(k, n, transposed, 1, 0, 2);
        float[] bias = Strided.values(2 * n, 3, false);
        float[] product = new float[m * n];
        run(m, n, k, a, b, product, 0, n, false);
        float[] c = new float[m * n + 1];
        MatMul.affine(
            m, n, k, a.data, 0, a.row, a.col, b.data, 0, b.row, b.col, bias, 1, 2, c, 1, n);
        for (int i = 0; i < m * n; i++) {
          // Of several chains of k, the first one takes the bias along: the last bits may differ.
          float slack = k > MatMulPlan.CHAIN ? 1e-3f : 0;
          assertThat(c[i + 1]).isCloseTo(product[i] + bias[1 + 2 * (i % n)], within(slack));
        }
      }
    }
  }

  @Test
  void rowSumsComeWithTheProductOfATransposedMatrix() {
    int[][] sizes = {{512, 128, 1}, {600, 130, 40}, {1000, 200, 1030}};
    for (int[] size : sizes) {
      int m = size[0];
      int n = size[1];
      int k = size[2];
      assertThat(MatMul.sumsRows(m, n, 1, m)).isEqualTo(Lanes.COUNT > 0);
      assertThat(MatMul.sumsRows(m, n, k, 1)).isFalse();
      if (Lanes.COUNT == 0) {
        continue;
      }
      float[] a = Strided.values(m * k, 1, false);
      float[] b = Strided.values(k * n, 2, false);
      float[] product = new float[m * n];
      MatMul.gemm(m, n, k, a, 0, 1, m, b, 0, n, 1, product, 0, n, false);
      float[] c = new float[m * n];
      float[] sums = new float[m + 1];
      java.util.Arrays.fill(sums, Float.NaN);
      MatMul.gemmAndRowSums(m, n, k, a, 0, 1, m, b, 0, n, 1, c, sums);
      assertThat(c).isEqualTo(product);
      assertThat(sums[m]).isNaN();
      for (int i = 0; i < m; i++) {
        double sum = 0;
        for (int p = 0; p < k; p++) {
          sum += a[p * m + i];
        }
        assertThat((double) sums[i]).isCloseTo(sum, within(1e-3));
      }
    }
  }

  @Test
  void aLargeProductIsThatOfItsRows() {
    int m = 2100;
    int n = 130;
    int k = 2050;
    float[] a = Strided.values(m * k, 1, false);
    float[] b = Strided.values(k * n, 2, false);
    float[] c = new float[m * n];
    MatMul.gemm(m, n, k, a, 0, k, 1, b, 0, n, 1, c, 0, n, false);
    for (int row : new int[] {0, 770, m - 8}) {
      float[] some = new float[8 * n];
      MatMul.gemm(8, n, k, a, row * k, k, 1, b, 0, n, 1, some, 0, n, false);
      assertThat(java.util.Arrays.copyOfRange(c, row * n, (row + 8) * n)).isEqualTo(some);
    }
  }

  @Test
  void whatStandsBehindTheColumnsDoesNotMatter() {
    int m = 9;
    int n = 5;
    int k = 40;
    float[] a = Strided.values(m * k, 1, false);
    float[] b = Strided.values(k * n, 2, false);
    float[] c = new float[m * n];
    MatMul.gemm(m, n, k, a, 0, k, 1, b, 0, n, 1, c, 0, n, false);
    float[] wide = new float[k * 80];
    java.util.Arrays.fill(wide, Float.NaN);
    for (int p = 0; p < k; p++) {
      System.arraycopy(b, p * n, wide, p * 80, n);
    }
    float[] among = new float[m * n + 20];
    java.util.Arrays.fill(among, 7);
    MatMul.gemm(m, n, k, a, 0, k, 1, wide, 0, 80, 1, among, 0, n, false);
    assertThat(java.util.Arrays.copyOf(among, m * n)).isEqualTo(c);
    assertThat(java.util.Arrays.copyOfRange(among, m * n, m * n + 20)).containsOnly(7);
  }

  @Test
  void notANumberSpreadsOverItsRowAndColumnOnly() {
    float[] a = {1, Float.NaN, 3, 4};
    float[] b = {1, 2, 3, 4};
    float[] c = new float[4];
    MatMul.gemm(2, 2, 2, a, 0, 2, 1, b, 0, 2, 1, c, 0, 2, false);
    assertThat(c).containsExactly(Float.NaN, Float.NaN, 15, 22);
  }

  @Test
  void anyNumberOfThreadsGivesTheSameBits() {
    int[][] sizes = {
      {130, 140, 150}, {70, 1100, 600}, {1, 5000, 300}, {7, 400, 500}, {900, 1, 300}, {700, 300, 90}
    };
    for (int[] size : sizes) {
      for (boolean transposed : new boolean[] {false, true}) {
        int m = size[0];
        int n = size[1];
        int k = size[2];
        Matrix a = Matrix.of(m, k, m == 700, 1, 0, 1);
        Matrix b = Matrix.of(k, n, transposed, 1, 0, 2);
        float[] first = null;
        for (int threads : new int[] {1, 2, 4}) {
          Parallel.threads(threads);
          float[] c = new float[m * n];
          run(m, n, k, a, b, c, 0, n, false);
          first = first == null ? c : first;
          assertThat(c).isEqualTo(first);
        }
      }
    }
  }

  private static void run(
      int m, int n, int k, Matrix a, Matrix b, float[] c, int cOff, int cRow, boolean add) {
    MatMul.gemm(
        m, n, k, a.data, a.offset, a.row, a.col, b.data, b.offset, b.row, b.col, c, cOff, cRow,
        add);
  }

  private static void check(
      int m, int n, int k, boolean aTransposed, boolean bTransposed, int gap, boolean add) {
    Matrix a = Matrix.of(m, k, aTransposed, gap, gap, 1);
    Matrix b = Matrix.of(k, n, bTransposed, gap, 2 * gap, 2);
    int cRow = n + gap - 1;
    float[] c = Strided.values(3 + m * cRow + 1, 3, false);
    float[] before = c.clone();
    run(m, n, k, a, b, c, 3, cRow, add);
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        int at = 3 + i * cRow + j;
        double expected = add ? before[at] : 0;
        double size = Math.abs(expected);
        for (int p = 0; p < k; p++) {
          double term = (double) a.get(i, p) * b.get(p, j);
          expected += term;
          size += Math.abs(term);
        }
        if (!(Math.abs(c[at] - expected) <= size * (1e-6 + 6e-9 * k) + 1e-30)) {
          fail(
              "[%d, %d] x [%d, %d] (%b, %b, %d) at [%d, %d]: %s, not %s",
              m, k, k, n, aTransposed, bTransposed, gap, i, j, c[at], expected);
        }
        before[at] = c[at];
      }
    }
    assertThat(c).as("what lies beside C").isEqualTo(before);
  }
}
