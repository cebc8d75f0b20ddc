package gradus.tensor.kernel.math;

/**
 * Sine and cosine of one float, step by step those of {@link VectorTrigonometry}: the same bits,
 * for the time until its loops are compiled; and the constants of both.
 */
public final class PlainTrigonometry {

  /** The |x| up to which three floats of π/2 are enough. */
  public static final float LIMIT = 100_000;

  /** 1.5·2²³: added to a small number it rounds it to an integer, found in the lowest bits. */
  static final float SHIFT = 12582912f;

  static final float TWO_BY_PI = (float) (2 / Math.PI);

  /** π/2 = 1.57079632679489661923132169164 in three floats. */
  static final float HALF_PI = 0x1.921fb6p0f;

  static final float HALF_PI_LOW = -0x1.777a5cp-25f;
  static final float HALF_PI_LOWEST = -0x1.ee59dap-50f;

  private PlainTrigonometry() {}

  public static float sin(float x) {
    return Math.abs(x) <= LIMIT ? ofQuarter(x, 0) : (float) Math.sin(x);
  }

  public static float cos(float x) {
    return Math.abs(x) <= LIMIT ? ofQuarter(x, 1) : (float) Math.cos(x);
  }

  private static float ofQuarter(float x, int turned) {
    float shifted = Math.fma(x, TWO_BY_PI, SHIFT);
    int quarter = Float.floatToRawIntBits(shifted) + turned;
    float n = shifted - SHIFT;
    float first = Math.fma(n, -HALF_PI, x);
    float product = n * HALF_PI_LOW;
    float r = first - product;
    float rest = first - r - product - Math.fma(n, HALF_PI_LOW, -product);
    rest = Math.fma(n, -HALF_PI_LOWEST, rest);
    float square = r * r;
    float cos = cosine(r, rest, square);
    float result = (quarter & 1) != 0 ? cos : sine(r, rest, square, cos);
    return Float.intBitsToFloat(
        Float.floatToRawIntBits(result) ^ (quarter << 30 & Integer.MIN_VALUE));
  }

  private static float sine(float r, float rest, float square, float cos) {
    float p = Math.fma(square, -0.000195186207f, 0.00833219104f);
    p = Math.fma(p, square, -0.166666552f) * (square * r);
    return Math.fma(rest, cos, p) + r;
  }

  private static float cosine(float r, float rest, float square) {
    float p = Math.fma(square, 2.4432562e-05f, -0.00138873106f);
    p = Math.fma(p, square, 0.0416666456f) * (square * square);
    float start = Math.fma(square, -0.5f, 1);
    float lost = Math.fma(square, -0.5f, 1 - start);
    return Math.fma(-r, rest, p + lost) + start;
  }
}
