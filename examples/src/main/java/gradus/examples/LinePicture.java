package gradus.examples;

import java.util.List;
import java.util.Locale;

/** Draws one falling or rising line, such as the loss over the training. */
final class LinePicture {

  private static final double WIDTH = 760;
  private static final double HEIGHT = 240;
  private static final double LEFT = 52;
  private static final double BOTTOM = 36;
  private static final double TOP = 14;
  private static final double RIGHT = 14;

  private LinePicture() {}

  /**
   * A line through values that lie evenly between two ends of the horizontal axis.
   *
   * @param values at least two values
   * @param last what the right end of the horizontal axis is, the left end being 0
   */
  static String draw(String title, List<Double> values, String xLabel, double last, String yLabel) {
    var svg = new Svg(WIDTH, HEIGHT, title);
    double high = values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    double step = niceStep(high / 4);
    double top = Math.ceil(high / step) * step;
    double plotHeight = HEIGHT - TOP - BOTTOM;
    double plotWidth = WIDTH - LEFT - RIGHT;
    for (double tick = 0; tick <= top + step / 2; tick += step) {
      double y = TOP + plotHeight * (1 - tick / top);
      svg.line(LEFT, y, WIDTH - RIGHT, y, "grid");
      svg.text(LEFT - 8, y + 4, "end", "tick", plain(tick));
    }
    double xStep = niceStep(last / 6);
    for (double tick = 0; tick <= last + 1e-9; tick += xStep) {
      double x = LEFT + plotWidth * tick / last;
      svg.text(x, HEIGHT - BOTTOM + 16, "middle", "tick", plain(tick));
    }
    svg.text(LEFT + plotWidth / 2, HEIGHT - 4, "middle", "legend", xLabel);
    svg.raw(
        "<text transform='translate(13 %s) rotate(-90)' text-anchor='middle' class='legend'>%s</text>"
            .formatted(Svg.number(TOP + plotHeight / 2), Svg.escape(yLabel)));
    var path = new StringBuilder();
    for (int i = 0; i < values.size(); i++) {
      double x = LEFT + plotWidth * i / (values.size() - 1);
      double y = TOP + plotHeight * (1 - values.get(i) / top);
      path.append(i == 0 ? 'M' : 'L').append(Svg.number(x)).append(' ').append(Svg.number(y));
    }
    svg.stroke(path.toString(), "line stroke1", 2.2);
    return svg.toString();
  }

  /** The next larger of 1, 2, 5 times a power of ten. */
  private static double niceStep(double rough) {
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double ratio = rough / power;
    double nice = ratio <= 1 ? 1 : ratio <= 2 ? 2 : ratio <= 5 ? 5 : 10;
    return nice * power;
  }

  private static String plain(double tick) {
    String text = String.format(Locale.ROOT, "%.2f", tick);
    return text.replaceAll("\\.?0+$", "");
  }
}
