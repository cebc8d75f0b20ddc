package gradus.tensor.kernel.reduce;

import gradus.tensor.kernel.Parallel;
import java.util.Arrays;

/** Sums of powers of absolute values, row by row, in {@code double}. */
public final class PowerSums {

  /** Elements whose powers are taken side by side. */
  private static final int BLOCK = 256;

  /** Elements of one task; where a row is cut depends on its length alone. */
  private static final int PIECE = 16 * BLOCK;

  /** Up to here a whole power is a few products. */
  private static final int MOST_PRODUCTS = 64;

  private PowerSums() {}

  /** {@code sums[i] = Σ |x[i, j]|^p} for contiguous rows; with p 0, how many are not 0. */
  public static void rows(float[] x, int at, int rows, int cols, double p, double[] sums) {
    int pieces = Math.max(1, Math.ceilDiv(cols, PIECE));
    double[] parts = new double[rows * pieces];
    boolean products = p >= 0 && p <= MOST_PRODUCTS && p == Math.rint(p);
    Parallel.rows(
        parts.length,
        (products ? 2L : 40L) * Math.min(cols, PIECE),
        (from, to) -> {
          double[] base = new double[BLOCK];
          double[] power = new double[BLOCK];
          for (int part = from; part < to; part++) {
            int start = part % pieces * PIECE;
            int end = start + Math.min(PIECE, cols - start);
            int row = at + part / pieces * cols;
            for (int i = start; i < end; i += BLOCK) {
              int n = Math.min(BLOCK, end - i);
              sizes(x, row + i, n, base);
              if (products) {
                products(base, (int) p, n, power);
              } else {
                powers(base, p, n, power);
              }
              parts[part] += sum(power, n);
            }
          }
        });
    for (int i = 0; i < rows; i++) {
      sums[i] = 0;
      for (int part = i * pieces; part < (i + 1) * pieces; part++) {
        sums[i] += parts[part];
      }
    }
  }

  private static void sizes(float[] x, int at, int n, double[] out) {
    for (int i = 0; i < n; i++) {
      out[i] = Math.abs(x[at + i]);
    }
  }

  /** By squaring: as many products as p has binary digits, and one more for each that is 1. */
  private static void products(double[] base, int p, int n, double[] out) {
    if (p == 0) {
      for (int i = 0; i < n; i++) {
        out[i] = base[i] != 0 ? 1 : 0;
      }
      return;
    }
    Arrays.fill(out, 0, n, 1);
    for (int rest = p; ; ) {
      if ((rest & 1) != 0) {
        multiply(out, base, n);
      }
      rest >>= 1;
      if (rest == 0) {
        return;
      }
      multiply(base, base, n);
    }
  }

  private static void multiply(double[] a, double[] b, int n) {
    for (int i = 0; i < n; i++) {
      a[i] *= b[i];
    }
  }

  private static void powers(double[] base, double p, int n, double[] out) {
    for (int i = 0; i < n; i++) {
      out[i] = Math.pow(base[i], p);
    }
  }

  /** Four sums beside each other: an addition waits for the one before it. */
  private static double sum(double[] v, int n) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = 0;
    for (; i + 4 <= n; i += 4) {
      a += v[i];
      b += v[i + 1];
      c += v[i + 2];
      d += v[i + 3];
    }
    for (; i < n; i++) {
      a += v[i];
    }
    return a + b + (c + d);
  }
}
