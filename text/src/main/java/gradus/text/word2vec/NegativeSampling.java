package gradus.text.word2vec;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The network behind word2vec and its training loop.
 *
 * <p>Two tables: {@code in} holds the vectors one wants, {@code out} a second vector per word that
 * only serves training. A pair (context, word) is scored by the dot product of their rows; the
 * logistic function turns the score into the probability that the pair is real. Each real pair is
 * trained together with {@code negative} made-up ones, and both rows move a small step down the
 * slope of {@code -log p(real) - sum log(1 - p(made up))}.
 */
final class NegativeSampling {

  /** word2vec's power for drawing negatives: rare words come up more often than their share. */
  private static final double NEGATIVE_POWER = 0.75;

  private static final int REPORTS_PER_EPOCH = 100;

  private final int dim;
  private final int window;
  private final int negative;
  private final boolean skipGram;
  private final float[] in;
  private final float[] out;
  private final long[] counts;
  private final double[] cumulative;
  private final SplittableRandom random;
  private final float[] hidden;
  private final float[] gradient;

  private double lossSum;
  private long lossPairs;

  NegativeSampling(long[] counts, int dim, int window, int negative, boolean skipGram, long seed) {
    this.counts = counts;
    this.dim = dim;
    this.window = window;
    this.negative = negative;
    this.skipGram = skipGram;
    this.random = new SplittableRandom(seed);
    this.in = new float[Math.multiplyExact(counts.length, dim)];
    this.out = new float[in.length];
    for (int i = 0; i < in.length; i++) {
      in[i] = (random.nextFloat() - 0.5f) / dim;
    }
    this.cumulative = new double[counts.length];
    double sum = 0;
    for (int word = 0; word < counts.length; word++) {
      sum += Math.pow(counts[word], NEGATIVE_POWER);
      cumulative[word] = sum;
    }
    this.hidden = new float[dim];
    this.gradient = new float[dim];
  }

  /** The wanted vectors, row after row; they change while training goes on. */
  float[] vectors() {
    return in;
  }

  void train(
      int[][] sentences,
      int epochs,
      double alpha,
      double minAlpha,
      double sample,
      TrainingProgress progress) {
    double[] keep = keepProbabilities(sample);
    int every = Math.max(1, sentences.length / REPORTS_PER_EPOCH);
    long total = (long) epochs * sentences.length;
    long seen = 0;
    for (int epoch = 1; epoch <= epochs; epoch++) {
      for (int i = 0; i < sentences.length; i++) {
        double done = (double) seen++ / total;
        double rate = Math.max(minAlpha, alpha - (alpha - minAlpha) * done);
        sentence(thinned(sentences[i], keep), (float) rate);
        if ((i + 1) % every == 0 || i + 1 == sentences.length) {
          progress.at(epoch, (double) seen / total, takeLoss());
        }
      }
      progress.epochEnded(epoch);
    }
  }

  private double takeLoss() {
    double mean = lossPairs == 0 ? 0 : lossSum / lossPairs;
    lossSum = 0;
    lossPairs = 0;
    return mean;
  }

  private double[] keepProbabilities(double sample) {
    double total = 0;
    for (long count : counts) {
      total += count;
    }
    double[] keep = new double[counts.length];
    for (int word = 0; word < keep.length; word++) {
      double ratio = sample / (counts[word] / total);
      keep[word] = sample <= 0 ? 1 : Math.min(1, Math.sqrt(ratio) + ratio);
    }
    return keep;
  }

  private int[] thinned(int[] sentence, double[] keep) {
    int[] result = new int[sentence.length];
    int kept = 0;
    for (int word : sentence) {
      if (keep[word] >= 1 || random.nextDouble() < keep[word]) {
        result[kept++] = word;
      }
    }
    return Arrays.copyOf(result, kept);
  }

  /** Every word with its company inside a window of random reach, so that near words weigh more. */
  private void sentence(int[] words, float rate) {
    for (int at = 0; at < words.length; at++) {
      int reach = 1 + random.nextInt(window);
      int from = Math.max(0, at - reach);
      int to = Math.min(words.length, at + reach + 1);
      if (skipGram) {
        for (int other = from; other < to; other++) {
          if (other != at) {
            skipGramPair(words[other], words[at], rate);
          }
        }
      } else if (to - from > 1) {
        bagOfWords(words, from, to, at, rate);
      }
    }
  }

  private void skipGramPair(int context, int word, float rate) {
    System.arraycopy(in, context * dim, hidden, 0, dim);
    predict(word, rate);
    add(context * dim);
  }

  /**
   * CBOW: the mean of the company predicts the word; as in word2vec each one moves by the full
   * step.
   */
  private void bagOfWords(int[] words, int from, int to, int at, float rate) {
    float share = 1f / (to - from - 1);
    Arrays.fill(hidden, 0);
    for (int other = from; other < to; other++) {
      if (other != at) {
        for (int i = 0, row = words[other] * dim; i < dim; i++) {
          hidden[i] += share * in[row + i];
        }
      }
    }
    predict(words[at], rate);
    for (int other = from; other < to; other++) {
      if (other != at) {
        add(words[other] * dim);
      }
    }
  }

  /** Moves a word's vector by the step that {@code predict} left. */
  private void add(int row) {
    for (int i = 0; i < dim; i++) {
      in[row + i] += gradient[i];
    }
  }

  /** One real word and its negatives against {@code hidden}; leaves hidden's step in gradient. */
  private void predict(int word, float rate) {
    Arrays.fill(gradient, 0);
    for (int draw = 0; draw <= negative; draw++) {
      int target = draw == 0 ? word : drawNegative();
      if (draw > 0 && target == word) {
        continue;
      }
      int row = target * dim;
      float score = 0;
      for (int i = 0; i < dim; i++) {
        score += hidden[i] * out[row + i];
      }
      double probability = 1 / (1 + Math.exp(-score));
      lossSum -= Math.log(Math.max(1e-12, draw == 0 ? probability : 1 - probability));
      float step = (float) ((draw == 0 ? 1 : 0) - probability) * rate;
      for (int i = 0; i < dim; i++) {
        gradient[i] += step * out[row + i];
        out[row + i] += step * hidden[i];
      }
    }
    lossPairs++;
  }

  /** A word drawn with probability proportional to its count to the power 0.75. */
  private int drawNegative() {
    double wanted = random.nextDouble() * cumulative[cumulative.length - 1];
    int low = 0;
    int high = cumulative.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (cumulative[middle] <= wanted) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
