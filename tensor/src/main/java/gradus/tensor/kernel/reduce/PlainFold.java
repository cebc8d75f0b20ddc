package gradus.tensor.kernel.reduce;

import gradus.tensor.kernel.Lanes;
import gradus.tensor.kernel.Templates;
import java.lang.invoke.MethodHandles;
import java.util.Arrays;

/**
 * Template of the plain form of one {@link Accumulator}: the same bits as {@link VectorFold} and
 * {@link VectorSquares}, whose accumulators are an array here; see {@link WarmUpFold}.
 */
final class PlainFold extends Accumulator {

  private static final Op OP = Templates.constant(MethodHandles.lookup(), Op.class);
  private static final int LENGTH = Lanes.COUNT;

  /** Vectors of accumulators: in a piece of neighbours that are not squared, and otherwise. */
  private static final int MANY = 8;

  private static final int FEW = 4;

  @Override
  Op op() {
    return OP;
  }

  @Override
  float piece(float[] x, int at, int n, int stride, float shift) {
    boolean squares = OP == Op.SUM_SQUARES || OP == Op.DEVIATIONS;
    return fold(squares || stride != 1 ? FEW : MANY, x, at, n, stride, shift);
  }

  @Override
  void rows(float[] x, int at, int apart, int n, double divisor, float[] out, int from, int to) {
    for (int row = from; row < to; row++, at += apart) {
      out[row] = (float) (fold(FEW, x, at, n, 1, 0) / divisor);
    }
  }

  private static float fold(int vectors, float[] x, int at, int n, int stride, float shift) {
    float[] r = new float[vectors * LENGTH];
    Arrays.fill(r, OP.start());
    int i = 0;
    for (; i <= n - r.length; i += r.length) {
      take(r, 0, x, at + i, r.length, shift);
    }
    for (int four = 0; four < r.length; four += 4 * LENGTH) {
      join(r, four, four + LENGTH);
      join(r, four + 2 * LENGTH, four + 3 * LENGTH);
      join(r, four, four + 2 * LENGTH);
    }
    if (vectors == MANY) {
      for (; i <= n - 2 * LENGTH; i += 2 * LENGTH) {
        take(r, 0, x, at + i, LENGTH, shift);
        take(r, 4 * LENGTH, x, at + i + LENGTH, LENGTH, shift);
      }
      join(r, 0, 4 * LENGTH);
    }
    for (; i < n; i += LENGTH) {
      take(r, 0, x, at + i, Math.min(LENGTH, n - i), shift);
    }
    for (int l = 0; l < LENGTH; l++) {
      r[l] = l % stride == 0 ? r[l] : OP.start();
    }
    for (int half = LENGTH / 2; half > 0; half /= 2) {
      for (int l = 0; l < half; l++) {
        r[l] = join(r[l], r[l + half]);
      }
    }
    return r[0];
  }

  private static void take(float[] r, int to, float[] x, int at, int n, float shift) {
    for (int l = 0; l < n; l++) {
      r[to + l] = take(r[to + l], x[at + l], shift);
    }
  }

  private static void join(float[] r, int to, int from) {
    for (int l = 0; l < LENGTH; l++) {
      r[to + l] = join(r[to + l], r[from + l]);
    }
  }

  @Override
  void columns(
      float[] x, int at, int stride, int rows, int n, float[] shifts, int shiftsAt, float[] into) {
    for (int i = 0; i < rows; i++, at += stride) {
      for (int j = 0; j < n; j++) {
        into[j] = take(into[j], x[at + j], OP == Op.DEVIATIONS ? shifts[shiftsAt + j] : 0);
      }
    }
  }

  private static float take(float sum, float x, float shift) {
    return switch (OP) {
      case SUM_SQUARES -> Math.fma(x, x, sum);
      case DEVIATIONS -> Math.fma(x - shift, x - shift, sum);
      case SUM_ABS -> sum + Math.abs(x);
      default -> join(sum, x);
    };
  }

  private static float join(float a, float b) {
    return switch (OP) {
      case MAX -> Math.max(a, b);
      case MIN -> Math.min(a, b);
      default -> a + b;
    };
  }
}
