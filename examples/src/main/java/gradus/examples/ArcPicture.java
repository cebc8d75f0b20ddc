package gradus.examples;

import gradus.examples.picture.Svg;
import java.util.List;
import java.util.Locale;

/** Draws a sentence and how much one of its words looks at each of the others: as arcs. */
final class ArcPicture {

  private ArcPicture() {}

  /**
   * The sentence on one line, an arc from the word that looks to every word it looks at.
   *
   * @param words the sentence
   * @param from the place of the word that looks
   * @param weights its attention to each word, together 1
   * @param colour the number of the colour, from 1
   */
  static String draw(List<String> words, int from, double[] weights, int colour) {
    double x = 20;
    double[] middle = new double[words.size()];
    for (int i = 0; i < words.size(); i++) {
      double width = 8.2 * words.get(i).length() + 12;
      middle[i] = x + width / 2;
      x += width + 8;
    }
    double base = 14;
    for (int i = 0; i < middle.length; i++) {
      base = Math.max(base, 14 + 0.75 * rise(middle[from], middle[i]));
    }
    var svg = new Svg(Math.max(x, 400), base + 52, "Attention of " + words.get(from));
    for (int i = 0; i < words.size(); i++) {
      double width = 8.2 * words.get(i).length() + 12;
      svg.tint(middle[i] - width / 2, base + 4, width, 24, "fill" + colour, 0.75 * weights[i]);
      svg.text(
          middle[i], base + 21, "middle", i == from ? "legend strong" : "legend", words.get(i));
      svg.text(
          middle[i],
          base + 44,
          "middle",
          "tick",
          String.format(Locale.ROOT, "%.0f %%", 100 * weights[i]));
      if (weights[i] >= 0.005) {
        svg.stroke(
            arc(middle[from], middle[i], base), "line stroke" + colour, 0.8 + 9 * weights[i]);
      }
    }
    return svg.toString();
  }

  /** How high above the words the curve of an arc is pulled; it reaches three quarters of that. */
  private static double rise(double from, double to) {
    return Math.min(140, from == to ? 40 : 22 + 0.42 * Math.abs(to - from));
  }

  private static String arc(double from, double to, double base) {
    if (from == to) {
      return "M%s %sC%s %s %s %s %s %s"
          .formatted(
              Svg.number(from - 5),
              Svg.number(base),
              Svg.number(from - 22),
              Svg.number(base - 40),
              Svg.number(from + 22),
              Svg.number(base - 40),
              Svg.number(from + 5),
              Svg.number(base));
    }
    double top = base - rise(from, to);
    return "M%s %sC%s %s %s %s %s %s"
        .formatted(
            Svg.number(from),
            Svg.number(base),
            Svg.number(from),
            Svg.number(top),
            Svg.number(to),
            Svg.number(top),
            Svg.number(to),
            Svg.number(base));
  }
}
