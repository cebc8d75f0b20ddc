package gradus.tensor.kernel.math;

/** The error function and its relatives in {@code double}, accurate to about 1e-15. */
public final class Erf {

  private static final double TWO_OVER_SQRT_PI = 2 / Math.sqrt(Math.PI);

  /** Step of the sum in {@link #erfc}: its error is about exp(−π²/h²) = 7e−18. */
  private static final double STEP = 0.5;

  private static final double[] WEIGHTS = weights();

  private Erf() {}

  private static double[] weights() {
    double[] weights = new double[14];
    for (int n = 0; n < weights.length; n++) {
      weights[n] = Math.exp(-n * n * STEP * STEP);
    }
    return weights;
  }

  /** The error function. */
  public static double erf(double x) {
    double size = Math.abs(x);
    if (size >= 0.5) {
      return Math.copySign(1 - upperTail(size), x);
    }
    // Taylor's series; 13 terms reach 1e-17 at 0.5.
    double square = x * x;
    double sum = 0;
    double term = x;
    for (int n = 0; n < 14; n++) {
      sum += term / (2 * n + 1);
      term *= -square / (n + 1);
    }
    return x == 0 || x != x ? x : TWO_OVER_SQRT_PI * sum;
  }

  /** 1 − erf(x), with full relative accuracy in the tail. */
  public static double erfc(double x) {
    if (x >= 0.5) {
      return upperTail(x);
    }
    return x <= -0.5 ? 2 - upperTail(-x) : 1 - erf(x);
  }

  /**
   * erfc for x ≥ 0.5 by the trapezoidal rule for its integral ∫ e^(−t²) / (t² + x²), which
   * converges geometrically; the last term is the residue at t = ix (Chiarella and Reichel 1968).
   */
  private static double upperTail(double x) {
    if (x > 28) {
      return x != x ? x : 0;
    }
    double square = x * x;
    double sum = 0.5 / square;
    for (int n = 1; n < WEIGHTS.length; n++) {
      double t = n * STEP;
      sum += WEIGHTS[n] / (t * t + square);
    }
    double tail = 2 * STEP * x / Math.PI * sum * expOfMinusSquare(x);
    return x < Math.PI / STEP ? tail - 2 / Math.expm1(2 * Math.PI * x / STEP) : tail;
  }

  /** e^(−x²), squaring in two parts: the rounding of x² alone would cost x²/2 ulps. */
  private static double expOfMinusSquare(double x) {
    double high = (float) x;
    double low = x - high;
    return Math.exp(-high * high) * Math.exp(-low * (x + high));
  }

  /** The normal distribution function Φ(x). */
  public static double ndtr(double x) {
    return 0.5 * erfc(-x * Math.sqrt(0.5));
  }

  /** The x with erf(x) = y; infinite at ±1, NaN beyond. */
  public static double erfinv(double y) {
    double size = Math.abs(y);
    if (!(size < 1)) {
      return size == 1 ? y * Double.POSITIVE_INFINITY : Double.NaN;
    }
    return y == 0 ? y : Math.copySign(inverse(size, 1 - size), y);
  }

  /** The x with Φ(x) = p; infinite at 0 and 1, NaN beyond. */
  public static double ndtri(double p) {
    if (!(p > 0 && p < 1)) {
      return p == 0 || p == 1 ? (p - 0.5) * Double.POSITIVE_INFINITY : Double.NaN;
    }
    // In the lower half 2p is the complement, which holds the digits where 1 − 2p has none left.
    double tail = 2 * Math.min(p, 1 - p);
    return Math.copySign(tail == 1 ? 0 : Math.sqrt(2) * inverse(1 - tail, tail), p - 0.5);
  }

  /**
   * The x ≥ 0 with erf(x) = y.
   *
   * @param complement 1 − y, with digits of its own
   */
  private static double inverse(double y, double complement) {
    // A closed form good to 2e-3 (Winitzki 2008), then Halley's steps, each of which triples the
    // digits.
    double log = y < 0.5 ? Math.log1p(-y * y) : Math.log(complement) + Math.log1p(y);
    double half = 2 / (Math.PI * 0.147) + log / 2;
    double x = Math.sqrt(Math.max(Math.sqrt(half * half - log / 0.147) - half, 0));
    if (x < 1e-4) {
      x = y / TWO_OVER_SQRT_PI;
    }
    for (int step = 0; step < 4; step++) {
      // Above one half the complement keeps the digits.
      double error = y < 0.5 ? erf(x) - y : complement - erfc(x);
      double newton = error / (TWO_OVER_SQRT_PI * Math.exp(-x * x));
      x -= newton / (1 + x * newton);
    }
    return x;
  }

  /** e^(x²) · erfc(x); beyond 5 by its asymptotic series (Abramowitz and Stegun, 7.1.23). */
  public static double erfcx(double x) {
    if (x < 5 || Double.isNaN(x)) {
      return Math.exp(x * x) * erfc(x);
    }
    double square = 2 * x * x;
    double term = 1;
    double sum = 1;
    for (int k = 1; k < square / 2 && Math.abs(term) > 1e-17; k++) {
      term *= -(2 * k - 1) / square;
      sum += term;
    }
    return sum / (x * Math.sqrt(Math.PI));
  }

  /** The logarithm of the probability that a standard normal number is below x. */
  public static double logNdtr(double x) {
    double t = x * Math.sqrt(0.5);
    return x < -1 ? Math.log(erfcx(-t) / 2) - t * t : Math.log1p(-erfc(t) / 2);
  }
}
