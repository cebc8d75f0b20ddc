package gradus.text.fasttext;

import gradus.tensor.Tensor;
import gradus.tensor.kernel.wordvectors.LogisticStep;
import gradus.text.training.SamplingRandom;
import gradus.text.vectors.WordVectors;
import java.util.Arrays;

/**
 * The two tables of a model in training: a row for each word and bucket of n-grams, and one for
 * each word or label that is predicted. Rows are padded with zeros to whole vectors of the
 * processor.
 */
final class FastTextTables {

  private static final int FIRST_VALUES = -1;

  final int dim;
  final int stride;
  final float[] in;
  final float[] out;

  FastTextTables(long inputRows, int outputRows, int dim) {
    this.dim = dim;
    this.stride = Math.ceilDiv(dim, LogisticStep.PADDING) * LogisticStep.PADDING;
    this.in = table(inputRows);
    this.out = table(outputRows);
  }

  private float[] table(long rows) {
    long most = (Integer.MAX_VALUE - 8) / stride;
    if (rows > most) {
      throw new IllegalArgumentException(
          "fasttext: %,d rows for words and n-grams of %d numbers are more than a Java array holds (%,d). Lower bucket or dim, or raise minCount."
              .formatted(rows, dim, most));
    }
    return new float[(int) rows * stride];
  }

  /** First values: evenly from −1/dim to 1/dim; all outputs begin at zero. */
  void draw(long seed) {
    for (int row = 0; row < in.length / stride; row++) {
      var random = new SamplingRandom(seed, FIRST_VALUES, row);
      for (int i = 0; i < dim; i++) {
        in[row * stride + i] = (2 * random.nextFloat() - 1) / dim;
      }
    }
    Arrays.fill(out, 0);
  }

  /** Gives a row the vector of a word. */
  void set(int row, WordVectors vectors, String word) {
    System.arraycopy(vectors.get(word).toFloatArray(), 0, in, row * stride, dim);
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

  /** A table as a model has it. Its rows move together in the same array: training has ended. */
  FastTextMatrix.Dense finished(float[] table) {
    int rows = table.length / stride;
    for (int row = 1; row < rows; row++) {
      System.arraycopy(table, row * stride, table, row * dim, dim);
    }
    return new FastTextMatrix.Dense(rows, dim, table);
  }
}
