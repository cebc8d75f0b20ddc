package gradus.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gradus.optable.OpTable;
import gradus.tensor.DType;
import gradus.tensor.Expr;
import gradus.tensor.Fused;
import gradus.tensor.Shape;
import gradus.tensor.Tensor;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A fused function beside the same ops one by one: values, gradients, and theirs. */
class FusedTest {

  record Pair(String name, UnaryOperator<Expr> fused, Function<Tensor, Tensor> plain) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Pair> pairs() {
    return Stream.of(
        new Pair("neg", Expr::neg, Tensor::neg),
        new Pair("abs", Expr::abs, Tensor::abs),
        new Pair("sign", x -> x.mul(x.sign()), x -> x.mul(x.sign())),
        new Pair("square", Expr::square, Tensor::square),
        new Pair("sqrt", x -> x.abs().sqrt(), x -> x.abs().sqrt()),
        new Pair("rsqrt", x -> x.abs().rsqrt(), x -> x.abs().rsqrt()),
        new Pair("reciprocal", Expr::reciprocal, Tensor::reciprocal),
        new Pair("exp", Expr::exp, Tensor::exp),
        new Pair("expm1", Expr::expm1, Tensor::expm1),
        new Pair("log", x -> x.abs().log(), x -> x.abs().log()),
        new Pair("log1p", x -> x.abs().log1p(), x -> x.abs().log1p()),
        new Pair("sin", Expr::sin, Tensor::sin),
        new Pair("cos", Expr::cos, Tensor::cos),
        new Pair("tanh", Expr::tanh, Tensor::tanh),
        new Pair("sigmoid", Expr::sigmoid, Tensor::sigmoid),
        new Pair("logsigmoid", Expr::logsigmoid, Tensor::logsigmoid),
        new Pair("softplus", Expr::softplus, Tensor::softplus),
        new Pair("erf", Expr::erf, Tensor::erf),
        new Pair("relu", Expr::relu, Tensor::relu),
        new Pair("pow", x -> x.pow(3), x -> x.pow(3)),
        new Pair("rsub", x -> x.rsub(2), x -> x.rsub(2)),
        new Pair("div", x -> Expr.constant(2).div(x.exp()), x -> x.exp().reciprocal().mul(2)),
        new Pair("maximum", x -> x.maximum(x.square()), x -> x.maximum(x.square())),
        new Pair("minimum", x -> x.minimum(x.square()), x -> x.minimum(x.square())),
        new Pair("itself", x -> x, Tensor::clone),
        new Pair("a number", x -> Expr.constant(3), x -> x.mul(0).add(3)),
        new Pair(
            "where",
            x -> Expr.where(x.gt(0.5), x.square(), Expr.where(x.le(-1), x, x.mul(3))),
            x -> Tensor.where(x.gt(0.5), x.square(), Tensor.where(x.le(-1), x, x.mul(3)))),
        new Pair(
            "shared parts",
            x -> x.mul(2).sigmoid().mul(x.mul(2)).add(x.mul(2).sigmoid()),
            x -> x.mul(2).sigmoid().mul(x.mul(2)).add(x.mul(2).sigmoid())));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void agreesWithTheOpsOneByOne(Pair pair) {
    Fused fused = Fused.of(pair.fused());
    for (DType dtype : List.of(DType.FLOAT32, DType.FLOAT64)) {
      Tensor x = OpTable.any(3, 5).to(dtype);
      double within = dtype == DType.FLOAT32 ? 1e-4 : 1e-12;
      List<Tensor> expected = threeOrders(pair.plain(), x);
      List<Tensor> actual = threeOrders(fused::apply, x);
      for (int order = 0; order < 3; order++) {
        assertThat(actual.get(order).allclose(expected.get(order), within, within))
            .as("order %d: %s, not %s", order, actual.get(order), expected.get(order))
            .isTrue();
      }
    }
  }

  /** Value, gradient and gradient of the gradient. */
  private static List<Tensor> threeOrders(Function<Tensor, Tensor> f, Tensor values) {
    Tensor x = values.detach().clone().requiresGrad(true);
    Tensor y = f.apply(x);
    Tensor weights = Tensor.arange(1, 16).reshape(3, 5).to(x.dtype()).div(7);
    // The square makes every function curved, so that there is a second order.
    Tensor first = Autograd.grad(y.mul(y).mul(weights).sum(), List.of(x), true).getFirst();
    Tensor second = Autograd.grad(first.mul(weights).sum(), List.of(x), false).getFirst();
    return List.of(y.detach(), first.detach(), second);
  }

  @Test
  void takesEveryLayoutAndSize() {
    Fused fused = Fused.of((a, b, c, d) -> a.mul(b).add(c).sub(d.mul(2)));
    for (int n : new int[] {1, 7, 33, 1021, 5000}) {
      Tensor a = Tensor.randn(n, 3).transpose(0, 1);
      Tensor b = Tensor.randn(n);
      Tensor c = Tensor.randn(3, 1);
      Tensor d = Tensor.scalar(0.5f);
      Tensor expected = a.mul(b).add(c).sub(d.mul(2));
      assertThat(fused.apply(a, b, c, d).equal(expected)).isTrue();
      Tensor steps = Tensor.randn(3, 2 * n).slice(1, 0, 2 * n, 2);
      assertThat(fused.apply(steps, b, c, d).equal(steps.mul(b).add(c).sub(d.mul(2)))).isTrue();
    }
  }

  @Test
  void gradientsOfBroadcastInputsAreSummed() {
    Fused fused = Fused.of((a, b) -> a.mul(b.exp()));
    Tensor a = Tensor.randn(4, 3).requiresGrad(true);
    Tensor b = Tensor.randn(3).requiresGrad(true);
    fused.apply(a, b).sum().backward();
    assertThat(a.grad().allclose(b.detach().exp().expand(4, 3), 1e-5, 1e-6)).isTrue();
    assertThat(b.grad().shape()).isEqualTo(Shape.of(3));
    assertThat(b.grad().allclose(a.detach().sum(0).mul(b.detach().exp()), 1e-5, 1e-5)).isTrue();
  }

  @Test
  void saysWhatItIsAndHowManyArgumentsItHas() {
    Fused fused = Fused.of((a, b) -> a.mul(b).add(1));
    assertThat(fused).hasToString("add(mul(x0, x1), 1.0)");
    assertThatThrownBy(() -> fused.apply(Tensor.ones(2)))
        .hasMessage("fused: the function has 2 arguments, but 1 came.");
    assertThatThrownBy(() -> fused.apply(Tensor.ones(2), Tensor.ones(3)))
        .hasMessageStartingWith("fused: [2] and [3] do not broadcast");
  }
}
