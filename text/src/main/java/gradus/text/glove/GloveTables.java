package gradus.text.glove;

import gradus.tensor.Tensor;
import gradus.tensor.kernel.wordvectors.GloveStep;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The vectors and biases of words, as themselves and as contexts, with AdaGrad's scales, as {@link
 * GloveStep} lays them out.
 */
final class GloveTables {

  private final int words;
  private final int dim;
  private final double eta;
  private final int half;
  private final GloveStep.Tables tables;

  /**
   * Tables of zeros.
   *
   * @param eta the learning rate of vectors; that of biases is 1, as in Stanford's program
   */
  GloveTables(int words, int dim, double eta) {
    this.words = words;
    this.dim = dim;
    this.eta = eta;
    this.half = GloveStep.half(dim);
    if ((long) words * 2 * half > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "glove: %,d words of vectorSize %,d do not fit into an array; %,d words would. Raise minCount or lower vectorSize."
              .formatted(words, dim, (Integer.MAX_VALUE - 8) / (2 * half)));
    }
    this.tables =
        new GloveStep.Tables(new float[words * 2 * half], new float[words * 2 * half], dim);
    begin(tables.words(), dim, dim + 1);
    begin(tables.contexts(), dim + 1, dim);
  }

  private void begin(float[] table, int bias, int one) {
    for (int row = 0; row < table.length; row += 2 * half) {
      Arrays.fill(table, row + half, row + 2 * half, 1f);
      table[row + one] = 1;
      table[row + half + one] = 0;
      table[row + half + bias] = (float) (1 / eta);
    }
  }

  /** Gives the rows from one on their first values: evenly from −0.5 to 0.5 over dim + 1. */
  void draw(int from, long seed) {
    var random = new SplittableRandom(seed);
    for (int word = from; word < words; word++) {
      int row = word * 2 * half;
      for (int i = 0; i < dim; i++) {
        tables.words()[row + i] = first(random);
        tables.contexts()[row + i] = first(random);
      }
      tables.words()[row + dim] = first(random);
      tables.contexts()[row + dim + 1] = first(random);
    }
  }

  private float first(SplittableRandom random) {
    return (random.nextFloat() - 0.5f) / (dim + 1);
  }

  /** The same rows and new ones behind them. */
  GloveTables grown(int newWords, long seed) {
    var grown = new GloveTables(newWords, dim, eta);
    grown.draw(words, seed);
    System.arraycopy(tables.words(), 0, grown.tables.words(), 0, tables.words().length);
    System.arraycopy(tables.contexts(), 0, grown.tables.contexts(), 0, tables.contexts().length);
    return grown;
  }

  GloveStep.Tables tables() {
    return tables;
  }

  /** What a row takes. */
  int rowBytes() {
    return 2 * half * Float.BYTES;
  }

  /** The vectors of words: [words, dim], a view. */
  Tensor wordVectors() {
    return columns(tables.words(), 0, dim);
  }

  /** The sums of a word's vector and its vector as a context: [words, dim]. */
  Tensor sums() {
    return wordVectors().add(columns(tables.contexts(), 0, dim));
  }

  /** Vector and bias of a word, then vector and bias as a context: [words, 2 (dim + 1)]. */
  Tensor all() {
    return Tensor.cat(
        1,
        columns(tables.words(), 0, dim + 1), // the bias stands next to the vector
        columns(tables.contexts(), 0, dim),
        columns(tables.contexts(), dim + 1, 1)); // behind the one
  }

  private Tensor columns(float[] table, int from, int count) {
    return Tensor.fromArray(table, words, 2 * half).narrow(1, from, count);
  }

  /** All that training changes, by name, as views. */
  Map<String, Tensor> parts() {
    Map<String, Tensor> parts = new LinkedHashMap<>();
    put(parts, "", tables.words(), dim);
    put(parts, "context_", tables.contexts(), dim + 1);
    return parts;
  }

  private void put(Map<String, Tensor> parts, String prefix, float[] table, int bias) {
    parts.put(prefix + "vectors", columns(table, 0, dim));
    parts.put(prefix + "bias", columns(table, bias, 1));
    parts.put(prefix + "vectors_scale", columns(table, half, dim));
    parts.put(prefix + "bias_scale", columns(table, half + bias, 1));
  }
}
