package gradus.text.word2vec;

import static org.assertj.core.api.Assertions.assertThat;

import gradus.nn.F;
import gradus.nn.Reduction;
import gradus.tensor.GradMode;
import gradus.tensor.Tensor;
import gradus.text.corpus.Corpus;
import gradus.text.training.HuffmanTree;
import gradus.text.training.SamplingRandom;
import gradus.text.training.WindowSampler;
import gradus.text.vectors.WordVectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The fast path moves its tables as autograd and plain gradient descent do, window by window, when
 * both are fed the same draws.
 */
class EqualObjectiveTest {

  private static final int DIM = 21;
  private static final double ALPHA = 0.3;
  private static final double MIN_ALPHA = 0.05;
  private static final double SAMPLE = 0.02;
  private static final int WINDOW = 3;
  private static final long SEED = 5;

  private static List<List<String>> sentences() {
    var random = new Random(1);
    List<List<String>> all = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      all.add(
          IntStream.range(0, 4 + random.nextInt(8))
              .mapToObj(_ -> "w" + (int) Math.abs(9 * random.nextGaussian()))
              .toList());
    }
    return all;
  }

  @ParameterizedTest
  @CsvSource({
    "true, 5, false, true",
    "true, 2, false, true",
    "true, 8, false, true",
    "false, 5, false, true",
    "false, 5, false, false",
    "true, 0, true, true",
    "false, 0, true, true",
    "true, 3, true, true",
    "false, 7, true, false"
  })
  void theTablesAgreeWithAutograd(boolean skipGram, int negative, boolean hs, boolean mean) {
    var model =
        new Word2Vec(
            o ->
                o.vectorSize(DIM)
                    .window(WINDOW)
                    .negative(negative)
                    .hs(hs)
                    .sg(skipGram)
                    .cbowMean(mean)
                    .minCount(1)
                    .sample(SAMPLE)
                    .alpha(ALPHA)
                    .minAlpha(MIN_ALPHA)
                    .epochs(2)
                    .seed(SEED));
    Corpus corpus = Corpus.of(sentences());
    WordVectors before = model.buildVocab(corpus);
    WordVectors after = model.train(corpus);
    var reference = new Reference(model, before, skipGram, negative, hs, mean);
    reference.train(2);
    assertThat(after.vectors().sub(reference.in).abs().max().item()).isLessThan(1e-4);
    // The vectors have moved much further than that.
    assertThat(after.vectors().sub(before.vectors()).abs().max().item()).isGreaterThan(0.1);
  }

  /** The same training, as one would write it with tensors. */
  private static final class Reference {
    final Tensor in;
    final Tensor out;
    final Tensor nodes;
    private final WordVectors words;
    private final boolean skipGram;
    private final int negative;
    private final boolean hs;
    private final boolean mean;
    private final WindowSampler sampler;
    private final int[][] paths;
    private final int[][] turns;

    Reference(
        Word2Vec model,
        WordVectors before,
        boolean skipGram,
        int negative,
        boolean hs,
        boolean mean) {
      this.words = before;
      this.skipGram = skipGram;
      this.negative = negative;
      this.hs = hs;
      this.mean = mean;
      in = before.vectors().clone().requiresGrad(true);
      out = Tensor.zeros(before.size(), DIM).requiresGrad(true);
      nodes = Tensor.zeros(before.size() - 1, DIM).requiresGrad(true);
      long[] counts = before.vocabulary().words().stream().mapToLong(model::count).toArray();
      sampler = new WindowSampler(counts, SAMPLE, 0.75, WINDOW, true);
      var tree = new HuffmanTree(counts);
      paths = tree.paths();
      turns = tree.turns();
    }

    void train(int epochs) {
      List<int[]> encoded =
          sentences().stream()
              .map(s -> s.stream().mapToInt(words.vocabulary()::indexOf).toArray())
              .toList();
      long perEpoch = encoded.stream().mapToInt(s -> s.length).sum();
      long jobWords = Math.max(1, perEpoch / 100);
      for (int epoch = 0; epoch < epochs; epoch++) {
        long done = 0;
        long inJob = 0;
        int job = 0;
        var random = new SamplingRandom(SEED, epoch, 0);
        for (int[] sentence : encoded) {
          if (inJob >= jobWords) {
            random = new SamplingRandom(SEED, epoch, ++job);
            inJob = 0;
          }
          double share = (double) (epoch * perEpoch + done) / (epochs * perEpoch);
          learn(sentence, (float) (ALPHA - (ALPHA - MIN_ALPHA) * share), random);
          done += sentence.length;
          inJob += sentence.length;
        }
      }
    }

    private void learn(int[] sentence, float alpha, SamplingRandom random) {
      int[] kept = new int[sentence.length];
      int length = sampler.thin(sentence, 0, sentence.length, random, kept);
      for (int at = 0; at < length; at++) {
        int reach = sampler.reach(random);
        int from = Math.max(0, at - reach);
        int to = Math.min(length, at + reach + 1);
        int center = at;
        int[] company =
            IntStream.range(from, to).filter(i -> i != center).map(i -> kept[i]).toArray();
        if (company.length == 0) {
          continue;
        }
        if (negative > 0) {
          int[] targets = new int[1 + negative];
          float[] labels = new float[1 + negative];
          targets[0] = kept[at];
          labels[0] = 1;
          for (int i = 1; i <= negative; i++) {
            targets[i] = sampler.negative(kept[at], random);
          }
          step(company, out, targets, labels, alpha);
        }
        if (hs) {
          int[] path = paths[kept[at]];
          float[] labels = new float[path.length];
          for (int i = 0; i < labels.length; i++) {
            labels[i] = 1 - turns[kept[at]][i];
          }
          step(company, nodes, path, labels, alpha);
        }
      }
    }

    private void step(int[] company, Tensor table, int[] targets, float[] labels, float alpha) {
      Tensor rows = in.indexSelect(0, Tensor.of(company));
      if (!skipGram) {
        rows = mean ? rows.mean(0, true) : rows.sum(0, true);
      }
      Tensor scores = rows.matmul(table.indexSelect(0, Tensor.of(targets)).t());
      Tensor wanted = Tensor.of(labels).expand(scores.shape().toArray());
      F.binaryCrossEntropyWithLogits(scores, wanted, o -> o.reduction(Reduction.SUM)).backward();
      // word2vec moves each word of a mean by the full step, and of a sum by its share.
      double factor = skipGram ? 1 : mean ? company.length : 1.0 / company.length;
      try (var _ = GradMode.noGrad()) {
        in.sub_(in.grad().mul(alpha * factor));
        table.sub_(table.grad().mul(alpha));
      }
      in.zeroGrad();
      table.zeroGrad();
    }
  }
}
