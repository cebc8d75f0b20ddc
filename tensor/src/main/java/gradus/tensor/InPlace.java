package gradus.tensor;

import static gradus.tensor.spi.Given.given;

import gradus.tensor.kernel.op.BinaryOps;
import java.util.List;

/**
 * Ops that overwrite their tensor, marked by an underscore as in PyTorch, and return it.
 *
 * <p>They are recorded like any other op. A leaf that requires gradients cannot be changed while
 * recording; a tensor that backward still needs may be changed, but backward then says so instead
 * of computing a wrong gradient.
 */
public sealed interface InPlace permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /** {@code self + other}, in place. PyTorch: {@code x.add_}. */
  default Tensor add_(Tensor other) {
    return InPlaceOps.with(self(), "add_", BinaryOps.ADD, other, x -> x.add(other));
  }

  /** {@code self + other}, in place. PyTorch: {@code x.add_}. */
  default Tensor add_(Number other) {
    return InPlaceOps.with(self(), "add_", BinaryOps.ADD, Tensor.wrap(other), x -> x.add(other));
  }

  /** {@code self - other}, in place. PyTorch: {@code x.sub_}. */
  default Tensor sub_(Tensor other) {
    return InPlaceOps.with(self(), "sub_", BinaryOps.SUB, other, x -> x.sub(other));
  }

  /** {@code self - other}, in place. PyTorch: {@code x.sub_}. */
  default Tensor sub_(Number other) {
    return InPlaceOps.with(self(), "sub_", BinaryOps.SUB, Tensor.wrap(other), x -> x.sub(other));
  }

  /** {@code self · other}, in place. PyTorch: {@code x.mul_}. */
  default Tensor mul_(Tensor other) {
    return InPlaceOps.with(self(), "mul_", BinaryOps.MUL, other, x -> x.mul(other));
  }

  /** {@code self · other}, in place. PyTorch: {@code x.mul_}. */
  default Tensor mul_(Number other) {
    return InPlaceOps.with(self(), "mul_", BinaryOps.MUL, Tensor.wrap(other), x -> x.mul(other));
  }

  /** {@code self / other}, in place. PyTorch: {@code x.div_}. */
  default Tensor div_(Tensor other) {
    return InPlaceOps.with(self(), "div_", BinaryOps.DIV, other, x -> x.div(other));
  }

  /** {@code self / other}, in place. PyTorch: {@code x.div_}. */
  default Tensor div_(Number other) {
    return InPlaceOps.with(self(), "div_", BinaryOps.DIV, Tensor.wrap(other), x -> x.div(other));
  }

  /** {@code self ^ other}, in place. PyTorch: {@code x.pow_}. */
  default Tensor pow_(Tensor other) {
    return InPlaceOps.with(self(), "pow_", x -> x.pow(other));
  }

  /** {@code self ^ other}, in place. PyTorch: {@code x.pow_}. */
  default Tensor pow_(Number other) {
    return InPlaceOps.with(self(), "pow_", x -> x.pow(other));
  }

  /** The remainder with the sign of self, in place. PyTorch: {@code x.fmod_}. */
  default Tensor fmod_(Tensor other) {
    return InPlaceOps.with(self(), "fmod_", x -> x.fmod(other));
  }

  /** The remainder with the sign of self, in place. PyTorch: {@code x.fmod_}. */
  default Tensor fmod_(Number other) {
    return InPlaceOps.with(self(), "fmod_", x -> x.fmod(other));
  }

  /** The remainder with the sign of other, in place. PyTorch: {@code x.remainder_}. */
  default Tensor remainder_(Tensor other) {
    return InPlaceOps.with(self(), "remainder_", x -> x.remainder(other));
  }

  /** The remainder with the sign of other, in place. PyTorch: {@code x.remainder_}. */
  default Tensor remainder_(Number other) {
    return InPlaceOps.with(self(), "remainder_", x -> x.remainder(other));
  }

  /** {@code self + alpha · other}, in place. PyTorch: {@code x.add_}. */
  default Tensor add_(Tensor other, Number alpha) {
    return InPlaceOps.adding(
        self(), "add_", other, given(alpha, "alpha").doubleValue(), x -> x.add(other, alpha));
  }

  /** {@code self - alpha · other}, in place. PyTorch: {@code x.sub_}. */
  default Tensor sub_(Tensor other, Number alpha) {
    return InPlaceOps.adding(
        self(), "sub_", other, -given(alpha, "alpha").doubleValue(), x -> x.sub(other, alpha));
  }

  /** The rounded quotient, in place. PyTorch: {@code x.div_}. */
  default Tensor div_(Tensor other, String roundingMode) {
    return InPlaceOps.with(self(), "div_", x -> x.div(other, roundingMode));
  }

  /** {@code self + value · tensor1 · tensor2}, in place. PyTorch: {@code x.addcmul_}. */
  default Tensor addcmul_(Tensor tensor1, Tensor tensor2, Number value) {
    return InPlaceOps.with(self(), "addcmul_", x -> x.addcmul(tensor1, tensor2, value));
  }

  /** {@code self + value · tensor1 / tensor2}, in place. PyTorch: {@code x.addcdiv_}. */
  default Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Number value) {
    return InPlaceOps.with(self(), "addcdiv_", x -> x.addcdiv(tensor1, tensor2, value));
  }

  /** {@code self + weight · (end - self)}, in place. PyTorch: {@code x.lerp_}. */
  default Tensor lerp_(Tensor end, Number weight) {
    return InPlaceOps.with(self(), "lerp_", x -> x.lerp(end, weight));
  }

  /** {@code self + weight · (end - self)}, in place. PyTorch: {@code x.lerp_}. */
  default Tensor lerp_(Tensor end, Tensor weight) {
    return InPlaceOps.with(self(), "lerp_", x -> x.lerp(end, weight));
  }

  /** Moved into {@code [min, max]}, in place. PyTorch: {@code x.clamp_}. */
  default Tensor clamp_(Number min, Number max) {
    return InPlaceOps.with(self(), "clamp_", x -> x.clamp(min, max));
  }

  /** Moved into {@code [min, max]}, in place. PyTorch: {@code x.clip_}. */
  default Tensor clip_(Number min, Number max) {
    return InPlaceOps.with(self(), "clip_", x -> x.clamp(min, max));
  }

  /** Raised to at least min, in place. PyTorch: {@code x.clampMin_}. */
  default Tensor clampMin_(Number min) {
    return InPlaceOps.with(self(), "clampMin_", x -> x.clampMin(min));
  }

  /** Lowered to at most max, in place. PyTorch: {@code x.clampMax_}. */
  default Tensor clampMax_(Number max) {
    return InPlaceOps.with(self(), "clampMax_", x -> x.clampMax(max));
  }

  /**
   * Raised to at least {@code min}, element by element, in place. PyTorch: {@code x.clamp_min_}.
   */
  default Tensor clampMin_(Tensor min) {
    return InPlaceOps.with(self(), "clampMin_", x -> x.clampMin(min));
  }

  /**
   * Lowered to at most {@code max}, element by element, in place. PyTorch: {@code x.clamp_max_}.
   */
  default Tensor clampMax_(Tensor max) {
    return InPlaceOps.with(self(), "clampMax_", x -> x.clampMax(max));
  }

  /** A number where the mask is true, in place. PyTorch: {@code x.maskedFill_}. */
  default Tensor maskedFill_(Tensor mask, Number value) {
    return InPlaceOps.with(self(), "maskedFill_", x -> x.maskedFill(mask, value));
  }

  /** The 0-dim tensor {@code value} where the mask is true, in place. */
  default Tensor maskedFill_(Tensor mask, Tensor value) {
    return InPlaceOps.with(self(), "maskedFill_", x -> x.maskedFill(mask, value));
  }

  /** Elements of src at the indices, in place. PyTorch: {@code x.scatter_}. */
  default Tensor scatter_(int dim, Tensor index, Tensor src) {
    return InPlaceOps.with(self(), "scatter_", x -> x.scatter(dim, index, src));
  }

  /** One number at the indices, in place. PyTorch: {@code x.scatter_(dim, index, value)}. */
  default Tensor scatter_(int dim, Tensor index, Number value) {
    return InPlaceOps.with(self(), "scatter_", x -> x.scatter(dim, index, value));
  }

  /** Elements of src added at the indices, in place. PyTorch: {@code x.scatterAdd_}. */
  default Tensor scatterAdd_(int dim, Tensor index, Tensor src) {
    return InPlaceOps.with(self(), "scatterAdd_", x -> x.scatterAdd(dim, index, src));
  }

  /** Slices of source added at the indices, in place. PyTorch: {@code x.indexAdd_}. */
  default Tensor indexAdd_(int dim, Tensor index, Tensor source) {
    return InPlaceOps.with(self(), "indexAdd_", x -> x.indexAdd(dim, index, source));
  }

  /** A number in the slices at the indices, in place. PyTorch: {@code x.indexFill_}. */
  default Tensor indexFill_(int dim, Tensor index, Number value) {
    return InPlaceOps.with(self(), "indexFill_", x -> x.indexFill(dim, index, value));
  }

  /** Slices replaced, in place. PyTorch: {@code x.indexCopy_}. */
  default Tensor indexCopy_(int dim, Tensor index, Tensor source) {
    return InPlaceOps.with(self(), "indexCopy_", x -> x.indexCopy(dim, index, source));
  }

  /** The lower triangle, in place. PyTorch: {@code x.tril_}. */
  default Tensor tril_(int diagonal) {
    return InPlaceOps.with(self(), "tril_", x -> x.tril(diagonal));
  }

  /** The upper triangle, in place. PyTorch: {@code x.triu_}. */
  default Tensor triu_(int diagonal) {
    return InPlaceOps.with(self(), "triu_", x -> x.triu(diagonal));
  }

  /** The lower triangle, in place. */
  default Tensor tril_() {
    return tril_(0);
  }

  /** The upper triangle, in place. */
  default Tensor triu_() {
    return triu_(0);
  }

  /**
   * The elements of {@code src}, broadcast and converted, in place of those here. PyTorch: {@code
   * x.copy_(src)}.
   */
  default Tensor copy_(Tensor src) {
    Shape shape = self().shape();
    if (given(src).dim() > shape.rank()
        || !Shape.broadcast("copy_", src.shape(), shape).equals(shape)) {
      throw Errors.inPlaceShape("copy_", shape, src.shape());
    }
    return InPlaceOps.copy(self(), "copy_", src);
  }

  /** One number everywhere. PyTorch: {@code x.fill_(value)}. */
  default Tensor fill_(Number value) {
    given(value, Number.class);
    return InPlaceOps.filling(
        self(),
        "fill_",
        (array, at, n) -> ArrayPool.fill(array, at, n, value.floatValue()),
        x -> Tensor.record(new Op.Fill(), Tensor.full("fill_", x.shape(), value, x.dtype()), x));
  }

  /** Zero everywhere. PyTorch: {@code x.zero_()}. */
  default Tensor zero_() {
    return fill_(0);
  }

  /**
   * {@code values} written (or added) at the places index tensors name. PyTorch: {@code
   * x.index_put_}.
   */
  default Tensor indexPut_(List<Tensor> indices, Tensor values, boolean accumulate) {
    IndexLists.indexPut(self(), indices, values, accumulate);
    return self();
  }

  /** {@code beta · self + alpha · mat1·mat2}, in place. PyTorch: {@code x.addmm_}. */
  default Tensor addmm_(Tensor mat1, Tensor mat2, Number beta, Number alpha) {
    return InPlaceOps.with(self(), "addmm_", x -> x.addmm(mat1, mat2, beta, alpha));
  }

  /** {@code self + mat1·mat2}, in place. PyTorch: {@code x.addmm_}. */
  default Tensor addmm_(Tensor mat1, Tensor mat2) {
    return addmm_(mat1, mat2, 1, 1);
  }

  /** {@code beta · self + alpha · mat·vec}, in place. PyTorch: {@code x.addmv_}. */
  default Tensor addmv_(Tensor mat, Tensor vec, Number beta, Number alpha) {
    return InPlaceOps.with(self(), "addmv_", x -> x.addmv(mat, vec, beta, alpha));
  }

  /** {@code beta · self + alpha · vec1⊗vec2}, in place. PyTorch: {@code x.addr_}. */
  default Tensor addr_(Tensor vec1, Tensor vec2, Number beta, Number alpha) {
    return InPlaceOps.with(self(), "addr_", x -> x.addr(vec1, vec2, beta, alpha));
  }

  /** {@code beta · self + alpha · batch1·batch2}, in place. PyTorch: {@code x.baddbmm_}. */
  default Tensor baddbmm_(Tensor batch1, Tensor batch2, Number beta, Number alpha) {
    return InPlaceOps.with(self(), "baddbmm_", x -> x.baddbmm(batch1, batch2, beta, alpha));
  }

  /**
   * The sums of all elements up to each along {@code dim}, in place. PyTorch: {@code x.cumsum_}.
   */
  default Tensor cumsum_(int dim) {
    return InPlaceOps.with(self(), "cumsum_", x -> x.cumsum(dim));
  }

  /** The products of all elements up to each, in place. PyTorch: {@code x.cumprod_}. */
  default Tensor cumprod_(int dim) {
    return InPlaceOps.with(self(), "cumprod_", x -> x.cumprod(dim));
  }

  /**
   * The elements of {@code source} in turn where the mask is true. PyTorch: {@code
   * x.masked_scatter_}.
   */
  default Tensor maskedScatter_(Tensor mask, Tensor source) {
    return InPlaceOps.with(self(), "maskedScatter_", x -> x.maskedScatter(mask, source));
  }

  /**
   * The reduced elements of {@code src} at the indices, in place. PyTorch: {@code
   * x.scatter_reduce_}.
   */
  default Tensor scatterReduce_(int dim, Tensor index, Tensor src, String reduce) {
    return InPlaceOps.with(self(), "scatterReduce_", x -> x.scatterReduce(dim, index, src, reduce));
  }

  /**
   * The reduced slices of {@code source} at the indices, in place. PyTorch: {@code
   * x.index_reduce_}.
   */
  default Tensor indexReduce_(int dim, Tensor index, Tensor source, String reduce) {
    return InPlaceOps.with(self(), "indexReduce_", x -> x.indexReduce(dim, index, source, reduce));
  }

  /** {@code source} at the places of the flattened tensor. PyTorch: {@code x.put_}. */
  default Tensor put_(Tensor index, Tensor source) {
    return InPlaceOps.with(self(), "put_", x -> x.put(index, source));
  }

  /**
   * {@code source} written or added at the places of the flattened tensor. PyTorch: {@code x.put_}.
   */
  default Tensor put_(Tensor index, Tensor source, boolean accumulate) {
    return InPlaceOps.with(self(), "put_", x -> x.put(index, source, accumulate));
  }

  /** Slices longer than {@code maxnorm} shortened to it, in place. PyTorch: {@code x.renorm_}. */
  default Tensor renorm_(Number p, int dim, Number maxnorm) {
    return InPlaceOps.with(self(), "renorm_", x -> x.renorm(p, dim, maxnorm));
  }

  /** A number on the diagonal of a matrix, in place. PyTorch: {@code x.fill_diagonal_}. */
  default Tensor fillDiagonal_(Number value) {
    if (self().dim() != 2) {
      throw Errors.invalid(
          "fillDiagonal_",
          "%s is no matrix. Use diagonal(offset, dim1, dim2).fill_(value) for others."
              .formatted(self().shape()));
    }
    self().diagonal().fill_(value);
    return self();
  }
}
