package gradus.tensor.kernel.random;

import gradus.tensor.kernel.Parallel;

/**
 * Uniform numbers made normal, sixteen at a time: the first eight give radii, the other eight
 * angles.
 *
 * <p>The FLOAT32 form rounds where PyTorch's vectorised one does, so that both yield the same bits:
 * logarithm, sine and cosine by the polynomials of Cephes, with fused multiply-adds. Box and
 * Muller, 1958; Moshier, "Methods and Programs for Mathematical Functions", 1989.
 */
public final class NormalPairs {
  private static final float TWO_PI = (float) (2 * Math.PI);
  private static final float SQRT_HALF = (float) Math.sqrt(0.5);
  private static final float FOUR_OVER_PI = (float) (4 / Math.PI);

  /** log(1 + x) = x − x²/2 + x³·P(x) between √½ − 1 and √2 − 1, highest power first. */
  private static final float[] LOG = {
    7.0376836292e-2f,
    -1.1514610310e-1f,
    1.1676998740e-1f,
    -1.2420140846e-1f,
    1.4249322787e-1f,
    -1.6668057665e-1f,
    2.0000714765e-1f,
    -2.4999993993e-1f,
    3.3333331174e-1f
  };

  /** sin x = x + x³·P(x²) and cos x = 1 − x²/2 + x⁴·P(x²) up to π/4. */
  private static final float[] SIN = {-1.9515295891e-4f, 8.3321608736e-3f, -1.6666654611e-1f};

  private static final float[] COS = {
    2.443315711809948e-5f, -1.388731625493765e-3f, 4.166664568298827e-2f
  };

  private NormalPairs() {}

  /** Makes whole blocks of sixteen normal, on all threads; what is left over at the end stays. */
  public static void transformAll(float[] data, int from, int to, float mean, float std) {
    Parallel.rows(
        (to - from) / 16,
        16 * 12L,
        (first, last) -> transform(data, from + 16 * first, from + 16 * last, mean, std));
  }

  /** Makes whole blocks of sixteen normal; what is left over at the end stays. */
  public static void transform(float[] data, int from, int to, float mean, float std) {
    for (int block = from; block + 16 <= to; block += 16) {
      sixteen(data, block, mean, std);
    }
  }

  /** The same in double precision. */
  public static void transform(double[] data, int from, int to, double mean, double std) {
    for (int block = from; block + 16 <= to; block += 16) {
      for (int i = block; i < block + 8; i++) {
        double radius = Math.sqrt(-2 * Math.log(1 - data[i]));
        double angle = 2 * Math.PI * data[i + 8];
        data[i] = Math.fma(radius * Math.cos(angle), std, mean);
        data[i + 8] = Math.fma(radius * Math.sin(angle), std, mean);
      }
    }
  }

  private static void sixteen(float[] data, int from, float mean, float std) {
    for (int i = from; i < from + 8; i++) {
      float radius = (float) Math.sqrt(-2 * log(1 - data[i]));
      float angle = TWO_PI * data[i + 8];
      // the octant decides which of the two polynomials gives the sine, and the signs
      int octant = ((int) (angle * FOUR_OVER_PI) + 1) & ~1;
      float x = reduced(angle, octant);
      boolean swapped = (octant & 2) != 0;
      float sin = swapped ? cosine(x) : sine(x);
      float cos = swapped ? sine(x) : cosine(x);
      data[i] = Math.fma(radius * (((octant - 2) & 4) == 0 ? -cos : cos), std, mean);
      data[i + 8] = Math.fma(radius * ((octant & 4) == 0 ? sin : -sin), std, mean);
    }
  }

  /** {@code x - octant · π/4}, with π/4 in three parts, of which the first two multiply exactly. */
  private static float reduced(float x, int octant) {
    x = Math.fma(octant, -0.78515625f, x);
    x = Math.fma(octant, -2.4187564849853515625e-4f, x);
    return Math.fma(octant, -3.77489497744594108e-8f, x);
  }

  private static float sine(float x) {
    float square = x * x;
    return Math.fma(polynomial(SIN, square) * square, x, x);
  }

  private static float cosine(float x) {
    float square = x * x;
    return Math.fma(polynomial(COS, square) * square, square, -0.5f * square) + 1;
  }

  /** The logarithm of a positive number: exponent · log 2 (in two parts) + that of the mantissa. */
  private static float log(float x) {
    int bits = Float.floatToRawIntBits(x);
    float exponent = (bits >>> 23) - 126;
    float mantissa = Float.intBitsToFloat((bits & 0x7fffff) | 0x3f000000);
    if (mantissa < SQRT_HALF) {
      exponent--;
      mantissa = mantissa - 1 + mantissa;
    } else {
      mantissa--;
    }
    float square = mantissa * mantissa;
    float tail = Math.fma(polynomial(LOG, mantissa) * mantissa, square, exponent * -2.12194440e-4f);
    return Math.fma(exponent, 0.693359375f, mantissa + (tail - 0.5f * square));
  }

  private static float polynomial(float[] coefficients, float x) {
    float y = coefficients[0];
    for (int i = 1; i < coefficients.length; i++) {
      y = Math.fma(y, x, coefficients[i]);
    }
    return y;
  }
}
