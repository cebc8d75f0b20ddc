package gradus.tensor.kernel.math;

/**
 * Exponentials and logarithms of one float, step by step those of {@link VectorExponential}: the
 * same bits, for the time until its loops are compiled; and the constants of both.
 */
public final class PlainExponential {

  static final float LOG2_E = (float) (1 / Math.log(2));

  /** The first bits of log 2, few enough that a product with n is exact; and the rest. */
  static final float LN2_HIGH = 0x1.62e4p-1f;

  static final float LN2_LOW = (float) (Math.log(2) - 0x1.62e4p-1);

  /** 1.5·2²³: added to a small number it rounds it to an integer, found in the lowest bits. */
  static final float SHIFT = 12582912f;

  static final int SHIFT_BITS = Float.floatToRawIntBits(SHIFT);
  static final int ONE_BITS = Float.floatToRawIntBits(1);

  /** log 2 / log 10, split likewise. */
  static final float LOG10_2_HIGH = 0x1.344p-2f;

  static final float LOG10_2_LOW = 0x1.3509f8p-18f;

  static final float LOG_OF_MIN_NORMAL = -87.33654f;
  static final int SQRT_HALF_BITS = Float.floatToRawIntBits((float) Math.sqrt(0.5));

  private PlainExponential() {}

  public static float exp(float x) {
    float shifted = Math.fma(x, LOG2_E, SHIFT);
    float p = expOfRest(x, shifted - SHIFT);
    if (x > 88.8f) {
      return Float.POSITIVE_INFINITY;
    }
    return x < -104 ? 0 : scaled(p, Float.floatToRawIntBits(shifted) - SHIFT_BITS);
  }

  public static float exp2(float x) {
    float shifted = x + SHIFT;
    float r = x - (shifted - SHIFT);
    float p = Math.fma(r, 0.000154628768f, 0.0013390989f);
    p = Math.fma(Math.fma(p, r, 0.00961806253f), r, 0.0555035956f);
    p = Math.fma(Math.fma(p, r, 0.240226507f), r, 0.693147182f);
    p = Math.fma(p, r, 1);
    if (x >= 128) {
      return Float.POSITIVE_INFINITY;
    }
    return x < -151 ? 0 : scaled(p, Float.floatToRawIntBits(shifted) - SHIFT_BITS);
  }

  /** p·2ⁿ in two factors. */
  private static float scaled(float p, int n) {
    int half = n >> 1;
    return p * power(half) * power(n - half);
  }

  static float expOfNegative(float x) {
    float shifted = Math.fma(x, LOG2_E, SHIFT);
    float p = expOfRest(x, shifted - SHIFT);
    return x < LOG_OF_MIN_NORMAL ? 0 : p * power(shifted);
  }

  static float expOfNegative(float x, float rest) {
    float shifted = Math.fma(x, LOG2_E, SHIFT);
    float n = shifted - SHIFT;
    float r = Math.fma(n, -LN2_HIGH, x) + Math.fma(n, -LN2_LOW, rest);
    return x < LOG_OF_MIN_NORMAL ? 0 : expNear0(r) * power(shifted);
  }

  /** The exponential of {@code VectorExpLoop}. */
  public static float expOfShifted(float v) {
    float shifted = Math.fma(v, LOG2_E, SHIFT);
    float n = shifted - SHIFT;
    float r = Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, v));
    float p = Math.fma(Math.fma(r, 0.00139505998f, 0.00836895406f), r, 0.041666206f);
    p = Math.fma(Math.fma(p, r, 0.166665182f), r, 0.5f);
    p = Math.fma(p * r, r, r) + 1;
    return v < -87.3f ? 0 : p * power(shifted);
  }

  private static float expOfRest(float x, float n) {
    return expNear0(Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, x)));
  }

  private static float expNear0(float r) {
    float p = Math.fma(r, 0.00139505998f, 0.00836895406f);
    p = Math.fma(Math.fma(p, r, 0.041666206f), r, 0.166665182f);
    p = Math.fma(Math.fma(p, r, 0.5f), r, 1);
    return Math.fma(p, r, 1);
  }

  /** 2ⁿ for the n that stands in the lowest bits of n + {@link #SHIFT}. */
  private static float power(float shifted) {
    return Float.intBitsToFloat((Float.floatToRawIntBits(shifted) << 23) + ONE_BITS);
  }

  private static float power(int n) {
    return Float.intBitsToFloat((n + 127) << 23);
  }

  public static float log(float x) {
    boolean tiny = x < Float.MIN_NORMAL;
    int bits = bits(tiny ? x * 8388608 : x);
    float n = exponent(bits, tiny);
    float f = Float.intBitsToFloat((bits & 0x007fffff) + SQRT_HALF_BITS) - 1;
    float p = logTerms(f);
    float square = f * f;
    float small = Math.fma(p * f, square, n * LN2_LOW);
    float result = Math.fma(n, LN2_HIGH, Math.fma(square, -0.5f, small) + f);
    return logAtEnds(result, x);
  }

  public static float log2(float x) {
    return log(x, 0x1.715476p0f, 0x1.4ae0cp-26f, 1, 0);
  }

  public static float log10(float x) {
    return log(x, 0x1.bcb7b2p-2f, -0x1.5b235ep-27f, LOG10_2_HIGH, LOG10_2_LOW);
  }

  private static float log(float x, float high, float low, float twoHigh, float twoLow) {
    boolean tiny = x < Float.MIN_NORMAL;
    int bits = bits(tiny ? x * 8388608 : x);
    float n = exponent(bits, tiny);
    float f = Float.intBitsToFloat((bits & 0x007fffff) + SQRT_HALF_BITS) - 1;
    float bend = Math.fma(logTerms(f), f, -0.5f) * (f * f);
    float small = Math.fma(bend, high, Math.fma(f, low, n * twoLow));
    return logAtEnds(Math.fma(n, twoHigh, Math.fma(f, high, small)), x);
  }

  private static int bits(float scaled) {
    return Float.floatToRawIntBits(scaled) - SQRT_HALF_BITS;
  }

  private static float exponent(int bits, boolean tiny) {
    float n = Float.intBitsToFloat((bits >> 23) + SHIFT_BITS) - SHIFT;
    return tiny ? n - 23 : n;
  }

  private static float logTerms(float f) {
    float p = Math.fma(f, -0.0763444155f, 0.127615675f);
    p = (p * f + -0.131601989f) * f + 0.142017603f;
    p = Math.fma(Math.fma(p, f, -0.166233554f), f, 0.200012267f);
    return Math.fma(Math.fma(p, f, -0.250008225f), f, 0.333333313f);
  }

  private static float logAtEnds(float log, float x) {
    if (!(x >= 0)) {
      return Float.NaN;
    }
    return x == 0
        ? Float.NEGATIVE_INFINITY
        : x == Float.POSITIVE_INFINITY ? Float.POSITIVE_INFINITY : log;
  }

  public static float tanh(float x) {
    float s = x * x;
    float p = Math.fma(s, 0.00214295881f, -0.00817739498f);
    p = Math.fma(Math.fma(Math.fma(p, s, 0.0217007007f), s, -0.0539467633f), s, 0.133332059f);
    p = Math.fma(Math.fma(p, s, -0.333333313f) * s, x, x);
    float size = Math.abs(x);
    float e = expOfNegative(size * -2);
    float large = (1 - e) / (e + 1);
    return size > 0.625f ? Math.copySign(large, x) : p;
  }
}
