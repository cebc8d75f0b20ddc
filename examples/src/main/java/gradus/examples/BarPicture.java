package gradus.examples;

import gradus.examples.picture.Svg;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Draws figures as bars from a common zero, to the right or, below zero, to the left. */
final class BarPicture {

  private static final double WIDTH = 760;
  private static final double LABELS = 160;
  private static final double LINE = 26;
  private static final double FIGURE = 56;

  private record Bar(String label, double value, int colour) {}

  private final String title;
  private final double tick;
  private final List<Bar> bars = new ArrayList<>();

  /** An empty picture with a line every so much. */
  BarPicture(String title, double tick) {
    this.title = title;
    this.tick = tick;
  }

  /** Another bar; the colours count from 1. */
  BarPicture bar(String label, double value, int colour) {
    bars.add(new Bar(label, value, colour));
    return this;
  }

  String draw() {
    Range all = Range.of(bars.stream().mapToDouble(Bar::value).toArray());
    double left = Math.floor(Math.min(0, all.low()) / tick);
    double right = Math.ceil(Math.max(0, all.high()) / tick);
    double from = LABELS + (left < 0 ? FIGURE : 0);
    double unit = (WIDTH - from - FIGURE) / (right - left);
    double zero = from - left * unit;
    double bottom = LINE * bars.size();
    var svg = new Svg(WIDTH, bottom + 26, title);
    for (double line = left; line <= right; line++) {
      double x = zero + line * unit;
      svg.line(x, 0, x, bottom, "grid");
      svg.text(x, bottom + 16, "middle", "tick", String.format(Locale.ROOT, "%.2f", line * tick));
    }
    for (int i = 0; i < bars.size(); i++) {
      Bar bar = bars.get(i);
      double end = zero + bar.value() / tick * unit;
      double y = LINE * i + 4;
      svg.text(LABELS - 14, y + 13, "end", "legend", bar.label());
      svg.rect(Math.min(zero, end), y, Math.abs(end - zero), 17, 2, "fill" + bar.colour());
      boolean below = bar.value() < 0;
      svg.text(
          end + (below ? -6 : 6),
          y + 13,
          below ? "end" : "start",
          "label",
          Figures.three(bar.value()));
    }
    return svg.toString();
  }
}
