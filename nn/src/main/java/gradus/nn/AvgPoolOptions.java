package gradus.nn;

/**
 * The options of average pooling by name:
 *
 * <pre>{@code
 * new AvgPool2d(3, o -> o.stride(2).padding(1).countIncludePad(false));
 * }</pre>
 */
public final class AvgPoolOptions {
  int[] stride;
  int[] padding = {0};
  boolean ceilMode;
  boolean countIncludePad = true;
  Integer divisorOverride;

  AvgPoolOptions() {}

  /** How far the window moves, one number for all dimensions or one each; the kernel's size. */
  public AvgPoolOptions stride(int... stride) {
    this.stride = stride;
    return this;
  }

  /** How far windows may begin before and end after the input, 0. */
  public AvgPoolOptions padding(int... padding) {
    this.padding = padding;
    return this;
  }

  /** Whether a last window may begin inside and end outside. */
  public AvgPoolOptions ceilMode(boolean ceilMode) {
    this.ceilMode = ceilMode;
    return this;
  }

  /** Whether the padding counts as elements of a window; true. */
  public AvgPoolOptions countIncludePad(boolean countIncludePad) {
    this.countIncludePad = countIncludePad;
    return this;
  }

  /** What sums are divided by instead of the number of elements; null for that. */
  public AvgPoolOptions divisorOverride(Integer divisorOverride) {
    this.divisorOverride = divisorOverride;
    return this;
  }
}
