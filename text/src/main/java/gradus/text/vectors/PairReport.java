package gradus.text.vectors;

import gradus.text.io.JsonText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * How well a table's cosine similarities follow what people said about pairs of words.
 *
 * @param spearman the correlation of the two rankings, -1..1: the usual figure; NaN where fewer
 *     than two pairs are covered
 * @param pearson the correlation of the figures themselves, -1..1
 * @param spearmanOfAll the first with a similarity of 0 for each pair that is not covered (gensim's
 *     {@code dummy4unknown=True})
 * @param pearsonOfAll the second likewise
 * @param covered how many pairs the table holds both words of
 * @param total how many pairs there are
 */
public record PairReport(
    double spearman,
    double pearson,
    double spearmanOfAll,
    double pearsonOfAll,
    int covered,
    int total) {

  /**
   * Whether a file holds pairs of words with figures, and not analogies: its first lines say so.
   *
   * @param path a test set
   * @throws IOException if it cannot be read
   */
  public static boolean recognises(Path path) throws IOException {
    return PairFile.recognises(path);
  }

  static PairReport of(WordVectors table, TestWords words, Path path) throws IOException {
    List<PairFile.Pair> pairs = PairFile.read(path);
    int total = pairs.size();
    double[] people = new double[total];
    double[] cosines = new double[total];
    double[] known = new double[total];
    double[] knownCosines = new double[total];
    int covered = 0;
    for (int i = 0; i < total; i++) {
      people[i] = pairs.get(i).figure();
      OptionalInt first = words.find(pairs.get(i).first());
      OptionalInt second = words.find(pairs.get(i).second());
      if (first.isPresent() && second.isPresent()) {
        cosines[i] = table.similarity(first.getAsInt(), second.getAsInt());
        known[covered] = people[i];
        knownCosines[covered++] = cosines[i];
      }
    }
    double[] x = Arrays.copyOf(known, covered);
    double[] y = Arrays.copyOf(knownCosines, covered);
    return new PairReport(
        Correlation.spearman(x, y),
        Correlation.pearson(x, y),
        Correlation.spearman(people, cosines),
        Correlation.pearson(people, cosines),
        covered,
        total);
  }

  /** The share of the pairs that are not covered, in percent (gensim's {@code oov_ratio}). */
  public double oovRatio() {
    return total == 0 ? 0 : 100.0 * (total - covered) / total;
  }

  /**
   * How often a table that has nothing to do with people's figures would follow their ranking as
   * closely: the two-tailed p-value, 0..1; NaN below three covered pairs.
   */
  public double spearmanPValue() {
    return Correlation.pValue(spearman, covered);
  }

  /** The same for the correlation of the figures themselves. */
  public double pearsonPValue() {
    return Correlation.pValue(pearson, covered);
  }

  /** The report as JSON: an object of the figures, named as here; null where one is NaN. */
  public String toJson() {
    return JsonText.write(
        JsonText.object(
            "spearman",
            figure(spearman),
            "pearson",
            figure(pearson),
            "spearmanPValue",
            figure(spearmanPValue()),
            "pearsonPValue",
            figure(pearsonPValue()),
            "spearmanOfAll",
            figure(spearmanOfAll),
            "pearsonOfAll",
            figure(pearsonOfAll),
            "covered",
            covered,
            "total",
            total,
            "oovRatio",
            oovRatio()));
  }

  private static Double figure(double value) {
    return Double.isNaN(value) ? null : value;
  }

  /** For example {@code Spearman 0.775, Pearson 0.748 (350 of 353 pairs covered)}. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "Spearman %.3f, Pearson %.3f (%d of %d pairs covered)",
        spearman,
        pearson,
        covered,
        total);
  }
}
