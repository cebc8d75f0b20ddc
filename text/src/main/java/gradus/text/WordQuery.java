package gradus.text;

import gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One question to a table: a score for every word, and the words that may not be the answer.
 *
 * @param table the table asked
 * @param scores one score per row, the higher the better
 * @param asked rows that were part of the question
 * @param distances whether the scores are distances with their sign turned
 */
record WordQuery(WordVectors table, float[] scores, int[] asked, boolean distances) {

  /** Keeps 3CosMul from dividing by zero, as gensim and the paper do. */
  private static final double EPSILON = 1e-6;

  /** Cosines to the normalised sum of the positive less the negative words. */
  static WordQuery cosAdd(WordVectors table, List<String> positive, List<String> negative) {
    float[] scores = table.unit().dot(sum(table, positive, negative));
    return new WordQuery(table, scores, asked(table, positive, negative), false);
  }

  /** Products of the cosines to the positive words over those to the negative words. */
  static WordQuery cosMul(WordVectors table, List<String> positive, List<String> negative) {
    int[] asked = asked(table, positive, negative);
    UnitRows unit = table.unit();
    double[] products = new double[unit.rows()];
    Arrays.fill(products, 1);
    for (int i = 0; i < asked.length; i++) {
      float[] cosines = unit.dot(unit.row(asked[i]));
      for (int row = 0; row < products.length; row++) {
        double shifted = (1 + cosines[row]) / 2;
        products[row] =
            i < positive.size() ? products[row] * shifted : products[row] / (shifted + EPSILON);
      }
    }
    float[] scores = new float[products.length];
    for (int row = 0; row < scores.length; row++) {
      scores[row] = (float) products[row];
    }
    return new WordQuery(table, scores, asked, false);
  }

  /** Cosines to a vector of any length. */
  static WordQuery cosine(WordVectors table, Tensor vector) {
    if (vector.dim() != 1 || vector.size(0) != table.vectorSize()) {
      throw new IllegalArgumentException(
          "similarByVector: the vector is %s, the table's rows are [%d]. Give one vector of that size."
              .formatted(vector.shape(), table.vectorSize()));
    }
    float[] direction = vector.detach().toFloatArray().clone();
    UnitRows.normalise(direction, 0, direction.length);
    return new WordQuery(table, table.unit().dot(direction), new int[0], false);
  }

  /** Euclidean distances to a word, negated, so that the nearest has the highest score. */
  static WordQuery euclidean(WordVectors table, String word) {
    UnitRows unit = table.unit();
    int asked = table.vocabulary().indexOf(word);
    float[] cosines = unit.dot(unit.row(asked));
    double own = unit.length(asked);
    float[] scores = new float[cosines.length];
    for (int row = 0; row < scores.length; row++) {
      double other = unit.length(row);
      double squared = own * own + other * other - 2 * own * other * cosines[row];
      scores[row] = (float) -Math.sqrt(Math.max(0, squared));
    }
    return new WordQuery(table, scores, new int[] {asked}, true);
  }

  /** The best answers with their scores. */
  List<ScoredWord> best(int topN) {
    if (topN < 1) {
      throw new IllegalArgumentException(
          "topN: %d answers were asked for. Ask for at least 1.".formatted(topN));
    }
    List<ScoredWord> result = new ArrayList<>();
    for (int row : TopRows.best(scores, 0, scores.length, topN, asked)) {
      double score = distances ? -scores[row] : scores[row];
      result.add(new ScoredWord(table.vocabulary().word(row), score));
    }
    return result;
  }

  /** The place of a word among all answers, from 1. */
  int rankOf(String word) {
    return TopRows.rank(scores, table.vocabulary().indexOf(word), asked);
  }

  /** The positive less the negative words' directions, added up and scaled to length one. */
  static float[] sum(WordVectors table, List<String> positive, List<String> negative) {
    if (positive.isEmpty() && negative.isEmpty()) {
      throw new IllegalArgumentException("word vectors: no words were given. Give at least one.");
    }
    float[] sum = new float[table.vectorSize()];
    for (int row : table.vocabulary().indicesOf(positive)) {
      table.unit().addTo(sum, 0, row, 1);
    }
    for (int row : table.vocabulary().indicesOf(negative)) {
      table.unit().addTo(sum, 0, row, -1);
    }
    UnitRows.normalise(sum, 0, sum.length);
    return sum;
  }

  private static int[] asked(WordVectors table, List<String> positive, List<String> negative) {
    var all = new ArrayList<>(positive);
    all.addAll(negative);
    if (all.isEmpty()) {
      throw new IllegalArgumentException("word vectors: no words were given. Give at least one.");
    }
    return table.vocabulary().indicesOf(all);
  }
}
