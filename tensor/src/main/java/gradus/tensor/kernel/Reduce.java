package gradus.tensor.kernel;

/**
 * Reductions over any set of dimensions: the input is described by the shape and strides of the
 * dimensions that stay and of those that go; the output is contiguous over those that stay.
 */
public final class Reduce {

  /** What to make of many elements. MAX and MIN are NaN as soon as one element is. */
  public enum Kind {
    SUM,
    PROD,
    MAX,
    MIN,
    SUM_SQUARES,
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
    ScalarReduce.moments(
        x, xOff, keptShape, keptStrides, reducedShape, reducedStrides, mean, sumSquaredDeviations);
  }
}
