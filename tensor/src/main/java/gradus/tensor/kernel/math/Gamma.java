package gradus.tensor.kernel.math;

/** The logarithm of the gamma function and its derivatives in {@code double}. */
public final class Gamma {

  private static final double EULER = 0.57721566490153286061;
  private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

  /** From here on the asymptotic series below reach 1e-17. */
  private static final double LARGE = 12;

  /** Bernoulli's numbers B₂, B₄, …: the coefficients of all asymptotic series here. */
  private static final double[] BERNOULLI = {
    1.0 / 6, -1.0 / 30, 1.0 / 42, -1.0 / 30, 5.0 / 66, -691.0 / 2730, 7.0 / 6, -3617.0 / 510
  };

  private Gamma() {}

  /** Taylor's coefficients of log Γ(2 + z): (ζ(k) − 1)/k at index k. */
  private static final class Taylor {
    static final double[] COEFFICIENTS = new double[32];

    static {
      for (int k = 2; k < COEFFICIENTS.length; k++) {
        COEFFICIENTS[k] = zetaMinusOne(k) / k;
      }
    }

    /** Σ n^(−k) over n ≥ 2: the first terms, then Euler's and Maclaurin's formula for the rest. */
    private static double zetaMinusOne(int k) {
      int from = 12;
      double rest = Math.pow(from, 1 - k) / (k - 1) + Math.pow(from, -k) / 2;
      double factor = k * Math.pow(from, -k - 1) / 2;
      for (int i = 0; i < 6; i++) {
        rest += BERNOULLI[i] * factor;
        int j = 2 * i + 2;
        factor *= (k + j - 1.0) * (k + j) / ((j + 1.0) * (j + 2.0) * from * from);
      }
      for (int n = from - 1; n >= 2; n--) {
        rest += Math.pow(n, -k);
      }
      return rest;
    }
  }

  /** log |Γ(x)|; infinite at 0 and the negative integers. */
  public static double lgamma(double x) {
    if (Double.isInfinite(x)) {
      return Double.POSITIVE_INFINITY;
    }
    if (x <= 0) {
      if (x == Math.rint(x)) {
        return Double.POSITIVE_INFINITY;
      }
      double sine = Math.abs(Math.sin(Math.PI * (x - Math.rint(x))));
      return x > -1e-300 ? -Math.log(-x) : Math.log(Math.PI / (-x * sine)) - lgamma(-x);
    }
    if (x >= LARGE) {
      return lgammaLarge(x);
    }
    // The zeros at 1 and 2 are met by a series around 2 that has no cancellation there.
    if (x < 0.5) {
      return nearTwo(x) - Math.log1p(x) - Math.log(x);
    }
    if (x < 1.5) {
      return nearTwo(x - 1) - Math.log1p(x - 1);
    }
    double product = 1;
    double y = x;
    while (y > 2.5) {
      y -= 1;
      product *= y;
    }
    return nearTwo(y - 2) + (product == 1 ? 0 : Math.log(product));
  }

  /** log Γ(2 + z) for |z| ≤ 0.5. */
  private static double nearTwo(double z) {
    double sum = 0;
    for (int k = Taylor.COEFFICIENTS.length - 1; k >= 2; k--) {
      sum = Taylor.COEFFICIENTS[k] - z * sum;
    }
    return z * (1 - EULER) + z * z * sum;
  }

  private static double lgammaLarge(double x) {
    double inverse = 1 / x;
    double square = inverse * inverse;
    double sum = 0;
    for (int i = BERNOULLI.length - 1; i >= 0; i--) {
      sum = sum * square + BERNOULLI[i] / ((2 * i + 2.0) * (2 * i + 1.0));
    }
    double log = Math.log(x);
    // x·(log x − 1) − log(x)/2 overflows only where the result does.
    return x * (log - 1) - 0.5 * log + HALF_LOG_TWO_PI + sum * inverse;
  }

  /** ψ(x) = (log Γ)′(x); ∓infinite at ±0, NaN at the negative integers. */
  public static double digamma(double x) {
    if (x == 0) {
      return Math.copySign(Double.POSITIVE_INFINITY, -x);
    }
    if (x < 0) {
      double fraction = x - Math.rint(x);
      return fraction == 0 || Double.isInfinite(x)
          ? Double.NaN
          : digamma(1 - x) - Math.PI / Math.tan(Math.PI * fraction);
    }
    double shift = 0;
    while (x < LARGE) {
      shift += 1 / x;
      x += 1;
    }
    double square = 1 / (x * x);
    double sum = 0;
    for (int i = BERNOULLI.length - 1; i >= 0; i--) {
      sum = sum * square + BERNOULLI[i] / (2 * i + 2);
    }
    return Math.log(x) - 0.5 / x - sum * square - shift;
  }

  /** ψ′(x), the second derivative of log Γ; infinite at 0, huge at the negative integers. */
  public static double trigamma(double x) {
    if (x < 0.5) {
      double fraction = x - Math.rint(x);
      if (fraction == 0) {
        return Double.POSITIVE_INFINITY;
      }
      double sine = Math.sin(Math.PI * fraction);
      return Math.PI * Math.PI / (sine * sine) - trigamma(1 - x);
    }
    double shift = 0;
    while (x < LARGE) {
      shift += 1 / (x * x);
      x += 1;
    }
    double square = 1 / (x * x);
    double sum = 0;
    for (int i = BERNOULLI.length - 1; i >= 0; i--) {
      sum = sum * square + BERNOULLI[i];
    }
    return shift + (1 + 0.5 / x + sum * square) / x;
  }
}
