package gradus.examples;

import gradus.tensor.Tensor;
import gradus.text.vectors.WordVectors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The company that words keep in a text, by counting alone.
 *
 * <p>Each word gets a row with a number for every word of the text: how much more often the two
 * stand near each other than chance would have it, as a logarithm, and 0 where it is not more often
 * (<em>positive pointwise mutual information</em>).
 *
 * @param words the words of the text that occur often enough
 * @param rows a row for each and a column for each: [words, words]
 */
record Company(List<String> words, Tensor rows) {

  private static final int WINDOW = 3;
  private static final int OFTEN_ENOUGH = 5;

  static Company in(List<List<String>> sentences) {
    Map<String, Integer> frequency = new TreeMap<>();
    sentences.forEach(sentence -> sentence.forEach(word -> frequency.merge(word, 1, Integer::sum)));
    frequency.values().removeIf(count -> count < OFTEN_ENOUGH);
    List<String> words = List.copyOf(frequency.keySet());
    Map<String, Integer> place = new HashMap<>();
    words.forEach(word -> place.put(word, place.size()));
    double[][] together = new double[words.size()][words.size()];
    for (List<String> sentence : sentences) {
      for (int i = 0; i < sentence.size(); i++) {
        int end = Math.min(sentence.size() - 1, i + WINDOW);
        for (int j = i + 1; j <= end; j++) {
          Integer a = place.get(sentence.get(i));
          Integer b = place.get(sentence.get(j));
          if (a != null && b != null) {
            together[a][b]++;
            together[b][a]++;
          }
        }
      }
    }
    return new Company(words, information(together));
  }

  private static Tensor information(double[][] together) {
    int n = together.length;
    double[] alone = new double[n];
    double all = 0;
    for (int i = 0; i < n; i++) {
      for (double count : together[i]) {
        alone[i] += count;
      }
      all += alone[i];
    }
    float[] rows = new float[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        if (together[i][j] > 0) {
          double more = together[i][j] * all / (alone[i] * alone[j]);
          rows[i * n + j] = (float) Math.max(0, Math.log(more));
        }
      }
    }
    return Tensor.fromArray(rows, n, n);
  }

  /** The rows as vectors of words. */
  WordVectors vectors() {
    return WordVectors.of(words, rows);
  }

  /** The words that stand most above chance near both of two words. */
  List<String> shared(String a, String b, int count) {
    Tensor both = rows.select(0, words.indexOf(a)).minimum(rows.select(0, words.indexOf(b)));
    List<Integer> order = new ArrayList<>(IntStream.range(0, words.size()).boxed().toList());
    order.sort((i, j) -> Double.compare(both.get(j), both.get(i)));
    return order.stream().filter(i -> both.get(i) > 0).limit(count).map(words::get).toList();
  }
}
