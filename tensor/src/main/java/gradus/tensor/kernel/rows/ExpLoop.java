package gradus.tensor.kernel.rows;

import gradus.tensor.kernel.Lanes;
import gradus.tensor.kernel.Templates;
import gradus.tensor.kernel.WarmUp;
import gradus.tensor.kernel.math.PlainExponential;
import java.lang.invoke.MethodHandles;
import java.util.Arrays;

/** Loops over {@code e = exp(x − shift)}, one row each; {@link VectorExpLoop} is their template. */
abstract class ExpLoop {

  /** What becomes of e. */
  enum Use {
    /** Its sum is returned. */
    SUM,
    /** {@code out = e}, and its sum is returned. */
    STORE,
    /** {@code out = factor · e}. */
    SCALE,
    /** {@code out = g − factor · e}. */
    SUBTRACT
  }

  private final WarmUp warmUp = new WarmUp();

  abstract Use use();

  /** Runs over whole vectors: n is a multiple of their length. */
  abstract float vectors(
      float[] x, int at, float shift, float[] g, int gAt, float factor, float[] out, int to, int n);

  static ExpLoop of(Use use) {
    return (ExpLoop) Templates.specialise(MethodHandles.lookup(), "VectorExpLoop", use);
  }

  /** Runs over n elements; x, g and out are the same array where a use has no need of them. */
  final double run(
      float[] x,
      int at,
      float shift,
      float[] g,
      int gAt,
      float factor,
      float[] out,
      int to,
      int n) {
    int whole = n / Lanes.COUNT * Lanes.COUNT;
    double sum = 0;
    for (int i = 0; i < whole; i += Lanes.PIECE) {
      int size = Math.min(Lanes.PIECE, whole - i);
      long turn = warmUp.turn();
      if (turn != WarmUp.PLAIN) {
        sum += vectors(x, at + i, shift, g, gAt + i, factor, out, to + i, size);
        warmUp.done(turn, size);
      } else {
        sum += plain(x, at + i, shift, g, gAt + i, factor, out, to + i, size);
      }
    }
    int rest = n - whole;
    if (rest > 0) {
      sum +=
          warmUp.compiled()
              ? rest(x, at + whole, shift, g, gAt + whole, factor, out, to + whole, rest)
              : plain(x, at + whole, shift, g, gAt + whole, factor, out, to + whole, rest);
    }
    return sum;
  }

  /** The same bits one by one, for the time until the vectors' loop is compiled. */
  final float plain(
      float[] x,
      int at,
      float shift,
      float[] g,
      int gAt,
      float factor,
      float[] out,
      int to,
      int n) {
    float[] sums = new float[Lanes.COUNT];
    Use use = use();
    for (int i = 0; i < n; i++) {
      float e = PlainExponential.expOfShifted(x[at + i] - shift);
      sums[i % Lanes.COUNT] += e;
      switch (use) {
        case SUM -> {}
        case STORE -> out[to + i] = e;
        case SCALE -> out[to + i] = e * factor;
        case SUBTRACT -> out[to + i] = g[gAt + i] - factor * e;
      }
    }
    for (int half = Lanes.COUNT / 2; half > 0; half /= 2) {
      for (int lane = 0; lane < half; lane++) {
        sums[lane] += sums[lane + half];
      }
    }
    return use == Use.SUM || use == Use.STORE ? sums[0] : 0;
  }

  /** What is left goes through the same loop, in a vector of its own filled up with e = 0. */
  private float rest(
      float[] x,
      int at,
      float shift,
      float[] g,
      int gAt,
      float factor,
      float[] out,
      int to,
      int n) {
    float[] last = new float[2 * Lanes.COUNT];
    Arrays.fill(last, n, Lanes.COUNT, Float.NEGATIVE_INFINITY);
    System.arraycopy(x, at, last, 0, n);
    System.arraycopy(g, gAt, last, Lanes.COUNT, n);
    float sum = vectors(last, 0, shift, last, Lanes.COUNT, factor, last, 0, Lanes.COUNT);
    if (use() != Use.SUM) {
      System.arraycopy(last, 0, out, to, n);
    }
    return sum;
  }
}
