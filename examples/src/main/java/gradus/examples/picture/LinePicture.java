package gradus.examples.picture;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Draws falling or rising lines, such as the loss over the training. */
public final class LinePicture {

  private static final double WIDTH = 760;
  private static final double HEIGHT = 240;
  private static final double LEFT = 52;
  private static final double BOTTOM = 36;
  private static final double TOP = 14;
  private static final double RIGHT = 14;
  private static final double LEGEND = 18;
  private static final double PLOT = WIDTH - LEFT - RIGHT;
  private static final double THICK = 2.2;

  private LinePicture() {}

  /**
   * A line through values that lie evenly between two ends of the horizontal axis.
   *
   * @param values at least two values
   * @param last what the right end of the horizontal axis is, the left end being 0
   */
  public static String draw(
      String title, List<Double> values, String xLabel, double last, String yLabel) {
    return draw(title, Map.of("", values), xLabel, last, yLabel);
  }

  /**
   * A line for each series, of which all begin on the left; what is not finite is a gap.
   *
   * @param series values by the name in the legend, which is left out for a single series
   * @param last what the right end of the horizontal axis is, the left end being 0
   */
  public static String draw(
      String title, Map<String, List<Double>> series, String xLabel, double last, String yLabel) {
    double above = series.size() > 1 ? TOP + LEGEND : TOP;
    var svg = new Svg(WIDTH, HEIGHT + above - TOP, title);
    var frame = Frame.of(series.values(), above, HEIGHT + above - TOP - BOTTOM);
    axes(svg, frame, last);
    svg.text(LEFT + PLOT / 2, HEIGHT + above - TOP - 4, "middle", "legend", xLabel);
    svg.raw(
        "<text transform='translate(13 %s) rotate(-90)' text-anchor='middle' class='legend'>%s</text>"
            .formatted(Svg.number((frame.above + frame.bottom) / 2), Svg.escape(yLabel)));
    int longest = series.values().stream().mapToInt(List::size).max().orElseThrow();
    double legend = LEFT;
    int colour = 0;
    for (var line : series.entrySet()) {
      String style = "line stroke" + (colour++ % PageStyle.COLOURS + 1);
      svg.stroke(path(line.getValue(), PLOT / Math.max(1, longest - 1), frame), style, THICK);
      if (series.size() > 1) {
        String sample = "M%s 12L%s 12".formatted(Svg.number(legend), Svg.number(legend + 20));
        svg.stroke(sample, style, THICK);
        svg.text(legend + 26, 16, "start", "legend", line.getKey());
        legend += 50 + Svg.width(line.getKey());
      }
    }
    return svg.toString();
  }

  /** Where values lie: from {@code low} at the bottom to {@code high} above, with lines between. */
  private record Frame(double above, double bottom, long low, long high, double step) {
    static Frame of(Collection<List<Double>> series, double above, double bottom) {
      var all =
          series.stream()
              .flatMap(List::stream)
              .mapToDouble(Double::doubleValue)
              .filter(Double::isFinite)
              .summaryStatistics();
      double high = all.getMax();
      double low = all.getMin() < 0 || all.getMin() > high / 2 ? all.getMin() : 0;
      double step = niceStep(high > low ? (high - low) / 4 : Math.max(1, Math.abs(high)));
      long least = (long) Math.floor(low / step);
      long most = (long) Math.ceil(high / step);
      return new Frame(above, bottom, least, Math.max(most, least + 1), step);
    }

    double y(double value) {
      return above + (bottom - above) * (high - value / step) / (high - low);
    }
  }

  private static void axes(Svg svg, Frame frame, double last) {
    for (long tick = frame.low; tick <= frame.high; tick++) {
      double y = frame.y(tick * frame.step);
      svg.line(LEFT, y, WIDTH - RIGHT, y, "grid");
      svg.text(LEFT - 8, y + 4, "end", "tick", plain(tick * frame.step, frame.step));
    }
    double step = niceStep(last / 6);
    for (double tick = 0; tick <= last + 1e-9; tick += step) {
      double x = LEFT + PLOT * tick / last;
      svg.text(x, frame.bottom + 16, "middle", "tick", plain(tick, step));
    }
  }

  /** Through all that is finite, one every {@code apart}. */
  private static String path(List<Double> values, double apart, Frame frame) {
    var path = new StringBuilder();
    boolean drawn = false;
    for (int i = 0; i < values.size(); i++) {
      boolean finite = Double.isFinite(values.get(i));
      if (finite) {
        String x = Svg.number(LEFT + apart * i);
        path.append(drawn ? 'L' : 'M').append(x).append(' ');
        path.append(Svg.number(frame.y(values.get(i))));
      }
      drawn = finite;
    }
    return path.toString();
  }

  /** The next larger of 1, 2, 5 times a power of ten. */
  private static double niceStep(double rough) {
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double ratio = rough / power;
    double nice = ratio <= 1 ? 1 : ratio <= 2 ? 2 : ratio <= 5 ? 5 : 10;
    return nice * power;
  }

  /** A tick with as many decimals as the steps need at most. */
  private static String plain(double tick, double step) {
    int decimals = (int) Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
    String text = String.format(Locale.ROOT, "%." + decimals + "f", tick);
    return decimals == 0 ? text : text.replaceAll("\\.?0+$", "");
  }
}
