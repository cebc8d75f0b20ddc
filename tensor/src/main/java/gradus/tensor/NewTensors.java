package gradus.tensor;

/** New tensors of the type of this one: {@code x.newZeros(2, 3)}. */
public sealed interface NewTensors permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /** Zeros of this dtype. PyTorch: {@code x.new_zeros}. */
  default Tensor newZeros(int... size) {
    return Tensor.zeros(self().dtype(), size);
  }

  /** Zeros of another dtype. */
  default Tensor newZeros(int[] size, DType dtype) {
    return Tensor.zeros(dtype, size);
  }

  /** A tensor of this dtype to be filled, here with zeros. PyTorch: {@code x.new_empty}. */
  default Tensor newEmpty(int... size) {
    return Tensor.zeros(self().dtype(), size);
  }

  /** Ones of this dtype. PyTorch: {@code x.new_ones}. */
  default Tensor newOnes(int... size) {
    return Tensor.ones(self().dtype(), size);
  }

  /** Ones of another dtype. */
  default Tensor newOnes(int[] size, DType dtype) {
    return Tensor.ones(dtype, size);
  }

  /** One number everywhere, of this dtype. PyTorch: {@code x.new_full}. */
  default Tensor newFull(int[] size, Number fillValue) {
    return Tensor.full(Shape.of(size), fillValue, self().dtype());
  }

  /** One number everywhere, of another dtype. */
  default Tensor newFull(int[] size, Number fillValue, DType dtype) {
    return Tensor.full(Shape.of(size), fillValue, dtype);
  }
}
