package gradus.tensor.kernel.math;

import gradus.tensor.kernel.Lanes;
import java.util.function.DoubleUnaryOperator;

/**
 * Activations and the error function of one float, by {@link PiecewisePolynomial}: the same bits as
 * {@link VectorPiecewise}, for the time until its loops are compiled; and the tables of both.
 */
public final class PlainPiecewise {

  /** Whether this machine's vectors are wide enough for these forms to be used. */
  public static final boolean AVAILABLE = Lanes.COUNT == PiecewisePolynomial.COUNT;

  /** Added to a small number it rounds it to an integer, found in the lowest bits. */
  static final float SHIFT = 12582912f;

  static final float TANH_WIDTH = 0.585f;
  static final float SIGMOID_WIDTH = 0.75f;
  static final float SILU_WIDTH = 0.5f;
  static final float ERF_WIDTH = 0.2535f;
  static final float GELU_WIDTH = 0.25f;

  /** The pieces in which a gate is stored less x/2. */
  static final int GATE_NEAR = 2;

  /** The |x| up to which the tables go. */
  public static final float SIGMOID_LIMIT = 15.49f * SIGMOID_WIDTH;

  public static final float SILU_LIMIT = 15.49f * SILU_WIDTH;

  public static final float GELU_LIMIT = 15.49f * GELU_WIDTH;

  /** The tables, each in a class of its own: made when first needed. */
  static final class Tanh {
    static final int[] TABLE =
        PiecewisePolynomial.of(t -> StrictMath.tanh(t) - t, 2, StrictMath::tanh, TANH_WIDTH, 7);
  }

  static final class Error {
    static final int[] TABLE =
        PiecewisePolynomial.of(t -> Erf.erf(t) - t, 3, Erf::erf, ERF_WIDTH, 6);
  }

  static final class Sigmoid {
    static final int[] TABLE =
        PiecewisePolynomial.of(t -> 1 / (1 + StrictMath.exp(t)), SIGMOID_WIDTH, 6);
  }

  static final class Silu {
    static final int[] TABLE = gate(t -> 1 / (1 + StrictMath.exp(t)), SILU_WIDTH);
  }

  static final class Gelu {
    static final int[] TABLE = gate(t -> Erf.ndtr(-t), GELU_WIDTH);
  }

  static final class GeluTanh {
    static final int[] TABLE = gate(t -> 1 / (1 + StrictMath.exp(argument(t))), GELU_WIDTH);

    private static double argument(double t) {
      return 2 * StrictMath.sqrt(2 / StrictMath.PI) * (t + 0.044715 * t * t * t);
    }
  }

  /** For {@link #gated}: x·F(x) less x/2 near 0, beyond less max(x, 0), where F(−t) is given. */
  private static int[] gate(DoubleUnaryOperator f, float width) {
    return PiecewisePolynomial.of(
        t -> t * (0.5 - f.applyAsDouble(t)), GATE_NEAR, t -> -t * f.applyAsDouble(t), width, 6);
  }

  private static final double SLOPE = 2 * Math.sqrt(2 / Math.PI);
  static final float SLOPE_HIGH = (float) SLOPE;
  static final float SLOPE_LOW = (float) (SLOPE - SLOPE_HIGH);
  static final float CUBE = (float) (0.044715 * SLOPE);
  static final float CUBE_LOW = (float) (0.044715 * SLOPE - CUBE);

  private PlainPiecewise() {}

  public static float tanh(float x) {
    float t = Math.abs(x);
    t = t > 9.05f ? 9.05f : t;
    int i = piece(t, 1 / TANH_WIDTH);
    int[] table = Tanh.TABLE;
    float centre = pick(table, 0, i);
    float r = t - centre;
    float p = polynomial(Math.fma(pick(table, 8, i), r, pick(table, 7, i)), r, table, i);
    return withSign(p + (centre < 1.5f * TANH_WIDTH ? t : 0), x);
  }

  public static float erf(float x) {
    float t = Math.abs(x);
    t = t > 3.925f ? 3.925f : t;
    int i = piece(t, 1 / ERF_WIDTH);
    int[] table = Error.TABLE;
    float centre = pick(table, 0, i);
    float p = polynomial(pick(table, 7, i), t - centre, table, i);
    return withSign(p + (centre < 2.5f * ERF_WIDTH ? t : 0), x);
  }

  public static float sigmoid(float x) {
    float t = Math.abs(x);
    float h;
    if (t > SIGMOID_LIMIT) {
      h = logistic(t);
    } else {
      int i = piece(t, 1 / SIGMOID_WIDTH);
      int[] table = Sigmoid.TABLE;
      h = polynomial(pick(table, 7, i), t - pick(table, 0, i), table, i);
    }
    return x > 0 ? 1 - h : h;
  }

  public static float silu(float x) {
    return Math.abs(x) > SILU_LIMIT ? x * sigmoidFar(x) : gated(Silu.TABLE, x, SILU_WIDTH);
  }

  private static float sigmoidFar(float x) {
    float h = logistic(Math.abs(x));
    return x > 0 ? 1 - h : h;
  }

  public static float gelu(float x) {
    float t = Math.abs(x);
    if (!(t > GELU_LIMIT)) {
      return gated(Gelu.TABLE, x, GELU_WIDTH);
    }
    t = t > 15 ? 15 : t;
    float half = t * -0.5f;
    float z = t * half;
    float h = PlainExponential.expOfNegative(z, Math.fma(t, half, -z)) * mills(t);
    return x * (x > 0 ? 1 - h : h);
  }

  public static float geluTanh(float x) {
    float t = Math.abs(x);
    if (!(t > GELU_LIMIT)) {
      return gated(GeluTanh.TABLE, x, GELU_WIDTH);
    }
    float b = t > 15 ? 15 : t;
    float s = b * b;
    float p = s * CUBE;
    float k = p + SLOPE_HIGH;
    float kLost = SLOPE_HIGH - (k - p) + SLOPE_LOW;
    kLost = Math.fma(s, CUBE, -p) + Math.fma(s, CUBE_LOW, kLost);
    kLost = Math.fma(Math.fma(b, b, -s), CUBE, kLost);
    float z = b * k;
    float lost = Math.fma(b, k, -z) + b * kLost;
    float e = PlainExponential.expOfNegative(-z, -lost);
    float h = -(e * e) + e;
    return x * (x > 0 ? 1 - h : h);
  }

  private static float gated(int[] table, float x, float width) {
    float t = Math.abs(x);
    int i = Float.floatToRawIntBits(t + SHIFT * width) & (PiecewisePolynomial.COUNT - 1);
    float p = polynomial(pick(table, 7, i), t - pick(table, 0, i), table, i);
    return Math.fma(t >= (GATE_NEAR - 0.5f) * width ? x + t : x, 0.5f, p);
  }

  private static float logistic(float t) {
    float e = PlainExponential.expOfNegative(-t);
    return Math.fma(e * e, e - 1, e);
  }

  private static float mills(float t) {
    float inverse = 1 / t;
    float u = inverse * inverse;
    float q = Math.fma(u, -73.4458517f, 26.0688238f);
    q = Math.fma(Math.fma(q, u, -5.48726216f), u, 1.18837629f);
    return Math.fma(Math.fma(q, u, -0.398874979f), u, 0.398942098f) * inverse;
  }

  private static float polynomial(float p, float r, int[] table, int i) {
    for (int k = 6; k >= 1; k--) {
      p = Math.fma(p, r, pick(table, k, i));
    }
    return p;
  }

  private static int piece(float t, float pieces) {
    return Float.floatToRawIntBits(Math.fma(t, pieces, SHIFT)) & (PiecewisePolynomial.COUNT - 1);
  }

  private static float pick(int[] table, int k, int i) {
    return Float.intBitsToFloat(table[PiecewisePolynomial.COUNT * k + i]);
  }

  /** A number without sign gets the sign of another, also that of −0. */
  private static float withSign(float size, float sign) {
    int bits = Float.floatToRawIntBits(sign) & Integer.MIN_VALUE;
    return Float.intBitsToFloat(Float.floatToRawIntBits(size) | bits);
  }
}
