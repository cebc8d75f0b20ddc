package gradus.studio;

import static gradus.tensor.spi.Given.given;

import gradus.tensor.DType;
import gradus.tensor.Shape;
import gradus.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * The numbers of a tensor at the moment it was looked at; nothing that happens to the tensor
 * changes them.
 */
public sealed interface Value {
  /** Up to how many elements are kept one by one: 4,096. */
  int MOST_ELEMENTS = 4096;

  /** The shape of the tensor. */
  Shape shape();

  /** The type of its elements. */
  DType dtype();

  /**
   * All the numbers.
   *
   * @param shape the shape
   * @param dtype the type
   * @param data the elements in row-major order; true is 1
   */
  record Whole(Shape shape, DType dtype, double[] data) implements Value {
    /**
     * One number.
     *
     * @param index its place, one number a dimension
     */
    public double at(List<Integer> index) {
      return data[Places.flat(shape, index)];
    }
  }

  /**
   * What a large tensor is like.
   *
   * @param shape the shape
   * @param dtype the type
   * @param corners of the tensor as a matrix, its first dimensions folded into rows: top left, top
   *     right, bottom left, bottom right, of two rows and columns each (fewer where there are
   *     fewer)
   * @param min the smallest number; NaN if there is one
   * @param max the largest number; NaN if there is one
   * @param mean the mean
   * @param std the standard deviation, dividing by the count
   * @param histogram how many numbers lie in each of 32 equal parts of the range from min to max;
   *     numbers that are not finite are in none
   */
  record Summary(
      Shape shape,
      DType dtype,
      List<double[][]> corners,
      double min,
      double max,
      double mean,
      double std,
      int[] histogram)
      implements Value {}

  /**
   * A tensor that was changed in place after it had been used: what it was then, nobody knows.
   *
   * @param shape the shape
   * @param dtype the type
   */
  record Overwritten(Shape shape, DType dtype) implements Value {}

  /**
   * The numbers of a tensor: {@link Whole} up to {@link #MOST_ELEMENTS}, else a {@link Summary}.
   *
   * @param tensor any tensor; a row-sparse one is taken as the dense one it stands for
   */
  static Value of(Tensor tensor) {
    Tensor dense = given(tensor, "tensor").isSparse() ? tensor.toDense() : tensor;
    double[] data = dense.toDoubleArray();
    return data.length <= MOST_ELEMENTS
        ? new Whole(dense.shape(), dense.dtype(), data)
        : summary(new Whole(dense.shape(), dense.dtype(), data));
  }

  /**
   * What a tensor is like whose numbers were all kept.
   *
   * @param whole at least one number
   */
  static Summary summary(Whole whole) {
    return summary(whole.shape(), whole.dtype(), whole.data());
  }

  private static Summary summary(Shape shape, DType dtype, double[] data) {
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    double sum = 0;
    for (double x : data) {
      min = Math.min(min, x);
      max = Math.max(max, x);
      sum += x;
    }
    double mean = sum / data.length;
    double squares = 0;
    for (double x : data) {
      squares += (x - mean) * (x - mean);
    }
    int columns = shape.rank() == 0 ? 1 : shape.size(shape.rank() - 1);
    double std = Math.sqrt(squares / data.length);
    return new Summary(
        shape, dtype, corners(data, columns), min, max, mean, std, histogram(data, min, max, 32));
  }

  private static int[] histogram(double[] data, double min, double max, int bins) {
    int[] counts = new int[bins];
    if (!Double.isFinite(min) || !Double.isFinite(max)) {
      return finite(data, bins);
    }
    double width = max / bins - min / bins;
    for (double x : data) {
      int bin = width > 0 ? (int) ((x - min) / width) : 0;
      counts[Math.min(bin, bins - 1)]++;
    }
    return counts;
  }

  /** The histogram of what is finite. */
  private static int[] finite(double[] data, int bins) {
    double[] rest = Arrays.stream(data).filter(Double::isFinite).toArray();
    double min = Arrays.stream(rest).min().orElse(0);
    double max = Arrays.stream(rest).max().orElse(0);
    return histogram(rest, min, max, bins);
  }

  private static List<double[][]> corners(double[] data, int columns) {
    int rows = data.length / columns;
    int height = Math.min(2, rows);
    int width = Math.min(2, columns);
    return List.of(
        corner(data, columns, 0, 0, height, width),
        corner(data, columns, 0, columns - width, height, width),
        corner(data, columns, rows - height, 0, height, width),
        corner(data, columns, rows - height, columns - width, height, width));
  }

  private static double[][] corner(
      double[] data, int columns, int row, int column, int height, int width) {
    double[][] out = new double[height][];
    for (int r = 0; r < height; r++) {
      int from = (row + r) * columns + column;
      out[r] = Arrays.copyOfRange(data, from, from + width);
    }
    return out;
  }
}
