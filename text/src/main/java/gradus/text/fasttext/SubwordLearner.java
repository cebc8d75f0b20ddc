package gradus.text.fasttext;

import gradus.tensor.kernel.wordvectors.LogisticStep;
import gradus.tensor.kernel.wordvectors.RowSums;
import gradus.text.training.SamplingRandom;
import gradus.text.training.SentenceLearner;
import gradus.text.training.WindowSampler;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Moves the tables of a model without labels along a sentence.
 *
 * <p>In skip-gram the mean of a word's rows predicts each word of its company, one after the other.
 * fastText makes that mean anew each time; but as each row moves by the same step, so does their
 * mean: it is made once, moved with each prediction, and the rows by its whole way at the end. Only
 * where a word has an n-gram twice, whose row moves twice, it is made anew. In CBOW the mean of all
 * rows of the company predicts the word.
 *
 * <p>Source: Bojanowski, Grave, Joulin and Mikolov, "Enriching Word Vectors with Subword
 * Information", 2017.
 */
final class SubwordLearner extends SentenceLearner {

  private final FastTextTables tables;
  private final int[][] rows;
  private final boolean[] repeating;
  private final boolean skipGram;
  private final FastTextLoss predicting;
  private final LogisticStep step;
  private final float[] hidden;
  private final float[] start;
  private int[] bag = new int[256];

  /**
   * One thread's hands.
   *
   * @param rows for each word where its rows begin: its own and those of its n-grams
   * @param repeating which words have a row twice
   */
  SubwordLearner(
      FastTextTables tables,
      int[][] rows,
      boolean[] repeating,
      boolean skipGram,
      WindowSampler sampler,
      FastTextLoss loss) {
    super(sampler);
    this.tables = tables;
    this.rows = rows;
    this.repeating = repeating;
    this.skipGram = skipGram;
    this.predicting = loss;
    this.step = loss.step(tables.stride);
    this.step.input(0, 0);
    this.hidden = new float[tables.stride];
    this.start = new float[tables.stride];
  }

  @Override
  protected void window(
      int[] words, int at, int first, int last, float rate, SamplingRandom random) {
    if (skipGram) {
      skipGram(words, at, first, last, rate, random);
    } else {
      bagOfWords(words, at, first, last, rate, random);
    }
  }

  private void skipGram(
      int[] words, int at, int first, int last, float rate, SamplingRandom random) {
    int[] input = rows[words[at]];
    begin(input, input.length);
    for (int other = first; other <= last; other++) {
      if (other != at) {
        predict(words[other], rate, random);
        if (repeating[words[at]]) {
          end(input, input.length);
          begin(input, input.length);
        }
      }
    }
    end(input, input.length);
  }

  /** Which words have a row twice. */
  static boolean[] repeating(int[][] rows) {
    boolean[] repeating = new boolean[rows.length];
    for (int word = 0; word < rows.length; word++) {
      repeating[word] = IntStream.of(rows[word]).distinct().count() < rows[word].length;
    }
    return repeating;
  }

  private void bagOfWords(
      int[] words, int at, int first, int last, float rate, SamplingRandom random) {
    int count = 0;
    for (int other = first; other <= last; other++) {
      if (other != at) {
        int[] some = rows[words[other]];
        if (count + some.length > bag.length) {
          bag = Arrays.copyOf(bag, 2 * (count + some.length));
        }
        System.arraycopy(some, 0, bag, count, some.length);
        count += some.length;
      }
    }
    begin(bag, count);
    predict(words[at], rate, random);
    end(bag, count);
  }

  private void begin(int[] input, int count) {
    RowSums.scaledSum(tables.in, input, count, 1f / count, hidden, tables.stride);
    System.arraycopy(hidden, 0, start, 0, start.length);
  }

  private void predict(int word, float rate, SamplingRandom random) {
    loss += predicting.learn(step, hidden, tables.out, word, rate, random);
    examples++;
  }

  /** As in fastText each row moves by the full step of the mean. */
  private void end(int[] input, int count) {
    for (int i = 0; i < start.length; i++) {
      start[i] = hidden[i] - start[i];
    }
    RowSums.addToAll(start, 1, tables.in, input, count, tables.stride);
  }
}
