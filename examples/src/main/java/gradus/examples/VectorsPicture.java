package gradus.examples;

import gradus.examples.picture.Svg;
import java.util.Locale;

/** Draws three vectors from one point, at their true lengths, angles and distances. */
final class VectorsPicture {

  /**
   * A vector.
   *
   * @param length how long it is
   * @param cosine of its angle to the first one
   */
  record Arm(String name, double length, double cosine) {

    double angle() {
      return Math.acos(cosine);
    }

    /** How far its tip is from that of the level one, by the law of cosines. */
    double distance(Arm level) {
      return Math.sqrt(
          length * length + level.length * level.length - 2 * length * level.length * cosine);
    }
  }

  private VectorsPicture() {}

  /** The first vector level, the second above it, the third below. */
  static String draw(Arm level, Arm above, Arm below) {
    double up = above.length() * Math.sin(above.angle());
    double down = below.length() * Math.sin(below.angle());
    double far =
        Math.max(
            level.length(),
            Math.max(above.length() * above.cosine(), below.length() * below.cosine()));
    double scale = Math.min(460 / far, 330 / (up + down));
    double x0 = 30;
    double y0 = 30 + up * scale;
    double tip = x0 + scale * level.length();
    var svg =
        new Svg(
            760,
            y0 + scale * down + 40,
            "Vectors of %s, %s and %s".formatted(level.name(), above.name(), below.name()));
    svg.arrow(x0, y0, tip, y0, "arrow stroke3");
    svg.text(
        tip + 8,
        y0 + 4,
        "start",
        "strong",
        String.format(Locale.ROOT, "%s, length %.2f", level.name(), level.length()));
    arm(svg, level, above, x0, y0, -scale, 1);
    arm(svg, level, below, x0, y0, scale, 2);
    return svg.toString();
  }

  /** An arm above (a negative scale) or below the level one, and the distance to it. */
  private static void arm(
      Svg svg, Arm level, Arm arm, double x0, double y0, double scale, int colour) {
    double size = Math.abs(scale);
    double tip = x0 + size * level.length();
    double x = x0 + size * arm.length() * arm.cosine();
    double y = y0 + scale * arm.length() * Math.sin(arm.angle());
    svg.line(tip, y0, x, y, "edge dashed");
    svg.arrow(x0, y0, x, y, "arrow stroke" + colour);
    svg.text(
        x + 8,
        y + (scale > 0 ? 12 : -2),
        "start",
        "strong",
        String.format(
            Locale.ROOT,
            "%s, length %.2f, cosine %.2f, %s",
            arm.name(),
            arm.length(),
            arm.cosine(),
            Figures.degrees(arm.cosine())));
    svg.text(
        (tip + x) / 2 + 10,
        (y0 + y) / 2 + (scale > 0 ? 8 : 0),
        "start",
        "label",
        "distance " + Figures.three(arm.distance(level)));
  }
}
