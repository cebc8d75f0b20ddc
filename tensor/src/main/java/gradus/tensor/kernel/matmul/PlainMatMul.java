package gradus.tensor.kernel.matmul;

import java.util.Arrays;

/**
 * The leaves of {@link MatMulPlan} as plain loops, for the first second of a program.
 *
 * <p>Until the compiler has got round to it, vector code runs some hundred times slower than plain
 * loops, which are small and compiled at once. The loops here do the same multiply-adds in the same
 * order as the vector kernels, so a result has the same bits whichever of them ran; {@link
 * MatMulWarmUp} decides.
 */
final class PlainMatMul {
  private static final int SIDE = 4;

  private PlainMatMul() {}

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
    float[] sums = new float[SIDE * SIDE];
    for (int i = 0; i < rows; i += SIDE) {
      for (int j = 0; j < columns; j += SIDE) {
        int height = Math.min(SIDE, rows - i);
        int width = Math.min(SIDE, columns - j);
        int from = aAt + i * aRow;
        if (height == SIDE && width == SIDE) {
          square(depth, a, from, aRow, aCol, b, bAt + j, bRow, sums);
        } else {
          for (int r = 0; r < height; r++) {
            for (int s = 0; s < width; s++) {
              sums[r * SIDE + s] = one(depth, a, from + r * aRow, aCol, b, bAt + j + s, bRow);
            }
          }
        }
        for (int r = 0; r < height; r++) {
          int to = cAt + (i + r) * cRow + j;
          int plus = dAt + (i + r) * dRow + j;
          for (int s = 0; s < width; s++) {
            float sum = sums[r * SIDE + s];
            c[to + s] = d == null ? sum : sum + d[plus + s];
          }
        }
      }
    }
  }

  /**
   * Four by four chains, which stay in registers: three times as fast as whole rows, which have to
   * be long before the compiler's own vectors gain anything.
   */
  private static void square(
      int depth,
      float[] a,
      int aAt,
      int aRow,
      int aCol,
      float[] b,
      int bAt,
      int bRow,
      float[] sums) {
    float s00 = 0;
    float s01 = 0;
    float s02 = 0;
    float s03 = 0;
    float s10 = 0;
    float s11 = 0;
    float s12 = 0;
    float s13 = 0;
    float s20 = 0;
    float s21 = 0;
    float s22 = 0;
    float s23 = 0;
    float s30 = 0;
    float s31 = 0;
    float s32 = 0;
    float s33 = 0;
    for (int p = 0; p < depth; p++, aAt += aCol, bAt += bRow) {
      float b0 = b[bAt];
      float b1 = b[bAt + 1];
      float b2 = b[bAt + 2];
      float b3 = b[bAt + 3];
      float a0 = a[aAt];
      s00 = Math.fma(a0, b0, s00);
      s01 = Math.fma(a0, b1, s01);
      s02 = Math.fma(a0, b2, s02);
      s03 = Math.fma(a0, b3, s03);
      float a1 = a[aAt + aRow];
      s10 = Math.fma(a1, b0, s10);
      s11 = Math.fma(a1, b1, s11);
      s12 = Math.fma(a1, b2, s12);
      s13 = Math.fma(a1, b3, s13);
      float a2 = a[aAt + 2 * aRow];
      s20 = Math.fma(a2, b0, s20);
      s21 = Math.fma(a2, b1, s21);
      s22 = Math.fma(a2, b2, s22);
      s23 = Math.fma(a2, b3, s23);
      float a3 = a[aAt + 3 * aRow];
      s30 = Math.fma(a3, b0, s30);
      s31 = Math.fma(a3, b1, s31);
      s32 = Math.fma(a3, b2, s32);
      s33 = Math.fma(a3, b3, s33);
    }
    sums[0] = s00;
    sums[1] = s01;
    sums[2] = s02;
    sums[3] = s03;
    sums[4] = s10;
    sums[5] = s11;
    sums[6] = s12;
    sums[7] = s13;
    sums[8] = s20;
    sums[9] = s21;
    sums[10] = s22;
    sums[11] = s23;
    sums[12] = s30;
    sums[13] = s31;
    sums[14] = s32;
    sums[15] = s33;
  }

  private static float one(int depth, float[] a, int aAt, int aCol, float[] b, int bAt, int bRow) {
    float sum = 0;
    for (int p = 0; p < depth; p++) {
      sum = Math.fma(a[aAt + p * aCol], b[bAt + p * bRow], sum);
    }
    return sum;
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
    Arrays.fill(lanes, 0);
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
