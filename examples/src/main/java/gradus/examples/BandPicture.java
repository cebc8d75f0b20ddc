package gradus.examples;

import gradus.examples.picture.Svg;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Draws lines over the same few steps, each with a band from its lowest to its highest value. */
final class BandPicture {

  private static final double WIDTH = 760;
  private static final double HEIGHT = 300;
  private static final double LEFT = 52;
  private static final double RIGHT = 120;
  private static final double TOP = 14;
  private static final double BOTTOM = 44;
  private static final double TICK = 0.05;

  private record Line(String name, List<Range> values) {}

  private final String title;
  private final List<String> steps;
  private final List<Line> lines = new ArrayList<>();

  /** An empty picture whose horizontal axis has these steps. */
  BandPicture(String title, List<String> steps) {
    this.title = title;
    this.steps = steps;
  }

  /** A line with one value, and its range, for each step. */
  BandPicture line(String name, List<Range> values) {
    if (values.size() != steps.size()) {
      throw new IllegalArgumentException(
          "picture: %s has %d values for %d steps.".formatted(name, values.size(), steps.size()));
    }
    lines.add(new Line(name, values));
    return this;
  }

  /** The picture; the vertical axis ends at 1 and begins a little below the lowest value. */
  String draw(String xLabel, String yLabel) {
    double lowest =
        lines.stream().flatMap(l -> l.values.stream()).mapToDouble(Range::low).min().orElse(0);
    double bottom = Math.floor(lowest / TICK) * TICK;
    var svg = new Svg(WIDTH, HEIGHT, title);
    axes(svg, bottom, xLabel, yLabel);
    for (int i = 0; i < lines.size(); i++) {
      band(svg, lines.get(i), i, bottom);
    }
    for (int i = 0; i < lines.size(); i++) {
      line(svg, lines.get(i), i, bottom);
    }
    return svg.toString();
  }

  private void axes(Svg svg, double bottom, String xLabel, String yLabel) {
    for (int tick = 0; bottom + tick * TICK < 1 + TICK / 2; tick++) {
      double y = y(bottom + tick * TICK, bottom);
      svg.line(LEFT, y, WIDTH - RIGHT, y, "grid");
      String text = String.format(Locale.ROOT, "%.2f", bottom + tick * TICK);
      svg.text(LEFT - 8, y + 4, "end", "tick", text);
    }
    for (int step = 0; step < steps.size(); step++) {
      svg.text(x(step), HEIGHT - BOTTOM + 20, "middle", "tick", steps.get(step));
    }
    svg.text((x(0) + x(steps.size() - 1)) / 2, HEIGHT - 5, "middle", "legend", xLabel);
    svg.raw(
        "<text transform='translate(13 %s) rotate(-90)' text-anchor='middle' class='legend'>%s</text>"
            .formatted(Svg.number((TOP + HEIGHT - BOTTOM) / 2), Svg.escape(yLabel)));
  }

  private void band(Svg svg, Line line, int colour, double bottom) {
    var outline = new StringBuilder();
    for (int step = 0; step < steps.size(); step++) {
      corner(outline, step, line.values.get(step).high(), bottom);
    }
    for (int step = steps.size() - 1; step >= 0; step--) {
      corner(outline, step, line.values.get(step).low(), bottom);
    }
    svg.area(outline.append('Z').toString(), "fill" + (colour + 1), 0.2);
  }

  private void line(Svg svg, Line line, int colour, double bottom) {
    var path = new StringBuilder();
    for (int step = 0; step < steps.size(); step++) {
      corner(path, step, line.values.get(step).mean(), bottom);
    }
    svg.stroke(path.toString(), "line stroke" + (colour + 1), 2.2);
    for (int step = 0; step < steps.size(); step++) {
      svg.mark(x(step), y(line.values.get(step).mean(), bottom), 4, colour);
    }
    double y = y(line.values.getLast().mean(), bottom);
    svg.text(x(steps.size() - 1) + 12, y + 4, "start", "legend", line.name);
  }

  private void corner(StringBuilder path, int step, double value, double bottom) {
    path.append(path.isEmpty() ? 'M' : 'L').append(Svg.number(x(step)));
    path.append(' ').append(Svg.number(y(value, bottom)));
  }

  private double x(int step) {
    return LEFT + 20 + (WIDTH - LEFT - RIGHT - 20) * step / Math.max(1, steps.size() - 1);
  }

  private static double y(double value, double bottom) {
    return TOP + (HEIGHT - TOP - BOTTOM) * (1 - value) / (1 - bottom);
  }
}
