package gradus.tensor.kernel.math;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.DoubleUnaryOperator;

/**
 * A function of t ≥ 0 as 16 polynomials: around {@code i · width} it is {@code c0 + c1·r + … +
 * c7·r⁷} in {@code r = t − centre}.
 *
 * <p>Sixteen floats fill one 512-bit vector, so {@link VectorPiecewise} fetches a coefficient for
 * all lanes by one permutation, and the function costs the same whatever it is: no exponential, no
 * division.
 *
 * <p>The polynomials are made in double when the function is first asked for: {@code (f(centre + r)
 * − f(centre)) / r} is interpolated at Chebyshev's nodes, close to the best polynomial. The centre
 * is not the middle but a float near it whose f is almost a float itself (Gal 1986), and of several
 * such the one whose slope is: so {@code c0} and {@code c1} have next to no error, the other terms
 * are small beside them, and the result is right up to little more than its last rounding.
 */
final class PiecewisePolynomial {

  /** How many: the lanes of the widest vector. */
  static final int COUNT = 16;

  /**
   * How many coefficients follow the centre: a polynomial of lower degree leaves the last unused.
   */
  private static final int COEFFICIENTS = 8;

  /**
   * How far the centre lies from the middle, in pieces, on the side of the smaller results:
   * rounding weighs most there, and grows with the distance from the centre.
   */
  private static final double ASIDE = 0.0625;

  /** Neighbours of this place that are tried as centre, in both directions. */
  private static final int TRIALS = 64;

  /** Of them, those whose f is nearest to a float: their slopes are looked at. */
  private static final int CANDIDATES = 8;

  private PiecewisePolynomial() {}

  /**
   * The table of {@code f} up to {@code 15.5 · width}: 16 centres, 16 c0, 16 c1, …, as the bits of
   * floats.
   *
   * @param f smooth, falling for the most part, and made of {@link StrictMath} so that its table is
   *     the same on every machine
   * @param width of a piece
   * @param degree of the polynomials, up to 7
   */
  static int[] of(DoubleUnaryOperator f, double width, int degree) {
    return of(f, width, degree, ASIDE);
  }

  private static int[] of(DoubleUnaryOperator f, double width, int degree, double aside) {
    int[] table = new int[(1 + COEFFICIENTS) * COUNT];
    for (int i = 0; i < COUNT; i++) {
      double from = i == 0 ? 0 : (i - 0.5) * width;
      double to = (i + 0.5) * width;
      float[] centres = i == 0 ? new float[] {0} : centres(f, (i + aside) * width);
      double least = Double.MAX_VALUE;
      for (float centre : centres) {
        double[] c = interpolate(f, centre, from - centre, to - centre, degree);
        double error = lost(c[0]) + lost(c[1]) * width / 2;
        if (error < least) {
          least = error;
          table[i] = Float.floatToRawIntBits(centre);
          for (int k = 0; k <= degree; k++) {
            table[(1 + k) * COUNT + i] = Float.floatToRawIntBits((float) c[k]);
          }
        }
      }
    }
    return table;
  }

  /**
   * Two tables in one: the first {@code near} pieces are of {@code first}, which rises, the others
   * of {@code rest}. Near 0 a function is best stored as what it differs from a line by.
   */
  static int[] of(
      DoubleUnaryOperator first, int near, DoubleUnaryOperator rest, double width, int degree) {
    int[] table = of(rest, width, degree);
    int[] start = of(first, width, degree, -ASIDE);
    for (int k = 0; k < table.length; k += COUNT) {
      System.arraycopy(start, k, table, k, near);
    }
    return table;
  }

  /** The floats near {@code place} where f is nearest to a float. */
  private static float[] centres(DoubleUnaryOperator f, double place) {
    Float[] trials = new Float[2 * TRIALS];
    // Steps of 2⁻¹⁷: all trials together do not move it by a thousandth.
    Arrays.setAll(trials, k -> (float) (place * (1 + (k - TRIALS) * 0x1p-17)));
    Arrays.sort(trials, Comparator.comparingDouble(c -> lost(f.applyAsDouble(c))));
    float[] best = new float[CANDIDATES];
    for (int k = 0; k < CANDIDATES; k++) {
      best[k] = trials[k];
    }
    return best;
  }

  /** What rounding to float takes from y. */
  private static double lost(double y) {
    return Math.abs((float) y - y);
  }

  /** Coefficients of the polynomial through f(c) and f at Chebyshev's nodes. */
  private static double[] interpolate(
      DoubleUnaryOperator f, double c, double low, double high, int degree) {
    double first = f.applyAsDouble(c);
    double[] nodes = new double[degree];
    double[] slopes = new double[degree];
    for (int k = 0; k < degree; k++) {
      double cosine = StrictMath.cos(StrictMath.PI * (k + 0.5) / degree);
      nodes[k] = (low + high) / 2 + (high - low) / 2 * cosine;
      slopes[k] = (f.applyAsDouble(c + nodes[k]) - first) / nodes[k];
    }
    // Newton's divided differences, then multiplied out.
    for (int k = 1; k < degree; k++) {
      for (int j = degree - 1; j >= k; j--) {
        slopes[j] = (slopes[j] - slopes[j - 1]) / (nodes[j] - nodes[j - k]);
      }
    }
    double[] coefficients = new double[degree + 1];
    for (int k = degree - 1; k >= 0; k--) {
      for (int j = degree; j >= 1; j--) {
        coefficients[j] = (j > 1 ? coefficients[j - 1] : 0) - nodes[k] * coefficients[j];
      }
      coefficients[1] += slopes[k];
    }
    coefficients[0] = first;
    return coefficients;
  }
}
