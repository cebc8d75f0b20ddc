package gradus.tensor;

import static gradus.tensor.spi.Given.given;

import java.util.Arrays;

/**
 * The sizes of a tensor's dimensions; immutable, and printed as PyTorch prints a size: {@code [2,
 * 3, 768]}.
 *
 * <p>A scalar has rank 0 and prints {@code []}. PyTorch: {@code torch.Size}.
 *
 * <p><b>What is a stride?</b> The elements of a tensor lie in one row of memory. A stride says, for
 * each dimension, how many places further the next element in that dimension lies; the offset says
 * where the first one lies. Take {@code var x = Tensor.of(new double[][] {{1, 2, 3}, {4, 5, 6}})}:
 *
 * <pre>
 * memory      1  2  3  4  5  6
 * place       0  1  2  3  4  5
 *
 *                                  shape    strides  offset   element [i][j] is at
 * x              1 2 3
 *                4 5 6             [2, 3]   [3, 1]   0        3 i + j
 *
 * x.t()          1 4
 *                2 5
 *                3 6               [3, 2]   [1, 3]   0        i + 3 j
 *
 * x at column 1  2 5               [2]      [3]      1        1 + 3 i
 *
 * x at columns   1 3
 * 0 and 2        4 6               [2, 2]   [3, 2]   0        3 i + 2 j
 *
 * row 0 of x,    1 2 3
 * expanded       1 2 3             [2, 3]   [0, 1]   0        j
 * </pre>
 *
 * <p>None of the others copies anything: they are views, the same memory walked in another order. A
 * tensor is contiguous if its strides are those of its shape, [3, 1] for [2, 3]: then the elements
 * lie in the order in which they are read. {@code x.stride()} shows strides; {@code Views} is where
 * those of views are computed.
 */
public final class Shape {
  private static final Shape SCALAR = new Shape(new int[0]);

  private final int[] sizes;
  private final int numel;

  private Shape(int[] sizes) {
    this.sizes = sizes;
    this.numel = count(sizes);
  }

  /**
   * A shape of the given sizes.
   *
   * @param sizes one size a dimension, none negative
   * @return the shape
   * @throws IllegalArgumentException if a size is negative or the element count exceeds 2³¹−1
   */
  public static Shape of(int... sizes) {
    return given(sizes, int[].class).length == 0 ? SCALAR : new Shape(sizes.clone());
  }

  /** Wraps without copying; the caller must not touch the array again. */
  static Shape wrap(int[] sizes) {
    return sizes.length == 0 ? SCALAR : new Shape(sizes);
  }

  private static int count(int[] sizes) {
    long n = 1;
    boolean empty = false;
    for (int size : sizes) {
      if (size < 0) {
        throw Errors.invalid(
            "shape", Arrays.toString(sizes) + " has a negative size. Sizes are 0 or more.");
      }
      empty |= size == 0;
    }
    if (empty) {
      return 0;
    }
    for (int size : sizes) {
      n = Math.multiplyExact(n, (long) size);
      if (n > Integer.MAX_VALUE) {
        throw Errors.tooManyElements(sizes);
      }
    }
    return (int) n;
  }

  /** The number of dimensions. PyTorch: {@code dim()}. */
  public int rank() {
    return sizes.length;
  }

  /** The number of elements: the product of the sizes, 1 for a scalar. */
  public int numel() {
    return numel;
  }

  /**
   * The size of one dimension.
   *
   * @param dim the dimension; negative counts from the end
   * @return its size
   * @throws IndexOutOfBoundsException if there is no such dimension
   */
  public int size(int dim) {
    int d = dim("size", dim);
    if (sizes.length == 0) {
      throw Errors.dimOutOfRange(
          "size", dim, this); // what a scalar admits elsewhere it has not got
    }
    return sizes[d];
  }

  /** A copy of the sizes as an array. */
  public int[] toArray() {
    return sizes.clone();
  }

  /** The sizes themselves; not to be written to. */
  int[] raw() {
    return sizes;
  }

  /**
   * {@code dim} made non-negative, or an error in the name of {@code op}; a scalar admits 0 and −1.
   */
  int dim(String op, int dim) {
    int rank = Math.max(1, sizes.length);
    if (dim < -rank || dim >= rank) {
      throw Errors.dimOutOfRange(op, dim, this);
    }
    return dim < 0 ? dim + rank : dim;
  }

  /** The row-major strides, in elements. */
  int[] strides() {
    int[] strides = new int[sizes.length];
    int step = 1;
    for (int d = sizes.length - 1; d >= 0; d--) {
      strides[d] = step;
      step *= Math.max(1, sizes[d]);
    }
    return strides;
  }

  /** The index of the i-th element, counted row by row, as errors tell it: {@code [1, 0]}. */
  String position(int element) {
    int[] index = strides();
    for (int d = 0; d < index.length; d++) {
      index[d] = element / index[d] % sizes[d];
    }
    return Arrays.toString(index);
  }

  /**
   * The shape both broadcast to: aligned at the last dimension, where sizes agree or one of them is
   * 1. PyTorch: {@code torch.broadcast_shapes}.
   *
   * @param op the operation's name, for the error
   * @param a one shape
   * @param b the other
   * @return the common shape
   * @throws IllegalArgumentException if they do not broadcast
   */
  public static Shape broadcast(String op, Shape a, Shape b) {
    if (a.equals(b)) {
      return a;
    }
    int rank = Math.max(a.rank(), b.rank());
    int[] out = new int[rank];
    for (int i = 1; i <= rank; i++) {
      int x = i <= a.rank() ? a.sizes[a.rank() - i] : 1;
      int y = i <= b.rank() ? b.sizes[b.rank() - i] : 1;
      if (x != y && x != 1 && y != 1) {
        throw Errors.noBroadcast(op, a, b, rank - i, x, y);
      }
      out[rank - i] = x == 1 ? y : x;
    }
    return wrap(out);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape s && Arrays.equals(sizes, s.sizes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(sizes);
  }

  @Override
  public String toString() {
    return Arrays.toString(sizes);
  }
}
