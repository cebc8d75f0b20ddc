package gradus.tensor;

import static gradus.tensor.spi.Given.given;

/** New tensors of the type of this one, and short forms of what other families do. */
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

  // ---------------------------------------------------------------- short forms of views and
  // choices

  /** At most {@code chunks} pieces along the first dimension. PyTorch: {@code torch.chunk}. */
  default java.util.List<Tensor> chunk(int chunks) {
    return self().chunk(chunks, 0);
  }

  /** Pieces of {@code splitSize} along the first dimension. PyTorch: {@code torch.split}. */
  default java.util.List<Tensor> split(int splitSize) {
    return self().split(splitSize, 0);
  }

  /** Pieces of the given sizes along the first dimension. */
  default java.util.List<Tensor> split(int... splitSizes) {
    return self().split(splitSizes, 0);
  }

  /** Pieces of the given sizes along {@code dim}. PyTorch: {@code x.split_with_sizes}. */
  default java.util.List<Tensor> splitWithSizes(int[] splitSizes, int dim) {
    return self().split(splitSizes, dim);
  }

  /** A diagonal of the first two dimensions. PyTorch: {@code torch.diagonal(x, offset)}. */
  default Tensor diagonal(int offset) {
    return self().diagonal(offset, 0, 1);
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
   * The k largest (or smallest) elements; they always come {@code sorted}. PyTorch: {@code
   * torch.topk}.
   */
  default ValuesIndices topk(int k, int dim, boolean largest, boolean sorted) {
    return self().topk(k, dim, largest);
  }

  /**
   * The last two dimensions swapped. PyTorch: {@code x.mH}, which for real numbers is {@code x.mT}.
   */
  default Tensor mH() {
    return self().mT();
  }

  /** A matrix transposed. PyTorch: {@code x.H}, which for real numbers is {@code x.T}. */
  default Tensor adjoint() {
    return self().mT();
  }

  /** Gather from the flattened elements. PyTorch: {@code torch.take_along_dim(x, indices)}. */
  default Tensor takeAlongDim(Tensor indices) {
    return self().flatten().takeAlongDim(given(indices).flatten(), 0);
  }

  /**
   * The k-th smallest element (from 1) along the last dimension. PyTorch: {@code torch.kthvalue}.
   */
  default ValuesIndices kthvalue(int k) {
    return self().kthvalue(k, -1, false);
  }

  /** {@link Functions#clamp(Number, Number)} by its other name. PyTorch: {@code torch.clip}. */
  default Tensor clip(Number min, Number max) {
    return self().clamp(min, max);
  }

  /** {@link Functions#clamp(Tensor, Tensor)} by its other name. PyTorch: {@code torch.clip}. */
  default Tensor clip(Tensor min, Tensor max) {
    return self().clamp(min, max);
  }

  /** The values raised to at least {@code min}. PyTorch: {@code torch.clamp_min}. */
  default Tensor clampMin(Tensor min) {
    return self().clamp(min, null);
  }

  /** The values lowered to at most {@code max}. PyTorch: {@code torch.clamp_max}. */
  default Tensor clampMax(Tensor max) {
    return self().clamp(null, max);
  }

  /**
   * The product along one dimension, computed in another dtype. PyTorch: {@code torch.prod(x, dim,
   * keepdim, dtype=…)}.
   */
  default Tensor prod(int dim, boolean keepdim, DType dtype) {
    return self().to(dtype).prod(dim, keepdim).to(dtype);
  }

  /** The product of all elements, computed in another dtype. */
  default Tensor prod(DType dtype) {
    return self().to(dtype).prod().to(dtype);
  }

  /** The sum of all elements, computed in another dtype. PyTorch: {@code torch.sum(x, dtype=…)}. */
  default Tensor sum(DType dtype) {
    return self().sum(new int[0], false, dtype);
  }

  /**
   * The mean of all elements, computed in another dtype. PyTorch: {@code torch.mean(x, dtype=…)}.
   */
  default Tensor mean(DType dtype) {
    return self().mean(new int[0], false, dtype);
  }

  /**
   * The Frobenius norm (p "fro") over all or the given dimensions. PyTorch: {@code torch.norm(x,
   * "fro")}.
   */
  default Tensor norm(String p, int[] dim, boolean keepdim) {
    if (!given(p, "p").equals("fro")) {
      throw Errors.invalid(
          "norm", "p is \"" + p + "\". It is a number, or \"fro\" for the Frobenius norm.");
    }
    return self().norm(2, dim, keepdim);
  }
}
