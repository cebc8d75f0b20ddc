package gradus.text.io;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Writes floats as Python and C do. */
public final class FloatPrinter {

  /** Below it, six decimals times a float's 24 bits are exact in a double. */
  private static final float EXACT_BELOW = 1 << 30;

  private FloatPrinter() {}

  /** How a number is written. */
  public enum Numbers {
    /** Four bytes. */
    BYTES,
    /** As short as possible, 1.0 with a point. */
    REPR,
    /** As short as possible, 1 without. */
    SHORT,
    /** With six decimals. */
    FIXED
  }

  /** Appends a number in one of the forms of text. */
  public static void append(StringBuilder out, float value, Numbers form) {
    if (Float.isNaN(value)) {
      out.append("nan");
    } else if (Float.isInfinite(value)) {
      out.append(value < 0 ? "-inf" : "inf");
    } else if (form == Numbers.FIXED) {
      fixed(out, value);
    } else {
      shortest(out, value, form == Numbers.REPR);
    }
  }

  /** {@code %f}: six decimals of the exact value, ties to even. */
  private static void fixed(StringBuilder out, float value) {
    if (Math.abs(value) >= EXACT_BELOW) {
      out.append(new BigDecimal(value).setScale(6, RoundingMode.HALF_EVEN).toPlainString());
      return;
    }
    long millionths = (long) Math.rint(Math.abs((double) value) * 1e6);
    out.append(Float.floatToRawIntBits(value) < 0 ? "-" : "");
    out.append(millionths / 1_000_000).append('.');
    String decimals = Long.toString(millionths % 1_000_000);
    out.append("000000", 0, 6 - decimals.length()).append(decimals);
  }

  /**
   * The fewest digits that round to this float: {@code repr} of numpy's float32, and Java's {@code
   * toString}, but for the places where either goes over to exponents.
   */
  private static void shortest(StringBuilder out, float value, boolean point) {
    String text = Float.toString(value);
    float size = Math.abs(value);
    if (size < 1e-3f && size > 0 || size >= 1e7f) {
      rewrite(out, text, value, point);
    } else if (!point && text.endsWith(".0")) {
      out.append(text, 0, text.length() - 2);
    } else {
      out.append(text);
    }
  }

  /** Java's {@code -1.2E-5} as {@code -1.2e-05}, {@code 1.2E-4} as {@code 0.00012}. */
  private static void rewrite(StringBuilder out, String text, float value, boolean point) {
    BigDecimal number = new BigDecimal(text).stripTrailingZeros();
    if (number.precision() == 2) {
      // Java gives two digits where one would do.
      BigDecimal one = number.setScale(number.scale() - 1, RoundingMode.HALF_EVEN);
      number = one.floatValue() == value ? one.stripTrailingZeros() : number;
    }
    int exponent = number.precision() - number.scale() - 1;
    // C looks at the digits, numpy at the number: the float 0.0001 lies a little below 1e-4.
    boolean small = point ? Math.abs((double) value) < 1e-4 : exponent < -4;
    if (!small && exponent < 16) {
      out.append(number.toPlainString()).append(point && number.scale() <= 0 ? ".0" : "");
      return;
    }
    String digits = number.unscaledValue().abs().toString();
    out.append(number.signum() < 0 ? "-" : "").append(digits.charAt(0));
    if (digits.length() > 1) {
      out.append('.').append(digits, 1, digits.length());
    }
    int size = Math.abs(exponent);
    out.append(exponent < 0 ? "e-" : "e+").append(size < 10 ? "0" : "").append(size);
  }
}
