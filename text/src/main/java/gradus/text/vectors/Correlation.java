package gradus.text.vectors;

import gradus.tensor.DType;
import gradus.tensor.Tensor;
import java.util.stream.IntStream;

/** How closely two series of figures go together. */
final class Correlation {

  /** Where the fraction converges at all, it does with far fewer. */
  private static final int MOST_TERMS = 10_000;

  private Correlation() {}

  /**
   * The linear correlation, -1..1; NaN when there are fewer than two points or one never varies.
   */
  static double pearson(double[] x, double[] y) {
    double meanX = IntStream.range(0, x.length).mapToDouble(i -> x[i]).average().orElse(0);
    double meanY = IntStream.range(0, y.length).mapToDouble(i -> y[i]).average().orElse(0);
    double xy = 0;
    double xx = 0;
    double yy = 0;
    for (int i = 0; i < x.length; i++) {
      xy += (x[i] - meanX) * (y[i] - meanY);
      xx += (x[i] - meanX) * (x[i] - meanX);
      yy += (y[i] - meanY) * (y[i] - meanY);
    }
    return xx == 0 || yy == 0 ? Double.NaN : xy / Math.sqrt(xx * yy);
  }

  /** The correlation of the ranks, -1..1; equal figures share their mean rank. */
  static double spearman(double[] x, double[] y) {
    return pearson(ranks(x), ranks(y));
  }

  /**
   * How often two series without any connection would go together as closely as this or closer: the
   * two-tailed p-value of a correlation, 0..1, by Student's distribution with {@code n - 2} degrees
   * of freedom. NaN where there are fewer than three points or the correlation is NaN.
   *
   * <p>scipy: the second result of {@code pearsonr} and {@code spearmanr}.
   */
  static double pValue(double correlation, int n) {
    if (n < 3 || Double.isNaN(correlation)) {
      return Double.NaN;
    }
    double rest = Math.max(0, 1 - correlation * correlation);
    return incompleteBeta(rest, (n - 2) / 2.0, 0.5);
  }

  /**
   * The regularised incomplete beta function I_x(a, b).
   *
   * <p>Source: NIST's Digital Library of Mathematical Functions, 8.17.22, its continued fraction by
   * Lentz's method; where that converges slowly, I_x(a, b) = 1 - I_{1-x}(b, a), 8.17.4.
   */
  private static double incompleteBeta(double x, double a, double b) {
    if (x <= 0 || x >= 1) {
      return x <= 0 ? 0 : 1;
    }
    if (x > (a + 1) / (a + b + 2)) {
      return 1 - incompleteBeta(1 - x, b, a);
    }
    double logBeta = logGamma(a) + logGamma(b) - logGamma(a + b);
    double front = Math.exp(a * Math.log(x) + b * Math.log1p(-x) - logBeta) / a;
    double above = 1;
    double below = 0;
    double fraction = 1;
    for (int i = 0; i < MOST_TERMS; i++) {
      int m = i / 2;
      double term = 1;
      if (i > 0 && i % 2 == 0) {
        term = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
      } else if (i > 0) {
        term = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
      }
      below = 1 / awayFromZero(1 + term * below);
      above = awayFromZero(1 + term / above);
      fraction *= above * below;
      if (Math.abs(1 - above * below) < 1e-15) {
        break;
      }
    }
    return front * (fraction - 1);
  }

  private static double awayFromZero(double value) {
    return Math.abs(value) < Double.MIN_NORMAL ? Double.MIN_NORMAL : value;
  }

  private static double logGamma(double x) {
    return Tensor.of(x).to(DType.FLOAT64).lgamma().item();
  }

  /** Each figure's place in ascending order, from 1; equal figures share the mean of theirs. */
  static double[] ranks(double[] values) {
    int[] order =
        IntStream.range(0, values.length)
            .boxed()
            .sorted((a, b) -> Double.compare(values[a], values[b]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] ranks = new double[values.length];
    int from = 0;
    while (from < order.length) {
      int to = from + 1;
      while (to < order.length && values[order[to]] == values[order[from]]) {
        to++;
      }
      for (int i = from; i < to; i++) {
        ranks[order[i]] = (from + 1 + to) / 2.0;
      }
      from = to;
    }
    return ranks;
  }
}
