package gradus.tensor.kernel.reduce;

import gradus.tensor.kernel.Lanes;
import gradus.tensor.kernel.StrideWalk;

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
    if (StrideWalk.count(keptShape) == 0) {
      return;
    }
    if (Lanes.COUNT > 0 && kind != Kind.PROD && StrideWalk.count(reducedShape) > 0) {
      // A product stays in double, one element at a time: in float its parts could overflow.
      ReducePlan plan =
          new ReducePlan(x, xOff, keptShape, keptStrides, reducedShape, reducedStrides);
      plan.run(Accumulator.of(Accumulator.Op.valueOf(kind.name())), 1, out);
      return;
    }
    ReferenceReduce.reduce(
        kind, x, xOff, keptShape, keptStrides, reducedShape, reducedStrides, out);
  }

  /** The mean of what is reduced, divided before it is rounded; of nothing: NaN. */
  public static void mean(
      float[] x,
      int xOff,
      int[] keptShape,
      int[] keptStrides,
      int[] reducedShape,
      int[] reducedStrides,
      float[] out) {
    int count = StrideWalk.count(reducedShape);
    if (Lanes.COUNT > 0 && count > 0 && StrideWalk.count(keptShape) > 0) {
      ReducePlan plan =
          new ReducePlan(x, xOff, keptShape, keptStrides, reducedShape, reducedStrides);
      plan.run(Accumulator.of(Accumulator.Op.SUM), count, out);
      return;
    }
    reduce(Kind.SUM, x, xOff, keptShape, keptStrides, reducedShape, reducedStrides, out);
    for (int i = StrideWalk.count(keptShape) - 1; i >= 0; i--) {
      out[i] /= count;
    }
  }

  /**
   * {@code places[kept] =} the first position of the maximum (or minimum) along one dimension of
   * the given size and stride, and {@code values[kept] =} that extreme unless values is null; a NaN
   * counts as extreme. The size must not be 0.
   */
  public static void arg(
      boolean max,
      float[] x,
      int xOff,
      int[] keptShape,
      int[] keptStrides,
      int size,
      int stride,
      float[] values,
      long[] places) {
    if (StrideWalk.count(keptShape) == 0) {
      return;
    }
    if (Lanes.COUNT > 0) {
      new ArgPlan(Arg.of(max), x, xOff, keptShape, keptStrides, size, stride).run(values, places);
    } else {
      ReferenceReduce.arg(max, x, xOff, keptShape, keptStrides, size, stride, values, places);
    }
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
    int count = StrideWalk.count(reducedShape);
    if (StrideWalk.count(keptShape) == 0) {
      return;
    }
    if (Lanes.COUNT > 0 && count > 0) {
      ReducePlan plan =
          new ReducePlan(x, xOff, keptShape, keptStrides, reducedShape, reducedStrides);
      double[] exact = plan.run(Accumulator.of(Accumulator.Op.SUM), null);
      for (int i = 0; i < exact.length; i++) {
        exact[i] /= count;
        mean[i] = (float) exact[i];
      }
      double[] squares = plan.run(Accumulator.of(Accumulator.Op.DEVIATIONS), mean);
      for (int i = 0; i < squares.length; i++) {
        // The deviations were taken from the rounded mean, which adds this much.
        double rounding = mean[i] - exact[i];
        sumSquaredDeviations[i] = (float) (squares[i] - count * rounding * rounding);
      }
      return;
    }
    ReferenceReduce.moments(
        x, xOff, keptShape, keptStrides, reducedShape, reducedStrides, mean, sumSquaredDeviations);
  }
}
