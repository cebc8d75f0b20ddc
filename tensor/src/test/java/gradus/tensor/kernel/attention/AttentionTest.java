package gradus.tensor.kernel.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import gradus.tensor.kernel.Parallel;
import gradus.tensor.kernel.Strided;
import gradus.tensor.kernel.attention.Attention.Batch;
import gradus.tensor.kernel.matmul.MatMulWarmUp;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Attention against plain loops in double, for all sizes, masks, strides and numbers of threads.
 */
class AttentionTest {

  private static final int THREADS = Parallel.threads();
  private static final int GAP = 3;

  @AfterEach
  void restore() {
    Parallel.threads(THREADS);
    MatMulWarmUp.force(MatMulWarmUp.ALL);
  }

  /** Matrices [rows, columns] whose rows lie {@link #GAP} further apart than needed. */
  private static Batch batch(int count, int rows, int columns, int seed) {
    int row = columns + GAP;
    float[] data = Strided.values(count * rows * row + 5, seed, false);
    for (int i = 0; i < data.length; i++) {
      data[i] = Math.clamp(data[i], -2, 2);
    }
    int[] offsets = new int[count];
    Arrays.setAll(offsets, i -> 5 + i * rows * row);
    return new Batch(data, offsets, row, 1);
  }

  private static double at(Batch x, int i, int row, int col) {
    return x.data()[x.offsets()[i] + row * x.row() + col * x.col()];
  }

  /** What one call is about. */
  private record Sample(Attention attention, Batch q, Batch k, Batch v, Batch g) {
    static Sample of(int count, int l, int s, int e, int ev, boolean causal, boolean masked) {
      Batch mask = null;
      if (masked) {
        mask = batch(count, l, s, 5);
        for (int j = 0; j < l; j++) {
          mask.data()[5 + j * mask.row() + (j + 1) % s] = s > 1 ? Float.NEGATIVE_INFINITY : 0;
        }
      }
      var attention = new Attention(l, s, e, ev, 0.3f, causal, mask);
      return new Sample(
          attention,
          batch(count, l, e, 1),
          batch(count, s, e, 2),
          batch(count, s, ev, 3),
          batch(count, l, ev, 4));
    }

    Batch[] run() {
      int count = q.offsets().length;
      Batch[] out = {
        batch(count, attention.queries(), attention.valueWidth(), 6),
        batch(count, attention.queries(), attention.width(), 7),
        batch(count, attention.keys(), attention.width(), 8),
        batch(count, attention.keys(), attention.valueWidth(), 9)
      };
      attention.forward(q, k, v, out[0]);
      attention.backward(g, q, k, v, out[1], out[2], out[3]);
      return out;
    }

    double[][] weights(int i) {
      double[][] p = new double[attention.queries()][attention.keys()];
      for (int r = 0; r < p.length; r++) {
        double sum = 0;
        for (int c = 0; c < p[r].length; c++) {
          double score = 0;
          for (int d = 0; d < attention.width(); d++) {
            score += at(q, i, r, d) * at(k, i, c, d);
          }
          score *= attention.scale();
          if (attention.mask() != null) {
            score += at(attention.mask(), i, r, c);
          }
          p[r][c] = attention.causal() && c > r ? 0 : Math.exp(score);
          sum += p[r][c];
        }
        for (int c = 0; c < p[r].length; c++) {
          p[r][c] /= sum;
        }
      }
      return p;
    }

    /** The gradient of the scores. */
    double[][] scores(int i, double[][] p) {
      double[][] ds = new double[p.length][];
      for (int r = 0; r < p.length; r++) {
        double[] dp = new double[p[r].length];
        double mean = 0;
        for (int c = 0; c < dp.length; c++) {
          for (int d = 0; d < attention.valueWidth(); d++) {
            dp[c] += at(g, i, r, d) * at(v, i, c, d);
          }
          mean += dp[c] * p[r][c];
        }
        for (int c = 0; c < dp.length; c++) {
          dp[c] = (dp[c] - mean) * p[r][c] * attention.scale();
        }
        ds[r] = dp;
      }
      return ds;
    }
  }

  private interface Element {
    double at(int i, int row, int col);
  }

  private static void check(Batch got, int rows, int columns, Element expected, String name) {
    float[] untouched = batch(got.offsets().length, rows, columns, name.charAt(0) - '0').data();
    for (int i = 0; i < got.offsets().length; i++) {
      for (int r = 0; r < rows; r++) {
        for (int c = 0; c < columns; c++) {
          assertThat(at(got, i, r, c))
              .as("%s [%d, %d, %d]", name, i, r, c)
              .isCloseTo(expected.at(i, r, c), within(2e-5 * Math.max(1, rows / 16)));
          untouched[got.offsets()[i] + r * got.row() + c] = (float) at(got, i, r, c);
        }
      }
    }
    assertThat(got.data()).as("what lies beside %s", name).isEqualTo(untouched);
  }

  private static void check(Sample s) {
    Attention a = s.attention();
    Batch[] out = s.run();
    int count = s.q().offsets().length;
    double[][][] p = new double[count][][];
    double[][][] ds = new double[count][][];
    for (int i = 0; i < count; i++) {
      p[i] = s.weights(i);
      ds[i] = s.scores(i, p[i]);
    }
    check(
        out[0],
        a.queries(),
        a.valueWidth(),
        (i, r, c) -> sum(a.keys(), j -> p[i][r][j] * at(s.v(), i, j, c)),
        "6 out");
    check(
        out[1],
        a.queries(),
        a.width(),
        (i, r, c) -> sum(a.keys(), j -> ds[i][r][j] * at(s.k(), i, j, c)),
        "7 dq");
    check(
        out[2],
        a.keys(),
        a.width(),
        (i, r, c) -> sum(a.queries(), j -> ds[i][j][r] * at(s.q(), i, j, c)),
        "8 dk");
    check(
        out[3],
        a.keys(),
        a.valueWidth(),
        (i, r, c) -> sum(a.queries(), j -> p[i][j][r] * at(s.g(), i, j, c)),
        "9 dv");
  }

  private static double sum(int n, java.util.function.IntToDoubleFunction f) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += f.applyAsDouble(i);
    }
    return sum;
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1, 1, 1",
    "2, 3, 5, 4, 2",
    "1, 7, 16, 8, 33",
    "3, 13, 31, 6, 17",
    "1, 70, 64, 16, 16",
    "2, 65, 130, 20, 64",
    "1, 250, 300, 8, 12",
    "1, 40, 1030, 4, 4"
  })
  void equalsPlainLoops(int count, int l, int s, int e, int ev) {
    check(Sample.of(count, l, s, e, ev, false, false));
    check(Sample.of(count, l, s, e, ev, true, false));
    check(Sample.of(count, l, s, e, ev, false, true));
  }

  @Test
  void coldAndWarmGiveTheSameBits() {
    for (boolean causal : new boolean[] {false, true}) {
      MatMulWarmUp.force(MatMulWarmUp.ALL);
      Batch[] warm = Sample.of(2, 50, 75, 20, 37, causal, false).run();
      MatMulWarmUp.force(0);
      Batch[] cold = Sample.of(2, 50, 75, 20, 37, causal, false).run();
      for (int i = 0; i < warm.length; i++) {
        assertThat(cold[i].data()).isEqualTo(warm[i].data());
      }
    }
  }

  @Test
  void anyNumberOfThreadsGivesTheSameBits() {
    for (boolean causal : new boolean[] {false, true}) {
      Batch[] first = null;
      for (int threads : new int[] {1, 2, 4}) {
        Parallel.threads(threads);
        Batch[] out = Sample.of(3, 200, 210, 24, 40, causal, false).run();
        first = first == null ? out : first;
        for (int i = 0; i < out.length; i++) {
          assertThat(out[i].data()).isEqualTo(first[i].data());
        }
      }
    }
  }

  @Test
  void aScaleThatIsNotPositive() {
    for (float scale : new float[] {0, -0.5f}) {
      Sample s = Sample.of(1, 5, 7, 4, 3, false, false);
      var attention = new Attention(5, 7, 4, 3, scale, false, null);
      check(new Sample(attention, s.q(), s.k(), s.v(), s.g()));
    }
  }

  // pytorch #103963, PR #133882: zeros since 2.5
  @Test
  void aRowThatSeesNothingIsZerosAndHasNoGradient() {
    Batch mask = new Batch(new float[] {Float.NEGATIVE_INFINITY, 0}, new int[] {0}, 1, 0);
    var attention = new Attention(2, 5, 4, 3, 1, false, mask);
    Batch q = batch(1, 2, 4, 1);
    Batch k = batch(1, 5, 4, 2);
    Batch v = batch(1, 5, 3, 3);
    Batch out = batch(1, 2, 3, 6);
    attention.forward(q, k, v, out);
    Batch[] both = {batch(1, 2, 4, 7), batch(1, 5, 4, 8), batch(1, 5, 3, 9)};
    attention.backward(out, q, k, v, both[0], both[1], both[2]);
    // The same without the row that sees nothing.
    Batch second = new Batch(q.data(), new int[] {q.offsets()[0] + q.row()}, q.row(), 1);
    Batch seen = new Batch(out.data(), new int[] {out.offsets()[0] + out.row()}, out.row(), 1);
    Batch[] one = {batch(1, 1, 4, 7), batch(1, 5, 4, 8), batch(1, 5, 3, 9)};
    new Attention(1, 5, 4, 3, 1, false, null).backward(seen, second, k, v, one[0], one[1], one[2]);
    for (int c = 0; c < 3; c++) {
      assertThat(at(out, 0, 0, c)).isZero();
      assertThat(at(out, 0, 1, c)).isFinite().isNotZero();
    }
    for (int c = 0; c < 4; c++) {
      assertThat(at(both[0], 0, 0, c)).isZero();
      assertThat(at(both[0], 0, 1, c)).isCloseTo(at(one[0], 0, 0, c), within(1e-5));
      assertThat(at(both[1], 0, 2, c)).isCloseTo(at(one[1], 0, 2, c), within(1e-5));
    }
    for (int c = 0; c < 3; c++) {
      assertThat(at(both[2], 0, 2, c)).isCloseTo(at(one[2], 0, 2, c), within(1e-5));
    }
  }

  @Test
  void aNanAmongHiddenScoresStaysOne() {
    Batch mask =
        new Batch(new float[] {Float.NEGATIVE_INFINITY, Float.NaN, 0}, new int[] {0}, 0, 1);
    Batch out = batch(1, 1, 3, 6);
    new Attention(1, 3, 4, 3, 1, false, mask)
        .forward(batch(1, 1, 4, 1), batch(1, 3, 4, 2), batch(1, 3, 3, 3), out);
    assertThat(at(out, 0, 0, 0)).isNaN();
  }

  /** One running sum of 65,536 equal shares is wrong by 6e-4. */
  @Test
  void longRowsKeepTheirDigits() {
    for (int keys : new int[] {300, 2047, 2049, 8192, 65_536}) {
      Batch q = constant(2, 4, 0.1f);
      Batch k = constant(keys, 4, 0.1f);
      Batch v = constant(keys, 20, 0.1f);
      Batch out = constant(2, 20, 0);
      new Attention(2, keys, 4, 20, 0.5f, false, null).forward(q, k, v, out);
      assertThat(at(out, 0, 1, 19)).as("%d keys", keys).isCloseTo(0.1, within(4e-7));
    }
  }

  private static Batch constant(int rows, int cols, float value) {
    float[] data = new float[rows * cols];
    Arrays.fill(data, value);
    return new Batch(data, new int[] {0}, cols, 1);
  }
}
