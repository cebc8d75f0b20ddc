package gradus.text.fasttext;

import static org.assertj.core.api.Assertions.assertThat;

import gradus.nn.F;
import gradus.nn.Reduction;
import gradus.tensor.GradMode;
import gradus.tensor.Tensor;
import gradus.text.training.AliasTable;
import gradus.text.training.HuffmanTree;
import gradus.text.training.SamplingRandom;
import gradus.text.training.WindowSampler;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The fast path moves its tables as autograd and plain gradient descent do, prediction by
 * prediction, when both are fed the same draws.
 */
class FastTextObjectiveTest {

  private static final int WORDS = 9;
  private static final int ROWS = 30;
  private static final int DIM = 11;
  private static final int NEGATIVE = 4;
  private static final float RATE = 0.2f;
  private static final long[] COUNTS = {60, 50, 40, 30, 20, 10, 9, 8, 7};

  private final Random random = new Random(2);
  private final FastTextTables tables = new FastTextTables(ROWS, WORDS, DIM);
  private Tensor in;
  private Tensor out;

  private int[][] begin() {
    tables.draw(1);
    for (int row = 0; row < WORDS; row++) {
      for (int i = 0; i < DIM; i++) {
        tables.out[row * tables.stride + i] = 0.1f * (float) random.nextGaussian();
      }
    }
    in = tables.rows(tables.in).clone().requiresGrad(true);
    out = tables.rows(tables.out).clone().requiresGrad(true);
    int[][] rows = new int[WORDS][];
    for (int word = 0; word < WORDS; word++) {
      int own = word;
      rows[word] =
          IntStream.concat(IntStream.of(own), random.ints(1 + random.nextInt(5), WORDS, ROWS))
              .toArray();
    }
    return rows;
  }

  private int[] sentence() {
    return random.ints(12, 0, WORDS).toArray();
  }

  private void assertSameTables() {
    assertThat(tables.rows(tables.in).sub(in.detach()).abs().max().item()).isLessThan(1e-4);
    assertThat(tables.rows(tables.out).sub(out.detach()).abs().max().item()).isLessThan(1e-4);
  }

  @ParameterizedTest
  @CsvSource({
    "true, ns",
    "true, hs",
    "true, softmax",
    "true, ova",
    "false, ns",
    "false, hs",
    "false, softmax",
    "false, ova"
  })
  void wordsWithoutLabels(boolean skipGram, String name) {
    int[][] rows = begin();
    int[][] places =
        IntStream.range(0, WORDS)
            .mapToObj(w -> IntStream.of(rows[w]).map(row -> row * tables.stride).toArray())
            .toArray(int[][]::new);
    FastTextLoss loss = FastTextLoss.of(name, COUNTS, NEGATIVE, tables.stride);
    var sampler = new WindowSampler(COUNTS, 0.05, 0.75, 3, true);
    var learner =
        new SubwordLearner(
            tables, places, SubwordLearner.repeating(places), skipGram, sampler, loss);
    for (int s = 0; s < 40; s++) {
      int[] words = sentence();
      learner.learn(words, 0, words.length, RATE, new SamplingRandom(s));
      reference(words, rows, skipGram, name, sampler, new SamplingRandom(s));
    }
    assertSameTables();
  }

  private void reference(
      int[] words,
      int[][] rows,
      boolean skipGram,
      String loss,
      WindowSampler sampler,
      SamplingRandom draws) {
    int[] kept = new int[words.length];
    int length = sampler.thin(words, 0, words.length, draws, kept);
    for (int at = 0; at < length; at++) {
      int reach = sampler.reach(draws);
      int center = at;
      int[] company =
          IntStream.range(Math.max(0, at - reach), Math.min(length, at + reach + 1))
              .filter(i -> i != center)
              .map(i -> kept[i])
              .toArray();
      if (company.length == 0) {
        continue;
      }
      int[] input =
          skipGram
              ? rows[kept[at]]
              : IntStream.of(company).flatMap(w -> IntStream.of(rows[w])).toArray();
      int[] targets = skipGram ? company : new int[] {kept[at]};
      for (int target : targets) {
        Tensor hidden = in.indexSelect(0, Tensor.of(input)).mean(0, true);
        predict(hidden, loss, new int[] {target}, draws).backward();
        moveOutput();
        // As in fastText each row moves by the full step of the mean.
        moveInput(RATE * input.length);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"ns", "hs", "softmax", "ova"})
  void textsWithLabels(String name) {
    begin();
    FastTextLoss loss = FastTextLoss.of(name, COUNTS, NEGATIVE, tables.stride);
    var learner = new LabelLearner(tables, loss);
    for (int s = 0; s < 60; s++) {
      int[] labels = random.ints(1 + random.nextInt(3), 0, WORDS).distinct().toArray();
      int[] features = random.ints(1 + random.nextInt(9), 0, ROWS).toArray();
      List<Integer> line = new ArrayList<>(List.of(labels.length));
      IntStream.of(labels).forEach(line::add);
      IntStream.of(features).forEach(line::add);
      int[] symbols = line.stream().mapToInt(Integer::intValue).toArray();
      learner.learn(symbols, 0, symbols.length, RATE, new SamplingRandom(s));
      var draws = new SamplingRandom(s);
      Tensor hidden = in.indexSelect(0, Tensor.of(features)).mean(0, true);
      int[] targets =
          name.equals("ova")
              ? labels
              : new int[] {labels[labels.length == 1 ? 0 : draws.below(labels.length)]};
      predict(hidden, name, targets, draws).backward();
      moveOutput();
      moveInput(RATE);
    }
    assertSameTables();
  }

  /** The loss of a hidden vector, [1, dim], before these targets. */
  private Tensor predict(Tensor hidden, String loss, int[] targets, SamplingRandom draws) {
    int target = targets[0];
    return switch (loss) {
      case "softmax" -> F.crossEntropy(hidden.matmul(out.t()), Tensor.of((long) target));
      case "hs" -> {
        var tree = new HuffmanTree(COUNTS);
        int[] turns = tree.turns()[target];
        float[] labels = new float[turns.length];
        for (int i = 0; i < labels.length; i++) {
          labels[i] = turns[i];
        }
        yield logistic(hidden, tree.paths()[target], labels);
      }
      case "ova" -> {
        float[] labels = new float[WORDS];
        IntStream.of(targets).forEach(right -> labels[right] = 1);
        yield logistic(hidden, IntStream.range(0, WORDS).toArray(), labels);
      }
      default -> {
        int[] rows = new int[1 + NEGATIVE];
        float[] labels = new float[1 + NEGATIVE];
        rows[0] = target;
        labels[0] = 1;
        var negatives = AliasTable.ofCounts(COUNTS, FastTextLoss.NS_EXPONENT);
        for (int i = 1; i < rows.length; i++) {
          do {
            rows[i] = negatives.draw(draws.next());
          } while (rows[i] == target);
        }
        yield logistic(hidden, rows, labels);
      }
    };
  }

  private Tensor logistic(Tensor hidden, int[] rows, float[] labels) {
    Tensor scores = hidden.matmul(out.indexSelect(0, Tensor.of(rows)).t()).squeeze(0);
    return F.binaryCrossEntropyWithLogits(
        scores, Tensor.of(labels), o -> o.reduction(Reduction.SUM));
  }

  private void moveOutput() {
    try (var _ = GradMode.noGrad()) {
      out.sub_(out.grad().mul(RATE));
    }
    out.zeroGrad();
  }

  private void moveInput(float rate) {
    try (var _ = GradMode.noGrad()) {
      in.sub_(in.grad().mul(rate));
    }
    in.zeroGrad();
  }
}
