package gradus.tensor.kernel.wordvectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import gradus.tensor.kernel.Lanes;
import gradus.tensor.kernel.Strided;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The step of word2vec and fastText against its formulas, written out in double. */
class LogisticStepTest {

  private static final int ROWS = 20;
  private static final float RATE = 0.3f;

  private final Random random = new Random(4);
  private int stride;
  private LogisticStep step;
  private int[] inputs;
  private int[] outputs;
  private float[] labels;
  private float[] in;
  private float[] out;

  /** Tables whose rows are {@code dim} numbers and zeros behind them. */
  private void begin(int dim, int ins, int outs, boolean outputsDiffer) {
    stride = Math.ceilDiv(dim, LogisticStep.PADDING) * LogisticStep.PADDING;
    in = table(dim, 1);
    out = table(dim, 2);
    step = new LogisticStep(stride, ins, outs);
    inputs = random.ints(ins, 0, ROWS).map(row -> row * stride).toArray();
    outputs =
        (outputsDiffer ? random.ints(0, ROWS).distinct().limit(outs) : random.ints(outs, 0, ROWS))
            .map(row -> row * stride)
            .toArray();
    labels = new float[outs];
    for (int i = 0; i < ins; i++) {
      step.input(i, inputs[i]);
    }
    for (int o = 0; o < outs; o++) {
      labels[o] = random.nextInt(2);
      step.output(o, outputs[o], labels[o]);
    }
    if (outputsDiffer) {
      step.outputsDiffer();
    }
  }

  private float[] table(int dim, int seed) {
    float[] values = Strided.values(ROWS * stride, seed, false);
    for (int i = 0; i < values.length; i++) {
      values[i] = i % stride < dim ? values[i] / 4 : 0;
    }
    return values;
  }

  private double score(int i, int o) {
    double sum = 0;
    for (int j = 0; j < stride; j++) {
      sum += (double) in[inputs[i] + j] * out[outputs[o] + j];
    }
    return sum;
  }

  /** Where rows must be after a step with these weights of the pairs. */
  private void assertMoved(double[][] steps, float[] before, float[] after, boolean isInput) {
    double[] expected = new double[before.length];
    for (int i = 0; i < before.length; i++) {
      expected[i] = before[i];
    }
    float[] others = isInput ? out : in;
    for (int i = 0; i < inputs.length; i++) {
      for (int o = 0; o < outputs.length; o++) {
        int to = isInput ? inputs[i] : outputs[o];
        int from = isInput ? outputs[o] : inputs[i];
        for (int j = 0; j < stride; j++) {
          expected[to + j] += steps[i][o] * others[from + j];
        }
      }
    }
    for (int i = 0; i < after.length; i++) {
      assertThat((double) after[i]).isCloseTo(expected[i], within(2e-5));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1",
    "5, 1, 6",
    "16, 3, 6",
    "21, 10, 6",
    "100, 10, 6",
    "100, 4, 1",
    "33, 5, 2",
    "100, 10, 11",
    "50, 7, 15",
    "300, 2, 6",
    "31, 20, 18"
  })
  void bothSidesMoveByTheGradientOfTheLoss(int dim, int ins, int outs) {
    for (int turn = 0; turn < 3; turn++) {
      begin(dim, ins, outs, false);
      double[][] steps = new double[ins][outs];
      double loss = 0;
      for (int i = 0; i < ins; i++) {
        for (int o = 0; o < outs; o++) {
          double p = 1 / (1 + Math.exp(-score(i, o)));
          steps[i][o] = RATE * (labels[o] - p);
          loss += Math.log1p(Math.exp(labels[o] == 1 ? -score(i, o) : score(i, o)));
        }
      }
      float[] movedIn = in.clone();
      float[] movedOut = out.clone();
      double found = step.move(movedIn, ins, movedOut, outs, RATE);
      assertThat(found).isCloseTo(loss, within(1e-4 * loss));
      assertMoved(steps, in, movedIn, true);
      assertMoved(steps, out, movedOut, false);
    }
  }

  @ParameterizedTest
  @CsvSource({"5, 1", "16, 2", "100, 7", "33, 20"})
  void aSoftmaxMovesAllOutputs(int dim, int outs) {
    begin(dim, 1, outs, true);
    int target = outs / 2;
    double sum = 0;
    for (int o = 0; o < outs; o++) {
      sum += Math.exp(score(0, o));
    }
    double[][] steps = new double[1][outs];
    for (int o = 0; o < outs; o++) {
      steps[0][o] = RATE * ((o == target ? 1 : 0) - Math.exp(score(0, o)) / sum);
    }
    float[] movedIn = in.clone();
    float[] movedOut = out.clone();
    double loss = step.softmax(movedIn, movedOut, outs, target, RATE);
    assertThat(loss).isCloseTo(Math.log(sum) - score(0, target), within(1e-5));
    assertMoved(steps, out, movedOut, false);
    assertMoved(steps, in, movedIn, true);
  }

  @ParameterizedTest
  @CsvSource({"100, 10, 6", "21, 3, 8", "16, 1, 1", "60, 5, 13"})
  void bothFormsGiveTheSameBits(int dim, int ins, int outs) {
    assumeTrue(Lanes.COUNT > 0, "without vectors there is only one form");
    begin(dim, ins, outs, true);
    float[][] found = new float[6][];
    double[] losses = new double[4];
    for (int form = 0; form < 2; form++) {
      float[] movedIn = in.clone();
      float[] movedOut = out.clone();
      var moving =
          new LogisticStep.Moving(movedIn, ins, movedOut, outs, movedIn, inputs, movedOut, outputs);
      losses[form] = step.logistic(moving, RATE, form == 1);
      found[form] = movedIn;
      found[2 + form] = movedOut;
      float[] soft = out.clone();
      Arrays.fill(step.gradient, 0);
      var one =
          new LogisticStep.Moving(in, 1, soft, outs, step.gradient, step.gradientAt, soft, outputs);
      losses[2 + form] = step.softmax(one, 0, RATE, form == 1);
      found[4 + form] = soft;
    }
    assertThat(found[0]).isEqualTo(found[1]);
    assertThat(found[2]).isEqualTo(found[3]);
    assertThat(found[4]).isEqualTo(found[5]);
    assertThat(losses[0]).isEqualTo(losses[1]);
    assertThat(losses[2]).isEqualTo(losses[3]);
  }

  @Test
  void largeScoresCostWhatTheyAreWrongBy() {
    begin(3, 1, 2, true);
    in[inputs[0]] = 1000;
    out[outputs[0]] = 1;
    out[outputs[1]] = -1;
    step.output(0, outputs[0], 0);
    step.output(1, outputs[1], 0);
    assertThat(step.move(in, 1, out, 2, 0)).isCloseTo(1000, within(3.0));
  }

  @Test
  void bagsAreSummedAndMoved() {
    begin(21, 5, 1, false);
    float[] into = new float[stride];
    for (int times = 0; times < 50; times++) {
      RowSums.scaledSum(in, inputs, 5, 0.2f, into, stride);
    }
    for (int j = 0; j < stride; j++) {
      double mean = 0;
      for (int input : inputs) {
        mean += in[input + j] / 5.0;
      }
      assertThat((double) into[j]).isCloseTo(mean, within(1e-6));
    }
    float[] moved = in.clone();
    RowSums.addToAll(into, 0.5f, moved, new int[] {0, stride, 0}, 3, stride);
    for (int j = 0; j < stride; j++) {
      assertThat((double) moved[j]).isCloseTo(in[j] + 2 * 0.5 * into[j], within(1e-5));
      assertThat((double) moved[stride + j])
          .isCloseTo(in[stride + j] + 0.5 * into[j], within(1e-5));
      assertThat(moved[2 * stride + j]).isEqualTo(in[2 * stride + j]);
    }
  }
}
