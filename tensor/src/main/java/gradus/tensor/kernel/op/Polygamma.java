package gradus.tensor.kernel.op;

import gradus.tensor.kernel.math.Zeta;

/** The derivatives of digamma; an op for each order. */
public final class Polygamma {
  /**
   * The first derivative of digamma; at its poles not ∞ but as huge as the sine of πx, once
   * rounded, leaves it.
   */
  public static final Unary TRIGAMMA =
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

  private Polygamma() {}

  private static double square(double x) {
    return x * x;
  }

  /** The n-th derivative of digamma: {@code (-1)^(n+1) n! ζ(n+1, x)}. */
  public static Unary of(int n) {
    double factor = n % 2 == 0 ? -1 : 1;
    for (int i = 2; i <= n; i++) {
      factor *= i;
    }
    double scale = factor;
    return x -> scale * Zeta.hurwitz(n + 1, x);
  }
}
