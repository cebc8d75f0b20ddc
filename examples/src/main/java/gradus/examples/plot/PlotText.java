package gradus.examples.plot;

import gradus.examples.picture.Svg;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The pictures of {@link Plot} for a terminal. */
final class PlotText {
  private static final String SHADES = " ░▒▓█";
  private static final int WIDTH = 60;

  /** A line is so many letters high, each of four dots. */
  private static final int HEIGHT = 4;

  /** The dots of a braille letter, column by column from above. */
  private static final int[][] DOTS = {{0x01, 0x02, 0x04, 0x40}, {0x08, 0x10, 0x20, 0x80}};

  private static final int BRAILLE = 0x2800;

  private PlotText() {}

  /** Shades as wide as the labels above them. */
  static String heatMap(double[][] values, List<String> rows, List<String> columns, double full) {
    int left = rows.stream().mapToInt(String::length).max().orElse(0);
    var text = new StringBuilder(" ".repeat(left));
    columns.forEach(column -> text.append(' ').append(padded(column)));
    for (int i = 0; i < rows.size(); i++) {
      text.append('\n').append(" ".repeat(left - rows.get(i).length())).append(rows.get(i));
      for (int j = 0; j < columns.size(); j++) {
        text.append(' ').append(shade(values[i][j] / full, padded(columns.get(j)).length()));
      }
    }
    return trimmed(text.append("\n\n█ is " + Svg.figure(full)));
  }

  /** A label that leaves room for two shades. */
  private static String padded(String label) {
    return label.length() < 2 ? label + " ".repeat(2 - label.length()) : label;
  }

  private static String shade(double share, int width) {
    if (!Double.isFinite(share)) {
      return " ".repeat(width);
    }
    long dark = Math.round(Math.abs(share) * (SHADES.length() - 1));
    String shades = SHADES.substring((int) dark, (int) dark + 1).repeat(width);
    return share < 0 ? "-" + shades.substring(1) : shades;
  }

  /** Each series by itself, in dots, all on one scale. */
  static String line(String title, Map<String, List<Double>> series, int longest) {
    var range =
        series.values().stream()
            .flatMap(List::stream)
            .mapToDouble(Double::doubleValue)
            .filter(Double::isFinite)
            .summaryStatistics();
    double low = range.getMin();
    double high = range.getMax();
    String above = Svg.figure(high);
    String below = Svg.figure(low);
    int left = Math.max(above.length(), below.length());
    var text = new StringBuilder(title);
    for (var line : series.entrySet()) {
      int[][] cells = new int[HEIGHT][Math.min(WIDTH, Math.ceilDiv(longest, 2))];
      dots(line.getValue(), low, high, longest, cells);
      text.append('\n').append(" ".repeat(left + 2)).append(line.getKey());
      for (int row = 0; row < HEIGHT; row++) {
        String tick = row == 0 ? above : row == HEIGHT - 1 ? below : "";
        text.append('\n').append(" ".repeat(left - tick.length())).append(tick).append(" │");
        Arrays.stream(cells[row]).forEach(cell -> text.appendCodePoint(BRAILLE + cell));
      }
    }
    return text.toString();
  }

  /** Where more values fall on a column of dots than one, each has its dot. */
  private static void dots(
      List<Double> values, double low, double high, int longest, int[][] cells) {
    int columns = 2 * cells[0].length;
    int most = 4 * HEIGHT - 1;
    for (int i = 0; i < values.size(); i++) {
      double share = high > low ? (values.get(i) - low) / (high - low) : 0;
      if (Double.isFinite(values.get(i))) {
        int x = longest <= columns ? i : (int) ((long) i * columns / longest);
        int y = most - (int) Math.round(share * most);
        cells[y / 4][x / 2] |= DOTS[x % 2][y % 4];
      }
    }
  }

  /** Points with their labels to the right of them, as far as there is room. */
  static String scatter(double[][] points, List<String> labels) {
    double[] least = {Double.MAX_VALUE, Double.MAX_VALUE};
    double[] most = {-Double.MAX_VALUE, -Double.MAX_VALUE};
    for (double[] point : points) {
      for (int d = 0; d < 2; d++) {
        least[d] = Math.min(least[d], point[d]);
        most[d] = Math.max(most[d], point[d]);
      }
    }
    // A letter is twice as high as it is wide.
    double unit = Math.max(most[0] - least[0], most[1] - least[1]) / (WIDTH - 1);
    double scale = unit > 0 ? 1 / unit : 0;
    int height = (int) Math.round((most[1] - least[1]) * scale / 2) + 1;
    int room = labels.stream().mapToInt(String::length).max().orElse(0) + 2;
    char[][] sheet = new char[height][WIDTH + room];
    for (char[] row : sheet) {
      Arrays.fill(row, ' ');
    }
    int[][] places = new int[points.length][];
    for (int i = 0; i < points.length; i++) {
      int x = (int) Math.round((points[i][0] - least[0]) * scale);
      int y = (int) Math.round((most[1] - points[i][1]) * scale / 2);
      places[i] = new int[] {y, x};
      sheet[y][x] = '•';
    }
    for (int i = 0; i < points.length; i++) {
      char[] row = sheet[places[i][0]];
      int from = places[i][1] + 1;
      int to = from + labels.get(i).length();
      if (new String(row, from, to - from + 1).isBlank()) {
        labels.get(i).getChars(0, to - from, row, from);
      }
    }
    return trimmed(Arrays.stream(sheet).map(String::new).collect(Collectors.joining("\n")));
  }

  private static String trimmed(CharSequence text) {
    return text.toString().lines().map(String::stripTrailing).collect(Collectors.joining("\n"));
  }
}
