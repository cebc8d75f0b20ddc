package gradus.examples;

import gradus.tensor.Tensor;
import gradus.text.encoder.TokenVectors;

/**
 * One attention head of a transformer.
 *
 * @param layer counted from 1
 * @param number of the head in its layer, counted from 1
 */
record Head(int layer, int number) {

  /** The head that lets the token {@code from} look most at the token {@code to}. */
  static Head lookingMost(TokenVectors inside, String from, String to) {
    Head best = new Head(1, 1);
    double[][] weights = weights(inside, from, to);
    for (int layer = 1; layer <= weights.length; layer++) {
      for (int number = 1; number <= weights[0].length; number++) {
        if (weights[layer - 1][number - 1] > weights[best.layer - 1][best.number - 1]) {
          best = new Head(layer, number);
        }
      }
    }
    return best;
  }

  /** How much every head lets {@code from} look at {@code to}: [layers][heads]. */
  static double[][] weights(TokenVectors inside, String from, String to) {
    int looker = inside.tokens().indexOf(from);
    int seen = inside.tokens().indexOf(to);
    double[][] weights = new double[inside.attentions().size()][];
    for (int layer = 0; layer < weights.length; layer++) {
      Tensor heads = inside.attentions().get(layer);
      weights[layer] = new double[heads.size(0)];
      for (int head = 0; head < weights[layer].length; head++) {
        weights[layer][head] = heads.get(head, looker, seen);
      }
    }
    return weights;
  }

  /** Where this head lets a token look: one weight per token, together 1. */
  double[] weights(TokenVectors inside, String from) {
    Tensor heads = inside.attentions().get(layer - 1);
    double[] weights = new double[inside.tokens().size()];
    for (int seen = 0; seen < weights.length; seen++) {
      weights[seen] = heads.get(number - 1, inside.tokens().indexOf(from), seen);
    }
    return weights;
  }

  @Override
  public String toString() {
    return "layer %d, head %d".formatted(layer, number);
  }
}
