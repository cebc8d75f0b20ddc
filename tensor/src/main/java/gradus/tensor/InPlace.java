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

  /** {@code -self}, in place. PyTorch: {@code x.neg_}. */
  default Tensor neg_() {
    return InPlaceOps.with(self(), "neg_", x -> x.neg());
  }

  /** {@code |self|}, in place. PyTorch: {@code x.abs_}. */
  default Tensor abs_() {
    return InPlaceOps.with(self(), "abs_", x -> x.abs());
  }

  /** {@code e^self}, in place. PyTorch: {@code x.exp_}. */
  default Tensor exp_() {
    return InPlaceOps.with(self(), "exp_", x -> x.exp());
  }

  /** The natural logarithm, in place. PyTorch: {@code x.log_}. */
  default Tensor log_() {
    return InPlaceOps.with(self(), "log_", x -> x.log());
  }

  /** The square root, in place. PyTorch: {@code x.sqrt_}. */
  default Tensor sqrt_() {
    return InPlaceOps.with(self(), "sqrt_", x -> x.sqrt());
  }

  /** {@code 1 / √self}, in place. PyTorch: {@code x.rsqrt_}. */
  default Tensor rsqrt_() {
    return InPlaceOps.with(self(), "rsqrt_", x -> x.rsqrt());
  }

  /** {@code 1 / self}, in place. PyTorch: {@code x.reciprocal_}. */
  default Tensor reciprocal_() {
    return InPlaceOps.with(self(), "reciprocal_", x -> x.reciprocal());
  }

  /** {@code self²}, in place. PyTorch: {@code x.square_}. */
  default Tensor square_() {
    return InPlaceOps.with(self(), "square_", x -> x.square());
  }

  /** The sine, in place. PyTorch: {@code x.sin_}. */
  default Tensor sin_() {
    return InPlaceOps.with(self(), "sin_", x -> x.sin());
  }

  /** The cosine, in place. PyTorch: {@code x.cos_}. */
  default Tensor cos_() {
    return InPlaceOps.with(self(), "cos_", x -> x.cos());
  }

  /** The hyperbolic tangent, in place. PyTorch: {@code x.tanh_}. */
  default Tensor tanh_() {
    return InPlaceOps.with(self(), "tanh_", x -> x.tanh());
  }

  /** The logistic function, in place. PyTorch: {@code x.sigmoid_}. */
  default Tensor sigmoid_() {
    return InPlaceOps.with(self(), "sigmoid_", x -> x.sigmoid());
  }

  /** {@code max(self, 0)}, in place. PyTorch: {@code x.relu_}. */
  default Tensor relu_() {
    return InPlaceOps.with(self(), "relu_", x -> x.relu());
  }

  /** Rounded down, in place. PyTorch: {@code x.floor_}. */
  default Tensor floor_() {
    return InPlaceOps.with(self(), "floor_", x -> x.floor());
  }

  /** Rounded up, in place. PyTorch: {@code x.ceil_}. */
  default Tensor ceil_() {
    return InPlaceOps.with(self(), "ceil_", x -> x.ceil());
  }

  /** Rounded to the nearest, in place. PyTorch: {@code x.round_}. */
  default Tensor round_() {
    return InPlaceOps.with(self(), "round_", x -> x.round());
  }

  /** Without fraction, in place. PyTorch: {@code x.trunc_}. */
  default Tensor trunc_() {
    return InPlaceOps.with(self(), "trunc_", x -> x.trunc());
  }

  /** The error function, in place. PyTorch: {@code x.erf_}. */
  default Tensor erf_() {
    return InPlaceOps.with(self(), "erf_", x -> x.erf());
  }

  /** The sign, in place. PyTorch: {@code x.sign_}. */
  default Tensor sign_() {
    return InPlaceOps.with(self(), "sign_", x -> x.sign());
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

  /** Uniform numbers in {@code [from, to)}. PyTorch: {@code x.uniform_(from, to)}. */
  default Tensor uniform_(double from, double to) {
    return uniform_(from, to, Generator.standard());
  }

  /** The same from a generator of your own. PyTorch: {@code x.uniform_(from, to, generator=g)}. */
  default Tensor uniform_(double from, double to, Generator generator) {
    given(generator, "generator");
    return InPlaceOps.filling(
        self(),
        "uniform_",
        (array, at, n) -> generator.uniform(array, at, n, from, to),
        x -> Tensor.record(new Op.Fill(), generator.uniform(x, from, to), x));
  }

  /** Normal numbers. PyTorch: {@code x.normal_(mean, std)}. */
  default Tensor normal_(double mean, double std) {
    return normal_(mean, std, Generator.standard());
  }

  /** The same from a generator of your own. PyTorch: {@code x.normal_(mean, std, generator=g)}. */
  default Tensor normal_(double mean, double std, Generator generator) {
    if (std < 0) {
      throw Errors.invalid("normal_", "std is " + std + ". A standard deviation is 0 or more.");
    }
    given(generator, "generator");
    return InPlaceOps.filling(
        self(),
        "normal_",
        (array, at, n) -> generator.normal(array, at, n, mean, std),
        x -> Tensor.record(new Op.Fill(), generator.normal(x, mean, std), x));
  }

  /** 1 with probability {@code p}, else 0. PyTorch: {@code x.bernoulli_(p)}. */
  default Tensor bernoulli_(double p) {
    return bernoulli_(p, Generator.standard());
  }

  /** The same from a generator of your own. PyTorch: {@code x.bernoulli_(p, generator=g)}. */
  default Tensor bernoulli_(double p, Generator generator) {
    given(generator, "generator");
    return InPlaceOps.with(
        self(),
        "bernoulli_",
        x -> Tensor.record(new Op.Fill(), Sampling.bernoulli(generator, x, p), x));
  }

  /**
   * {@code values} written (or added) at the places index tensors name. PyTorch: {@code
   * x.index_put_}.
   */
  default Tensor indexPut_(List<Tensor> indices, Tensor values, boolean accumulate) {
    IndexLists.indexPut(self(), indices, values, accumulate);
    return self();
  }
}
