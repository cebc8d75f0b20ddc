package gradus.nn;

/**
 * The options of max pooling by name:
 *
 * <pre>{@code
 * new MaxPool2d(3, o -> o.stride(2).padding(1));
 * }</pre>
 */
public final class MaxPoolOptions {
  int[] stride;
  int[] padding = {0};
  int[] dilation = {1};
  boolean ceilMode;

  MaxPoolOptions() {}

  /** How far the window moves, one number for all dimensions or one each; the kernel's size. */
  public MaxPoolOptions stride(int... stride) {
    this.stride = stride;
    return this;
  }

  /** How far windows may begin before and end after the input, 0. */
  public MaxPoolOptions padding(int... padding) {
    this.padding = padding;
    return this;
  }

  /** Whether a last window may begin inside and end outside. */
  public MaxPoolOptions ceilMode(boolean ceilMode) {
    this.ceilMode = ceilMode;
    return this;
  }

  /** How far the elements of a window are apart, 1. */
  public MaxPoolOptions dilation(int... dilation) {
    this.dilation = dilation;
    return this;
  }
}
