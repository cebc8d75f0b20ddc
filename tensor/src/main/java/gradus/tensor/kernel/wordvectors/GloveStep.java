package gradus.tensor.kernel.wordvectors;

import gradus.tensor.kernel.Lanes;
import gradus.tensor.kernel.WarmUp;

/**
 * GloVe's steps: pairs of a word and a context move towards the logarithm of their count, each
 * number by AdaGrad.
 *
 * <p>A row of a table holds what a step needs side by side: {@code half} numbers, then as many
 * scales, one for each. A word's numbers are its vector, its bias and a one; a context's are its
 * vector, a one and its bias; zeros follow up to a multiple of 16. So the product of two rows is
 * {@code w·c + b + b'}, and the gradients of the biases come by themselves. A scale is {@code 1/√G}
 * where G is AdaGrad's sum of squares. It begins with 1, or that of a bias with 1/eta, which makes
 * its learning rate 1; that of the ones is 0, which keeps them.
 *
 * <p>A pair with logarithm l and weight f costs {@code ½ f (w·c + b + b' − l)²}. As in Stanford's
 * program a step is divided by the root of the sum before it is added to it, and a gradient is cut
 * at 100.
 *
 * <p>Source: Pennington, Socher and Manning, "GloVe: Global Vectors for Word Representation"
 * (2014).
 */
public final class GloveStep {

  /** Rows are of a multiple of so many numbers, whatever vectors a machine has. */
  private static final int MULTIPLE = 16;

  /** Numbers of a row that are no part of its vector: the bias and the one. */
  private static final int BESIDES = 2;

  /** What a gradient is cut at, before the learning rate. */
  static final float MOST_GRADIENT = 100;

  /**
   * Up to steps of this size, of a bias or of a vector beside a number of one, scales follow a
   * series instead of a root and a division; it is exact to the last digit unless the numbers of a
   * vector are far above one.
   */
  static final float MOST_FOR_SERIES = 1 / 16f;

  /** The greatest square of a step that goes into the series. */
  static final float MOST_SQUARE = 1 / 4f;

  /** Pairs that the form whose turn it is does at a time. */
  private static final int SOME = 16;

  private static final WarmUp WARM_UP = new WarmUp();

  private GloveStep() {}

  /**
   * Two tables whose rows belong together.
   *
   * @param words a row of {@code 2 half} floats per word
   * @param contexts likewise for the words as contexts
   * @param dim how many numbers a vector has; the bias of a word is the next one, that of a context
   *     the next but one
   */
  public record Tables(float[] words, float[] contexts, int dim) {
    int half() {
      return GloveStep.half(dim);
    }
  }

  /**
   * Pairs.
   *
   * @param rows for each pair the row of the word in the upper, that of the context in the lower
   *     half of the int, both without sign, counted from the first rows
   * @param logs the logarithm of its count
   * @param weights how much it counts
   * @param word the first row of words
   * @param context the first row of contexts
   */
  public record Pairs(int[] rows, float[] logs, float[] weights, int word, int context) {}

  /** How many numbers a row has for vectors of {@code dim} numbers; as many scales follow. */
  public static int half(int dim) {
    return Math.ceilDiv(Math.addExact(dim, BESIDES), MULTIPLE) * MULTIPLE;
  }

  /**
   * Goes through pairs one after the other. A pair whose cost is no finite number moves nothing,
   * and the result is no finite number then.
   *
   * @param count how many pairs
   * @param eta the learning rate
   * @return the sum of their costs, each before its step
   */
  public static double steps(Tables tables, Pairs pairs, int count, float eta) {
    double cost = 0;
    for (int i = 0; i < count; ) {
      long turn = Lanes.COUNT > 0 ? WARM_UP.turn() : WarmUp.PLAIN;
      int to = WARM_UP.compiled() ? count : Math.min(count, i + SOME);
      if (turn == WarmUp.PLAIN) {
        cost += PlainGloveStep.steps(tables, pairs, i, to, eta);
      } else {
        cost += VectorGloveStep.steps(tables, pairs, i, to, eta);
        WARM_UP.done(turn, 2 * (to - i) * tables.half());
      }
      i = to;
    }
    return cost;
  }
}
