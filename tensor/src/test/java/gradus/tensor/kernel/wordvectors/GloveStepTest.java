package gradus.tensor.kernel.wordvectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import gradus.tensor.kernel.Lanes;
import gradus.tensor.kernel.wordvectors.GloveStep.Pairs;
import gradus.tensor.kernel.wordvectors.GloveStep.Tables;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Steps of GloVe against the formulas, written out in double. */
class GloveStepTest {

  private static final int[] DIMS = {1, 4, 13, 14, 15, 31, 50, 100, 300};
  private static final int ROWS = 20;
  private static final int FIRST_WORD = 2;
  private static final int FIRST_CONTEXT = 3;

  /** Rows as a training has them: one of both numbers behind a vector is a one that stays. */
  private static float[] table(int dim, int one, double size, Random random) {
    int half = GloveStep.half(dim);
    float[] table = new float[ROWS * 2 * half];
    for (int row = 0; row < ROWS; row++) {
      int at = row * 2 * half;
      for (int i = 0; i < dim + 2; i++) {
        table[at + i] = (float) (size * random.nextGaussian());
        table[at + half + i] = (float) (1 / Math.sqrt(1 + 5 * random.nextDouble()));
      }
      table[at + half + 2 * dim + 1 - one] = 1 + 4 * random.nextFloat(); // of the bias
      table[at + one] = 1;
      table[at + half + one] = 0;
      for (int i = dim + 2; i < half; i++) {
        table[at + half + i] = 1;
      }
    }
    return table;
  }

  private static Tables tables(int dim, double size, long seed) {
    var random = new Random(seed);
    return new Tables(table(dim, dim + 1, size, random), table(dim, dim, size, random), dim);
  }

  private static Tables copy(Tables tables) {
    return new Tables(tables.words().clone(), tables.contexts().clone(), tables.dim());
  }

  private static Pairs pairs(int count, double weight, long seed) {
    var random = new Random(seed);
    int[] rows = new int[count];
    float[] logs = new float[count];
    float[] weights = new float[count];
    for (int i = 0; i < count; i++) {
      rows[i] = random.nextInt(ROWS - FIRST_WORD) << 16 | random.nextInt(ROWS - FIRST_CONTEXT);
      logs[i] = (float) (3 * random.nextGaussian());
      weights[i] = (float) (weight * random.nextDouble());
    }
    return new Pairs(rows, logs, weights, FIRST_WORD, FIRST_CONTEXT);
  }

  @Test
  void bothFormsGiveTheSameBits() {
    assumeTrue(Lanes.COUNT > 0, "without vectors there is only one form");
    for (int dim : DIMS) {
      for (double weight : new double[] {0.1, 1, 50}) {
        Tables plain = tables(dim, 0.4, dim);
        Tables vectors = copy(plain);
        Pairs pairs = pairs(500, weight, 7);
        double cost = PlainGloveStep.steps(plain, pairs, 3, 500, 0.05f);
        assertThat(VectorGloveStep.steps(vectors, pairs, 3, 500, 0.05f)).isEqualTo(cost);
        assertThat(vectors.words()).isEqualTo(plain.words());
        assertThat(vectors.contexts()).isEqualTo(plain.contexts());
      }
    }
  }

  @Test
  void stepsFollowTheFormulas() {
    for (int dim : DIMS) {
      for (double weight : new double[] {0.1, 1, 5}) {
        follow(dim, weight, 0.05, 0.3);
      }
    }
  }

  @Test
  void gradientsAreCut() {
    follow(20, 100, 0.05, 3);
  }

  /** 30 pairs one by one; AdaGrad's sums are kept as such here. */
  private static void follow(int dim, double weight, double eta, double size) {
    Tables tables = tables(dim, size, 11);
    Pairs all = pairs(30, weight, 5);
    int half = tables.half();
    double[] words = doubles(tables.words());
    double[] contexts = doubles(tables.contexts());
    double cost = 0;
    for (int i = 0; i < 30; i++) {
      int p = (FIRST_WORD + (all.rows()[i] >>> 16)) * 2 * half;
      int q = (FIRST_CONTEXT + (all.rows()[i] & 0xffff)) * 2 * half;
      double difference = words[p + dim] + contexts[q + dim + 1] - all.logs()[i];
      for (int j = 0; j < dim; j++) {
        difference += words[p + j] * contexts[q + j];
      }
      double slope = all.weights()[i] * difference;
      cost += 0.5 * slope * difference;
      for (int j = 0; j < dim; j++) {
        double w = words[p + j];
        move(words, p + j, half, slope * contexts[q + j], eta);
        move(contexts, q + j, half, slope * w, eta);
      }
      move(words, p + dim, half, slope, eta);
      move(contexts, q + dim + 1, half, slope, eta);
    }
    assertThat(GloveStep.steps(tables, all, 30, (float) eta)).isCloseTo(cost, within(1e-4 * cost));
    close(tables.words(), words);
    close(tables.contexts(), contexts);
  }

  /** The step is divided by the root of the sum as it was before. */
  private static void move(double[] table, int at, int half, double gradient, double eta) {
    double step = Math.clamp(gradient, -100.0, 100.0) * eta;
    double sum = 1 / (table[at + half] * table[at + half]);
    table[at] -= step / Math.sqrt(sum);
    table[at + half] = 1 / Math.sqrt(sum + step * step);
  }

  private static double[] doubles(float[] values) {
    double[] result = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = values[i];
    }
    return result;
  }

  private static void close(float[] actual, double[] expected) {
    for (int i = 0; i < actual.length; i++) {
      assertThat((double) actual[i])
          .isCloseTo(expected[i], within(1e-4 * Math.max(0.1, Math.abs(expected[i]))));
    }
  }

  @Test
  void onesAndPaddingStay() {
    for (int dim : DIMS) {
      Tables tables = tables(dim, 0.5, 3);
      int half = tables.half();
      GloveStep.steps(tables, pairs(3000, 3, 2), 3000, 0.1f);
      for (int row = 0; row < ROWS; row++) {
        int at = row * 2 * half;
        assertThat(tables.words()[at + dim + 1]).isEqualTo(1);
        assertThat(tables.contexts()[at + dim]).isEqualTo(1);
        for (int i = dim + 2; i < half; i++) {
          assertThat(tables.words()[at + i]).isZero();
          assertThat(tables.contexts()[at + i]).isZero();
        }
      }
    }
  }

  @Test
  void whatIsNoNumberMovesNothing() {
    for (float log : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      Tables tables = tables(20, 0.5, 4);
      Tables before = copy(tables);
      var pairs = new Pairs(new int[300], new float[300], new float[300], 0, 0);
      Arrays.fill(pairs.logs(), log);
      Arrays.fill(pairs.weights(), 1);
      assertThat(GloveStep.steps(tables, pairs, 300, 0.1f)).isNotFinite();
      assertThat(tables.words()).isEqualTo(before.words());
      assertThat(tables.contexts()).isEqualTo(before.contexts());
    }
  }

  @Test
  void rowsHoldWholeVectors() {
    assertThat(GloveStep.half(14)).isEqualTo(16);
    assertThat(GloveStep.half(15)).isEqualTo(32);
    assertThat(GloveStep.half(100)).isEqualTo(112);
  }
}
