package gradus.nn;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Values as Python writes them, so that a layer prints as in PyTorch: {@code 1e-05}, {@code (3,
 * 4)}, {@code True}.
 */
final class PythonText {
  private PythonText() {}

  /** A float as Python's {@code repr}: shortest digits, an exponent below 1e-4 and from 1e16. */
  static String of(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    double size = Math.abs(value);
    if (size == 0 || (size >= 1e-4 && size < 1e16)) {
      String plain = new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
      return plain.contains(".") ? plain : plain + ".0";
    }
    String[] parts = Double.toString(value).split("E");
    String digits =
        parts[0].endsWith(".0") ? parts[0].substring(0, parts[0].length() - 2) : parts[0];
    int exponent = Integer.parseInt(parts[1]);
    return digits + "e" + (exponent < 0 ? "-" : "+") + String.format("%02d", Math.abs(exponent));
  }

  static String of(boolean value) {
    return value ? "True" : "False";
  }

  /** A tuple: {@code (3, 4)}, and {@code (5,)} for one size. */
  static String tuple(int... values) {
    return values.length == 1
        ? "(" + values[0] + ",)"
        : Arrays.stream(values)
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(", ", "(", ")"));
  }

  /** One number as it is, several as a tuple. */
  static String numbers(int... values) {
    return values.length == 1 ? Integer.toString(values[0]) : tuple(values);
  }

  /** The same; null is None. */
  static String numbers(Integer... values) {
    String text =
        Arrays.stream(values)
            .map(v -> v == null ? "None" : v.toString())
            .collect(Collectors.joining(", "));
    return values.length == 1 ? text : "(" + text + ")";
  }
}
