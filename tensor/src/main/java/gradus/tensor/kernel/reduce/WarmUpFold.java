package gradus.tensor.kernel.reduce;

import gradus.tensor.kernel.Templates;
import gradus.tensor.kernel.WarmUp;
import java.lang.invoke.MethodHandles;

/**
 * Template of a {@link Accumulator} that does most of the work in its plain form until its vector
 * form is compiled; see {@link WarmUp}. Each method is compiled by itself, and so is what {@link
 * VectorFold} does with whole groups of vectors, with others, and with elements that lie apart.
 */
final class WarmUpFold extends Accumulator {

  private static final Op OP = Templates.constant(MethodHandles.lookup(), Op.class);
  private static final Accumulator VECTOR = Accumulator.vector(OP);
  private static final Accumulator SCALAR =
      (Accumulator) Templates.specialise(MethodHandles.lookup(), "PlainFold", OP);

  private static final WarmUp WHOLE_PIECES = new WarmUp();
  private static final WarmUp PIECES = new WarmUp();
  private static final WarmUp STRIDED = new WarmUp();
  private static final WarmUp WHOLE_ROWS = new WarmUp();
  private static final WarmUp ROWS = new WarmUp();
  private static final WarmUp COLUMNS = new WarmUp();

  /** Elements that say too little of the time that they take. */
  private static final int SHORT = 256;

  /** So many short ones are plain: a program of few numbers does without vectors. */
  private static final int SHORT_ONES = 500;

  /** Rows of a vector's turn, as many as it takes side by side. */
  private static final int ROWS_ACROSS = 8;

  /** How many there were so far; a thread that sees fewer does no harm. */
  private static int shortOnes;

  @Override
  Op op() {
    return OP;
  }

  @Override
  float piece(float[] x, int at, int n, int stride, float shift) {
    WarmUp warmUp = stride != 1 ? STRIDED : isWhole(n) ? WHOLE_PIECES : PIECES;
    if (warmUp.compiled()) {
      return VECTOR.piece(x, at, n, stride, shift);
    }
    if (n <= SHORT) {
      return shortOne().piece(x, at, n, stride, shift);
    }
    long turn = warmUp.turn();
    if (turn == WarmUp.PLAIN) {
      return SCALAR.piece(x, at, n, stride, shift);
    }
    float result = VECTOR.piece(x, at, n, stride, shift);
    warmUp.done(turn, n);
    return result;
  }

  private static Accumulator shortOne() {
    if (shortOnes >= SHORT_ONES) {
      return VECTOR;
    }
    shortOnes++;
    return SCALAR;
  }

  @Override
  void rows(float[] x, int at, int apart, int n, double divisor, float[] out, int from, int to) {
    WarmUp warmUp = isWhole(n) ? WHOLE_ROWS : ROWS;
    if (!warmUp.compiled() && (long) (to - from) * n <= SHORT) {
      shortOne().rows(x, at, apart, n, divisor, out, from, to);
      return;
    }
    // At least two, one from either half.
    int some = 2 + SHORT / Math.max(n, 1);
    for (int row = from, count; row < to; row += count) {
      long turn = warmUp.turn();
      count = turn == WarmUp.COMPILED ? to - row : Math.min(some, to - row);
      int first = at + (row - from) * apart;
      if (turn == WarmUp.PLAIN) {
        SCALAR.rows(x, first, apart, n, divisor, out, row, row + count);
      } else {
        VECTOR.rows(x, first, apart, n, divisor, out, row, row + count);
        warmUp.done(turn, count * n);
      }
    }
  }

  @Override
  void columns(
      float[] x, int at, int stride, int rows, int n, float[] shifts, int shiftsAt, float[] into) {
    if (!COLUMNS.compiled() && (long) rows * n <= SHORT) {
      shortOne().columns(x, at, stride, rows, n, shifts, shiftsAt, into);
      return;
    }
    for (int row = 0, count; row < rows; row += count) {
      long turn = COLUMNS.turn();
      count = turn == WarmUp.COMPILED ? rows - row : Math.min(ROWS_ACROSS, rows - row);
      int first = at + row * stride;
      if (turn == WarmUp.PLAIN) {
        SCALAR.columns(x, first, stride, count, n, shifts, shiftsAt, into);
      } else {
        VECTOR.columns(x, first, stride, count, n, shifts, shiftsAt, into);
        COLUMNS.done(turn, count * n);
      }
    }
  }
}
