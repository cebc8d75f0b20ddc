package gradus.text.vectors;

import gradus.tensor.FlatIndex;
import gradus.tensor.Tensor;
import gradus.tensor.ValuesIndices;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One question to a table: words to add and words to subtract, none of which may be the answer.
 *
 * @param table the table asked
 * @param positive rows to add
 * @param negative rows to subtract
 */
record WordQuery(WordVectors table, int[] positive, int[] negative) {

  /** Keeps 3CosMul from dividing by zero, as gensim and the paper do. */
  private static final double EPSILON = 1e-6;

  static WordQuery of(WordVectors table, List<String> positive, List<String> negative) {
    if (positive.isEmpty() && negative.isEmpty()) {
      throw new IllegalArgumentException("word vectors: no words were given. Give at least one.");
    }
    Vocabulary words = table.vocabulary();
    return new WordQuery(table, words.indicesOf(positive), words.indicesOf(negative));
  }

  /** The words' directions, added and subtracted, scaled to length one. */
  float[] direction() {
    float[] sum = new float[table.vectorSize()];
    for (int row : positive) {
      add(sum, row, 1);
    }
    for (int row : negative) {
      add(sum, row, -1);
    }
    scale(sum, length(sum));
    return sum;
  }

  static float[] mean(WordVectors table, List<String> words) {
    double[] sum = new double[table.vectorSize()];
    for (String word : words) {
      float[] vector = table.row(table.vocabulary().indexOf(word));
      for (int i = 0; i < sum.length; i++) {
        sum[i] += vector[i];
      }
    }
    float[] mean = new float[sum.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (float) (sum[i] / words.size());
    }
    return mean;
  }

  private void add(float[] sum, int row, double sign) {
    float[] vector = table.row(row);
    double length = length(vector);
    for (int i = 0; i < sum.length && length > 0; i++) {
      sum[i] += (float) (sign * vector[i] / length);
    }
  }

  static double length(float[] vector) {
    return Math.sqrt(dot(vector, vector));
  }

  static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  private static void scale(float[] vector, double length) {
    for (int i = 0; i < vector.length && length > 0; i++) {
      vector[i] = (float) (vector[i] / length);
    }
  }

  private int[] asked() {
    return IntStream.concat(Arrays.stream(positive), Arrays.stream(negative)).toArray();
  }

  /** The words nearest to the sum by cosine (3CosAdd). */
  List<ScoredWord> cosAdd(int topN) {
    return nearest(table, table.cosines(), Tensor.of(direction()), topN, asked());
  }

  /** The words with the highest product of cosines to the ones over that to the others. */
  List<ScoredWord> cosMul(int topN) {
    check(topN);
    float[] scores = product(positive);
    float[] below = product(negative);
    for (int row = 0; row < scores.length; row++) {
      scores[row] = (float) (scores[row] / (below[row] + EPSILON));
    }
    int[] asked = asked();
    int k = (int) Math.min(scores.length, (long) topN + asked.length);
    return best(table, Tensor.of(scores).topk(k), topN, asked);
  }

  /** For each row of the table the product of its cosines to these rows, moved to 0..1. */
  private float[] product(int[] rows) {
    float[] product = new float[table.size()];
    Arrays.fill(product, 1);
    for (int asked : rows) {
      float[] cosines = table.cosines().values(Tensor.of(table.row(asked))).toFloatArray();
      for (int row = 0; row < product.length; row++) {
        product[row] = (float) (product[row] * (1 + (double) cosines[row]) / 2);
      }
    }
    return product;
  }

  /** The place of a word among all answers by cosine, from 1. */
  int rankOf(int row) {
    float[] cosines = table.cosines().values(Tensor.of(direction())).toFloatArray();
    int[] asked = asked();
    int rank = 1;
    for (int other = 0; other < cosines.length; other++) {
      boolean better =
          cosines[other] > cosines[row] || (cosines[other] == cosines[row] && other < row);
      if (better && !contains(asked, other)) {
        rank++;
      }
    }
    return rank;
  }

  /** The words whose rows are nearest to a vector, without some of them. */
  static List<ScoredWord> nearest(
      WordVectors table, FlatIndex index, Tensor vector, int topN, int... without) {
    check(topN);
    int k = (int) Math.min(table.size(), (long) topN + without.length);
    return k == 0 ? List.of() : best(table, index.search(vector, k), topN, without);
  }

  private static void check(int topN) {
    if (topN < 1) {
      throw new IllegalArgumentException(
          "topN: %d answers were asked for. Ask for at least 1.".formatted(topN));
    }
  }

  private static List<ScoredWord> best(
      WordVectors table, ValuesIndices found, int topN, int[] without) {
    List<ScoredWord> result = new ArrayList<>();
    float[] values = found.values().toFloatArray();
    long[] rows = found.indices().toLongArray();
    for (int i = 0; i < rows.length && result.size() < topN; i++) {
      int row = (int) rows[i];
      if (row >= 0 && !contains(without, row)) {
        result.add(new ScoredWord(table.vocabulary().word(row), values[i]));
      }
    }
    return result;
  }

  private static boolean contains(int[] rows, int row) {
    return Arrays.stream(rows).anyMatch(other -> other == row);
  }

  /** The directions of several questions, one a row: [questions, vectorSize]. */
  static Tensor directions(Stream<WordQuery> questions) {
    return Tensor.of(questions.map(WordQuery::direction).toArray(float[][]::new));
  }
}
