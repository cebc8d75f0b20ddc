package gradus.studio;

import static gradus.tensor.spi.Given.given;

import gradus.tensor.DType;
import gradus.tensor.Shape;
import gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/**
 * The numbers of a tensor at the moment it was looked at; nothing that happens to the tensor
 * changes them.
 */
public sealed interface Value {
  /** Up to how many elements are kept one by one: 4,096. */
  int MOST_ELEMENTS = 4096;

  /** Into how many parts a histogram divides the range: 32. */
  int BINS = 32;

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
    if (dense.numel() <= MOST_ELEMENTS) {
      return new Whole(dense.shape(), dense.dtype(), dense.toDoubleArray());
    }
    if (dense.dtype() == DType.FLOAT32) { // millions of weights: their bulk is copied as it is
      float[] data = dense.toFloatArray();
      return summary(dense.shape(), dense.dtype(), at -> data[at]);
    }
    double[] data = dense.toDoubleArray();
    return summary(dense.shape(), dense.dtype(), at -> data[at]);
  }

  /**
   * What a tensor is like whose numbers were all kept.
   *
   * @param whole at least one number
   */
  static Summary summary(Whole whole) {
    return summary(whole.shape(), whole.dtype(), at -> whole.data()[at]);
  }

  private static Summary summary(Shape shape, DType dtype, IntToDoubleFunction data) {
    int count = shape.numel();
    double sum = 0;
    double low = Double.POSITIVE_INFINITY; // the range of what is finite
    double high = Double.NEGATIVE_INFINITY;
    double min = low;
    double max = high;
    for (int i = 0; i < count; i++) {
      double x = data.applyAsDouble(i);
      sum += x;
      min = Math.min(min, x);
      max = Math.max(max, x);
      if (Double.isFinite(x)) {
        low = Math.min(low, x);
        high = Math.max(high, x);
      }
    }
    double mean = sum / count;
    double width = (high - low) / BINS;
    double squares = 0;
    int[] histogram = new int[BINS];
    for (int i = 0; i < count; i++) {
      double x = data.applyAsDouble(i);
      squares += (x - mean) * (x - mean);
      if (Double.isFinite(x)) {
        histogram[width > 0 ? Math.min((int) ((x - low) / width), BINS - 1) : 0]++;
      }
    }
    return new Summary(
        shape, dtype, corners(shape, data), min, max, mean, Math.sqrt(squares / count), histogram);
  }

  private static List<double[][]> corners(Shape shape, IntToDoubleFunction data) {
    int columns = shape.rank() == 0 ? 1 : shape.size(shape.rank() - 1);
    int rows = shape.numel() / columns;
    int height = Math.min(2, rows);
    int width = Math.min(2, columns);
    var corners = new ArrayList<double[][]>();
    for (int row : new int[] {0, rows - height}) {
      for (int column : new int[] {0, columns - width}) {
        double[][] corner = new double[height][width];
        for (int r = 0; r < height; r++) {
          for (int c = 0; c < width; c++) {
            corner[r][c] = data.applyAsDouble((row + r) * columns + column + c);
          }
        }
        corners.add(corner);
      }
    }
    return List.copyOf(corners);
  }
}
