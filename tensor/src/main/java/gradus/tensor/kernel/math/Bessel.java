package gradus.tensor.kernel.math;

/** Modified Bessel functions of the first kind in {@code double}, accurate to about 1e-15. */
public final class Bessel {

  /** Below, the power series (all terms positive); from here on the asymptotic one. */
  private static final double LARGE = 30;

  private Bessel() {}

  /** I₀(x). */
  public static double i0(double x) {
    return unscale(scaled(Math.abs(x), 0), x);
  }

  /** I₀(x)·e^(−|x|). */
  public static double i0e(double x) {
    return scaled(Math.abs(x), 0);
  }

  /** I₁(x). */
  public static double i1(double x) {
    return Math.copySign(unscale(scaled(Math.abs(x), 1), x), x);
  }

  /** I₁(x)·e^(−|x|). */
  public static double i1e(double x) {
    return Math.copySign(scaled(Math.abs(x), 1), x);
  }

  private static double unscale(double scaled, double x) {
    // In two halves: e^|x| alone overflows before the result does.
    double half = Math.exp(Math.abs(x) / 2);
    return scaled * half * half;
  }

  private static double scaled(double x, int order) {
    if (Double.isInfinite(x)) {
      return 0;
    }
    return x < LARGE ? series(x, order) * Math.exp(-x) : asymptotic(x, order);
  }

  /** Σ (x/2)^(2k+order) / (k! (k+order)!). */
  private static double series(double x, int order) {
    double quarter = x * x / 4;
    double term = order == 0 ? 1 : x / 2;
    double sum = term;
    for (int k = 1; term > sum * 1e-18; k++) {
      term *= quarter / (k * (double) (k + order));
      sum += term;
    }
    return sum;
  }

  /** 1/√(2πx) · Σ Π ((2j−1)² − 4·order²) / (k! (8x)ᵏ): Hankel's expansion. */
  private static double asymptotic(double x, int order) {
    double term = 1;
    double sum = 1;
    for (int k = 1; k < 30; k++) {
      double odd = 2 * k - 1;
      term *= (odd * odd - 4 * order * order) / (k * 8 * x);
      sum += term;
    }
    return sum / Math.sqrt(2 * Math.PI * x);
  }
}
