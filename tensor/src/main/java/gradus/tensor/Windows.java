package gradus.tensor;

/** Primitives over windows that slide along dimensions; {@code nn} makes pooling of them. */
public abstract sealed class Windows permits LayerOps {
  /**
   * The sums of windows along a dimension: {@code [*, size, *]} to {@code [*, from.length, *]}.
   * Every average pooling is made of it, one dimension after the other.
   *
   * <pre>{@code
   * Tensor.sumWindows(Tensor.of(1f, 2, 3, 4), 0, new int[] {0, 2}, new int[] {2, 4});   // [3, 7]
   * }</pre>
   *
   * @param input any shape but 0-dim; whole numbers and BOOL sum to INT64
   * @param dim the dimension; negative counts from the end
   * @param from the first position of each window, none before that of the window before
   * @param to the position after its last one, likewise; an empty window sums to 0
   * @return a tensor with a slice for each window
   * @throws IndexOutOfBoundsException naming the first window that does not lie inside
   */
  public static Tensor sumWindows(Tensor input, int dim, int[] from, int[] to) {
    return WindowOps.sums(input, dim, from, to);
  }

  /**
   * The places of the largest elements of windows over the last dimensions, which the windows
   * share: INT64, counted in row-major order of those dimensions. Max pooling gathers what stands
   * there.
   *
   * @param input FLOAT32 or FLOAT64, {@code [*, sizes]}
   * @param dims how many of the last dimensions, 1 to 3
   * @param from for each of them the first position of each window
   * @param to for each of them the position where each window ends, exclusive
   * @param step for each of them how far apart the positions of a window are
   * @return {@code [*, windows]}; the first of equal elements, the last NaN where there is one
   */
  public static Tensor argmaxWindows(Tensor input, int dims, int[][] from, int[][] to, int[] step) {
    return WindowOps.argmax(input, dims, from, to, step);
  }
}
