package gradus.tensor;

/**
 * What {@link Searching#histogram(int, java.util.function.Consumer)} and its like can be told by
 * name; each method sets one option and returns this.
 *
 * <pre>{@code
 * x.histogram(20, o -> o.range(0, 1).density(true)).hist()
 * }</pre>
 */
public final class HistogramOptions {
  double[] range;
  Tensor weight;
  boolean density;

  HistogramOptions() {}

  /**
   * The lower and the upper border, for histogramdd of each dimension in turn; the least and the
   * greatest element if not told. Elements outside are not counted. PyTorch: {@code range}.
   */
  public HistogramOptions range(double... range) {
    this.range = range;
    return this;
  }

  /** How much each element counts, 1 if not told; null for that. PyTorch: {@code weight}. */
  public HistogramOptions weight(Tensor weight) {
    this.weight = weight;
    return this;
  }

  /** Whether bins are shares of the whole divided by their size. PyTorch: {@code density}. */
  public HistogramOptions density(boolean density) {
    this.density = density;
    return this;
  }
}
