package gradus.tensor;

import java.util.List;

/**
 * The closed list of primitives: what a tensor can have been made by, with the parameters of each.
 *
 * <p>An op is plain data and holds no calculus; its derivative stands in {@code gradus.autograd.Derivatives},
 * one line an op. Everything else a {@link Tensor} offers is composed of these. The one door for ops of your
 * own is {@link Custom}. PyTorch: the {@code grad_fn} classes.
 */
public sealed interface Op {
  /** The op's name, as graphs, steps and error texts show it. */
  default String name() {
    return getClass().getSimpleName();
  }

  /** A tensor a user made and that asked for gradients: where the backward walk ends. */
  record Leaf() implements Op {}

  // ---- elementwise, one input

  record Neg() implements Op {}

  record Abs() implements Op {}

  record Exp() implements Op {}

  record Exp2() implements Op {}

  record Expm1() implements Op {}

  record Log() implements Op {}

  record Log2() implements Op {}

  record Log10() implements Op {}

  record Log1p() implements Op {}

  record Sqrt() implements Op {}

  record Rsqrt() implements Op {}

  record Reciprocal() implements Op {}

  record Square() implements Op {}

  record Sin() implements Op {}

  record Cos() implements Op {}

  record Tan() implements Op {}

  record Asin() implements Op {}

  record Acos() implements Op {}

  record Atan() implements Op {}

  record Sinh() implements Op {}

  record Cosh() implements Op {}

  record Tanh() implements Op {}

  record Asinh() implements Op {}

  record Acosh() implements Op {}

  record Atanh() implements Op {}

  record Erf() implements Op {}

  record Erfc() implements Op {}

  record Erfinv() implements Op {}

  record Lgamma() implements Op {}

  /** The n-th derivative of digamma; {@code n} = 0 is digamma itself. */
  record Polygamma(int n) implements Op {}

  record Sinc() implements Op {}

  record Entr() implements Op {}

  record Erfcx() implements Op {}

  record LogNdtr() implements Op {}

  /** The modified Bessel function of the first kind; {@code scaled} by e^-|x|. */
  record Bessel(int order, boolean scaled) implements Op {}

  record Sigmoid() implements Op {}

  record LogSigmoid() implements Op {}

  record Relu() implements Op {}

  record LeakyRelu(double negativeSlope) implements Op {}

  record Elu(double alpha, double scale, double inputScale) implements Op {}

  record Gelu(boolean tanh) implements Op {}

  record Silu() implements Op {}

  record Mish() implements Op {}

  record Softplus(double beta, double threshold) implements Op {}

  record Threshold(double threshold, double value) implements Op {}

  record Hardswish() implements Op {}

  record Hardsigmoid() implements Op {}

  /** Values outside {@code [min, max]} moved to the border; an infinite border is none. */
  record Clamp(double min, double max) implements Op {}

  record PowScalar(double exponent) implements Op {}

  /** floor, ceil, round, trunc, sign: steps, whose derivative is zero wherever it exists. */
  record Steps(String kind) implements Op {
    @Override
    public String name() {
      return kind;
    }
  }

  record Frac() implements Op {}

  /** Another element type; {@code from} is what the gradient returns to. */
  record Cast(DType from) implements Op {}

  record Clone() implements Op {}

  // ---- elementwise, several inputs of one shape

  record Add() implements Op {}

  record Sub() implements Op {}

  record Mul() implements Op {}

  record Div() implements Op {}

  record Pow() implements Op {}

  record Maximum() implements Op {}

  record Minimum() implements Op {}

  /** Remainder by division; {@code floor} rounds the quotient down (remainder) instead of to zero (fmod). */
  record Modulo(boolean floor) implements Op {}

  record Atan2() implements Op {}

  record Hypot() implements Op {}

  record Copysign() implements Op {}

  record Xlogy() implements Op {}

  record Xlog1py() implements Op {}

  /** {@code log(eᵃ + eᵇ)}, or with {@code base2} {@code log₂(2ᵃ + 2ᵇ)}. */
  record Logaddexp(boolean base2) implements Op {}

  record Where() implements Op {}

  // ---- reductions

  record Sum(List<Integer> dims, boolean keepdim) implements Op {}

  record Mean(List<Integer> dims, boolean keepdim) implements Op {}

  record Prod(List<Integer> dims, boolean keepdim) implements Op {}

  /** The largest ({@code max}) or smallest value; equal extremes share the gradient. */
  record Extreme(boolean max, List<Integer> dims, boolean keepdim) implements Op {
    @Override
    public String name() {
      return max ? "Amax" : "Amin";
    }
  }

  record Var(List<Integer> dims, double correction, boolean keepdim) implements Op {}

  record Std(List<Integer> dims, double correction, boolean keepdim) implements Op {}

  record Norm(double p, List<Integer> dims, boolean keepdim) implements Op {}

  record LogSumExp(List<Integer> dims, boolean keepdim) implements Op {}

  record Cumsum(int dim) implements Op {}

  record Cumprod(int dim) implements Op {}

  record Logcumsumexp(int dim) implements Op {}

  // ---- matrix

  record MatMul() implements Op {}

  // ---- indexing

  record Gather(int dim) implements Op {}

  record Scatter(int dim) implements Op {}

  record ScatterAdd(int dim) implements Op {}

  record IndexSelect(int dim) implements Op {}

  record IndexAdd(int dim) implements Op {}

  record Embedding(int paddingIdx, boolean scaleGradByFreq, boolean sparse) implements Op {}

  // ---- joining and mirroring

  record Cat(int dim) implements Op {}

  record Flip(List<Integer> dims) implements Op {}

  /** The lower triangle, or with {@code upper} the upper one, {@code diagonal} moving its border. */
  record Triangle(boolean upper, int diagonal) implements Op {
    @Override
    public String name() {
      return upper ? "Triu" : "Tril";
    }
  }

  // ---- fused

  record Softmax(int dim) implements Op {}

  record LogSoftmax(int dim) implements Op {}

  record LayerNorm(int normalizedDims, double eps) implements Op {}

  record CrossEntropy(long ignoreIndex) implements Op {}

  // ---- in place

  /** The elements of {@code self} overwritten by those of a source. */
  record Copy() implements Op {}

  /** The elements overwritten by a constant. */
  record Fill() implements Op {}

  /** A tensor part of which was overwritten through the given chain of views. */
  record CopySlices(List<ViewOp> views) implements Op {}

  /** Zeros of shape {@code full} with the input placed where the view looks: the adjoint of a view. */
  record Place(ViewOp view, Shape full) implements Op {}

  // ---- views: another look at the same memory

  /** An op that yields a view: no element moves, only shape, strides and offset change. */
  sealed interface ViewOp extends Op {}

  record View(Shape shape) implements ViewOp {}

  record Permute(List<Integer> dims) implements ViewOp {}

  record Expand(Shape shape) implements ViewOp {}

  record Slice(int dim, int start, int end, int step) implements ViewOp {}

  record Select(int dim, int index) implements ViewOp {}

  record Diagonal(int offset, int dim1, int dim2) implements ViewOp {}

  record Unfold(int dim, int size, int step) implements ViewOp {}

  /** Any look at the memory; {@code from} says how the input lay in it. */
  record AsStrided(Shape shape, List<Integer> strides, int offset, Layout from) implements ViewOp {}

  /** Where elements lie: the first at {@code offset}, neighbours {@code strides} apart. */
  record Layout(List<Integer> strides, int offset) {}

  // ---- yours

  /**
   * An op of your own: extend this class, and call {@link #apply}.
   *
   * <pre>{@code
   * class Cube extends Op.Custom {
   *   public Tensor forward(Tensor... in) { return in[0].mul(in[0]).mul(in[0]); }
   *   public List<Tensor> backward(Tensor gradient, List<Tensor> in, Tensor out) {
   *     return List.of(gradient.mul(in[0].square()).mul(3));
   *   }
   * }
   * var y = new Cube().apply(x);
   * }</pre>
   *
   * <p>PyTorch: {@code torch.autograd.Function}.
   */
  abstract non-sealed class Custom implements Op {
    /** For subclasses. */
    protected Custom() {}

    /**
     * The result, computed with any code at all; nothing in here is recorded.
     *
     * @param inputs the tensors given to {@link #apply}
     * @return a fresh tensor
     */
    public abstract Tensor forward(Tensor... inputs);

    /**
     * The gradients of the inputs, one each, made of tensor operations (then second derivatives work too).
     *
     * @param gradient the gradient of the result, of its shape
     * @param inputs the inputs of {@link #forward}
     * @param output its result
     * @return one gradient an input, of the input's shape
     */
    public abstract List<Tensor> backward(Tensor gradient, List<Tensor> inputs, Tensor output);

    /**
     * Runs the op and writes history.
     *
     * @param inputs the tensors the op works on
     * @return the result
     */
    public final Tensor apply(Tensor... inputs) {
      Tensor result;
      try (var _ = GradMode.noGrad()) {
        result = forward(inputs);
      }
      // A tensor of its own, even if forward returned one of its inputs.
      return Tensor.record(this, result.detach(), inputs.clone());
    }

    @Override
    public String name() {
      String name = getClass().getSimpleName();
      return name.isEmpty() ? "Custom" : name;
    }
  }
}
