package gradus.text.fasttext;

import gradus.tensor.kernel.wordvectors.LogisticStep;
import gradus.tensor.kernel.wordvectors.RowSums;
import gradus.text.training.SamplingRandom;
import gradus.text.training.TrainingRun;

/**
 * Moves the tables of a model with labels along a line: the mean of its rows predicts one of its
 * labels, drawn evenly, or each of them where labels stand for themselves.
 *
 * <p>Source: Joulin, Grave, Bojanowski and Mikolov, "Bag of Tricks for Efficient Text
 * Classification", 2016.
 */
final class LabelLearner extends TrainingRun.Learner {

  private final FastTextTables tables;
  private final FastTextLoss predicting;
  private final LogisticStep step;
  private final float[] hidden;
  private final float[] start;
  private int[] bag = new int[256];
  private int[] labels = new int[8];

  LabelLearner(FastTextTables tables, FastTextLoss loss) {
    this.tables = tables;
    this.predicting = loss;
    this.step = loss.step(tables.stride);
    this.step.input(0, 0);
    this.hidden = new float[tables.stride];
    this.start = new float[tables.stride];
  }

  /** A line as {@link LabelledLines} lays it down: how many labels, the labels, the rows. */
  @Override
  public void learn(int[] line, int from, int to, float rate, SamplingRandom random) {
    int labelled = line[from];
    int count = to - from - 1 - labelled;
    if (labels.length < labelled) {
      labels = new int[2 * labelled];
    }
    System.arraycopy(line, from + 1, labels, 0, labelled);
    if (bag.length < count) {
      bag = new int[2 * count];
    }
    for (int i = 0; i < count; i++) {
      bag[i] = line[from + 1 + labelled + i] * tables.stride;
    }
    float share = 1f / count;
    RowSums.scaledSum(tables.in, bag, count, share, hidden, tables.stride);
    System.arraycopy(hidden, 0, start, 0, start.length);
    if (predicting instanceof FastTextLoss.OneVersusAll all) {
      loss += all.learn(step, hidden, tables.out, labels, labelled, rate);
    } else {
      int label = labels[labelled == 1 ? 0 : random.below(labelled)];
      loss += predicting.learn(step, hidden, tables.out, label, rate, random);
    }
    examples++;
    for (int i = 0; i < start.length; i++) {
      start[i] = hidden[i] - start[i];
    }
    RowSums.addToAll(start, share, tables.in, bag, count, tables.stride);
  }
}
