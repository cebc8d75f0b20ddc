package gradus.tensor.kernel;

/**
 * Reductions over any set of dimensions: the input is described by the shape and strides of the
 * dimensions that stay and of those that go; the output is contiguous over those that stay.
 */
public final class Reduce {

  /** What to make of many elements. MAX and MIN are NaN as soon as one element is. */
  public enum Kind {
    /** The sum. */
    SUM,
    /** The product. */
    PROD,
    /** The largest; NaN if there is one. */
    MAX,
    /** The smallest; NaN if there is one. */
    MIN,
    /** The sum of the squares. */
    SUM_SQUARES,
    /** The sum of the absolute values. */
    SUM_ABS
  }

  private Reduce() {}

  /** {@code out[kept] = kind over reduced of x[kept, reduced]}; of nothing: 0, 1, −inf or inf. */
  public static void reduce(
      Kind kind,
      float[] x,
      int xOff,
      int[] keptShape,
      int[] keptStrides,
      int[] reducedShape,
      int[] reducedStrides,
      float[] out) {
    if (Walk.count(keptShape) == 0) {
      return;
    }
    if (Lanes.COUNT > 0 && kind != Kind.PROD && Walk.count(reducedShape) > 0) {
      // A product stays in double, one element at a time: in float its parts could overflow.
      ReducePlan plan =
          new ReducePlan(x, xOff, keptShape, keptStrides, reducedShape, reducedStrides);
      if (plan.alongRows() || plan.acrossRows()) {
        round(plan.run(Fold.of(Fold.Op.valueOf(kind.name())), null), out);
        return;
      }
    }
    ScalarReduce.reduce(kind, x, xOff, keptShape, keptStrides, reducedShape, reducedStrides, out);
  }

  /**
   * {@code out[kept] =} the first position of the maximum (or minimum) along one dimension of the
   * given size and stride; a NaN counts as extreme. The size must not be 0.
   */
  public static void arg(
      boolean max,
      float[] x,
      int xOff,
      int[] keptShape,
      int[] keptStrides,
      int size,
      int stride,
      long[] out) {
    if (Lanes.COUNT > 0 && stride == 1) {
      Parallel.rows(
          Walk.count(keptShape),
          2L * size,
          (from, to) -> {
            Walk kept = new Walk(xOff, keptShape, keptStrides).skip(from);
            for (int i = from; i < to; i++, kept.next()) {
              out[i] = VectorRows.argExtreme(max, x, kept.at, size);
            }
          });
      return;
    }
    ScalarReduce.arg(max, x, xOff, keptShape, keptStrides, size, stride, out);
  }

  /** The mean and Σ(x − mean)², for variance and normalisation; of nothing: NaN and 0. */
  public static void moments(
      float[] x,
      int xOff,
      int[] keptShape,
      int[] keptStrides,
      int[] reducedShape,
      int[] reducedStrides,
      float[] mean,
      float[] sumSquaredDeviations) {
    int count = Walk.count(reducedShape);
    if (Walk.count(keptShape) == 0) {
      return;
    }
    if (Lanes.COUNT > 0 && count > 0) {
      ReducePlan plan =
          new ReducePlan(x, xOff, keptShape, keptStrides, reducedShape, reducedStrides);
      if (plan.alongRows() || plan.acrossRows()) {
        double[] exact = plan.run(Fold.of(Fold.Op.SUM), null);
        for (int i = 0; i < exact.length; i++) {
          exact[i] /= count;
        }
        round(exact, mean);
        double[] squares = plan.run(Fold.of(Fold.Op.DEVIATIONS), mean);
        for (int i = 0; i < squares.length; i++) {
          // The deviations were taken from the rounded mean, which adds this much.
          double rounding = mean[i] - exact[i];
          sumSquaredDeviations[i] = (float) (squares[i] - count * rounding * rounding);
        }
        return;
      }
    }
    ScalarReduce.moments(
        x, xOff, keptShape, keptStrides, reducedShape, reducedStrides, mean, sumSquaredDeviations);
  }

  private static void round(double[] exact, float[] out) {
    for (int i = 0; i < exact.length; i++) {
      out[i] = (float) exact[i];
    }
  }
}
