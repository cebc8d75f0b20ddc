package gradus.text.fasttext;

import gradus.tensor.io.FileErrors;
import gradus.tensor.io.FormatException;
import gradus.text.io.Given;
import gradus.text.io.JsonText;
import gradus.text.vectors.ScoredWord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringTokenizer;
import java.util.TreeMap;

/**
 * How well a model predicts the labels of texts that have them (fastText's {@code test} and {@code
 * test-label}).
 *
 * <pre>{@code
 * LabelReport report = LabelReport.of(model, Path.of("cooking.valid"), 1, 0);
 * report.precision();   // the share of the predicted labels that are right
 * report.recall();      // the share of the right labels that are predicted
 * }</pre>
 *
 * @param texts how many texts have a label that the model knows; only they count
 * @param k how many labels were predicted for each at most
 * @param precision the share of the predicted labels that are right, 0..1; NaN if none is predicted
 * @param recall the share of the right labels that are predicted, 0..1; NaN if there is none
 * @param labels the figures of each label that was right or predicted, by its name
 */
public record LabelReport(
    int texts, int k, double precision, double recall, Map<String, Label> labels) {

  /** fastText adds it to what it predicts. */
  private static final double ABOVE_ZERO = 1e-5;

  /**
   * The figures of one label.
   *
   * @param right how many texts have it
   * @param predicted how often it was predicted
   * @param both how often it was predicted where it is right
   */
  public record Label(int right, int predicted, int both) {

    /** The share of its predictions that are right; NaN if there is none. */
    public double precision() {
      return (double) both / predicted;
    }

    /** The share of its texts where it is predicted; NaN if there is none. */
    public double recall() {
      return (double) both / right;
    }

    /** The harmonic mean of both, {@code 2 both / (right + predicted)}. */
    public double f1() {
      return 2.0 * both / (right + predicted);
    }
  }

  /** Copies the labels. */
  public LabelReport {
    labels = Map.copyOf(labels);
  }

  /**
   * Predicts the labels of each line of a file and compares them with those that stand there.
   *
   * @param model a model with labels
   * @param path lines of words and labels, as fastText is trained on
   * @param k how many labels are predicted for a line at most, at least 1
   * @param threshold labels less probable than that are not predicted; 0 for all
   * @return the report
   * @throws IllegalStateException if the model was trained without labels
   * @throws FormatException if the file is not UTF-8
   * @throws java.io.UncheckedIOException if it cannot be read
   */
  public static LabelReport of(FastText model, Path path, int k, double threshold) {
    if (Given.notNull("labels", "the model", model).labels().isEmpty()) {
      throw new IllegalStateException(
          "labels: this model (%s) was trained without labels. Only supervised models predict."
              .formatted(model));
    }
    var count = new Count(model.labels());
    try (InputStream in = Files.newInputStream(Given.notNull("labels", "the path", path));
        var text = new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder());
        var lines = new BufferedReader(text)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        count.line(model, line, k, threshold);
      }
    } catch (CharacterCodingException e) {
      throw new FormatException(path, "its text", "not UTF-8. Save it in UTF-8.", e);
    } catch (IOException e) {
      throw FileErrors.reading(path, e);
    }
    return count.report(k);
  }

  /**
   * The labels of a text that are probable enough (fastText's {@code predict} with a threshold).
   *
   * @param model a model with labels
   * @param text words parted by blanks
   * @param k how many at most
   * @param threshold labels less probable than that are left out; 0 for all
   * @return labels with their probabilities, best first
   */
  public static List<ScoredWord> predict(FastText model, String text, int k, double threshold) {
    return model.predict(text, k).stream()
        .filter(label -> threshold <= 0 || label.score() - ABOVE_ZERO >= threshold)
        .toList();
  }

  /** Adds up line by line. */
  private static final class Count {
    private final Map<String, int[]> figures = new LinkedHashMap<>();
    private int texts;

    Count(List<String> known) {
      known.forEach(label -> figures.put(label, new int[3]));
    }

    void line(FastText model, String line, int k, double threshold) {
      List<String> right = new ArrayList<>();
      StringTokenizer tokens = FastTextLabels.tokens(line);
      while (tokens.hasMoreTokens()) {
        String token = tokens.nextToken();
        if (figures.containsKey(token)) {
          right.add(token);
        }
      }
      if (right.isEmpty()) {
        return;
      }
      texts++;
      right.forEach(label -> figures.get(label)[0]++);
      for (ScoredWord found : predict(model, line, k, threshold)) {
        int[] figure = figures.get(found.word());
        figure[1]++;
        figure[2] += right.contains(found.word()) ? 1 : 0;
      }
    }

    LabelReport report(int k) {
      int[] sum = new int[3];
      Map<String, Label> labels = new LinkedHashMap<>();
      figures.forEach(
          (label, figure) -> {
            for (int i = 0; i < sum.length; i++) {
              sum[i] += figure[i];
            }
            if (figure[0] + figure[1] > 0) {
              labels.put(label, new Label(figure[0], figure[1], figure[2]));
            }
          });
      return new LabelReport(texts, k, (double) sum[2] / sum[1], (double) sum[2] / sum[0], labels);
    }
  }

  /** The report as JSON: an object of the figures, and those of each label; null for NaN. */
  public String toJson() {
    Map<String, Object> each = new TreeMap<>();
    labels.forEach(
        (name, label) ->
            each.put(
                name,
                JsonText.object(
                    "precision",
                    figure(label.precision()),
                    "recall",
                    figure(label.recall()),
                    "f1",
                    figure(label.f1()),
                    "right",
                    label.right(),
                    "predicted",
                    label.predicted())));
    return JsonText.write(
        JsonText.object(
            "texts",
            texts,
            "k",
            k,
            "precision",
            figure(precision),
            "recall",
            figure(recall),
            "labels",
            each));
  }

  private static Double figure(double value) {
    return Double.isNaN(value) ? null : value;
  }

  /** Three lines as fastText prints them: the texts, {@code P@k} and {@code R@k}. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "N\t%d%nP@%d\t%.3f%nR@%d\t%.3f", texts, k, precision, k, recall);
  }
}
