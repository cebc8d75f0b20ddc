package gradus.text.fasttext;

import gradus.tensor.kernel.wordvectors.LogisticStep;
import gradus.text.training.AliasTable;
import gradus.text.training.HuffmanTree;
import gradus.text.training.SamplingRandom;

/**
 * How a hidden vector is compared with what it should predict, a word or a label: the losses of
 * fastText. Shared by all threads; {@link #step} makes each its own room.
 */
sealed interface FastTextLoss {

  /** fastText's power of a count by which negatives are drawn; word2vec's is 0.75. */
  double NS_EXPONENT = 0.5;

  /** Room for the steps of one thread. */
  LogisticStep step(int stride);

  /**
   * Moves the output rows and the hidden vector.
   *
   * @param out the output table
   * @param target the row that is right
   * @return the loss before
   */
  double learn(
      LogisticStep step,
      float[] hidden,
      float[] out,
      int target,
      float rate,
      SamplingRandom random);

  /** The loss of a name, for output rows that were seen so often. */
  static FastTextLoss of(String name, long[] counts, int neg, int stride) {
    return switch (name) {
      case "ns" ->
          new Negatives(AliasTable.ofCounts(counts, NS_EXPONENT), counts.length, neg, stride);
      case "hs" -> Hierarchical.of(new HuffmanTree(counts), stride);
      case "softmax" -> new Softmax(counts.length);
      default -> new OneVersusAll(counts.length);
    };
  }

  /** The right row against some that are drawn. */
  record Negatives(AliasTable table, int rows, int neg, int stride) implements FastTextLoss {
    @Override
    public LogisticStep step(int rowLength) {
      return new LogisticStep(rowLength, 1, 1 + neg);
    }

    @Override
    public double learn(
        LogisticStep step,
        float[] hidden,
        float[] out,
        int target,
        float rate,
        SamplingRandom random) {
      step.output(0, target * stride, 1);
      int outputs = 1;
      for (int i = 0; i < neg && rows > 1; i++) {
        int drawn;
        do {
          drawn = table.draw(random.next());
        } while (drawn == target);
        step.output(outputs++, drawn * stride, 0);
      }
      return step.move(hidden, 1, out, outputs, rate);
    }
  }

  /** The turns on the way to the right leaf of a Huffman tree. */
  record Hierarchical(int[][] paths, int[][] turns, int longest, int stride)
      implements FastTextLoss {

    static Hierarchical of(HuffmanTree tree, int stride) {
      int[][] paths = tree.paths();
      int longest = 1;
      for (int[] path : paths) {
        longest = Math.max(longest, path.length);
      }
      return new Hierarchical(paths, tree.turns(), longest, stride);
    }

    @Override
    public LogisticStep step(int rowLength) {
      var step = new LogisticStep(rowLength, 1, longest);
      step.outputsDiffer();
      return step;
    }

    @Override
    public double learn(
        LogisticStep step,
        float[] hidden,
        float[] out,
        int target,
        float rate,
        SamplingRandom random) {
      int[] path = paths[target];
      for (int i = 0; i < path.length; i++) {
        step.output(i, path[i] * stride, turns[target][i]);
      }
      return step.move(hidden, 1, out, path.length, rate);
    }
  }

  /** One distribution over all rows. */
  record Softmax(int rows) implements FastTextLoss {
    @Override
    public LogisticStep step(int rowLength) {
      return allRows(rows, rowLength);
    }

    @Override
    public double learn(
        LogisticStep step,
        float[] hidden,
        float[] out,
        int target,
        float rate,
        SamplingRandom random) {
      return step.softmax(hidden, out, rows, target, rate);
    }
  }

  /** Each row for itself: right or not. */
  record OneVersusAll(int rows) implements FastTextLoss {
    @Override
    public LogisticStep step(int rowLength) {
      return allRows(rows, rowLength);
    }

    @Override
    public double learn(
        LogisticStep step,
        float[] hidden,
        float[] out,
        int target,
        float rate,
        SamplingRandom random) {
      return learn(step, hidden, out, new int[] {target}, 1, rate);
    }

    /** The same where several rows are right. */
    double learn(
        LogisticStep step, float[] hidden, float[] out, int[] targets, int count, float rate) {
      for (int i = 0; i < count; i++) {
        step.output(targets[i], targets[i] * step.stride(), 1);
      }
      double loss = step.move(hidden, 1, out, rows, rate);
      for (int i = 0; i < count; i++) {
        step.output(targets[i], targets[i] * step.stride(), 0);
      }
      return loss;
    }
  }

  private static LogisticStep allRows(int rows, int stride) {
    var step = new LogisticStep(stride, 1, rows);
    for (int row = 0; row < rows; row++) {
      step.output(row, row * stride, 0);
    }
    step.outputsDiffer();
    return step;
  }
}
