package gradus.tensor;

import static gradus.tensor.spi.Given.given;

import java.util.List;

/**
 * Many elements folded into one: sums, means, extremes, norms.
 *
 * <p>Each comes in four forms: over all elements, along one dimension, the same with {@code
 * keepdim} (the dimension stays with size 1, ready to broadcast), and over several dimensions. An
 * empty list of dimensions means all.
 */
public sealed interface Reductions permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  private Tensor real(String op) {
    if (!self().dtype().isFloatingPoint()) {
      throw Errors.dtype(op, "input", "FLOAT32 or FLOAT64", self().dtype(), "Use x.toFloat().");
    }
    return self();
  }

  /** The sum of all elements: {@code []}. PyTorch: {@code torch.sum}. */
  default Tensor sum() {
    return sum(new int[0], false);
  }

  /** The sum along one dimension, which goes away. */
  default Tensor sum(int dim) {
    return sum(new int[] {dim}, false);
  }

  /** The sum along one dimension, kept with size 1 if {@code keepdim}. */
  default Tensor sum(int dim, boolean keepdim) {
    return sum(new int[] {dim}, keepdim);
  }

  /** The sum over several dimensions; integers and truth values sum to INT64. */
  default Tensor sum(int[] dim, boolean keepdim) {
    Tensor x = self().dtype().isFloatingPoint() ? self() : self().to(DType.INT64);
    List<Integer> dims = Shapes.dims("sum", x.shape(), dim);
    return Tensor.record(new Op.Sum(dims, keepdim), ReduceOps.sum(x, dims, keepdim), x);
  }

  /**
   * The sum over several dimensions, computed in another dtype. PyTorch: {@code torch.sum(x, dim,
   * keepdim, dtype=…)}.
   */
  default Tensor sum(int[] dim, boolean keepdim, DType dtype) {
    return dtype == DType.BOOL
        ? sum(dim, keepdim).to(dtype)
        : keep(self().to(dtype).sum(dim, keepdim), dtype);
  }

  /** The sum of all elements, computed in another dtype. PyTorch: {@code torch.sum(x, dtype=…)}. */
  default Tensor sum(DType dtype) {
    return self().sum(new int[0], false, dtype);
  }

  private static Tensor keep(Tensor x, DType dtype) {
    return x.to(dtype);
  }

  /** The mean of all elements: {@code []}. PyTorch: {@code torch.mean}. */
  default Tensor mean() {
    return mean(new int[0], false);
  }

  /** The mean along one dimension, which goes away. */
  default Tensor mean(int dim) {
    return mean(new int[] {dim}, false);
  }

  /** The mean along one dimension, kept with size 1 if {@code keepdim}. */
  default Tensor mean(int dim, boolean keepdim) {
    return mean(new int[] {dim}, keepdim);
  }

  /** The mean over several dimensions; floating point only. */
  default Tensor mean(int[] dim, boolean keepdim) {
    Tensor x = real("mean");
    List<Integer> dims = Shapes.dims("mean", x.shape(), dim);
    return Tensor.record(new Op.Mean(dims, keepdim), ReduceOps.mean(x, dims, keepdim), x);
  }

  /** The mean over several dimensions, computed in another dtype. */
  default Tensor mean(int[] dim, boolean keepdim, DType dtype) {
    return self().to(dtype).mean(dim, keepdim);
  }

  /**
   * The mean of all elements, computed in another dtype. PyTorch: {@code torch.mean(x, dtype=…)}.
   */
  default Tensor mean(DType dtype) {
    return self().mean(new int[0], false, dtype);
  }

  /** The product of all elements: {@code []}. PyTorch: {@code torch.prod}. */
  default Tensor prod() {
    return prod(Shapes.dims("prod", self().shape()), false);
  }

  /** The product along one dimension, which goes away. */
  default Tensor prod(int dim) {
    return prod(dim, false);
  }

  /** The product along one dimension, kept with size 1 if {@code keepdim}. */
  default Tensor prod(int dim, boolean keepdim) {
    return prod(Shapes.dims("prod", self().shape(), dim), keepdim);
  }

  private Tensor prod(List<Integer> dims, boolean keepdim) {
    Tensor x = self().dtype().isFloatingPoint() ? self() : self().to(DType.INT64);
    return Tensor.record(new Op.Prod(dims, keepdim), ReduceOps.prod(x, dims, keepdim), x);
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

  /** The largest element of all elements: {@code []}. PyTorch: {@code torch.amax}. */
  default Tensor amax() {
    return amax(new int[0], false);
  }

  /** The largest element along one dimension, which goes away. */
  default Tensor amax(int dim) {
    return amax(new int[] {dim}, false);
  }

  /** The largest element along one dimension, kept with size 1 if {@code keepdim}. */
  default Tensor amax(int dim, boolean keepdim) {
    return amax(new int[] {dim}, keepdim);
  }

  /** The largest element over several dimensions; equal ones share the gradient. */
  default Tensor amax(int[] dim, boolean keepdim) {
    List<Integer> dims = Shapes.dims("amax", self().shape(), dim);
    return Tensor.record(
        new Op.Extreme(true, dims, keepdim),
        ReduceOps.extreme("amax", self(), true, dims, keepdim),
        self());
  }

  /** The smallest element of all elements: {@code []}. PyTorch: {@code torch.amin}. */
  default Tensor amin() {
    return amin(new int[0], false);
  }

  /** The smallest element along one dimension, which goes away. */
  default Tensor amin(int dim) {
    return amin(new int[] {dim}, false);
  }

  /** The smallest element along one dimension, kept with size 1 if {@code keepdim}. */
  default Tensor amin(int dim, boolean keepdim) {
    return amin(new int[] {dim}, keepdim);
  }

  /** The smallest element over several dimensions; equal ones share the gradient. */
  default Tensor amin(int[] dim, boolean keepdim) {
    List<Integer> dims = Shapes.dims("amin", self().shape(), dim);
    return Tensor.record(
        new Op.Extreme(false, dims, keepdim),
        ReduceOps.extreme("amin", self(), false, dims, keepdim),
        self());
  }

  /** The largest element: {@code []}. PyTorch: {@code torch.max(x)}. */
  default Tensor max() {
    return amax();
  }

  /** The smallest element: {@code []}. PyTorch: {@code torch.min(x)}. */
  default Tensor min() {
    return amin();
  }

  /** The larger of two tensors, element by element. PyTorch: {@code torch.max(x, y)}. */
  default Tensor max(Tensor other) {
    return self().maximum(other);
  }

  /** The smaller of two tensors, element by element. PyTorch: {@code torch.min(x, y)}. */
  default Tensor min(Tensor other) {
    return self().minimum(other);
  }

  /**
   * The largest elements along {@code dim} and where they are. PyTorch: {@code torch.max(x, dim)}.
   */
  default ValuesIndices max(int dim) {
    return max(dim, false);
  }

  /** The largest elements along {@code dim} and where they are. */
  default ValuesIndices max(int dim, boolean keepdim) {
    return pick("max", true, dim, keepdim);
  }

  /**
   * The smallest elements along {@code dim} and where they are. PyTorch: {@code torch.min(x, dim)}.
   */
  default ValuesIndices min(int dim) {
    return min(dim, false);
  }

  /** The smallest elements along {@code dim} and where they are. */
  default ValuesIndices min(int dim, boolean keepdim) {
    return pick("min", false, dim, keepdim);
  }

  private ValuesIndices pick(String op, boolean max, int dim, boolean keepdim) {
    ValuesIndices found = ReduceOps.extremes(op, self(), max, dim);
    return keepdim || self().dim() == 0
        ? found
        : new ValuesIndices(found.values().squeeze(dim), found.indices().squeeze(dim));
  }

  /**
   * Where the largest element is, counted in row-major order: INT64 {@code []}. PyTorch: {@code
   * torch.argmax}.
   */
  default Tensor argmax() {
    return self().reshape(-1).argmax(0, false);
  }

  /** Where the largest elements along {@code dim} are: INT64. */
  default Tensor argmax(int dim) {
    return argmax(dim, false);
  }

  /**
   * Where the largest elements along {@code dim} are: INT64. The first of equals; NaN counts as
   * largest.
   */
  default Tensor argmax(int dim, boolean keepdim) {
    return ReduceOps.arg("argmax", self(), true, dim, keepdim);
  }

  /**
   * Where the smallest element is, counted in row-major order: INT64 {@code []}. PyTorch: {@code
   * torch.argmin}.
   */
  default Tensor argmin() {
    return self().reshape(-1).argmin(0, false);
  }

  /** Where the smallest elements along {@code dim} are: INT64. */
  default Tensor argmin(int dim) {
    return argmin(dim, false);
  }

  /**
   * Where the smallest elements along {@code dim} are: INT64. The first of equals; NaN counts as
   * smallest.
   */
  default Tensor argmin(int dim, boolean keepdim) {
    return ReduceOps.arg("argmin", self(), false, dim, keepdim);
  }

  /** The variance of all elements with Bessel's correction (n − 1). PyTorch: {@code torch.var}. */
  default Tensor var() {
    return var(new int[0], 1, false);
  }

  /** The variance along one dimension, with Bessel's correction. */
  default Tensor var(int dim) {
    return var(new int[] {dim}, 1, false);
  }

  /**
   * The variance along {@code dim}, divided by n − 1, with {@code dim} kept at size 1 if wanted.
   * PyTorch: {@code x.var(dim, keepdim=True)}.
   */
  default Tensor var(int dim, boolean keepdim) {
    return var(dim, true, keepdim);
  }

  /** The variance along one dimension; {@code unbiased} divides by n − 1. */
  default Tensor var(int dim, boolean unbiased, boolean keepdim) {
    return var(new int[] {dim}, unbiased ? 1 : 0, keepdim);
  }

  /** The variance over several dimensions, dividing by {@code n - correction}. */
  default Tensor var(int[] dim, Number correction, boolean keepdim) {
    Tensor x = real("var");
    List<Integer> dims = Shapes.dims("var", x.shape(), dim);
    double c = correction == null ? 1 : correction.doubleValue();
    return Tensor.record(
        new Op.Var(dims, c, keepdim), Summaries.var(x, dims, c, keepdim, false), x);
  }

  /**
   * The standard deviation of all elements with Bessel's correction. PyTorch: {@code torch.std}.
   */
  default Tensor std() {
    return std(new int[0], 1, false);
  }

  /** The standard deviation along one dimension, with Bessel's correction. */
  default Tensor std(int dim) {
    return std(new int[] {dim}, 1, false);
  }

  /**
   * The standard deviation along {@code dim}, divided by n − 1, with {@code dim} kept at size 1 if
   * wanted. PyTorch: {@code x.std(dim, keepdim=True)}.
   */
  default Tensor std(int dim, boolean keepdim) {
    return std(dim, true, keepdim);
  }

  /** The standard deviation along one dimension; {@code unbiased} divides by n − 1. */
  default Tensor std(int dim, boolean unbiased, boolean keepdim) {
    return std(new int[] {dim}, unbiased ? 1 : 0, keepdim);
  }

  /** The standard deviation over several dimensions, dividing by {@code n - correction}. */
  default Tensor std(int[] dim, Number correction, boolean keepdim) {
    Tensor x = real("std");
    List<Integer> dims = Shapes.dims("std", x.shape(), dim);
    double c = correction == null ? 1 : correction.doubleValue();
    return Tensor.record(new Op.Std(dims, c, keepdim), Summaries.var(x, dims, c, keepdim, true), x);
  }

  /** The Euclidean length of all elements together. PyTorch: {@code torch.norm(x)}. */
  default Tensor norm() {
    return norm(2, new int[0], false);
  }

  /** The p-norm of all elements together. */
  default Tensor norm(Number p) {
    return norm(p, new int[0], false);
  }

  /** The p-norm along one dimension. PyTorch: {@code torch.norm(x, p, dim)}. */
  default Tensor norm(Number p, int dim) {
    return norm(p, new int[] {dim}, false);
  }

  /** The p-norm along one dimension, kept with size 1 if {@code keepdim}. */
  default Tensor norm(Number p, int dim, boolean keepdim) {
    return norm(p, new int[] {dim}, keepdim);
  }

  /**
   * The p-norm {@code (Σ|x|^p)^(1/p)}; p may be 0 (count of non-zeros) and plus or minus infinity.
   *
   * @param p the order
   * @param dim the dimensions to fold; none for all
   * @param keepdim whether they stay with size 1
   * @return the norms
   */
  default Tensor norm(Number p, int[] dim, boolean keepdim) {
    Tensor x = real("norm");
    List<Integer> dims = Shapes.dims("norm", x.shape(), dim);
    double order = given(p, Number.class).doubleValue();
    return Tensor.record(
        new Op.Norm(order, dims, keepdim), Summaries.norm(x, order, dims, keepdim), x);
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

  /** {@code log(Σ e^x)} along one dimension, without overflow. PyTorch: {@code torch.logsumexp}. */
  default Tensor logsumexp(int dim) {
    return logsumexp(new int[] {dim}, false);
  }

  /** {@code log(Σ e^x)} along one dimension, kept with size 1 if {@code keepdim}. */
  default Tensor logsumexp(int dim, boolean keepdim) {
    return logsumexp(new int[] {dim}, keepdim);
  }

  /** {@code log(Σ e^x)} over several dimensions. */
  default Tensor logsumexp(int[] dim, boolean keepdim) {
    Tensor x = self().to(self().dtype().orFloat());
    List<Integer> dims = Shapes.dims("logsumexp", x.shape(), dim);
    return Tensor.record(new Op.LogSumExp(dims, keepdim), Summaries.logsumexp(x, dims, keepdim), x);
  }

  /** Whether any element is non-zero: BOOL {@code []}. PyTorch: {@code torch.any}. */
  default Tensor any() {
    return Summaries.bool(self(), Shapes.dims("any", self().shape()), false, true);
  }

  /** Whether any element along {@code dim} is non-zero: BOOL. */
  default Tensor any(int dim) {
    return any(dim, false);
  }

  /** Whether any element along {@code dim} is non-zero: BOOL. */
  default Tensor any(int dim, boolean keepdim) {
    return Summaries.bool(self(), Shapes.dims("any", self().shape(), dim), keepdim, true);
  }

  /** Whether all elements are non-zero: BOOL {@code []}. PyTorch: {@code torch.all}. */
  default Tensor all() {
    return Summaries.bool(self(), Shapes.dims("all", self().shape()), false, false);
  }

  /** Whether all elements along {@code dim} are non-zero: BOOL. */
  default Tensor all(int dim) {
    return all(dim, false);
  }

  /** Whether all elements along {@code dim} are non-zero: BOOL. */
  default Tensor all(int dim, boolean keepdim) {
    return Summaries.bool(self(), Shapes.dims("all", self().shape(), dim), keepdim, false);
  }

  /** How many elements are non-zero: INT64 {@code []}. PyTorch: {@code torch.count_nonzero}. */
  default Tensor countNonzero() {
    return self().ne(0).sum();
  }

  /** How many elements along the given dimensions are non-zero: INT64. */
  default Tensor countNonzero(int... dim) {
    return self().ne(0).sum(dim, false);
  }
}
