package gradus.tensor;

import static gradus.tensor.spi.Given.given;

import java.util.Arrays;
import java.util.Iterator;

/**
 * Parts of a tensor, as views: they share its memory. Dimensions may be negative, counting from the
 * end.
 */
public sealed interface Slicing extends Iterable<Tensor> permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  private int wrap(String op, int dim) {
    return self().shape().dim(op, dim);
  }

  /**
   * Every {@code step}-th slice from {@code start} (included) to {@code end} (not included).
   * PyTorch: {@code x[start:end:step]} along {@code dim}.
   *
   * @param dim the dimension
   * @param start first index; negative counts from the end; moved into range
   * @param end index after the last; negative counts from the end; moved into range
   * @param step 1 or more
   * @return a view
   */
  default Tensor slice(int dim, int start, int end, int step) {
    int d = wrap("slice", dim);
    if (step < 1) {
      throw Errors.invalid(
          "slice", "step is " + step + ". It must be 1 or more; use flip(dim) to go backwards.");
    }
    if (self().dim() == 0) {
      throw Errors.invalid(
          "slice", "a scalar [] has no dimension to slice. Use unsqueeze(0) first.");
    }
    int size = self().size(d);
    int from = Math.clamp(start < 0 ? (long) start + size : start, 0, size);
    int to = Math.clamp(end < 0 ? (long) end + size : end, from, size);
    return Views.of(self(), new Op.Slice(d, from, to, step));
  }

  /** The slices from {@code start} to before {@code end} along {@code dim}. */
  default Tensor slice(int dim, int start, int end) {
    return slice(dim, start, end, 1);
  }

  /**
   * {@code length} slices from {@code start} on along {@code dim}. PyTorch: {@code x.narrow(dim,
   * start, length)}.
   */
  default Tensor narrow(int dim, int start, int length) {
    int d = wrap("narrow", dim);
    int size = self().dim() == 0 ? 0 : self().size(d);
    int from = start < 0 ? start + size : start;
    if (self().dim() == 0 || from < 0 || length < 0 || from + (long) length > size) {
      throw Errors.outside(
          "narrow",
          "start %s and length %s do not lie in dimension %s of %s."
              .formatted(start, length, dim, self().shape()));
    }
    return Views.of(self(), new Op.Slice(d, from, from + length, 1));
  }

  /**
   * {@code length} slices from the number in a 0-dim tensor on. PyTorch: {@code x.narrow(dim,
   * start, length)}.
   */
  default Tensor narrow(int dim, Tensor start, int length) {
    if (given(start).dim() != 0 || start.dtype().isFloatingPoint() || start.dtype() == DType.BOOL) {
      throw Errors.invalid(
          "narrow",
          "start is " + start.dtype() + " " + start.shape() + ". It must be one whole number.");
    }
    return self()
        .narrow(dim, Math.clamp(start.itemLong(), Integer.MIN_VALUE, Integer.MAX_VALUE), length);
  }

  /**
   * The slice at {@code index}, its dimension removed. PyTorch: {@code x.select(dim, index)},
   * {@code x[i]}.
   */
  default Tensor select(int dim, int index) {
    int d = wrap("select", dim);
    if (self().dim() == 0) {
      throw Errors.invalid("select", "a scalar [] cannot be indexed. Use item().");
    }
    int size = self().size(d);
    if (index < -size || index >= size) {
      throw Errors.index("select", index, d, self().shape());
    }
    return Views.of(self(), new Op.Select(d, index < 0 ? index + size : index));
  }

  /**
   * The slices along the first dimension, one after another. PyTorch: {@code for row in x}.
   *
   * <pre>{@code
   * for (Tensor row : x) {
   *   IO.println(row);
   * }
   * }</pre>
   *
   * @return over tensors of one dimension less
   * @throws IllegalArgumentException if this is a scalar
   */
  @Override
  default Iterator<Tensor> iterator() {
    return self().unbind(0).iterator();
  }

  /**
   * The diagonal from {@code dim1} and {@code dim2} as a new last dimension. PyTorch: {@code
   * torch.diagonal}.
   */
  default Tensor diagonal(int offset, int dim1, int dim2) {
    int a = wrap("diagonal", dim1);
    int b = wrap("diagonal", dim2);
    if (a == b) {
      throw Errors.invalid(
          "diagonal", "dim1 and dim2 are both " + a + ". A diagonal needs two dimensions.");
    }
    return Views.of(self(), new Op.Diagonal(offset, a, b));
  }

  /** The main diagonal of the first two dimensions. */
  default Tensor diagonal() {
    return diagonal(0, 0, 1);
  }

  /** A diagonal of the first two dimensions. PyTorch: {@code torch.diagonal(x, offset)}. */
  default Tensor diagonal(int offset) {
    return self().diagonal(offset, 0, 1);
  }

  /**
   * A vector as a diagonal matrix (a copy), or the diagonal of a matrix. PyTorch: {@code
   * torch.diag}.
   */
  default Tensor diag(int diagonal) {
    if (self().dim() == 2) {
      return diagonal(diagonal, 0, 1);
    }
    if (self().dim() != 1) {
      throw Errors.invalid("diag", self().shape() + " is neither a vector nor a matrix.");
    }
    int n = self().size(0) + Math.abs(diagonal);
    Op.ViewOp where = new Op.Diagonal(diagonal, 0, 1);
    return TensorInternals.placed(self(), where, Shape.of(n, n));
  }

  /** A vector as a diagonal matrix, or the diagonal of a matrix. */
  default Tensor diag() {
    return diag(0);
  }

  /**
   * Windows of {@code size} every {@code step} along a dimension, as a new last one. PyTorch:
   * {@code x.unfold}.
   */
  default Tensor unfold(int dimension, int size, int step) {
    int d = wrap("unfold", dimension);
    int length = self().dim() == 0 ? 1 : self().size(d);
    if (size < 0 || size > length || step < 1) {
      throw Errors.invalid(
          "unfold",
          "size %s and step %s do not fit dimension %s of %s."
              .formatted(size, step, d, self().shape()));
    }
    return Views.of(self(), new Op.Unfold(d, size, step));
  }

  /** Any look at the memory of this tensor. PyTorch: {@code torch.as_strided}. */
  default Tensor asStrided(int[] size, int[] stride, int storageOffset) {
    if (given(size, "size").length != given(stride, "stride").length
        || Arrays.stream(stride).anyMatch(s -> s < 0)) {
      throw Errors.invalid(
          "asStrided",
          ("sizes %s and strides %s do not fit. There must be as many strides as sizes, "
                  + "each 0 or more.")
              .formatted(Shapes.text(size), Shapes.text(stride)));
    }
    long last = storageOffset;
    for (int d = 0; d < size.length; d++) {
      last += (long) (size[d] - 1) * stride[d];
    }
    if (storageOffset < 0) {
      throw Errors.invalid(
          "asStrided", "storageOffset is " + storageOffset + ". It must be 0 or more.");
    }
    if (Shape.of(size).numel() > 0 && last >= self().storage.size()) {
      throw Errors.outside(
          "asStrided",
          "%s with strides %s reaches element %s but the memory has %s."
              .formatted(Shapes.text(size), Shapes.text(stride), last, self().storage.size()));
    }
    var from = new Op.Layout(Shapes.list(self().strides), self().offset);
    return Views.of(
        self(), new Op.AsStrided(Shape.of(size), Shapes.list(stride), storageOffset, from));
  }

  /** Any look at the memory of this tensor, from its first element on. */
  default Tensor asStrided(int[] size, int[] stride) {
    return asStrided(size, stride, self().offset);
  }
}
