package gradus.tensor.kernel.reduce;

import gradus.tensor.kernel.Lanes;
import gradus.tensor.kernel.Templates;
import java.lang.invoke.MethodHandles;

/**
 * Many elements folded into one, along a contiguous row or across rows. {@link VectorFold} and
 * {@link VectorSquares}, {@link PlainFold} and {@link WarmUpFold} are the templates from which each
 * {@link Op} gets classes of its own (see {@link Templates}).
 */
public abstract class Accumulator {

  /** What is folded. */
  public enum Op {
    SUM,
    SUM_SQUARES,
    SUM_ABS,
    /** Σ (x − shift)². */
    DEVIATIONS,
    MAX,
    MIN;

    /** The result of nothing. */
    float start() {
      return switch (this) {
        case MAX -> Float.NEGATIVE_INFINITY;
        case MIN -> Float.POSITIVE_INFINITY;
        default -> 0;
      };
    }

    /** Two partial results as one. */
    double join(double a, double b) {
      return switch (this) {
        case MAX -> Math.max(a, b);
        case MIN -> Math.min(a, b);
        default -> a + b;
      };
    }
  }

  private static final Accumulator[] FOLDS = new Accumulator[Op.values().length];
  private static final Accumulator[] VECTORS = new Accumulator[Op.values().length];

  /** The fold of an op, made on first use, in whichever form is the faster at the moment. */
  public static Accumulator of(Op op) {
    return made(FOLDS, "WarmUpFold", op);
  }

  /** Its vector form, for kernels that are made of vectors themselves. */
  public static Accumulator vector(Op op) {
    boolean squares = op == Op.SUM_SQUARES || op == Op.DEVIATIONS;
    return made(VECTORS, squares ? "VectorSquares" : "VectorFold", op);
  }

  private static Accumulator made(Accumulator[] folds, String template, Op op) {
    // Two threads may both make one; either will do.
    Accumulator fold = folds[op.ordinal()];
    if (fold == null) {
      fold = (Accumulator) Templates.specialise(MethodHandles.lookup(), template, op);
      folds[op.ordinal()] = fold;
    }
    return fold;
  }

  abstract Op op();

  /** Whether n elements are whole groups of eight vectors. */
  static boolean isWhole(int n) {
    return n % (8 * Lanes.COUNT) == 0;
  }

  /**
   * Folds the elements 0, stride, 2 stride, … of n contiguous ones, at most {@link Lanes#PIECE}.
   * The stride divides {@link Lanes#COUNT}: all elements pass through the lanes, and at the end
   * those lanes are left out which have only met what lies between.
   */
  abstract float piece(float[] x, int at, int n, int stride, float shift);

  /**
   * {@code out[from..to] =} the folds of contiguous rows of n elements, at most {@link
   * Lanes#PIECE}, through the divisor; the first row begins at {@code at}, the next ones {@code
   * apart} from it.
   */
  void rows(float[] x, int at, int apart, int n, double divisor, float[] out, int from, int to) {
    for (int row = from; row < to; row++, at += apart) {
      out[row] = (float) (piece(x, at, n, 1, 0) / divisor);
    }
  }

  /**
   * Joins {@code rows} rows of n contiguous elements into {@code into[0..n]}, element by element.
   * Only as many rows as one float accumulator should take: at most 64 from start to end.
   */
  abstract void columns(
      float[] x, int at, int stride, int rows, int n, float[] shifts, int shiftsAt, float[] into);

  /** {@code into[j] =} the join of both, element by element. */
  final void join(float[] from, double[] into, int n) {
    Op op = op();
    for (int j = 0; j < n; j++) {
      into[j] = op.join(into[j], from[j]);
    }
  }

  /** Whether elements that lie so far apart have to be gathered. */
  static boolean gathers(int stride) {
    return stride < 1 || Lanes.COUNT % stride != 0;
  }

  /**
   * Folds n elements that lie {@code stride} apart, gathered piece by piece into the buffer where
   * they have to be.
   */
  public final double row(float[] x, int at, int stride, int n, float shift, float[] buffer) {
    if (stride == 1) {
      return row(x, at, n, shift);
    }
    boolean gathers = gathers(stride);
    int most = gathers ? Lanes.PIECE : Lanes.PIECE / stride;
    double result = op().start();
    for (int i = 0; i < n; i += most) {
      int count = Math.min(most, n - i);
      int from = at + i * stride;
      float part;
      if (gathers) {
        Gather.row(x, from, stride, count, buffer);
        part = piece(buffer, 0, count, 1, shift);
      } else {
        // Nothing beyond the last one: the array may end there.
        part = piece(x, from, (count - 1) * stride + 1, stride, shift);
      }
      result = op().join(result, part);
    }
    return result;
  }

  /** Folds n contiguous elements, piece by piece. */
  public final double row(float[] x, int at, int n, float shift) {
    if (n <= Lanes.PIECE) {
      return piece(x, at, n, 1, shift);
    }
    double result = op().start();
    for (int i = 0; i < n; i += Lanes.PIECE) {
      result = op().join(result, piece(x, at + i, Math.min(Lanes.PIECE, n - i), 1, shift));
    }
    return result;
  }
}
