package gradus.tensor;

import java.util.List;

/**
 * The closed list of primitives: what a tensor can have been made by, with the parameters of each.
 *
 * <p>An op is plain data and holds no calculus; its derivative stands in {@code
 * gradus.autograd.Derivatives}, one line an op. Everything else a {@link Tensor} offers is composed
 * of these. The one door for ops of your own is {@link Custom}. PyTorch: the {@code grad_fn}
 * classes.
 */
public sealed interface Op {
  /** The op's name, as graphs, steps and error texts show it. */
  default String name() {
    return getClass().getSimpleName();
  }

  /** A tensor a user made and that asked for gradients: where the backward walk ends. */
  record Leaf() implements Op {}

  // ---- elementwise, one input

  /** {@code -a}. */
  record Neg() implements Op {}

  /** {@code |a|}. */
  record Abs() implements Op {}

  /** {@code e^a}. */
  record Exp() implements Op {}

  /** {@code 2^a}. */
  record Exp2() implements Op {}

  /** {@code e^a - 1}. */
  record Expm1() implements Op {}

  /** {@code ln a}. */
  record Log() implements Op {}

  /** {@code log₂ a}. */
  record Log2() implements Op {}

  /** {@code log₁₀ a}. */
  record Log10() implements Op {}

  /** {@code ln(1 + a)}. */
  record Log1p() implements Op {}

  /** {@code √a}. */
  record Sqrt() implements Op {}

  /** {@code 1 / √a}. */
  record Rsqrt() implements Op {}

  /** {@code 1 / a}. */
  record Reciprocal() implements Op {}

  /** {@code a²}. */
  record Square() implements Op {}

  /** {@code sin a}. */
  record Sin() implements Op {}

  /** {@code cos a}. */
  record Cos() implements Op {}

  /** {@code tan a}. */
  record Tan() implements Op {}

  /** {@code arcsin a}. */
  record Asin() implements Op {}

  /** {@code arccos a}. */
  record Acos() implements Op {}

  /** {@code arctan a}. */
  record Atan() implements Op {}

  /** {@code sinh a}. */
  record Sinh() implements Op {}

  /** {@code cosh a}. */
  record Cosh() implements Op {}

  /** {@code tanh a}. */
  record Tanh() implements Op {}

  /** {@code arsinh a}. */
  record Asinh() implements Op {}

  /** {@code arcosh a}. */
  record Acosh() implements Op {}

  /** {@code artanh a}. */
  record Atanh() implements Op {}

  /** The error function. */
  record Erf() implements Op {}

  /** {@code 1 - erf(a)}. */
  record Erfc() implements Op {}

  /** The inverse of the error function. */
  record Erfinv() implements Op {}

  /** The inverse of the normal distribution function. */
  record Ndtri() implements Op {}

  /** {@code ln |Γ(a)|}. */
  record Lgamma() implements Op {}

  /** The n-th derivative of digamma; {@code n} = 0 is digamma itself. */
  record Polygamma(int n) implements Op {}

  /** {@code sin(πa) / πa}, 1 at 0. */
  record Sinc() implements Op {}

  /** {@code -a · ln a}, 0 at 0. */
  record Entr() implements Op {}

  /** {@code e^(a²) · erfc(a)}. */
  record Erfcx() implements Op {}

  /** {@code ln Φ(a)}, Φ being the normal distribution function. */
  record LogNdtr() implements Op {}

  /** The modified Bessel function of the first kind; {@code scaled} by e^-|x|. */
  record Bessel(int order, boolean scaled) implements Op {}

  /** {@code 1 / (1 + e^-a)}. */
  record Sigmoid() implements Op {}

  /** {@code ln sigmoid(a)}. */
  record LogSigmoid() implements Op {}

  /** {@code max(a, 0)}. */
  record Relu() implements Op {}

  /** a where positive, {@code negativeSlope · a} elsewhere. */
  record LeakyRelu(double negativeSlope) implements Op {}

  /**
   * {@code scale · a} where positive, {@code scale · alpha · (e^(inputScale · a) - 1)} elsewhere.
   */
  record Elu(double alpha, double scale, double inputScale) implements Op {}

  /** {@code a · Φ(a)}, exact or by the tanh approximation. */
  record Gelu(boolean tanh) implements Op {}

  /** {@code a · sigmoid(a)}. */
  record Silu() implements Op {}

  /** {@code a · tanh(softplus(a))}. */
  record Mish() implements Op {}

  /** {@code ln(1 + e^(beta · a)) / beta}, a itself where {@code beta · a} exceeds the threshold. */
  record Softplus(double beta, double threshold) implements Op {}

  /** a where above the threshold, {@code value} elsewhere. */
  record Threshold(double threshold, double value) implements Op {}

  /** {@code a · clamp(a + 3, 0, 6) / 6}. */
  record Hardswish() implements Op {}

  /** {@code clamp(a + 3, 0, 6) / 6}. */
  record Hardsigmoid() implements Op {}

  /** Values outside {@code [min, max]} moved to the border; an infinite border is none. */
  record Clamp(double min, double max) implements Op {}

  /** {@code a ^ exponent}. */
  record PowScalar(double exponent) implements Op {}

  /** floor, ceil, round, trunc, sign: steps, whose derivative is zero wherever it exists. */
  record Steps(String kind) implements Op {
    @Override
    public String name() {
      return kind;
    }
  }

  /** {@code a - trunc(a)}. */
  record Frac() implements Op {}

  /** Another element type; {@code from} is what the gradient returns to. */
  record Cast(DType from) implements Op {}

  /** The same elements in fresh memory. */
  record Clone() implements Op {}

  // ---- elementwise, several inputs of one shape

  /** {@code a + b}. */
  record Add() implements Op {}

  /** {@code a - b}. */
  record Sub() implements Op {}

  /** {@code a · b}, element by element. */
  record Mul() implements Op {}

  /** {@code a / b}. */
  record Div() implements Op {}

  /** {@code a ^ b}. */
  record Pow() implements Op {}

  /** The larger of a and b. */
  record Maximum() implements Op {}

  /** The smaller of a and b. */
  record Minimum() implements Op {}

  /**
   * Remainder by division; {@code floor} rounds the quotient down (remainder) instead of to zero
   * (fmod).
   */
  record Modulo(boolean floor) implements Op {}

  /** The angle of the point {@code (b, a)}. */
  record Atan2() implements Op {}

  /** {@code √(a² + b²)}. */
  record Hypot() implements Op {}

  /** The magnitude of a with the sign of b. */
  record Copysign() implements Op {}

  /** {@code a · ln b}, 0 where a is 0. */
  record Xlogy() implements Op {}

  /** {@code a · ln(1 + b)}, 0 where a is 0. */
  record Xlog1py() implements Op {}

  /** {@code log(eᵃ + eᵇ)}, or with {@code base2} {@code log₂(2ᵃ + 2ᵇ)}. */
  record Logaddexp(boolean base2) implements Op {}

  /** b where a is true, else the third input. */
  record Where() implements Op {}

  /** a / (1 − p) where the mask is true, else 0. */
  record Dropout(double p) implements Op {}

  /** A formula over all inputs, in one pass. */
  record Fusion(Fused function) implements Op {}

  // ---- reductions

  /** The sum over the dimensions. */
  record Sum(List<Integer> dims, boolean keepdim) implements Op {}

  /** The mean over the dimensions. */
  record Mean(List<Integer> dims, boolean keepdim) implements Op {}

  /** The product over the dimensions. */
  record Prod(List<Integer> dims, boolean keepdim) implements Op {}

  /** The largest ({@code max}) or smallest value; equal extremes share the gradient. */
  record Extreme(boolean max, List<Integer> dims, boolean keepdim) implements Op {
    @Override
    public String name() {
      return max ? "Amax" : "Amin";
    }
  }

  /** The variance over the dimensions, dividing by {@code n - correction}. */
  record Var(List<Integer> dims, double correction, boolean keepdim) implements Op {}

  /** The standard deviation over the dimensions, dividing by {@code n - correction}. */
  record Std(List<Integer> dims, double correction, boolean keepdim) implements Op {}

  /** The p-norm over the dimensions. */
  record Norm(double p, List<Integer> dims, boolean keepdim) implements Op {}

  /** {@code ln Σ e^a} over the dimensions. */
  record LogSumExp(List<Integer> dims, boolean keepdim) implements Op {}

  /** The running sum along a dimension. */
  record Cumsum(int dim) implements Op {}

  /** The running product along a dimension. */
  record Cumprod(int dim) implements Op {}

  /** {@code ln Σ e^a}, running along a dimension. */
  record Logcumsumexp(int dim) implements Op {}

  // ---- matrix

  /** The product of (batches of) matrices. */
  record MatMul() implements Op {}

  /** {@code a · bᵀ}, plus the third input where there is one: the map of a layer. */
  record Linear() implements Op {}

  // ---- indexing

  /** Elements of a at the indices b along a dimension. */
  record Gather(int dim) implements Op {}

  /** a with the elements of the third input put at the indices b along a dimension. */
  record Scatter(int dim) implements Op {}

  /** a with the elements of the third input added at the indices b along a dimension. */
  record ScatterAdd(int dim) implements Op {}

  /** The slices of a at the indices b along a dimension. */
  record IndexSelect(int dim) implements Op {}

  /** a with the slices of the third input added at the indices b along a dimension. */
  record IndexAdd(int dim) implements Op {}

  /** The rows of table a at the ids b. */
  record Embedding(int paddingIdx, boolean scaleGradByFreq, boolean sparse) implements Op {}

  // ---- joining and mirroring

  /** The inputs one after the other along a dimension. */
  record Cat(int dim) implements Op {}

  /** Elements in reverse order along the dimensions. */
  record Flip(List<Integer> dims) implements Op {}

  /**
   * The lower triangle, or with {@code upper} the upper one, {@code diagonal} moving its border.
   */
  record Triangle(boolean upper, int diagonal) implements Op {
    @Override
    public String name() {
      return upper ? "Triu" : "Tril";
    }
  }

  // ---- fused

  /** {@code e^a} divided by its sum along a dimension. */
  record Softmax(int dim) implements Op {}

  /** The logarithm of softmax along a dimension. */
  record LogSoftmax(int dim) implements Op {}

  /**
   * The last dimensions brought to mean 0 and variance 1, then scaled by b and shifted by the third
   * input.
   */
  record LayerNorm(int normalizedDims, double eps) implements Op {}

  /**
   * {@code softmax(scale · a · bᵀ + mask) · d}, a row seeing only the columns up to its own if
   * {@code causal}. With {@code packed}, a, b and d are the three slices of the first input. The
   * mask comes last, where there is one.
   */
  record Attention(boolean causal, double scale, boolean packed) implements Op {}

  /** The sums of the slices {@code from[o]} to before {@code to[o]} along a dimension. */
  record SumWindows(int dim, List<Integer> from, List<Integer> to) implements Op {}

  /**
   * How a kernel slides: its stride, where it begins before the input, how far its elements are
   * apart, one number a dimension; and how many groups the channels form.
   */
  record Slide(List<Integer> stride, List<Integer> padding, List<Integer> dilation, int groups) {}

  /** The sums of what kernel b meets in a, plus the third input where there is one. */
  record Convolution(Slide slide) implements Op {}

  /** The adjoint of it in its input: from an output a by kernel b to an input of the shape. */
  record ConvolutionInput(Slide slide, Shape shape) implements Op {}

  /** The adjoint of it in its kernel: from an input a and an output b to a kernel of the shape. */
  record ConvolutionWeight(Slide slide, Shape shape) implements Op {}

  /** {@code ln Σ e^a - a[target]} of each row. */
  record CrossEntropy(long ignoreIndex) implements Op {}

  // ---- recurrent

  /**
   * A recurrent layer in one direction over all steps. a is what the input gives to the gates, the
   * rows of all steps one after the other; b the weights of the hidden state, d the first hidden
   * state. The result holds, one after the other, the hidden states of all rows, the last one of
   * each sequence, and what else the layer hands on.
   */
  sealed interface Recurrence extends Op {
    /** How many sequences take part in each step: the first ones, never more than before. */
    List<Integer> batchSizes();

    /** Whether the last step comes first. */
    boolean reverse();
  }

  /**
   * The long short-term memory; e is the first cell, the fifth input, if any, projects the state.
   */
  record Lstm(List<Integer> batchSizes, boolean reverse) implements Recurrence {}

  /** The gated recurrent unit; e, if any, is added to what the state gives to the new value. */
  record Gru(List<Integer> batchSizes, boolean reverse) implements Recurrence {}

  /** {@code tanh(a + d · bᵀ)} step by step, or relu of it. */
  record Rnn(boolean relu, List<Integer> batchSizes, boolean reverse) implements Recurrence {}

  // ---- in place

  /** The elements of {@code self} overwritten by those of a source. */
  record Copy() implements Op {}

  /** The elements overwritten by a constant. */
  record Fill() implements Op {}

  /** A tensor part of which was overwritten through the given chain of views. */
  record CopySlices(List<ViewOp> views) implements Op {}

  /**
   * Zeros of shape {@code full} with the input placed where the view looks: the adjoint of a view.
   */
  record Place(ViewOp view, Shape full) implements Op {}

  // ---- views: another look at the same memory

  /** An op that yields a view: no element moves, only shape, strides and offset change. */
  sealed interface ViewOp extends Op {}

  /** The same elements in another shape. */
  record View(Shape shape) implements ViewOp {}

  /** The dimensions in another order. */
  record Permute(List<Integer> dims) implements ViewOp {}

  /** Dimensions of size 1 repeated. */
  record Expand(Shape shape) implements ViewOp {}

  /** Every {@code step}-th slice from start to before end. */
  record Slice(int dim, int start, int end, int step) implements ViewOp {}

  /** One slice, its dimension removed. */
  record Select(int dim, int index) implements ViewOp {}

  /** A diagonal of two dimensions as a new last one. */
  record Diagonal(int offset, int dim1, int dim2) implements ViewOp {}

  /** Windows along a dimension as a new last one. */
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
     * The gradients of the inputs, one each, made of tensor operations (then second derivatives
     * work too).
     *
     * @param gradient the gradient of the result, of its shape
     * @param inputs the inputs of {@link #forward}
     * @param output its result
     * @return one gradient an input, of the input's shape and dtype; null, where PyTorch says None,
     *     for an input without gradient such as an index (use {@code Arrays.asList}, which takes
     *     it)
     */
    public abstract List<Tensor> backward(Tensor gradient, List<Tensor> inputs, Tensor output);

    /**
     * Runs the op and writes history.
     *
     * @param inputs the tensors the op works on
     */
    public final Tensor apply(Tensor... inputs) {
      Tensor result;
      try (var _ = GradMode.noGrad()) {
        result = forward(inputs);
      }
      if (result == null) {
        throw Errors.invalid(name(), "forward returned null. Return the result as a fresh tensor.");
      }
      for (Tensor input : inputs) {
        if (input.storage == result.storage) {
          result =
              result.clone(); // the result gets a history of its own, so it needs its own memory
        }
      }
      return Tensor.record(this, result.detach(), inputs.clone());
    }

    @Override
    public String name() {
      String name = getClass().getSimpleName();
      return name.isEmpty() ? "Custom" : name;
    }
  }
}
