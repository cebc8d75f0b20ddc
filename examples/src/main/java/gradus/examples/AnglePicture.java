package gradus.examples;

import gradus.examples.picture.Svg;
import java.util.ArrayList;
import java.util.List;

/** Draws pairs of words as arrows from one point, at the angle their cosine stands for. */
final class AnglePicture {

  private static final double DIAL = 250;
  private static final double HEIGHT = 196;
  private static final double ARM = 130;
  private static final int ACROSS = 3;

  private record Dial(String level, String turned, double[] cosines) {}

  private final String title;
  private final List<String> measures;
  private final List<Dial> dials = new ArrayList<>();

  /**
   * An empty picture.
   *
   * @param measures what each of a pair's cosines was measured by
   */
  AnglePicture(String title, List<String> measures) {
    this.title = title;
    this.measures = measures;
  }

  /** Another pair: the first word lies level, the second is turned by each of the angles. */
  AnglePicture pair(String level, String turned, double... cosines) {
    if (cosines.length != measures.size()) {
      throw new IllegalArgumentException(
          "picture: %s – %s has %d cosines for %d measures."
              .formatted(level, turned, cosines.length, measures.size()));
    }
    dials.add(new Dial(level, turned, cosines));
    return this;
  }

  String draw() {
    int rows = (dials.size() + ACROSS - 1) / ACROSS;
    var svg = new Svg(10 + DIAL * ACROSS, 30 + HEIGHT * rows, title);
    double x = 12;
    for (int measure = 0; measure < measures.size(); measure++) {
      svg.line(x, 14, x + 26, 14, style(measure));
      svg.text(x + 32, 19, "start", "legend", measures.get(measure));
      x += 60 + 7.6 * measures.get(measure).length();
    }
    for (int i = 0; i < dials.size(); i++) {
      dial(svg, dials.get(i), 40 + DIAL * (i % ACROSS), 30 + HEIGHT * (i / ACROSS + 1) - 34);
    }
    return svg.toString();
  }

  private static String style(int measure) {
    return "arrow stroke" + (measure + 1) + (measure == 0 ? " dashed" : "");
  }

  private void dial(Svg svg, Dial dial, double x, double y) {
    svg.arrow(x, y, x + ARM, y, "arrow edge");
    svg.text(x + ARM + 6, y + 4, "start", "strong", dial.level());
    svg.text(x, y + 24, "start", "strong", dial.level() + " – " + dial.turned());
    for (int measure = 0; measure < measures.size(); measure++) {
      double cosine = dial.cosines()[measure];
      double angle = Math.toRadians(Figures.angle(cosine));
      svg.arrow(x, y, x + ARM * Math.cos(angle), y - ARM * Math.sin(angle), style(measure));
      double radius = 34 + 20 * measure;
      svg.path(
          "M%s %sA%s %s 0 0 0 %s %s"
              .formatted(
                  Svg.number(x + radius),
                  Svg.number(y),
                  Svg.number(radius),
                  Svg.number(radius),
                  Svg.number(x + radius * Math.cos(angle)),
                  Svg.number(y - radius * Math.sin(angle))),
          "line stroke" + (measure + 1));
      svg.text(
          x + ARM + 64,
          y - ARM + 16 + 18 * measure,
          "middle",
          "label fill" + (measure + 1),
          Figures.degrees(cosine));
    }
  }
}
