package gradus.tensor.kernel.reduce;

import gradus.tensor.kernel.Lanes;
import gradus.tensor.kernel.Templates;
import java.lang.invoke.MethodHandles;

/**
 * Where the extreme of many elements is: of a contiguous row, or of each column of some rows. A NaN
 * counts as extreme, and the first of equals wins. {@link VectorArg} is the template from which the
 * maximum and the minimum get a class of their own (see {@link Templates}).
 */
abstract class Arg {

  private static final class Max {
    static final Arg ARG =
        (Arg) Templates.specialise(MethodHandles.lookup(), "VectorArg", Accumulator.Op.MAX);
  }

  private static final class Min {
    static final Arg ARG =
        (Arg) Templates.specialise(MethodHandles.lookup(), "VectorArg", Accumulator.Op.MIN);
  }

  static Arg of(boolean max) {
    return max ? Max.ARG : Min.ARG;
  }

  /** Whether a later element takes the place of the best so far. */
  abstract boolean wins(float later, float best);

  /** The position in a piece: at most {@link Lanes#PIECE} contiguous elements. */
  abstract int piece(float[] x, int at, int n);

  /**
   * Joins rows of n contiguous elements into {@code best[0..n]}, and where a row's element is the
   * better one, the row's number into {@code position}: {@code first} for the first row, as the
   * bits of a float.
   */
  abstract void columns(
      float[] x, int at, int stride, int rows, int n, int first, float[] best, float[] position);
}
