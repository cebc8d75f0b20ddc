package gradus.tensor.kernel.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import gradus.tensor.kernel.Parallel;
import gradus.tensor.kernel.Strided;
import gradus.tensor.kernel.table.RowCopies;
import gradus.tensor.kernel.table.ScatterAdd;
import java.util.Arrays;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Row kernels against the formulas, written out in double. */
class RowsTest {

  private static final int THREADS = Parallel.threads();
  private static final int[][] SHAPES = {
    {0, 4}, {1, 1}, {2, 4}, {3, 6}, {5, 8}, {4, 13}, {3, 31}, {2, 33}, {7, 1021}, {130, 17},
    {2, 9001}
  };

  @AfterEach
  void restoreThreads() {
    Parallel.threads(THREADS);
  }

  private static void close(float actual, double expected, double size, String what) {
    if (!(Math.abs(actual - expected) <= 2e-6 * (Math.abs(expected) + size) + 1e-37)) {
      fail("%s: %s, not %s", what, actual, expected);
    }
  }

  private static double[] logSoftmax(float[] x, int at, int n) {
    double max = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < n; j++) {
      max = Math.max(max, x[at + j]);
    }
    double sum = 0;
    for (int j = 0; j < n; j++) {
      sum += Math.exp(x[at + j] - max);
    }
    double[] y = new double[n];
    for (int j = 0; j < n; j++) {
      y[j] = x[at + j] - max - Math.log(sum);
    }
    return y;
  }

  @Test
  void softmaxFamily() {
    for (int[] shape : SHAPES) {
      int rows = shape[0];
      int cols = shape[1];
      float[] x = Strided.values(rows * cols + 3, 1, false);
      float[] g = Strided.values(rows * cols + 3, 2, false);
      float[] soft = new float[rows * cols + 2];
      float[] log = new float[rows * cols + 2];
      float[] sums = new float[rows + 1];
      float[] softGrad = new float[rows * cols];
      float[] logGrad = new float[rows * cols];
      SoftmaxRows.softmax(x, 3, soft, 2, rows, cols);
      SoftmaxRows.logSoftmax(x, 3, log, 2, rows, cols);
      SoftmaxRows.logSumExp(x, 3, sums, 1, rows, cols);
      SoftmaxRows.softmaxGrad(g, 1, soft, 2, softGrad, rows, cols);
      SoftmaxRows.logSoftmaxGrad(g, 1, log, 2, logGrad, rows, cols);
      for (int i = 0; i < rows; i++) {
        double[] y = logSoftmax(x, 3 + i * cols, cols);
        double dot = 0;
        double total = 0;
        double size = 0;
        for (int j = 0; j < cols; j++) {
          dot += g[1 + i * cols + j] * Math.exp(y[j]);
          total += g[1 + i * cols + j];
          size += Math.abs(g[1 + i * cols + j]);
        }
        close(sums[1 + i], x[3 + i * cols] - y[0], 1, "logSumExp");
        for (int j = 0; j < cols; j++) {
          int at = i * cols + j;
          double p = Math.exp(y[j]);
          close(soft[2 + at], p, p * Math.abs(y[j]) / 4, "softmax");
          close(log[2 + at], y[j], Math.abs(x[3 + at]), "logSoftmax");
          close(softGrad[at], (g[1 + at] - dot) * p, p * size, "softmaxGrad");
          close(logGrad[at], g[1 + at] - total * p, size, "logSoftmaxGrad");
        }
      }
    }
  }

  @Test
  void softmaxOfSpecialRows() {
    float inf = Float.POSITIVE_INFINITY;
    float[] x = {1, -inf, 1, -inf, -inf, -inf, 0, Float.NaN, 0, 1000, 0, -1000};
    float[] out = new float[12];
    SoftmaxRows.softmax(x, 0, out, 0, 4, 3);
    assertThat(out)
        .containsExactly(
            0.5f, 0, 0.5f, Float.NaN, Float.NaN, Float.NaN, Float.NaN, Float.NaN, Float.NaN, 1, 0,
            0);
    float[] sums = new float[4];
    SoftmaxRows.logSumExp(x, 0, sums, 0, 4, 3);
    assertThat(sums).containsExactly((float) (1 + Math.log(2)), -inf, Float.NaN, 1000);
  }

  @Test
  void layerNormForwardAndBackward() {
    for (int[] shape : SHAPES) {
      int rows = shape[0];
      int cols = shape[1];
      float[] x = Strided.values(rows * cols + 1, 1, false);
      float[] g = Strided.values(rows * cols + 2, 2, false);
      float[] gamma = Strided.values(cols + 3, 3, false);
      float[] beta = Strided.values(cols + 4, 4, false);
      for (int affine = 0; affine < 4; affine++) {
        float[] w = (affine & 1) == 0 ? null : gamma;
        float[] b = (affine & 2) == 0 ? null : beta;
        checkLayerNorm(rows, cols, x, g, w, b);
      }
    }
  }

  private static void checkLayerNorm(
      int rows, int cols, float[] x, float[] g, float[] w, float[] b) {
    double eps = (double) 1e-5f;
    float[] y = new float[rows * cols];
    float[] dx = new float[rows * cols];
    float[] mean = new float[rows];
    float[] rstd = new float[rows];
    float[] dGamma = new float[cols];
    float[] dBeta = new float[cols];
    LayerNorm.forward(x, 1, w, 3, b, 4, 1e-5f, y, mean, rstd, rows, cols);
    LayerNorm.backward(g, 2, x, 1, w, 3, mean, rstd, dx, dGamma, dBeta, rows, cols);
    double[] gammaSum = new double[cols];
    double[] betaSum = new double[cols];
    double[] gammaSize = new double[cols];
    double[] betaSize = new double[cols];
    for (int i = 0; i < rows; i++) {
      double m = 0;
      double v = 0;
      for (int j = 0; j < cols; j++) {
        m += x[1 + i * cols + j] / (double) cols;
      }
      for (int j = 0; j < cols; j++) {
        v += Math.pow(x[1 + i * cols + j] - m, 2) / cols;
      }
      double r = 1 / Math.sqrt(v + eps);
      double sum = 0;
      double dot = 0;
      double size = 0;
      for (int j = 0; j < cols; j++) {
        double normal = (x[1 + i * cols + j] - m) * r;
        double scaled = g[2 + i * cols + j] * (w == null ? 1 : w[3 + j]);
        sum += scaled;
        dot += scaled * normal;
        size += Math.abs(scaled) * (1 + Math.abs(normal));
        gammaSum[j] += g[2 + i * cols + j] * normal;
        betaSum[j] += g[2 + i * cols + j];
        gammaSize[j] += Math.abs(g[2 + i * cols + j] * normal) + Math.abs(g[2 + i * cols + j] * r);
        betaSize[j] += Math.abs(g[2 + i * cols + j]);
      }
      close(mean[i], m, 1, "mean");
      close(rstd[i], r, 0, "rstd");
      for (int j = 0; j < cols; j++) {
        int at = i * cols + j;
        double normal = (x[1 + at] - m) * r;
        double scale = w == null ? 1 : w[3 + j];
        double scaled = g[2 + at] * scale;
        close(y[at], normal * scale + (b == null ? 0 : b[4 + j]), 1 + Math.abs(scale) * r, "y");
        double expected = r * (scaled - sum / cols - normal * dot / cols);
        close(dx[at], expected, r * (Math.abs(scaled) + size) * (1 + Math.abs(normal)), "dx");
      }
    }
    for (int j = 0; j < cols; j++) {
      close(dGamma[j], gammaSum[j], gammaSize[j], "dGamma");
      close(dBeta[j], betaSum[j], betaSize[j], "dBeta");
    }
  }

  @Test
  void gatherAndScatterAdd() {
    for (int cols : new int[] {1, 4, 13, 33, 1021}) {
      long[] ids = {7, 3, 0, 3, 9, 3};
      float[] table = Strided.values(2 + 10 * (cols + 1), 1, false);
      float[] out = new float[1 + 5 * cols];
      RowCopies.gather(table, 2, cols + 1, ids, 1, 5, out, 1, cols);
      for (int i = 0; i < 5; i++) {
        for (int j = 0; j < cols; j++) {
          int from = 2 + (int) ids[1 + i] * (cols + 1) + j;
          assertThat(out[1 + i * cols + j]).isEqualTo(table[from]);
        }
      }
      float[] sums = new float[3 + 10 * cols];
      ScatterAdd.add(out, 1, 1, ids, 1, 5, sums, 3, cols);
      float[] expected = new float[3 + 10 * cols];
      for (int i = 0; i < 5; i++) {
        for (int j = 0; j < cols; j++) {
          expected[3 + (int) ids[1 + i] * cols + j] += out[1 + i * cols + j];
        }
      }
      assertThat(sums).isEqualTo(expected);
    }
  }

  @Test
  void manyRowsAreCopiedAndAddedFourAtATime() {
    int rows = 403;
    int words = 1021;
    long[] ids = new long[rows];
    Arrays.setAll(ids, i -> i % 5 == 0 ? 7 : i * 17L % words);
    for (int cols : new int[] {63, 64, 77, 130}) {
      float[] table = Strided.values(words * cols, 1, false);
      float[] out = new float[rows * cols];
      // Often enough that the vector form is compiled and does all of it.
      for (int times = 0; times < 200; times++) {
        Arrays.fill(out, Float.NaN);
        RowCopies.gather(table, 0, cols, ids, 0, rows, out, 0, cols);
        for (int i = 0; i < rows; i++) {
          int at = (int) ids[i] * cols;
          assertThat(Arrays.equals(out, i * cols, (i + 1) * cols, table, at, at + cols)).isTrue();
        }
      }
      float[] sums = table.clone();
      ScatterAdd.add(out, 0, 0.5f, ids, 0, rows, sums, 0, cols);
      float[] expected = table.clone();
      for (int i = 0; i < rows * cols; i++) {
        expected[(int) ids[i / cols] * cols + i % cols] += out[i] * 0.5f;
      }
      assertThat(sums).isEqualTo(expected);
    }
  }

  @Test
  void scatterAddScalesAndLeavesOutWhatHasNoRow() {
    for (int cols : new int[] {3, 33, 20_000}) {
      float[] g = Strided.values(3 * cols, 1, false);
      float[] table = new float[2 * cols];
      ScatterAdd.add(g, 0, -0.5f, new long[] {1, -1, 1}, 0, 3, table, 0, cols);
      for (int j = 0; j < cols; j++) {
        assertThat(table[j]).isZero();
        assertThat(table[cols + j]).isEqualTo(g[j] * -0.5f + g[2 * cols + j] * -0.5f);
      }
    }
  }

  @Test
  void crossEntropyAndItsGradient() {
    for (int[] shape : SHAPES) {
      int rows = shape[0];
      int cols = shape[1];
      float[] x = Strided.values(rows * cols + 2, 1, false);
      float[] scale = Strided.values(rows, 2, false);
      long[] targets = new long[rows + 1];
      for (int i = 0; i < rows; i++) {
        targets[1 + i] = i % 3 == 2 ? -100 : i * 7 % cols;
      }
      float[] loss = new float[rows];
      float[] sums = new float[rows];
      float[] dx = new float[rows * cols];
      CrossEntropyRows.crossEntropy(x, 2, targets, 1, -100, loss, sums, rows, cols);
      CrossEntropyRows.crossEntropyGrad(x, 2, targets, 1, -100, sums, scale, dx, rows, cols);
      for (int i = 0; i < rows; i++) {
        double[] y = logSoftmax(x, 2 + i * cols, cols);
        int target = (int) targets[1 + i];
        close(loss[i], target < 0 ? 0 : -y[target], 10, "loss");
        for (int j = 0; j < cols; j++) {
          double p = target < 0 ? 0 : Math.exp(y[j]) - (j == target ? 1 : 0);
          close(dx[i * cols + j], scale[i] * p, Math.abs(scale[i]) * 20, "gradient");
        }
      }
    }
  }

  @Test
  void anyNumberOfThreadsGivesTheSameBits() {
    int rows = 700;
    int cols = 130;
    float[] x = Strided.values(rows * cols, 1, false);
    float[] g = Strided.values(rows * cols, 2, false);
    long[] ids = new long[rows];
    for (int i = 0; i < rows; i++) {
      ids[i] = (i * 31L) % 50;
    }
    same(
        () -> {
          float[] out = new float[rows * cols];
          SoftmaxRows.softmax(x, 0, out, 0, rows, cols);
          return out;
        });
    same(
        () -> {
          float[] table = new float[50 * cols];
          ScatterAdd.add(g, 0, 1, ids, 0, rows, table, 0, cols);
          return table;
        });
    same(
        () -> {
          float[] out = new float[rows * cols];
          float[] mean = new float[rows];
          float[] rstd = new float[rows];
          float[] sums = new float[cols];
          LayerNorm.forward(x, 0, null, 0, null, 0, 1e-5f, out, mean, rstd, rows, cols);
          LayerNorm.backward(g, 0, x, 0, null, 0, mean, rstd, out, sums, null, rows, cols);
          System.arraycopy(sums, 0, out, 0, cols);
          return out;
        });
  }

  private static void same(Supplier<float[]> kernel) {
    float[] first = null;
    for (int threads : new int[] {1, 2, 4}) {
      Parallel.threads(threads);
      float[] out = kernel.get();
      first = first == null ? out : first;
      assertThat(out).isEqualTo(first);
    }
  }
}
