package gradus.nn;

/** The options of {@link Unfold} and {@link Fold} by name. */
public final class UnfoldOptions {
  int[] dilation = {1};
  int[] padding = {0};
  int[] stride = {1};

  UnfoldOptions() {}

  /** How far the elements of a window are apart, 1. */
  public UnfoldOptions dilation(int... dilation) {
    this.dilation = dilation;
    return this;
  }

  /** How many zeros are put around, 0. */
  public UnfoldOptions padding(int... padding) {
    this.padding = padding;
    return this;
  }

  /** How far the window moves, 1. */
  public UnfoldOptions stride(int... stride) {
    this.stride = stride;
    return this;
  }
}
