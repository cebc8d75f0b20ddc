package gradus.tensor;

import static gradus.tensor.spi.Given.given;

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

  /**
   * What a kernel meets, multiplied and summed: {@code [N, C, *]} and {@code [O, C / groups,
   * *kernel]} to {@code [N, O, *]}. PyTorch: {@code torch.convolution}. LeCun et al.,
   * "Gradient-based learning applied to document recognition", 1998.
   *
   * @param input {@code [N, C, *]} of 1 to 3 further dimensions
   * @param weight {@code [O, C / groups, *]}
   * @param bias {@code [O]}, or null for 0
   * @param stride how far the kernel moves, one number a dimension
   * @param padding how far it begins before the input, which is 0 there; negative cuts off
   * @param dilation how far its elements are apart
   * @param groups into how many parts the channels fall that see nothing of each other
   */
  public static Tensor convolution(
      Tensor input,
      Tensor weight,
      Tensor bias,
      int[] stride,
      int[] padding,
      int[] dilation,
      int groups) {
    return ConvolutionOps.output(
        given(input, "input"),
        given(weight, "weight"),
        bias,
        ConvolutionOps.slide(stride, padding, dilation, groups));
  }

  /**
   * The adjoint of {@link #convolution}: {@code [N, O, *]} to {@code [N, C, *size]}, the gradient
   * of its input.
   *
   * @param input {@code [N, O, *]}
   * @param weight {@code [O, C / groups, *]}
   * @param stride as there
   * @param padding as there
   * @param dilation as there
   * @param groups as there
   * @param size the further sizes of the result; where no kernel reaches it is 0
   */
  public static Tensor transposedConvolution(
      Tensor input,
      Tensor weight,
      int[] stride,
      int[] padding,
      int[] dilation,
      int groups,
      int... size) {
    Op.Slide slide = ConvolutionOps.slide(stride, padding, dilation, groups);
    int[] shape = new int[given(size, "size").length + 2];
    System.arraycopy(size, 0, shape, 2, size.length);
    shape[0] = given(input, "input").dim() == 0 ? 0 : input.size(0);
    shape[1] = given(weight, "weight").dim() < 2 ? 0 : weight.size(1) * groups;
    return ConvolutionOps.input(input, weight, slide, Shape.of(shape));
  }
}
