package gradus.text.word2vec;

import gradus.tensor.Tensor;
import gradus.tensor.kernel.wordvectors.LogisticStep;
import gradus.text.training.SamplingRandom;
import java.util.Arrays;

/**
 * The tables behind word2vec: the vectors one wants, and one more for each word, or for each inner
 * node of the Huffman tree, which only serve training.
 *
 * <p>Rows are padded with zeros to whole vectors of the processor.
 */
final class WordNetwork {

  private static final int FIRST_VALUES = -1;

  final int words;
  final int dim;
  final int stride;
  final float[] in;

  /** A row for each word; null without negative sampling. */
  final float[] out;

  /** A row for each inner node; null without hierarchical softmax. */
  final float[] nodes;

  WordNetwork(int words, int dim, boolean negatives, boolean hierarchical) {
    this.words = words;
    this.dim = dim;
    this.stride = Math.ceilDiv(dim, LogisticStep.PADDING) * LogisticStep.PADDING;
    this.in = table(words);
    this.out = negatives ? table(words) : null;
    this.nodes = hierarchical ? table(Math.max(1, words - 1)) : null;
  }

  private float[] table(int rows) {
    long size = (long) rows * stride;
    if (size > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "word2vec: %,d words of %d numbers are more than a Java array holds. Raise minCount, or set maxFinalVocab to %,d."
              .formatted(words, dim, (Integer.MAX_VALUE - 8) / stride));
    }
    return new float[(int) size];
  }

  /** Gives the rows from one on their first values: evenly from −1/dim to 1/dim, as gensim 4. */
  void draw(int from, long seed) {
    for (int row = from; row < words; row++) {
      var random = new SamplingRandom(seed, FIRST_VALUES, row);
      for (int i = 0; i < dim; i++) {
        in[row * stride + i] = (2 * random.nextFloat() - 1) / dim;
      }
    }
    if (out != null) {
      Arrays.fill(out, from * stride, out.length, 0);
    }
    if (nodes != null) {
      Arrays.fill(nodes, 0);
    }
  }

  /** The same rows and new ones behind them. */
  WordNetwork grown(int newWords, long seed) {
    var grown = new WordNetwork(newWords, dim, out != null, nodes != null);
    grown.draw(words, seed);
    System.arraycopy(in, 0, grown.in, 0, in.length);
    if (out != null) {
      System.arraycopy(out, 0, grown.out, 0, out.length);
    }
    return grown;
  }

  /** A table without the padding, [rows, dim], as a view. */
  Tensor rows(float[] table) {
    return Tensor.fromArray(table, table.length / stride, stride).narrow(1, 0, dim);
  }

  /** Takes in a table [rows, dim]. */
  void set(float[] table, Tensor rows) {
    float[] values = rows.toFloatArray();
    for (int row = 0; row < table.length / stride; row++) {
      System.arraycopy(values, row * dim, table, row * stride, dim);
    }
  }
}
