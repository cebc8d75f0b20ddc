package gradus.text.corpus;

import java.util.Arrays;

/** Scores by the numbers of their phrases. */
final class ScoreList {

  private double[] scores = new double[1 << 6];

  void set(int phrase, double score) {
    if (phrase >= scores.length) {
      scores = Arrays.copyOf(scores, Math.max(phrase + 1, 2 * scores.length));
    }
    scores[phrase] = score;
  }

  double get(int phrase) {
    return scores[phrase];
  }
}
