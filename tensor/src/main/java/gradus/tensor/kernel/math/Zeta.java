package gradus.tensor.kernel.math;

/** The Hurwitz zeta function in {@code double}. */
public final class Zeta {
  private static final double[] BERNOULLI = {
    1.0 / 6,
    -1.0 / 30,
    1.0 / 42,
    -1.0 / 30,
    5.0 / 66,
    -691.0 / 2730,
    7.0 / 6,
    -3617.0 / 510,
    43867.0 / 798,
    -174611.0 / 330
  };
  private static final int TERMS = 12;

  private Zeta() {}

  /**
   * {@code Σ 1/(q + k)^s} for whole s > 1: some terms, then Euler and Maclaurin's formula for the
   * rest.
   */
  public static double hurwitz(int s, double q) {
    if (q <= 0 && q == Math.floor(q)) {
      return Double.POSITIVE_INFINITY;
    }
    if (q == Double.POSITIVE_INFINITY) {
      return Double.NaN; // as PyTorch, where the tail of the sum is 0 · ∞
    }
    double sum = 0;
    double x = q;
    for (int k = 0; k < TERMS || x < TERMS; k++) {
      sum += Math.pow(x, -s);
      x += 1;
    }
    double power = Math.pow(x, 1 - s);
    sum += power / (s - 1) + power / (2 * x);
    double rising = s;
    double term = power / (x * x);
    double factorial = 2;
    for (int k = 0; k < BERNOULLI.length; k++) {
      sum += BERNOULLI[k] * rising * term / factorial;
      rising *= (s + 2.0 * k + 1) * (s + 2.0 * k + 2);
      factorial *= (2.0 * k + 3) * (2.0 * k + 4);
      term /= x * x;
    }
    return sum;
  }
}
