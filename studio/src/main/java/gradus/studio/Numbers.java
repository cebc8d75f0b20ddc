package gradus.studio;

import java.util.Locale;

/** Numbers as people write them. */
final class Numbers {
  private Numbers() {}

  /** Up to four digits that count: {@code 0.3333}, {@code 12}, {@code 1.2e-7}. */
  static String text(double x) {
    if (x == Math.rint(x) && Math.abs(x) < 1e6) {
      return String.valueOf((long) x);
    }
    if (!Double.isFinite(x)) {
      return Double.isNaN(x) ? "NaN" : x > 0 ? "∞" : "-∞";
    }
    double size = Math.abs(x);
    if (size < 1e-3 || size >= 1e6) {
      return String.format(Locale.ROOT, "%.2e", x);
    }
    String text = String.format(Locale.ROOT, "%.4f", x);
    return text.replaceAll("0+$", "").replaceAll("\\.$", "");
  }
}
