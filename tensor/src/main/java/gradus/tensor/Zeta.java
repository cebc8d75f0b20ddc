package gradus.tensor;

import gradus.tensor.kernel.op.Unary;
import gradus.tensor.kernel.op.UnaryOps;

/** The Hurwitz zeta function, and the derivatives of digamma it gives. */
final class Zeta {
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

  /**
   * The first derivative of digamma; at its poles not ∞ but as huge as the sine of πx, once
   * rounded, leaves it.
   */
  static final Unary TRIGAMMA =
      new Unary() {
        @Override
        public double apply(double x) {
          boolean pole = x < 0 && x == Math.rint(x);
          return pole ? square(Math.PI / Math.sin(Math.PI * x)) : UnaryOps.TRIGAMMA.apply(x);
        }

        @Override
        public float apply(float x) {
          float pi = (float) Math.PI;
          boolean pole = x < 0 && x == Math.rint(x);
          return pole ? (float) square(pi / (float) Math.sin(pi * x)) : UnaryOps.TRIGAMMA.apply(x);
        }
      };

  private Zeta() {}

  private static double square(double x) {
    return x * x;
  }

  /** The n-th derivative of digamma: {@code (-1)^(n+1) n! ζ(n+1, x)}. */
  static Unary polygamma(int n) {
    double factor = n % 2 == 0 ? -1 : 1;
    for (int i = 2; i <= n; i++) {
      factor *= i;
    }
    double scale = factor;
    return x -> scale * hurwitz(n + 1, x);
  }

  /**
   * {@code Σ 1/(q + k)^s} for whole s > 1: some terms, then Euler and Maclaurin's formula for the
   * rest.
   */
  static double hurwitz(int s, double q) {
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
