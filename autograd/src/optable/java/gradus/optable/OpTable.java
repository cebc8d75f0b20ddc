package gradus.optable;

import gradus.tensor.DType;
import gradus.tensor.Fused;
import gradus.tensor.Index;
import gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * One row an op: a function of some samples. Each row is differentiated twice, fed with strided
 * inputs, and run in FLOAT32 against FLOAT64. A new op is a new row here.
 */
public final class OpTable {
  /**
   * A row.
   *
   * @param name the op, and what is special about the sample
   * @param f the function of the inputs
   * @param inputs FLOAT64 samples, away from corners
   */
  public record Row(String name, Function<List<Tensor>, Tensor> f, List<Tensor> inputs) {
    @Override
    public String toString() {
      return name;
    }
  }

  private final List<Row> rows = new ArrayList<>();

  /** All rows, the same each time. */
  public static List<Row> rows() {
    var table = new OpTable();
    Tensor.manualSeed(7);
    table.elementwise();
    table.activations();
    table.binary();
    table.reductions();
    table.shapes();
    table.indexing();
    table.matrices();
    table.fused();
    table.inPlace();
    FurtherOps.addTo(table);
    return table.rows;
  }

  void row(String name, Function<List<Tensor>, Tensor> f, Tensor... inputs) {
    rows.add(new Row(name, f, List.of(inputs)));
  }

  void one(String name, Function<Tensor, Tensor> f, Tensor x) {
    row(name, in -> f.apply(in.get(0)), x);
  }

  /** Numbers between the bounds, none within 0.05 of a whole number. */
  public static Tensor between(double low, double high, int... shape) {
    double[] v = Tensor.rand(DType.FLOAT64, shape).mul(high - low).add(low).toDoubleArray();
    for (int i = 0; i < v.length; i++) {
      double near = Math.rint(v[i]);
      if (Math.abs(v[i] - near) < 0.05) {
        v[i] = v[i] + 0.1 <= high ? near + 0.08 : near - 0.08;
      }
    }
    return Tensor.fromArray(v, shape);
  }

  /** Numbers of both signs. */
  public static Tensor any(int... shape) {
    return between(-2.5, 2.5, shape);
  }

  /** Numbers above 0. */
  public static Tensor positive(int... shape) {
    return between(0.3, 2.7, shape);
  }

  private void elementwise() {
    one("neg", Tensor::neg, any(3, 4));
    one("abs", Tensor::abs, any(3, 4));
    one("exp", Tensor::exp, any(3, 4));
    one("exp2", Tensor::exp2, any(3, 4));
    one("expm1", Tensor::expm1, any(3, 4));
    one("log", Tensor::log, positive(3, 4));
    one("log2", Tensor::log2, positive(3, 4));
    one("log10", Tensor::log10, positive(3, 4));
    one("log1p", Tensor::log1p, positive(3, 4));
    one("sqrt", Tensor::sqrt, positive(3, 4));
    one("rsqrt", Tensor::rsqrt, positive(3, 4));
    one("reciprocal", Tensor::reciprocal, positive(3, 4));
    one("square", Tensor::square, any(3, 4));
    one("sin", Tensor::sin, any(3, 4));
    one("cos", Tensor::cos, any(3, 4));
    one("tan", Tensor::tan, between(-1.2, 1.2, 3, 4));
    one("asin", Tensor::asin, between(-0.8, 0.8, 3, 4));
    one("acos", Tensor::acos, between(-0.8, 0.8, 3, 4));
    one("atan", Tensor::atan, any(3, 4));
    one("sinh", Tensor::sinh, any(3, 4));
    one("cosh", Tensor::cosh, any(3, 4));
    one("tanh", Tensor::tanh, any(3, 4));
    one("asinh", Tensor::asinh, any(3, 4));
    one("acosh", Tensor::acosh, between(1.3, 3, 3, 4));
    one("atanh", Tensor::atanh, between(-0.8, 0.8, 3, 4));
    one("erf", Tensor::erf, any(3, 4));
    one("erfc", Tensor::erfc, any(3, 4));
    one("erfinv", Tensor::erfinv, between(-0.8, 0.8, 3, 4));
    one("ndtri", Tensor::ndtri, between(0.1, 0.9, 3, 4));
    one("lgamma", Tensor::lgamma, positive(3, 4));
    one("digamma", Tensor::digamma, positive(3, 4));
    one("polygamma 1", x -> x.polygamma(1), positive(3, 4));
    one("polygamma 3", x -> x.polygamma(3), between(1.2, 2.8, 3, 4));
    one("floor", Tensor::floor, any(3, 4));
    one("ceil", Tensor::ceil, any(3, 4));
    one("round", x -> x.add(0.25).round(), between(-0.2, 0.2, 3, 4));
    one("trunc", Tensor::trunc, any(3, 4));
    one("sign", Tensor::sign, any(3, 4));
    one("frac", Tensor::frac, any(3, 4));
    one("logit", Tensor::logit, between(0.1, 0.9, 3, 4));
    one("clamp", x -> x.clamp(-1.02, 1.03), any(3, 4));
    one("pow 3", x -> x.pow(3), any(3, 4));
    one("pow 0.5", x -> x.pow(0.5), positive(3, 4));
    one("pow 0", x -> x.pow(0).add(x), any(3, 4));
    one("clone", Tensor::clone, any(3, 4));
    one("cast", x -> x.to(DType.FLOAT64).mul(x), any(3, 4));
  }

  private void activations() {
    one("relu", Tensor::relu, any(3, 4));
    one("sigmoid", Tensor::sigmoid, any(3, 4));
    one("logsigmoid", Tensor::logsigmoid, any(3, 4));
    one("leakyRelu", x -> x.leakyRelu(0.1), any(3, 4));
    one("gelu", Tensor::gelu, any(3, 4));
    one("gelu tanh", x -> x.gelu("tanh"), any(3, 4));
    one("silu", Tensor::silu, any(3, 4));
    one("mish", Tensor::mish, any(3, 4));
    one("elu", x -> x.elu(0.7), any(3, 4));
    one("celu", x -> x.celu(1.3), any(3, 4));
    one("selu", Tensor::selu, any(3, 4));
    one("softplus", x -> x.softplus(1.5, 20), any(3, 4));
    one("softplus above its threshold", x -> x.softplus(1, 1.02), any(3, 4));
    one("threshold", x -> x.threshold(0.52, -1), any(3, 4));
    one("hardswish", Tensor::hardswish, between(-4.4, 4.4, 3, 4));
    one("hardsigmoid", Tensor::hardsigmoid, between(-4.4, 4.4, 3, 4));
  }

  private void binary() {
    row("add", in -> in.get(0).add(in.get(1)), any(3, 4), any(3, 4));
    row("add broadcast", in -> in.get(0).add(in.get(1)), any(3, 1), any(2, 1, 4));
    row("add alpha", in -> in.get(0).add(in.get(1), 2.5), any(3, 4), any(4));
    row("sub", in -> in.get(0).sub(in.get(1)), any(3, 4), any(4));
    row("rsub", in -> in.get(0).rsub(1), any(3, 4));
    row("mul", in -> in.get(0).mul(in.get(1)), any(3, 4), any(3, 1));
    row("mul with itself", in -> in.get(0).mul(in.get(0)), any(3, 4));
    row("div", in -> in.get(0).div(in.get(1)), any(3, 4), positive(4));
    row("pow", in -> in.get(0).pow(in.get(1)), positive(3, 4), any(3, 4));
    row("maximum", in -> in.get(0).maximum(in.get(1)), any(3, 4), any(3, 4));
    row("minimum", in -> in.get(0).minimum(in.get(1)), any(3, 4), any(3, 4));
    row("fmod", in -> in.get(0).fmod(in.get(1)), any(3, 4), between(1.3, 1.8, 3, 4));
    row("remainder", in -> in.get(0).remainder(in.get(1)), any(3, 4), between(1.3, 1.8, 3, 4));
    row("atan2", in -> in.get(0).atan2(in.get(1)), positive(3, 4), any(3, 4));
    row("hypot", in -> in.get(0).hypot(in.get(1)), any(3, 4), positive(3, 4));
    row("copysign", in -> in.get(0).copysign(in.get(1)), any(3, 4), any(3, 4));
    row("xlogy", in -> in.get(0).xlogy(in.get(1)), any(3, 4), positive(3, 4));
    row("logaddexp", in -> in.get(0).logaddexp(in.get(1)), any(3, 4), any(3, 4));
    row("logaddexp2", in -> in.get(0).logaddexp2(in.get(1)), any(3, 4), any(3, 4));
    row("lerp", in -> in.get(0).lerp(in.get(1), in.get(2)), any(3, 4), any(3, 4), any(3, 4));
    row(
        "addcmul",
        in -> in.get(0).addcmul(in.get(1), in.get(2), 0.5),
        any(3, 4),
        any(3, 1),
        any(4));
    row(
        "addcdiv",
        in -> in.get(0).addcdiv(in.get(1), in.get(2), 0.5),
        any(3, 4),
        any(3, 1),
        positive(4));
    Tensor mask =
        Tensor.of(
            new boolean[][] {
              {true, false, true, false}, {false, true, true, true}, {false, false, true, false}
            });
    row("where", in -> Tensor.where(mask, in.get(0), in.get(1)), any(3, 4), any(4));
    row("maskedFill", in -> in.get(0).maskedFill(mask, 3.5), any(3, 4));
    row("maskedSelect", in -> in.get(0).maskedSelect(mask), any(3, 4));
  }

  private void reductions() {
    one("sum", Tensor::sum, any(3, 4));
    one("sum dim", x -> x.sum(1), any(2, 3, 4));
    one("sum dims keepdim", x -> x.sum(new int[] {0, -1}, true), any(2, 3, 4));
    one("mean", Tensor::mean, any(3, 4));
    one("mean dim", x -> x.mean(0, true), any(3, 4));
    one("prod", Tensor::prod, any(2, 3));
    one("prod dim", x -> x.prod(1), any(3, 4));
    one(
        "prod with a zero",
        x -> x.mul(Tensor.of(new double[][] {{1, 0, 1}}).to(DType.FLOAT64)).prod(1),
        any(2, 3));
    one("amax", x -> x.amax(1), any(3, 4));
    one("amin", x -> x.amin(new int[] {0, 1}, false), any(3, 4));
    one("max dim", x -> x.max(1).values(), any(3, 4));
    one("min dim keepdim", x -> x.min(0, true).values(), any(3, 4));
    one("var", Tensor::var, any(3, 4));
    one("var dim", x -> x.var(1, false, true), any(3, 4));
    one("std", x -> x.std(1), any(3, 4));
    one("norm", Tensor::norm, any(3, 4));
    one("norm 1", x -> x.norm(1, 1), any(3, 4));
    one("norm 3", x -> x.norm(3, 0, true), any(3, 4));
    one("norm inf", x -> x.norm(Double.POSITIVE_INFINITY, 1), any(3, 4));
    one("logsumexp", x -> x.logsumexp(1), any(3, 4));
    one("cumsum", x -> x.cumsum(1), any(3, 4));
    one("cumprod", x -> x.cumprod(0), any(3, 4));
    one("sort", x -> x.sort(1, true).values(), any(3, 4));
    one("topk", x -> x.topk(2, 1).values(), any(3, 4));
    one("kthvalue", x -> x.kthvalue(2, 0).values(), any(3, 4));
  }

  private void shapes() {
    one("view", x -> x.contiguous().view(2, 6).square(), any(3, 4));
    one("reshape of a transpose", x -> x.t().reshape(2, 6).square(), any(3, 4));
    one("permute", x -> x.permute(2, 0, 1).square(), any(2, 3, 4));
    one("expand", x -> x.unsqueeze(0).expand(2, 3, 4).square(), any(3, 4));
    one("slice", x -> x.slice(1, 1, 4, 2).square(), any(3, 4));
    one("select", x -> x.select(0, -1).square(), any(3, 4));
    one("diagonal", x -> x.diagonal(1, 0, 1).square(), any(3, 4));
    one("diag of a vector", x -> x.diag(1).square(), any(3));
    one("unfold", x -> x.unfold(0, 3, 1).square(), any(6));
    one(
        "asStrided",
        x -> x.contiguous().asStrided(new int[] {2, 2}, new int[] {3, 2}, 1).square(),
        any(3, 4));
    one("squeeze", x -> x.unsqueeze(1).squeeze(1).square(), any(3, 4));
    one("repeat", x -> x.repeat(2, 1, 2).square(), any(3, 2));
    one("flip", x -> x.flip(0, 1).square(), any(3, 4));
    one("roll", x -> x.roll(1, 1).square(), any(3, 4));
    one("tril", x -> x.tril(-1).square(), any(3, 4));
    one("triu", x -> x.triu(1).square(), any(3, 4));
    one("split", x -> x.split(3, 1).get(1).square(), any(3, 4));
    row("cat", in -> Tensor.cat(1, in.get(0), in.get(1)).square(), any(3, 2), any(3, 4));
    row("stack", in -> Tensor.stack(1, in.get(0), in.get(1)).square(), any(3, 2), any(3, 2));
  }

  private void indexing() {
    Tensor ids = Tensor.of(2, 0, 2, 1);
    Tensor places = Tensor.of(new int[][] {{0, 2, 1, 1}, {1, 1, 2, 0}});
    one("indexSelect", x -> x.indexSelect(0, ids).square(), any(3, 4));
    one("gather", x -> x.gather(0, places).square(), any(3, 4));
    row(
        "scatter",
        in -> in.get(0).scatter(1, Tensor.of(new int[][] {{0, 2}, {1, 3}}), in.get(1)).square(),
        any(3, 4),
        any(2, 3));
    row(
        "scatterAdd",
        in -> in.get(0).scatterAdd(0, places, in.get(1)).square(),
        any(3, 4),
        any(2, 4));
    row("indexAdd", in -> in.get(0).indexAdd(0, ids, in.get(1)).square(), any(3, 4), any(4, 4));
    one("at", x -> x.at(Index.ALL, ids, 1).square(), any(2, 3, 4));
    one("take", x -> x.take(Tensor.of(0, 5, 5)).square(), any(3, 4));
    one("embedding", w -> Tensor.embedding(w, places, -1, false, false).square(), any(3, 2));
  }

  private void matrices() {
    row("matmul", in -> in.get(0).matmul(in.get(1)), any(3, 4), any(4, 2));
    row("matmul batched", in -> in.get(0).matmul(in.get(1)), any(2, 1, 3, 4), any(3, 4, 2));
    row("matmul vector", in -> in.get(0).matmul(in.get(1)), any(2, 3, 4), any(4));
    row("matmul row", in -> in.get(0).matmul(in.get(1)), any(4), any(2, 4, 3));
    row("dot", in -> in.get(0).dot(in.get(1)), any(4), any(4));
    row("outer", in -> in.get(0).outer(in.get(1)), any(4), any(3));
    row("inner", in -> in.get(0).inner(in.get(1)), any(2, 4), any(3, 4));
    row("addmm", in -> in.get(0).addmm(in.get(1), in.get(2), 0.5, 2), any(2), any(3, 4), any(4, 2));
    row(
        "baddbmm",
        in -> in.get(0).baddbmm(in.get(1), in.get(2), 1, 2),
        any(2, 3, 2),
        any(2, 3, 4),
        any(2, 4, 2));
    one("trace", Tensor::trace, any(3, 4));
    row(
        "linear",
        in -> Tensor.linear(in.get(0), in.get(1), in.get(2)),
        any(2, 3, 4),
        any(5, 4),
        any(5));
    row("linear of a vector", in -> Tensor.linear(in.get(0), in.get(1), null), any(4), any(5, 4));
  }

  /** The same mask at every call. */
  private static Tensor dropped(Tensor x) {
    Tensor.manualSeed(3);
    return Tensor.dropout(x, 0.4);
  }

  private void fused() {
    Fused gelu = Fused.of(x -> x.mul(0.5).mul(x.div(Math.sqrt(2)).erf().add(1)));
    one("Fused", x -> gelu.apply(x), any(3, 4));
    Fused three = Fused.of((a, b, c) -> a.mul(b).tanh().add(a.div(c)).sub(b.maximum(c)));
    row(
        "Fused, broadcast",
        in -> three.apply(in.get(0), in.get(1), in.get(2)),
        any(3, 4),
        any(4),
        positive(3, 1));
    one("dropout", OpTable::dropped, any(3, 4));
    one("softmax", x -> x.softmax(0), any(3, 4));
    one("softmax last", x -> x.softmax(-1), any(2, 3, 4));
    one("logSoftmax", x -> x.logSoftmax(1), any(3, 4));
    row(
        "layerNorm",
        in -> Tensor.layerNorm(in.get(0), new int[] {2, 4}, in.get(1), in.get(2), 1e-5),
        any(3, 2, 4),
        any(2, 4),
        any(2, 4));
    row(
        "layerNorm plain",
        in -> Tensor.layerNorm(in.get(0), new int[] {4}, null, null, 1e-5),
        any(3, 4));
    attention();
    Tensor targets = Tensor.of(1, -100, 3);
    one("crossEntropyRows", x -> Tensor.crossEntropyRows(x, targets, -100), any(3, 4));
  }

  private void attention() {
    row(
        "attention",
        in -> Tensor.scaledDotProductAttention(in.get(0), in.get(1), in.get(2), null, false, 0.6),
        any(2, 3, 4),
        any(2, 5, 4),
        any(2, 5, 3));
    row(
        "attention causal, batches broadcast",
        in -> Tensor.scaledDotProductAttention(in.get(0), in.get(1), in.get(2), null, true, 0.6),
        any(2, 3, 2),
        any(3, 2),
        any(3, 4));
    Tensor seen =
        Tensor.of(
            new boolean[][] {
              {true, false, true, true}, {false, true, true, true}, {false, false, true, false}
            });
    row(
        "attention masked",
        in -> Tensor.scaledDotProductAttention(in.get(0), in.get(1), in.get(2), seen, false, 0.6),
        any(2, 3, 2),
        any(2, 4, 2),
        any(2, 4, 2));
    row(
        "attention with a learned mask",
        in ->
            Tensor.scaledDotProductAttention(
                in.get(0), in.get(1), in.get(2), in.get(3), false, 0.6),
        any(3, 2),
        any(4, 2),
        any(4, 2),
        any(3, 4));
    one(
        "attention packed",
        x -> Tensor.scaledDotProductAttention(x, null, true, 0.6),
        any(3, 2, 3, 2));
  }

  private void inPlace() {
    row("mul_", in -> in.get(0).clone().mul_(in.get(1)), any(3, 4), any(4));
    one("exp_", x -> x.mul(0.5).exp_(), any(3, 4));
    one("sin_ needs the old value", x -> x.mul(0.5).sin_(), any(3, 4));
    one("fill_", x -> x.mul(2).fill_(3).add(x), any(3, 4));
    row(
        "copy_ through a view",
        in -> {
          Tensor y = in.get(0).mul(2);
          y.select(0, 1).copy_(in.get(1));
          return y.square();
        },
        any(3, 4),
        any(4));
    row(
        "add_ through views of views",
        in -> {
          Tensor y = in.get(0).mul(2);
          y.t().narrow(0, 1, 2).add_(in.get(1));
          return y.square();
        },
        any(3, 4),
        any(2, 3));
    row(
        "set by index",
        in -> in.get(0).clone().set(in.get(1), Tensor.of(2, 0)).square(),
        any(3, 4),
        any(2, 4));
    one("custom", x -> new Cube().apply(x), any(3, 4));
  }

  /** An op of the test's own. */
  static final class Cube extends gradus.tensor.Op.Custom {
    @Override
    public Tensor forward(Tensor... in) {
      return in[0].mul(in[0]).mul(in[0]);
    }

    @Override
    public List<Tensor> backward(Tensor gradient, List<Tensor> in, Tensor output) {
      return List.of(gradient.mul(in.get(0).square()).mul(3));
    }
  }
}
