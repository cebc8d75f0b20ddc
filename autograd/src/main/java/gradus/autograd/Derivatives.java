package gradus.autograd;

import static gradus.autograd.Recipe.NONE;
import static gradus.autograd.Recipe.d;

import gradus.tensor.Fused;
import gradus.tensor.Node;
import gradus.tensor.Op;
import gradus.tensor.Tensor;
import gradus.tensor.spi.Internals;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * The derivative of every primitive: one line an op, one recipe an input.
 *
 * <p>The switch has no default branch, so a new {@link Op} does not compile until its derivative
 * stands here. In the formulas A, B, D, E … are the inputs, C is the result, dC its gradient,
 * {@code ∘} the product element by element and {@code ·} the matrix product. They are made of
 * public tensor operations; that is why a second derivative needs nothing more.
 */
final class Derivatives {
  private static final Internals INTERNALS = Internals.get();

  private Derivatives() {}

  /**
   * The recipes of {@code n}'s inputs.
   *
   * @param n the node
   * @param g the gradient of its result
   * @return one recipe an input
   */
  static List<Recipe> of(Node n, Tensor g) {
    return switch (n.op()) {
      case Op.Leaf _ -> List.of();

      // elementwise, one input
      case Op.Neg _ -> one("-dC", () -> g.neg());
      case Op.Abs _ -> one("dC ∘ sign(A)", () -> g.mul(a(n).sign()));
      case Op.Exp _ -> one("dC ∘ C", () -> g.mul(c(n)));
      case Op.Exp2 _ -> one("dC ∘ C · ln 2", () -> g.mul(c(n)).mul(LN_2));
      case Op.Expm1 _ -> one("dC ∘ (C + 1)", () -> g.mul(c(n).add(1)));
      case Op.Log _ -> one("dC / A", () -> g.div(a(n)));
      case Op.Log2 _ -> one("dC / (A · ln 2)", () -> g.div(a(n).mul(LN_2)));
      case Op.Log10 _ -> one("dC / (A · ln 10)", () -> g.div(a(n).mul(Math.log(10))));
      case Op.Log1p _ -> one("dC / (1 + A)", () -> g.div(a(n).add(1)));
      case Op.Sqrt _ -> one("dC / 2C", () -> g.div(c(n).mul(2)));
      case Op.Rsqrt _ -> one("-½ dC ∘ C³", () -> g.mul(c(n).pow(3)).mul(-0.5));
      case Op.Reciprocal _ -> one("-dC ∘ C²", () -> g.mul(c(n).square()).neg());
      case Op.Square _ -> one("2 dC ∘ A", () -> g.mul(a(n)).mul(2));
      case Op.Sin _ -> one("dC ∘ cos A", () -> g.mul(a(n).cos()));
      case Op.Cos _ -> one("-dC ∘ sin A", () -> g.mul(a(n).sin()).neg());
      case Op.Tan _ -> one("dC ∘ (1 + C²)", () -> g.mul(c(n).square().add(1)));
      case Op.Asin _ -> one("dC / √(1 - A²)", () -> g.mul(a(n).square().rsub(1).rsqrt()));
      case Op.Acos _ -> one("-dC / √(1 - A²)", () -> g.mul(a(n).square().rsub(1).rsqrt()).neg());
      case Op.Atan _ -> one("dC / (1 + A²)", () -> g.div(a(n).square().add(1)));
      case Op.Sinh _ -> one("dC ∘ cosh A", () -> g.mul(a(n).cosh()));
      case Op.Cosh _ -> one("dC ∘ sinh A", () -> g.mul(a(n).sinh()));
      case Op.Tanh _ -> one("dC ∘ (1 - C²)", () -> INTERNALS.tanhGrad(g, c(n)));
      case Op.Asinh _ -> one("dC / √(A² + 1)", () -> g.mul(a(n).square().add(1).rsqrt()));
      case Op.Acosh _ -> one("dC / √(A² - 1)", () -> g.mul(a(n).square().sub(1).rsqrt()));
      case Op.Atanh _ -> one("dC / (1 - A²)", () -> g.div(a(n).square().rsub(1)));
      case Op.Erf _ -> one("dC ∘ 2/√π e^(-A²)", () -> g.mul(gauss(a(n))));
      case Op.Erfc _ -> one("-dC ∘ 2/√π e^(-A²)", () -> g.mul(gauss(a(n))).neg());
      case Op.Ndtri _ ->
          one(
              "√2π exp(C²/2) dC",
              () -> g.mul(c(n).square().div(2).exp()).mul(Math.sqrt(2 * Math.PI)));
      case Op.Erfinv _ ->
          one("dC ∘ √π/2 e^(C²)", () -> g.mul(c(n).square().exp()).mul(Math.sqrt(Math.PI) / 2));
      case Op.Lgamma _ -> one("dC ∘ ψ(A)", () -> g.mul(a(n).digamma()));
      case Op.Polygamma(int order) -> one("dC ∘ ψ⁽ⁿ⁺¹⁾(A)", () -> g.mul(a(n).polygamma(order + 1)));
      case Op.Sinc _ -> one("dC ∘ (πA cos πA - sin πA) / πA²", () -> ActivationGrads.sinc(g, a(n)));
      case Op.Entr _ -> one("-dC ∘ (1 + ln A)", () -> g.mul(a(n).log().add(1).neg()));
      case Op.Erfcx _ ->
          one(
              "dC ∘ (2A ∘ C - 2/√π)",
              () -> g.mul(a(n).mul(2).mul(c(n)).sub(2 / Math.sqrt(Math.PI))));
      case Op.LogNdtr _ -> one("dC ∘ φ(A) / Φ(A)", () -> ActivationGrads.logNdtr(g, a(n), c(n)));
      case Op.Bessel op -> one("dC ∘ I'(A)", () -> g.mul(ActivationGrads.bessel(a(n), c(n), op)));
      case Op.Sigmoid _ -> one("dC ∘ C ∘ (1 - C)", () -> INTERNALS.sigmoidGrad(g, c(n)));
      case Op.LogSigmoid _ -> one("dC ∘ σ(-A)", () -> ActivationGrads.LOG_SIGMOID.apply(g, a(n)));
      case Op.Relu _ -> one("dC where C > 0", () -> INTERNALS.reluGrad(g, c(n)));
      case Op.LeakyRelu(double slope) ->
          one("dC where A > 0, else slope · dC", () -> ActivationGrads.leakyRelu(g, a(n), slope));
      case Op.Elu op -> one("dC ∘ elu'(A)", () -> ActivationGrads.elu(g, a(n), op));
      case Op.Gelu(boolean tanh) ->
          one(
              "dC ∘ (Φ(A) + A ∘ φ(A))",
              () -> (tanh ? ActivationGrads.GELU_TANH : ActivationGrads.GELU).apply(g, a(n)));
      case Op.Silu _ ->
          one("dC ∘ σ(A) ∘ (1 + A ∘ (1 - σ(A)))", () -> ActivationGrads.SILU.apply(g, a(n)));
      case Op.Mish _ -> one("dC ∘ mish'(A)", () -> ActivationGrads.MISH.apply(g, a(n)));
      case Op.Softplus op -> one("dC ∘ σ(βA)", () -> ActivationGrads.softplus(g, a(n), op));
      case Op.Threshold(double threshold, double _) ->
          one("dC where A > threshold", () -> g.maskedFill(a(n).le(threshold), 0));
      case Op.Hardswish _ ->
          one("dC ∘ (A/3 + ½) between -3 and 3", () -> ActivationGrads.HARDSWISH.apply(g, a(n)));
      case Op.Hardsigmoid _ ->
          one("dC / 6 where -3 < A < 3", () -> ActivationGrads.HARDSIGMOID.apply(g, a(n)));
      case Op.Clamp(double min, double max) ->
          one("dC where min ≤ A ≤ max", () -> masked(g, a(n).ge(min).logicalAnd(a(n).le(max))));
      case Op.PowScalar(double p) ->
          one("p dC ∘ A^(p-1)", () -> p == 0 ? Tensor.zerosLike(g) : g.mul(a(n).pow(p - 1)).mul(p));
      case Op.Steps _ -> zeros(n, g);
      case Op.Frac _ -> one("dC", () -> g);
      case Op.Cast(var from) -> one("dC", () -> g.to(from));
      case Op.Clone _ -> one("dC", () -> g);

      // elementwise, several inputs
      case Op.Add _ -> List.of(d("dC", () -> g), d("dC", () -> g));
      case Op.Sub _ -> List.of(d("dC", () -> g), d("-dC", () -> g.neg()));
      case Op.Mul _ -> List.of(d("dC ∘ B", () -> g.mul(b(n))), d("dC ∘ A", () -> g.mul(a(n))));
      case Op.Div _ ->
          List.of(
              d("dC / B", () -> g.div(b(n))),
              d("-dC ∘ A / B²", () -> g.mul(a(n).div(b(n)).div(b(n))).neg()));
      case Op.Pow _ ->
          List.of(
              d("dC ∘ B ∘ A^(B-1)", () -> ActivationGrads.powBase(g, a(n), b(n))),
              d("dC ∘ C ∘ ln A", () -> ActivationGrads.powExponent(g, n)));
      case Op.Maximum _ ->
          List.of(
              d("dC where A > B, half where equal", () -> larger(g, a(n), b(n))),
              d("dC where B > A, half where equal", () -> larger(g, b(n), a(n))));
      case Op.Minimum _ ->
          List.of(
              d("dC where A < B, half where equal", () -> larger(g, b(n), a(n))),
              d("dC where B < A, half where equal", () -> larger(g, a(n), b(n))));
      case Op.Modulo(boolean floor) ->
          List.of(
              d("dC", () -> g),
              d(
                  "-dC ∘ round(A / B)",
                  () -> g.mul(a(n).div(b(n), floor ? "floor" : "trunc")).neg()));
      case Op.Atan2 _ ->
          List.of(
              d("dC ∘ B / (A² + B²)", () -> g.mul(b(n).div(squares(n)))),
              d("-dC ∘ A / (A² + B²)", () -> g.mul(a(n).div(squares(n))).neg()));
      case Op.Hypot _ ->
          List.of(
              d("dC ∘ A / C", () -> g.mul(a(n).div(c(n)))),
              d("dC ∘ B / C", () -> g.mul(b(n).div(c(n)))));
      case Op.Copysign _ ->
          List.of(
              d("dC ∘ sign(A) ∘ sign(B)", () -> ActivationGrads.copysign(g, a(n), c(n))),
              d("0", () -> Tensor.zerosLike(g)));
      case Op.Xlogy _ ->
          List.of(
              d("dC ∘ ln B", () -> ActivationGrads.xlogyFirst(g, a(n), b(n))),
              d("dC ∘ A / B", () -> g.mul(a(n).div(b(n)))));
      case Op.Xlog1py _ ->
          List.of(
              d("dC ∘ ln(1 + B)", () -> ActivationGrads.xlog1pyFirst(g, a(n), b(n))),
              d("dC ∘ A / (1 + B)", () -> g.mul(a(n).div(b(n).add(1)))));
      case Op.Logaddexp(boolean base2) ->
          List.of(
              d("dC ∘ σ(A - B)", () -> ActivationGrads.logaddexp(g, a(n), b(n), base2)),
              d("dC ∘ σ(B - A)", () -> ActivationGrads.logaddexp(g, b(n), a(n), base2)));
      case Op.Dropout(double p) ->
          List.of(d("dC / (1 - p) where B", () -> INTERNALS.dropoutGrad(g, b(n), p)), NONE);
      case Op.Fusion(Fused function) -> fusion(function, n, g);
      case Op.Where _ ->
          List.of(
              NONE,
              d("dC where true", () -> masked(g, a(n))),
              d("dC where false", () -> masked(g, a(n).logicalNot())));

      // reductions
      case Op.Sum(var dims, boolean keep) ->
          one("dC repeated", () -> ReductionGrads.spread(g, n, dims, keep));
      case Op.Mean(var dims, boolean keep) ->
          one(
              "dC repeated / count",
              () -> ReductionGrads.spread(g.div(ReductionGrads.count(n, dims)), n, dims, keep));
      case Op.Prod(var dims, boolean keep) ->
          one("dC ∘ product of the others", () -> ReductionGrads.prod(g, n, dims, keep));
      case Op.Extreme(boolean _, var dims, boolean keep) ->
          one(
              "dC at the extreme, shared by equals",
              () -> ReductionGrads.extreme(g, n, dims, keep));
      case Op.Var(var dims, double correction, boolean keep) ->
          one(
              "2 dC ∘ (A - mean) / (count - correction)",
              () -> ReductionGrads.var(g, n, dims, correction, keep));
      case Op.Std(var dims, double correction, boolean keep) ->
          one(
              "dC ∘ (A - mean) / (C (count - correction))",
              () -> ReductionGrads.std(g, n, dims, correction, keep));
      case Op.Norm(double p, var dims, boolean keep) ->
          one("dC ∘ A ∘ |A|^(p-2) / C^(p-1)", () -> ReductionGrads.norm(g, n, p, dims, keep));
      case Op.LogSumExp(var dims, boolean keep) ->
          one("dC ∘ softmax(A)", () -> ReductionGrads.logsumexp(g, n, dims, keep));
      case Op.Cumsum(int dim) ->
          one("dC summed from the end", () -> ReductionGrads.cumsumFromEnd(g, dim));
      case Op.Cumprod(int dim) ->
          one("Σ dC ∘ C / A from the end", () -> ReductionGrads.cumprod(g, n, dim));

      case Op.Logcumsumexp(int dim) ->
          one(
              "Σ dC ∘ e^(A - C) from the end",
              () -> ReductionGrads.logcumsumexp(g, a(n), c(n), dim));

      // matrix
      case Op.MatMul _ ->
          List.of(d("dC · Bᵀ", () -> g.matmul(b(n).mT())), d("Aᵀ · dC", () -> a(n).mT().matmul(g)));
      case Op.Linear _ -> ProductGrads.linear(g, n);

      // indexing
      case Op.Gather(int dim) ->
          List.of(
              d("dC added at the indices", () -> zeros(n, 0, g).scatterAdd(dim, ids(n, 1), g)),
              NONE);
      case Op.Scatter(int dim) ->
          List.of(
              d("dC, 0 at the indices", () -> g.scatter(dim, ids(n, 1), 0)),
              NONE,
              d(
                  "dC at the indices",
                  () -> ReductionGrads.fill(g.gather(dim, ids(n, 1)), n.inputShape(2))));
      case Op.ScatterAdd(int dim) ->
          List.of(
              d("dC", () -> g),
              NONE,
              d(
                  "dC at the indices",
                  () -> ReductionGrads.fill(g.gather(dim, ids(n, 1)), n.inputShape(2))));
      case Op.IndexSelect(int dim) ->
          List.of(
              d("dC added at the indices", () -> zeros(n, 0, g).indexAdd(dim, ids(n, 1), g)), NONE);
      case Op.IndexAdd(int dim) ->
          List.of(
              d("dC", () -> g),
              NONE,
              d(
                  "dC at the indices",
                  () -> g.indexSelect(dim, ids(n, 1)).reshape(n.inputShape(2).toArray())));
      case Op.Embedding op ->
          List.of(
              d(
                  "dC added to the rows used",
                  () -> INTERNALS.embeddingGrad(g, ids(n, 1), n.inputShape(0).size(0), op)),
              NONE);

      // joining and mirroring
      case Op.Cat(int dim) -> ReductionGrads.cat(g, n, dim);
      case Op.Flip(var dims) -> one("dC flipped", () -> g.flip(ints(dims)));
      case Op.Triangle(boolean upper, int diagonal) ->
          one("dC in the triangle", () -> upper ? g.triu(diagonal) : g.tril(diagonal));

      // fused
      case Op.Softmax(int dim) ->
          one("C ∘ (dC - Σ dC ∘ C)", () -> INTERNALS.softmaxGrad(g, c(n), dim));
      case Op.LogSoftmax(int dim) ->
          one("dC - e^C ∘ Σ dC", () -> INTERNALS.logSoftmaxGrad(g, c(n), dim));
      case Op.Attention op -> ProductGrads.attention(g, n, op);
      case Op.LayerNorm(int k, double eps) -> ReductionGrads.layerNorm(g, n, k, eps);
      case Op.SumWindows op ->
          one("dC summed over the windows that hold an element", () -> WindowGrads.sums(g, n, op));
      case Op.Convolution(var slide) -> WindowGrads.convolution(g, n, slide);
      case Op.ConvolutionInput(var slide, var _) -> WindowGrads.convolutionInput(g, n, slide);
      case Op.ConvolutionWeight(var slide, var _) -> WindowGrads.convolutionWeight(g, n, slide);
      case Op.CrossEntropy(long ignore) ->
          List.of(
              d(
                  "(softmax(A) - onehot(B)) ∘ dC",
                  () -> INTERNALS.crossEntropyGrad(g, a(n), ids(n, 1), ignore, INTERNALS.saved(n))),
              NONE);

      // recurrent
      case Op.Recurrence op -> RecurrentGrads.of(g, n, op);

      // in place
      case Op.Copy _ -> List.of(d("0", () -> Tensor.zerosLike(g)), d("dC", () -> g));
      case Op.Fill _ -> one("0", () -> Tensor.zerosLike(g));
      case Op.CopySlices(var views) ->
          List.of(
              d("dC, 0 where it was overwritten", () -> ViewGrads.outside(g, views)),
              d("dC where it was overwritten", () -> ViewGrads.inside(g, views)));
      case Op.Place(var view, var _) ->
          one("dC seen through the view", () -> INTERNALS.view(g, view));

      // views
      case Op.View _ -> one("dC in A's shape", () -> g.reshape(n.inputShape(0).toArray()));
      case Op.Permute(var dims) ->
          one("dC with dimensions put back", () -> g.permute(ViewGrads.inverse(dims)));
      case Op.Expand _ ->
          one("dC summed over the copies", () -> ViewGrads.sumTo(g, n.inputShape(0)));
      case Op.AsStrided view ->
          one("dC in place, 0 elsewhere", () -> ViewGrads.strided(g, view, n.inputShape(0)));
      case Op.ViewOp view ->
          one("dC in place, 0 elsewhere", () -> INTERNALS.place(g, view, n.inputShape(0)));

      // yours
      case Op.Custom op -> ReductionGrads.custom(g, n, op);
    };
  }

  private static final double LN_2 = Math.log(2);

  private static List<Recipe> one(String formula, Supplier<Tensor> gradient) {
    return List.of(d(formula, gradient));
  }

  private static Tensor a(Node n) {
    return n.input(0);
  }

  private static Tensor b(Node n) {
    return n.input(1);
  }

  private static Tensor c(Node n) {
    return n.output();
  }

  private static Tensor ids(Node n, int input) {
    return n.input(input);
  }

  /** {@code g} where the mask is true, else 0. */
  static Tensor masked(Tensor g, Tensor mask) {
    return g.maskedFill(mask.logicalNot(), 0);
  }

  private static Tensor gauss(Tensor x) {
    return x.square().neg().exp().mul(2 / Math.sqrt(Math.PI));
  }

  private static Tensor squares(Node n) {
    return a(n).square().add(b(n).square());
  }

  /** {@code g} where {@code x} is the larger one; where both are equal they share it. */
  private static Tensor larger(Tensor g, Tensor x, Tensor y) {
    return Tensor.where(x.eq(y), g.div(2), g.maskedFill(x.lt(y), 0)); // beside a NaN, both get it
  }

  private static Tensor zeros(Node n, int input, Tensor g) {
    return Tensor.zeros(g.dtype(), n.inputShape(input).toArray());
  }

  /** Each gradient is a fused function of the inputs and dC. */
  private static List<Recipe> fusion(Fused function, Node n, Tensor g) {
    Tensor[] arguments = n.inputs().toArray(new Tensor[n.inputs().size() + 1]);
    arguments[arguments.length - 1] = g;
    return IntStream.range(0, arguments.length - 1)
        .mapToObj(i -> d("dC ∘ ∂C/∂A" + i, () -> function.gradient(i).apply(arguments)))
        .toList();
  }

  private static List<Recipe> zeros(Node n, Tensor g) {
    var none = d("0", () -> Tensor.zerosLike(g));
    return Collections.nCopies(n.arity(), none);
  }

  static int[] ints(List<Integer> dims) {
    return dims.stream().mapToInt(Integer::intValue).toArray();
  }
}
