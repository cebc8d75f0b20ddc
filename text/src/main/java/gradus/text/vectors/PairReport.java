package gradus.text.vectors;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * How well a table's cosine similarities follow what people said about pairs of words.
 *
 * @param spearman the correlation of the two rankings, -1..1: the usual figure
 * @param pearson the correlation of the figures themselves, -1..1
 * @param covered how many pairs the table holds both words of
 * @param total how many pairs there are
 */
public record PairReport(double spearman, double pearson, int covered, int total) {

  static PairReport of(WordVectors table, TestWords words, Path path) throws IOException {
    List<Double> people = new ArrayList<>();
    List<Double> ours = new ArrayList<>();
    int total = 0;
    int number = 0;
    for (String line : QuestionFile.lines(path)) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      String[] cells = line.strip().split(line.contains("\t") ? "\t" : "\\s+");
      double figure = figure(cells, number, path);
      total++;
      OptionalInt first = words.find(cells[0].strip());
      OptionalInt second = words.find(cells[1].strip());
      if (first.isPresent() && second.isPresent()) {
        people.add(figure);
        ours.add(table.similarity(first.getAsInt(), second.getAsInt()));
      }
    }
    double[] x = people.stream().mapToDouble(Double::doubleValue).toArray();
    double[] y = ours.stream().mapToDouble(Double::doubleValue).toArray();
    return new PairReport(
        Correlation.spearman(x, y), Correlation.pearson(x, y), people.size(), total);
  }

  private static double figure(String[] cells, int number, Path path) {
    try {
      return Double.parseDouble(cells[2].strip());
    } catch (ArrayIndexOutOfBoundsException | NumberFormatException e) {
      throw new IllegalArgumentException(
          "word pairs: line %d of %s is not a pair. A line holds two words and a figure."
              .formatted(number, path.getFileName()),
          e);
    }
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
