package gradus.examples.picture;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Draws a table of figures as tinted squares: blue above zero, orange below. */
public final class HeatPicture {

  private static final double NOTE = 20;

  /** How steeply the names of columns rise, in degrees. */
  private static final int SLOPE = 50;

  private HeatPicture() {}

  /**
   * A square table with the same names on both sides.
   *
   * @param numbers whether each square shows its figure
   */
  public static String draw(String title, List<String> names, double[][] values, boolean numbers) {
    return draw(title, names, names, values, numbers);
  }

  /** A table with names for its rows and its columns. */
  public static String draw(
      String title, List<String> rows, List<String> columns, double[][] values, boolean numbers) {
    return draw(title, rows, columns, values, numbers, 0);
  }

  /** A table of figures that lie close together: the tint begins at {@code blank}, not at zero. */
  public static String draw(
      String title,
      List<String> rows,
      List<String> columns,
      double[][] values,
      boolean numbers,
      double blank) {
    return draw(title, rows, columns, values, numbers, blank, 1);
  }

  /**
   * A table of figures of any size.
   *
   * @param values what is not finite stays blank
   * @param blank the figure without tint
   * @param full the figure with all of it; other than 1, it is told below
   */
  public static String draw(
      String title,
      List<String> rows,
      List<String> columns,
      double[][] values,
      boolean numbers,
      double blank,
      double full) {
    double cell = numbers ? 44 : 21;
    double height = numbers ? 30 : 21;
    double left = 14 + widest(rows);
    double top = 18 + Math.sin(Math.toRadians(SLOPE)) * widest(columns);
    double right = 4 + Math.cos(Math.toRadians(SLOPE)) * widest(columns);
    String format = Arrays.stream(values).allMatch(HeatPicture::whole) ? "%.0f" : "%.2f";
    double bottom = top + height * rows.size() + 4;
    var svg = new Svg(left + cell * columns.size() + right, bottom + (full == 1 ? 0 : NOTE), title);
    for (int row = 0; row < rows.size(); row++) {
      double y = top + height * row;
      svg.text(left - 8, y + height / 2 + 4, "end", "soft", rows.get(row));
      for (int column = 0; column < columns.size(); column++) {
        double value = values[row][column];
        double x = left + cell * column;
        svg.rect(x + 0.5, y + 0.5, cell - 1, height - 1, 2, "frame");
        if (!Double.isFinite(value)) {
          continue;
        }
        svg.tint(
            x + 0.5,
            y + 0.5,
            cell - 1,
            height - 1,
            value < blank ? "fill2" : "fill1",
            Math.abs(value - blank) / (full - blank));
        if (numbers) {
          String figure = String.format(Locale.ROOT, format, value);
          svg.text(x + cell / 2, y + height / 2 + 4, "middle", "label", figure);
        }
      }
    }
    for (int column = 0; column < columns.size(); column++) {
      double x = left + cell * (column + 0.5) + 4;
      svg.raw(
          "<text transform='translate(%s %s) rotate(-%s)' class='soft'>%s</text>"
              .formatted(
                  Svg.number(x), Svg.number(top - 5), SLOPE, Svg.escape(columns.get(column))));
    }
    if (full != 1) {
      svg.text(left, bottom + NOTE - 6, "start", "soft", "full tint: " + Svg.figure(full));
    }
    return svg.toString();
  }

  private static boolean whole(double[] row) {
    return Arrays.stream(row).allMatch(value -> value == Math.rint(value));
  }

  private static double widest(List<String> names) {
    return names.stream().mapToDouble(Svg::width).max().orElse(0);
  }
}
