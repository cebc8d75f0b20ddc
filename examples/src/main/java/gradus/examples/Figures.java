package gradus.examples;

import gradus.tensor.Tensor;
import java.util.Locale;

/** How figures are measured and written in the lesson. */
final class Figures {

  private Figures() {}

  /** Three decimals, such as {@code 0.627}. */
  static String three(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  /** How far off something is, such as {@code 4.8e-07}; just 0 if it is not. */
  static String error(double value) {
    return value == 0 ? "0" : String.format(Locale.ROOT, "%.1e", value);
  }

  /** Two of them, as {@code 0.346 → 0.098}. */
  static String change(double before, double after) {
    return three(before) + " → " + three(after);
  }

  /** A cosine and its angle, such as {@code 0.627 (51°)}. */
  static String withAngle(double cosine) {
    return "%s (%s)".formatted(three(cosine), degrees(cosine));
  }

  /** Whole degrees, such as {@code 51°}. */
  static String degrees(double cosine) {
    return String.format(Locale.ROOT, "%.0f°", angle(cosine));
  }

  /** The angle of a cosine, in degrees. */
  static double angle(double cosine) {
    return Math.toDegrees(Math.acos(Math.clamp(cosine, -1, 1)));
  }

  /** The cosine of the angle between two vectors: u·v / (‖u‖ ‖v‖). */
  static double cosine(Tensor u, Tensor v) {
    return u.dot(v).item() / (u.norm().item() * v.norm().item());
  }

  /** The rows of a matrix, each brought to length one. */
  static Tensor unit(Tensor rows) {
    return rows.div(rows.norm(2, 1, true));
  }
}
