package gradus.text.fasttext;

import gradus.text.corpus.Corpus;
import gradus.text.io.JsonText;
import gradus.text.training.TextBlocks;
import gradus.text.training.TokenSink;
import gradus.text.vectors.ScoredWord;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * How well a model labels texts whose labels are known (fastText's {@code test} and {@code
 * test-label}).
 *
 * @param examples the lines that hold a known label and something to tell it by
 * @param k how many labels were asked for
 * @param precision the share of the labels given that are right, 0..1
 * @param recall the share of the right labels that were given, 0..1
 * @param labels the figures of each label that was right or given, by its name
 */
public record LabelScore(
    long examples, int k, double precision, double recall, Map<String, Label> labels) {

  /**
   * The figures of one label.
   *
   * @param wanted how many lines have it
   * @param given how often it was given
   * @param right how often it was given to a line that has it
   */
  public record Label(long wanted, long given, long right) {

    /** The share of its lines among those it was given to, 0..1. */
    public double precision() {
      return share(right, given);
    }

    /** The share of its lines that it was given to, 0..1. */
    public double recall() {
      return share(right, wanted);
    }

    /** The harmonic mean of both, {@code 2 right / (wanted + given)}. */
    public double f1() {
      return share(2 * right, wanted + given);
    }

    private Label plus(int wantedMore, int givenMore, int rightMore) {
      return new Label(wanted + wantedMore, given + givenMore, right + rightMore);
    }
  }

  /** Copies the labels. */
  public LabelScore {
    labels = Map.copyOf(labels);
  }

  private static double share(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }

  static LabelScore of(FastText model, Corpus corpus, int k, double threshold) {
    var counting = new Counting(model, k, threshold);
    try (TextBlocks text = corpus.blocks()) {
      for (TextBlocks.Block block = text.next(); block != null; block = text.next()) {
        block.tell(counting);
      }
    }
    long wanted = counting.labels.values().stream().mapToLong(Label::wanted).sum();
    long given = counting.labels.values().stream().mapToLong(Label::given).sum();
    long right = counting.labels.values().stream().mapToLong(Label::right).sum();
    return new LabelScore(
        counting.examples, k, share(right, given), share(right, wanted), counting.labels);
  }

  /** Goes through the lines. */
  private static final class Counting implements TokenSink {
    private final FastText model;
    private final Set<String> known;
    private final int k;
    private final double threshold;
    private final Set<String> gold = new HashSet<>();
    private StringJoiner line = new StringJoiner(" ");
    private long examples;
    private final Map<String, Label> labels = new LinkedHashMap<>();

    Counting(FastText model, int k, double threshold) {
      this.model = model;
      this.known = new HashSet<>(model.labels());
      this.k = k;
      this.threshold = threshold;
    }

    @Override
    public void word(byte[] bytes, int from, int to, int hash) {
      String word = new String(bytes, from, to - from, StandardCharsets.UTF_8);
      if (known.contains(word)) {
        gold.add(word);
      } else {
        line.add(word);
      }
    }

    @Override
    public void endOfLine() {
      if (!gold.isEmpty() && !model.predict(line.toString(), 1).isEmpty()) {
        examples++;
        gold.forEach(label -> add(label, 1, 0, 0));
        for (ScoredWord label : model.predict(line.toString(), k, threshold)) {
          add(label.word(), 0, 1, gold.contains(label.word()) ? 1 : 0);
        }
      }
      gold.clear();
      line = new StringJoiner(" ");
    }

    private void add(String label, int wanted, int given, int right) {
      labels.compute(
          label,
          (_, before) -> (before == null ? new Label(0, 0, 0) : before).plus(wanted, given, right));
    }
  }

  /** The score as JSON: an object of the figures, and under {@code labels} those of each label. */
  public String toJson() {
    Map<String, Object> each = new TreeMap<>();
    labels.forEach(
        (name, label) ->
            each.put(
                name,
                JsonText.object(
                    "precision",
                    label.precision(),
                    "recall",
                    label.recall(),
                    "f1",
                    label.f1(),
                    "wanted",
                    label.wanted(),
                    "given",
                    label.given(),
                    "right",
                    label.right())));
    return JsonText.write(
        JsonText.object(
            "examples",
            examples,
            "k",
            k,
            "precision",
            precision,
            "recall",
            recall,
            "labels",
            each));
  }

  /** For example {@code N 3000, P@1 0.587, R@1 0.254}. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "N %d, P@%d %.3f, R@%d %.3f", examples, k, precision, k, recall);
  }
}
