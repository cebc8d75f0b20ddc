package gradus.text.fasttext;

import gradus.text.training.HuffmanTree;
import gradus.text.vectors.ScoredWord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.StringTokenizer;

/**
 * Labels a text as fastText does: the mean of the rows of its words, their n-grams and its runs of
 * words goes through the output matrix, and the loss the model was trained with makes probabilities
 * of it.
 *
 * <p>Source: Joulin, Grave, Bojanowski and Mikolov, "Bag of Tricks for Efficient Text
 * Classification", 2016.
 */
final class FastTextLabels {

  private static final String PREFIX = "__label__";

  /** fastText adds it before it takes a logarithm, and leaves it in what it prints. */
  static final double ABOVE_ZERO = 1e-5;

  private final FastTextArgs args;
  private final FastTextDictionary dictionary;
  private final FastTextMatrix output;
  private final List<String> labels;
  private final HuffmanTree tree;

  FastTextLabels(FastTextArgs args, FastTextDictionary dictionary, FastTextMatrix output) {
    this.args = args;
    this.dictionary = dictionary;
    this.output = output;
    this.labels = dictionary.labels();
    this.tree =
        args.loss() == FastTextArgs.HIERARCHICAL ? new HuffmanTree(dictionary.labelCounts()) : null;
  }

  /** The rows of a text: its words, their n-grams, and its runs of words; the line's end too. */
  RowMean features(String text, FastTextMatrix input) {
    var rows = new RowMean(input);
    List<Integer> hashes = new ArrayList<>(); // of words only, not of labels
    StringTokenizer tokens = tokens(text);
    String token;
    do {
      token = tokens.hasMoreTokens() ? tokens.nextToken() : Subwords.END_OF_LINE;
      addWord(token, rows, hashes);
    } while (!token.equals(Subwords.END_OF_LINE));
    int[] words = hashes.stream().mapToInt(Integer::intValue).toArray();
    dictionary.eachRun(words, words.length, rows::add);
    return rows;
  }

  /** The words of the first line. */
  static StringTokenizer tokens(String text) {
    int end = text.indexOf('\n');
    return new StringTokenizer(end < 0 ? text : text.substring(0, end), " \t\u000b\f\r\0");
  }

  private void addWord(String word, RowMean rows, List<Integer> hashes) {
    int row = dictionary.row(word);
    if (row < 0 && (dictionary.isLabel(word) || word.startsWith(PREFIX))) {
      return;
    }
    hashes.add(Subwords.hash(word));
    dictionary.addRows(word, row, rows);
  }

  List<ScoredWord> predict(FastTextMatrix input, String text, int k) {
    RowMean rows = features(text, input);
    if (rows.count() == 0 || labels.isEmpty()) {
      return List.of();
    }
    float[] logs = logs(rows.mean());
    List<ScoredWord> all = new ArrayList<>();
    for (int label = 0; label < logs.length; label++) {
      all.add(new ScoredWord(labels.get(label), (float) Math.exp(logs[label])));
    }
    return all.stream()
        .sorted(Comparator.comparingDouble(ScoredWord::score).reversed())
        .limit(k)
        .toList();
  }

  private float[] logs(float[] hidden) {
    if (tree != null) {
      return treeLogs(hidden);
    }
    float[] scores = new float[output.rows()];
    for (int row = 0; row < scores.length; row++) {
      scores[row] = output.dotRow(row, hidden);
    }
    if (args.loss() == FastTextArgs.SOFTMAX) {
      softmax(scores);
    } else {
      for (int row = 0; row < scores.length; row++) {
        scores[row] = sigmoidOfTable(scores[row]);
      }
    }
    for (int row = 0; row < scores.length; row++) {
      scores[row] = log(scores[row]);
    }
    return scores;
  }

  /** The logarithm of each label's probability; fastText rounds at each turn. */
  private float[] treeLogs(float[] hidden) {
    float[] logs = new float[tree.nodes()];
    int leaves = tree.leaves();
    for (int node = logs.length - 1; node >= leaves; node--) {
      float toRight = (float) (1.0 / (1 + (float) Math.exp(-output.dotRow(node - leaves, hidden))));
      logs[tree.left(node)] = logs[node] + log(1.0 - toRight);
      logs[tree.right(node)] = logs[node] + log(toRight);
    }
    return Arrays.copyOf(logs, leaves);
  }

  private static float log(double probability) {
    return (float) Math.log((float) probability + ABOVE_ZERO);
  }

  private static void softmax(float[] scores) {
    float max = scores[0];
    for (float score : scores) {
      max = Math.max(max, score);
    }
    float sum = 0;
    for (int i = 0; i < scores.length; i++) {
      scores[i] = (float) Math.exp(scores[i] - max);
      sum += scores[i];
    }
    for (int i = 0; i < scores.length; i++) {
      scores[i] /= sum;
    }
  }

  /** fastText looks the sigmoid up in a table of 513 places from -8 to 8. */
  private static float sigmoidOfTable(float x) {
    if (x < -8) {
      return 0;
    }
    if (x > 8) {
      return 1;
    }
    int place = (int) ((x + 8) * 512 / 8 / 2);
    float at = (place * 2 * 8f) / 512 - 8;
    return (float) (1.0 / (1.0 + (float) Math.exp(-at)));
  }
}
