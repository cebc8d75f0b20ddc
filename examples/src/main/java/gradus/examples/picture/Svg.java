package gradus.examples.picture;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/**
 * Writes a small SVG picture, element by element.
 *
 * <p>Colours come from classes of the page's style sheet ({@link PageStyle}), so that one picture
 * reads well on light and on dark ground.
 */
public final class Svg {

  /** On a narrow screen a picture shrinks no further than until its letters are this small. */
  private static final double READABLE = 10;

  /**
   * The most a picture may shrink: the smallest letters of the style sheet become readable ones.
   */
  private static final double SHRINK = READABLE / PageStyle.SMALLEST;

  private final StringBuilder body = new StringBuilder();
  private final double width;
  private final double height;
  private final String title;

  /**
   * An empty picture.
   *
   * @param width width in user units
   * @param height height in user units
   * @param title what it shows, for readers who cannot see it
   */
  public Svg(double width, double height, String title) {
    this.width = width;
    this.height = height;
    this.title = title;
  }

  public Svg line(double x1, double y1, double x2, double y2, String style) {
    return add("<line x1='%s' y1='%s' x2='%s' y2='%s' class='%s'/>", x1, y1, x2, y2, style);
  }

  public Svg rect(double x, double y, double width, double height, double radius, String style) {
    return add(
        "<rect x='%s' y='%s' width='%s' height='%s' rx='%s' class='%s'/>",
        x, y, width, height, radius, style);
  }

  /** A rectangle that covers its ground by a share 0..1. */
  public Svg tint(double x, double y, double width, double height, String style, double share) {
    return add(
        "<rect x='%s' y='%s' width='%s' height='%s' rx='2' class='%s' fill-opacity='%s'/>",
        x, y, width, height, style, Math.clamp(share, 0, 1));
  }

  public Svg path(String commands, String style) {
    return add("<path d='%s' class='%s'/>", commands, style);
  }

  /** A path whose line is so thick. */
  public Svg stroke(String commands, String style, double thickness) {
    return add("<path d='%s' class='%s' stroke-width='%s'/>", commands, style, thickness);
  }

  /** A closed path that covers its ground by a share 0..1. */
  public Svg area(String commands, String style, double share) {
    return add("<path d='%s' class='%s' fill-opacity='%s'/>", commands, style, share);
  }

  /** About how wide a text in letters of 12 pixels is, in a wide font. */
  public static double width(String text) {
    return text.chars()
        .mapToDouble(c -> "mwMW…".indexOf(c) >= 0 ? 11.2 : "ijlftr.,' ".indexOf(c) >= 0 ? 4.6 : 7.5)
        .sum();
  }

  /** Text; anchor is {@code start}, {@code middle} or {@code end}. */
  public Svg text(double x, double y, String anchor, String style, String content) {
    return add(
        "<text x='%s' y='%s' text-anchor='%s' class='%s'>%s</text>",
        x, y, anchor, style, escape(content));
  }

  /** A mark for a point; the shape differs by group, so that colour is not the only sign. */
  public Svg mark(double x, double y, double r, int group) {
    String style = "fill" + (group % PageStyle.COLOURS + 1);
    return switch (group % PageStyle.COLOURS) {
      case 0 -> add("<circle cx='%s' cy='%s' r='%s' class='%s'/>", x, y, r, style);
      case 1 -> rect(x - r * 0.9, y - r * 0.9, r * 1.8, r * 1.8, 1, style);
      case 2 ->
          path(polygon(x, y - 1.3 * r, x + 1.2 * r, y + 0.9 * r, x - 1.2 * r, y + 0.9 * r), style);
      case 3 ->
          path(polygon(x, y - 1.3 * r, x + 1.3 * r, y, x, y + 1.3 * r, x - 1.3 * r, y), style);
      case 4 ->
          path(polygon(x, y + 1.3 * r, x + 1.2 * r, y - 0.9 * r, x - 1.2 * r, y - 0.9 * r), style);
      default ->
          rect(x - 1.3 * r, y - 0.45 * r, 2.6 * r, 0.9 * r, 1, style)
              .rect(x - 0.45 * r, y - 1.3 * r, 0.9 * r, 2.6 * r, 1, style);
    };
  }

  /** A straight arrow with its head at the second point. */
  public Svg arrow(double x1, double y1, double x2, double y2, String style) {
    double length = Math.hypot(x2 - x1, y2 - y1);
    if (length < 1e-9) {
      return this;
    }
    double ux = (x2 - x1) / length;
    double uy = (y2 - y1) / length;
    double bx = x2 - 9 * ux;
    double by = y2 - 9 * uy;
    line(x1, y1, bx, by, style);
    return path(
        polygon(x2, y2, bx - 4 * uy, by + 4 * ux, bx + 4 * uy, by - 4 * ux), style + " head");
  }

  /** Anything already written as SVG. */
  public Svg raw(String markup) {
    body.append(markup).append('\n');
    return this;
  }

  private static String polygon(double... xy) {
    var commands = new StringBuilder("M");
    for (int i = 0; i < xy.length; i += 2) {
      commands
          .append(i == 0 ? "" : "L")
          .append(number(xy[i]))
          .append(' ')
          .append(number(xy[i + 1]));
    }
    return commands.append('Z').toString();
  }

  private Svg add(String pattern, Object... values) {
    for (int i = 0; i < values.length; i++) {
      if (values[i] instanceof Double number) {
        values[i] = number(number);
      }
    }
    return raw(String.format(Locale.ROOT, pattern, values));
  }

  /** A coordinate with at most two decimals. */
  public static String number(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("svg: a coordinate is " + value + ".");
    }
    String text = String.format(Locale.ROOT, "%.2f", value);
    return text.replaceAll("\\.?0+$", "");
  }

  /** A figure of any size, with four digits that count. */
  public static String figure(double value) {
    var four = new BigDecimal(value).round(new MathContext(4)).stripTrailingZeros();
    return four.toPlainString();
  }

  /** Text with the signs that mean something to XML replaced. */
  public static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("'", "&#39;")
        .replace("\"", "&quot;");
  }

  /** The picture as an {@code svg} element. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "<svg viewBox='0 0 %s %s' style='min-width:%spx;max-width:%spx' role='img'><title>%s</title>%n%s</svg>",
        number(width),
        number(height),
        number(Math.ceil(width * SHRINK)),
        number(width),
        escape(title),
        body);
  }
}
