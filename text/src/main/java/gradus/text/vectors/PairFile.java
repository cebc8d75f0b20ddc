package gradus.text.vectors;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The pairs of words in a file, with what people said of their similarity.
 *
 * <p>A line holds two words, perhaps more columns, and the figure: the first column of numbers. It
 * is parted by tabs, commas, semicolons or blanks. Lines that begin with # and a first line of
 * names are passed over, and so is a first column that only numbers the rows.
 */
final class PairFile {

  /** Two words and the figure people gave them. */
  record Pair(String first, String second, double figure) {}

  private final Path path;
  private final char separator;
  private int word = 0;
  private int figure = -1;

  private PairFile(Path path, String firstLine) {
    this.path = path;
    this.separator = separator(firstLine);
  }

  static List<Pair> read(Path path) throws IOException {
    List<String> lines = QuestionFile.lines(path);
    List<Pair> pairs = new ArrayList<>();
    PairFile file = null;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      if (file == null) {
        file = new PairFile(path, line);
        List<String> cells = file.cells(line);
        if (!file.findFigure(cells) && hasPairs(lines, i + 1)) {
          file.word = cells.getFirst().isEmpty() ? 1 : 0;
          continue;
        }
      }
      pairs.add(file.pair(line, i + 1));
    }
    return pairs;
  }

  /** Whether the first line, or the first after a line of names, is a pair. */
  static boolean recognises(Path path) throws IOException {
    List<String> lines =
        QuestionFile.lines(path).stream()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .limit(2)
            .toList();
    if (lines.isEmpty() || lines.getFirst().startsWith(":")) {
      return false;
    }
    var file = new PairFile(path, lines.getFirst());
    List<String> header = file.cells(lines.getFirst());
    if (!file.findFigure(header)) {
      file.word = header.getFirst().isEmpty() ? 1 : 0;
      return lines.size() > 1 && file.findFigure(file.cells(lines.getLast()));
    }
    return true;
  }

  private static char separator(String line) {
    for (char separator : new char[] {'\t', ',', ';'}) {
      if (CsvLine.cells(line, separator).size() > 2) {
        return separator;
      }
    }
    return ' ';
  }

  private static boolean hasPairs(List<String> lines, int from) {
    return lines.subList(from, lines.size()).stream()
        .anyMatch(line -> !line.isBlank() && !line.startsWith("#"));
  }

  private List<String> cells(String line) {
    return switch (separator) {
      case ',', ';' -> CsvLine.cells(line, separator);
      default ->
          Arrays.stream(line.strip().split(line.contains("\t") ? "\t" : "\\s+"))
              .map(String::strip)
              .toList();
    };
  }

  /** Looks for the first column of numbers after the two words. */
  private boolean findFigure(List<String> cells) {
    for (int i = word + 2; i < cells.size() && figure < 0; i++) {
      if (Double.isFinite(number(cells.get(i)))) {
        figure = i;
      }
    }
    return figure >= 0;
  }

  private Pair pair(String line, int number) {
    List<String> cells = cells(line);
    double value =
        findFigure(cells) && figure < cells.size() ? number(cells.get(figure)) : Double.NaN;
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(
          "word pairs: line %d of %s is not a pair. A line holds two words and a figure."
              .formatted(number, path.getFileName()));
    }
    return new Pair(cells.get(word), cells.get(word + 1), value);
  }

  /** NaN where it is none. */
  private static double number(String cell) {
    try {
      return Double.parseDouble(cell);
    } catch (NumberFormatException _) {
      return Double.NaN;
    }
  }
}
