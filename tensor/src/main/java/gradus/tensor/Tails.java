package gradus.tensor;

import gradus.tensor.kernel.op.UnaryOps;

/** The far ends of the normal distribution, where erfc itself underflows. */
final class Tails {
  private Tails() {}

  /** e^(x²) · erfc(x); beyond 5 by its asymptotic series (Abramowitz and Stegun, 7.1.23). */
  static double erfcx(double x) {
    if (x < 5 || Double.isNaN(x)) {
      return Math.exp(x * x) * UnaryOps.ERFC.apply(x);
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
  static double logNdtr(double x) {
    double t = x * Math.sqrt(0.5);
    return x < -1 ? Math.log(erfcx(-t) / 2) - t * t : Math.log1p(-UnaryOps.ERFC.apply(t) / 2);
  }
}
