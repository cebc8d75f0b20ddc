package gradus.studio;

import static gradus.tensor.spi.Given.given;

import gradus.tensor.DType;
import gradus.tensor.Shape;
import gradus.tensor.Tensor;
import java.util.List;

/**
 * The numbers of a tensor at the moment it was looked at; nothing that happens to the tensor
 * changes them.
 */
public sealed interface Value {
  /** Up to how many elements are kept one by one: 4,096. */
  int MOST_ELEMENTS = 4096;

  /** Into how many parts a histogram divides the range: 32. */
  int BINS = 32;

  /** Up to how many elements of a tensor a histogram counts: 262,144. */
  int MOST_COUNTED = 1 << 18;

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
   *     numbers that are not finite are in none; of more than {@link #MOST_COUNTED} numbers it
   *     counts every second one, or third, and so on
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
    return dense.dtype() == DType.FLOAT32 // millions of weights: their bulk is copied as it is
        ? Summaries.of(dense.shape(), dense.dtype(), dense.toFloatArray())
        : Summaries.of(dense.shape(), dense.dtype(), dense.toDoubleArray());
  }

  /**
   * What a tensor is like whose numbers were all kept.
   *
   * @param whole at least one number
   */
  static Summary summary(Whole whole) {
    return Summaries.of(whole.shape(), whole.dtype(), whole.data());
  }
}
