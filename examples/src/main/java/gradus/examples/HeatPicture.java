package gradus.examples;

import java.util.List;
import java.util.Locale;

/** Draws a table of figures between -1 and 1 as tinted squares: blue above zero, orange below. */
final class HeatPicture {

  private HeatPicture() {}

  /**
   * A square table with the same names on both sides.
   *
   * @param numbers whether each square shows its figure
   */
  static String draw(String title, List<String> names, double[][] values, boolean numbers) {
    return draw(title, names, names, values, numbers);
  }

  /** A table with names for its rows and its columns. */
  static String draw(
      String title, List<String> rows, List<String> columns, double[][] values, boolean numbers) {
    return draw(title, rows, columns, values, numbers, 0);
  }

  /** A table of figures that lie close together: the tint begins at {@code blank}, not at zero. */
  static String draw(
      String title,
      List<String> rows,
      List<String> columns,
      double[][] values,
      boolean numbers,
      double blank) {
    double cell = numbers ? 44 : 21;
    double height = numbers ? 30 : 21;
    double left = 8 + 6.8 * rows.stream().mapToInt(String::length).max().orElse(0);
    double top = 12 + 5.2 * columns.stream().mapToInt(String::length).max().orElse(0);
    double right = 70;
    var svg = new Svg(left + cell * columns.size() + right, top + height * rows.size() + 4, title);
    for (int row = 0; row < rows.size(); row++) {
      double y = top + height * row;
      svg.text(left - 8, y + height / 2 + 4, "end", "soft", rows.get(row));
      for (int column = 0; column < columns.size(); column++) {
        double value = values[row][column];
        double x = left + cell * column;
        svg.rect(x + 0.5, y + 0.5, cell - 1, height - 1, 2, "frame");
        svg.tint(
            x + 0.5,
            y + 0.5,
            cell - 1,
            height - 1,
            value < blank ? "fill2" : "fill1",
            Math.abs(value - blank) / (1 - blank));
        if (numbers) {
          String figure = String.format(Locale.ROOT, "%.2f", value);
          svg.text(x + cell / 2, y + height / 2 + 4, "middle", "label", figure);
        }
      }
    }
    for (int column = 0; column < columns.size(); column++) {
      double x = left + cell * (column + 0.5) + 4;
      svg.raw(
          "<text transform='translate(%s %s) rotate(-50)' class='soft'>%s</text>"
              .formatted(Svg.number(x), Svg.number(top - 5), Svg.escape(columns.get(column))));
    }
    return svg.toString();
  }
}
