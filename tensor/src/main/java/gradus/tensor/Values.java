package gradus.tensor;

import static gradus.tensor.spi.Given.given;

import java.util.Arrays;

/** Getting numbers out of a tensor, and asking about its layout. */
public sealed interface Values permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /** The number of dimensions. PyTorch: {@code x.dim()}. */
  default int dim() {
    return self().shape().rank();
  }

  /** The sizes of all dimensions, as {@code shape()}. PyTorch: {@code x.size()}. */
  default Shape size() {
    return self().shape();
  }

  /** The size of one dimension; negative counts from the end. PyTorch: {@code x.size(dim)}. */
  default int size(int dim) {
    return self().shape().size(dim);
  }

  /**
   * How many places further in memory the next element lies, for each dimension; {@link Shape}
   * shows it in numbers. PyTorch: {@code x.stride()}.
   */
  default int[] stride() {
    return self().strides.clone();
  }

  /** The number of elements. PyTorch: {@code x.numel()}. */
  default int numel() {
    return self().shape().numel();
  }

  /**
   * The distance in memory between neighbours along {@code dim}, in elements. PyTorch: {@code
   * x.stride(dim)}.
   */
  default int stride(int dim) {
    int d = self().shape().dim("stride", dim);
    if (self().dim() == 0) {
      throw Errors.dimOutOfRange("stride", dim, self().shape());
    }
    return self().strides[d];
  }

  /** Where in memory the first element lies, in elements. PyTorch: {@code x.storage_offset()}. */
  default int storageOffset() {
    return self().offset;
  }

  /**
   * Whether elements lie in memory in row-major order without gaps. PyTorch: {@code
   * x.is_contiguous()}.
   */
  default boolean isContiguous() {
    Tensor x = self();
    int[] sizes = x.shape().raw();
    int expected = 1;
    for (int d = sizes.length - 1; d >= 0; d--) {
      if (sizes[d] == 1) {
        continue;
      }
      if (x.strides[d] != expected) {
        return x.numel() == 0;
      }
      expected *= sizes[d];
    }
    return true;
  }

  /** This tensor if contiguous, else a contiguous copy. PyTorch: {@code x.contiguous()}. */
  default Tensor contiguous() {
    return isContiguous() ? self() : self().clone();
  }

  /** Whether the elements are FLOAT32 or FLOAT64. PyTorch: {@code x.is_floating_point()}. */
  default boolean isFloatingPoint() {
    return self().dtype().isFloatingPoint();
  }

  /** How often the memory of this tensor was changed in place. PyTorch: {@code x._version}. */
  default int version() {
    return self().storage.version;
  }

  /** Whether this tensor looks at the memory of another one. PyTorch: {@code x._is_view()}. */
  default boolean isView() {
    return self().viewedTensor != null;
  }

  /**
   * The elements in another dtype; this tensor itself if it has it already. Gradients flow between
   * floating types. PyTorch: {@code x.to(dtype)}.
   *
   * @param dtype the wanted type
   * @return a tensor of this shape
   */
  default Tensor to(DType dtype) {
    Tensor x = self();
    return x.dtype() == dtype ? x : Tensor.record(new Op.Cast(x.dtype()), Dense.cast(x, dtype), x);
  }

  /** To FLOAT32. PyTorch: {@code x.float()}. */
  default Tensor toFloat() {
    return to(DType.FLOAT32);
  }

  /** To FLOAT64. PyTorch: {@code x.double()}. */
  default Tensor toDouble() {
    return to(DType.FLOAT64);
  }

  /** To INT64. PyTorch: {@code x.long()}. */
  default Tensor toLong() {
    return to(DType.INT64);
  }

  /** To INT32. PyTorch: {@code x.int()}. */
  default Tensor toInt() {
    return to(DType.INT32);
  }

  /** To BOOL: whether elements are non-zero. PyTorch: {@code x.bool()}. */
  default Tensor toBool() {
    return to(DType.BOOL);
  }

  private int onlyPlace() {
    if (numel() != 1) {
      throw Errors.notOneElement(self().shape());
    }
    return self().offset;
  }

  /** The only element as a double. PyTorch: {@code x.item()}. */
  default double item() {
    return self().storage.getDouble(onlyPlace());
  }

  /** The only element as a long. */
  default long itemLong() {
    return self().storage.getLong(onlyPlace());
  }

  /**
   * The only element as an int.
   *
   * @throws ArithmeticException if it is no whole number an int can hold
   */
  default int itemInt() {
    onlyPlace();
    return Dense.exactInt("itemInt", item());
  }

  /** Whether the only element is non-zero. */
  default boolean itemBoolean() {
    return item() != 0;
  }

  /**
   * One element as a double. PyTorch: {@code x[i, j].item()}.
   *
   * @param index one index a dimension; negative counts from the end
   * @return the element
   * @throws IndexOutOfBoundsException if an index is out of range or their number is not {@link
   *     #dim()}
   */
  default double get(int... index) {
    return self().storage.getDouble(place("get", index));
  }

  /** One element as a long. PyTorch: {@code x[i, j].item()}. */
  default long getLong(int... index) {
    return self().storage.getLong(place("getLong", index));
  }

  /**
   * One element as an int. PyTorch: {@code x[i, j].item()}.
   *
   * @throws ArithmeticException if it is no whole number an int can hold
   */
  default int getInt(int... index) {
    return Dense.exactInt("getInt", self().storage.getDouble(place("getInt", index)));
  }

  private int place(String op, int[] index) {
    Tensor x = self();
    if (given(index, "index").length != dim()) {
      throw Errors.outside(
          op,
          ("%s has %s indices but the tensor %s has %s dimensions. Use select(...) or at(...)"
                  + " for parts.")
              .formatted(Shapes.text(index), index.length, x.shape(), dim()));
    }
    int place = x.offset;
    for (int d = 0; d < index.length; d++) {
      int size = x.shape().raw()[d];
      if (index[d] < -size || index[d] >= size) {
        throw Errors.index(op, index[d], d, x.shape());
      }
      place += (index[d] < 0 ? index[d] + size : index[d]) * x.strides[d];
    }
    return place;
  }

  /** The elements in row-major order, as a fresh array of floats. */
  default float[] toFloatArray() {
    return Dense.floats(self());
  }

  /** The elements in row-major order, as a fresh array of doubles. PyTorch: {@code x.tolist()}. */
  default double[] toDoubleArray() {
    return Dense.doubles(self());
  }

  /** The elements in row-major order, as a fresh array of longs. */
  default long[] toLongArray() {
    return Dense.longs(self());
  }

  /**
   * The elements in row-major order, as a fresh array of ints.
   *
   * @throws IllegalArgumentException if one does not fit an int
   */
  default int[] toIntArray() {
    if (self().storage instanceof Storage.Ints ints && self().isContiguous()) {
      return Arrays.copyOfRange(ints.array, self().offset, self().offset + numel());
    }
    long[] values = Dense.longs(self());
    int[] out = new int[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (int) values[i];
      if (out[i] != values[i]) {
        throw Errors.invalid(
            "toIntArray", "element " + i + " is " + values[i] + ", no int. Use toLongArray().");
      }
    }
    return out;
  }

  /** Whether each element is non-zero, in row-major order, as a fresh array. */
  default boolean[] toBooleanArray() {
    double[] values = Dense.doubles(self());
    boolean[] out = new boolean[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = values[i] != 0;
    }
    return out;
  }
}
