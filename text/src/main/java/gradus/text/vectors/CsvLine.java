package gradus.text.vectors;

import java.util.ArrayList;
import java.util.List;

/**
 * A line of a table that others have made.
 *
 * <p>Source: RFC 4180, without line breaks in cells.
 */
final class CsvLine {

  private CsvLine() {}

  /** The cells without blanks around them; a cell in quotes may hold the separator, and "" is ". */
  static List<String> cells(String line, char separator) {
    List<String> cells = new ArrayList<>();
    var cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char letter = line.charAt(i);
      if (letter == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
        cell.append('"');
        i++;
      } else if (letter == '"' && (quoted || cell.toString().isBlank())) {
        quoted = !quoted;
      } else if (letter == separator && !quoted) {
        cells.add(cell.toString().strip());
        cell.setLength(0);
      } else {
        cell.append(letter);
      }
    }
    cells.add(cell.toString().strip());
    return cells;
  }
}
