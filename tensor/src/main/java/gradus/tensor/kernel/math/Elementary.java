package gradus.tensor.kernel.math;

/**
 * Elementary functions in {@code double} that {@link Math} lacks, or defines unlike C and PyTorch.
 */
public final class Elementary {

  private static final double LN_2 = Math.log(2);

  private Elementary() {}

  /** The logarithm to base 2, exact for powers of two. */
  public static double log2(double x) {
    if (!(x >= Double.MIN_NORMAL) || Double.isInfinite(x)) {
      return Math.log(x) / LN_2;
    }
    int exponent = Math.getExponent(x);
    double mantissa = Math.scalb(x, -exponent);
    if (mantissa > 1.4142135623730951) {
      // Centre the mantissa around 1: no cancellation between a large part and a negative small
      // one.
      mantissa /= 2;
      exponent++;
    }
    return exponent + Math.log(mantissa) / LN_2;
  }

  /** As {@link Math#pow}, but 1 to any power and −1 to an infinite one are 1, as in C. */
  public static double pow(double a, double b) {
    if (a == 1 || (a == -1 && Double.isInfinite(b))) {
      return 1;
    }
    return Math.pow(a, b);
  }

  /** The remainder with the sign of {@code b}. */
  public static double remainder(double a, double b) {
    double rest = a % b;
    return rest != 0 && (b < 0) != (rest < 0) ? rest + b : rest;
  }

  /** The quotient rounded down; through the exact remainder, since a / b itself may round up. */
  public static double floorDivide(double a, double b) {
    if (b == 0) {
      return a / b;
    }
    double rest = a % b;
    double quotient = (a - rest) / b;
    if (rest != 0 && (b < 0) != (rest < 0)) {
      quotient -= 1;
    }
    if (quotient == 0) {
      return Math.copySign(0, a / b);
    }
    double floor = Math.floor(quotient);
    return quotient - floor > 0.5 ? floor + 1 : floor;
  }

  /** log(1 + eˣ) without overflow. */
  public static double softplus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }

  /** log(eᵃ + eᵇ) without overflow. */
  public static double logAddExp(double a, double b) {
    // Equal infinities would give inf − inf.
    return Double.isInfinite(a) && a == b
        ? a
        : Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)));
  }

  /** log₂(2ᵃ + 2ᵇ) without overflow. */
  public static double logAddExp2(double a, double b) {
    return Double.isInfinite(a) && a == b
        ? a
        : Math.max(a, b) + Math.log1p(Math.pow(2, -Math.abs(a - b))) / LN_2;
  }

  /** The inverse hyperbolic sine. */
  public static double asinh(double x) {
    double size = Math.abs(x);
    if (size > 1e9) {
      return Math.copySign(Math.log(size) + LN_2, x);
    }
    // log(a + √(a²+1)) written with log1p, so that a small a loses nothing.
    double square = size * size;
    double result = Math.log1p(size + square / (1 + Math.sqrt(square + 1)));
    return Math.copySign(result, x);
  }

  /** The inverse hyperbolic cosine; NaN below 1. */
  public static double acosh(double x) {
    if (x > 1e9) {
      return Math.log(x) + LN_2;
    }
    double above = x - 1;
    return Math.log1p(above + Math.sqrt(above * (above + 2)));
  }

  /** The inverse hyperbolic tangent. */
  public static double atanh(double x) {
    double size = Math.abs(x);
    return Math.copySign(0.5 * Math.log1p(2 * size / (1 - size)), x);
  }
}
