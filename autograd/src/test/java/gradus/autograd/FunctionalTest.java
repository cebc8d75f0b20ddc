package gradus.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import gradus.tensor.DType;
import gradus.tensor.GradMode;
import gradus.tensor.Tensor;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The values are those of torch.autograd.functional in FLOAT64. */
class FunctionalTest {
  private final Tensor x = Tensor.fromArray(new double[] {0.5, -1, 2}, 3);
  private final Tensor y = Tensor.fromArray(new double[] {1.5, 0.25}, 2);
  private final Tensor v = Tensor.fromArray(new double[] {1, 2, -1}, 3);
  private final Tensor w = Tensor.fromArray(new double[] {-1, 3}, 2);

  private final UnaryOperator<Tensor> two =
      t -> Tensor.stack(List.of(t.exp().sum().mul(t.select(0, 0)), t.prod()), 0);
  private final UnaryOperator<Tensor> scalar =
      t -> t.sin().mul(t.pow(3)).sum().mul(t.select(0, 1).exp());
  private final Function<List<Tensor>, List<Tensor>> several =
      in -> List.of(outer(in).tanh(), in.get(0).square());
  private final Function<List<Tensor>, Tensor> scalarOfTwo =
      in -> outer(in).tanh().sum().mul(in.get(0).select(0, 0));

  private static Tensor outer(List<Tensor> in) {
    return in.get(0).unsqueeze(1).mul(in.get(1));
  }

  @Test
  void jacobian() {
    check(
        Functional.jacobian(two, x),
        "[2, 3]",
        10.230017446152285,
        0.18393972058572117,
        3.694528049465325,
        -2.0,
        1.0,
        -0.5);
  }

  @Test
  void jacobianOfSeveral() {
    List<List<Tensor>> all = Functional.jacobian(several, List.of(x, y));
    assertThat(all.get(0).get(0).shape()).hasToString("[3, 2, 3]");
    assertThat(all.get(0).get(0).get(1, 0, 1)).isEqualTo(0.2710599583854729, within(1e-15));
    assertThat(all.get(0).get(1).shape()).hasToString("[3, 2, 2]");
    assertThat(all.get(0).get(1).get(2, 1, 1)).isEqualTo(1.5728954659318548, within(1e-15));
    check(all.get(1).get(0), "[3, 3]", 1, 0, 0, 0, -2, 0, 0, 0, 4);
    check(all.get(1).get(1), "[3, 2]", 0, 0, 0, 0, 0, 0);
  }

  @Test
  void hessian() {
    check(
        Functional.hessian(scalar, x),
        "[3, 3]",
        0.9913329214470163,
        0.1726336722250281,
        0.0,
        0.1726336722250281,
        3.4932054252028792,
        2.7894070254773373,
        0.0,
        2.7894070254773364,
        -2.336157459224382);
  }

  @Test
  void hessianOfSeveral() {
    List<List<Tensor>> all = Functional.hessian(scalarOfTwo, List.of(x, y));
    check(
        all.get(0).get(1),
        "[3, 2]",
        0.15142060533430515,
        1.602113192062511,
        -0.15499612850383665,
        0.41245062955086825,
        -0.024518722961843493,
        0.2115083711370669);
    check(all.get(1).get(1), "[2, 2]", 0.02956709713293653, 0.0, 0.0, -1.2541042953846104);
  }

  @Test
  void aHessianOfALinearFunctionIsZero() {
    check(Functional.hessian(t -> t.sum(), w), "[2, 2]", 0, 0, 0, 0);
  }

  @Test
  void products() {
    Tensor u = Tensor.fromArray(new double[] {1, -2}, 2);
    near(Functional.vjp(two, x, u).product(), 14.2300, -1.8161, 4.6945);
    near(Functional.jvp(two, x, v).product(), 6.9034, 0.5);
    near(Functional.jvp(two, x, v).output(), 4.7028, -1);
    near(Functional.vhp(scalar, x, v).product(), 1.3366, 4.3696, 7.9150);
    near(Functional.hvp(scalar, x, v).product(), 1.3366, 4.3696, 7.9150);
    near(Functional.hvp(scalar, x, v).output(), 3.0077);
    near(Functional.vjp(t -> t.square().sum(), w).product(), -2, 6);
  }

  @Test
  void productsOfSeveral() {
    List<Tensor> in = List.of(x, y);
    List<Tensor> back =
        Functional.vjp(
                several, in, List.of(Tensor.arange(6.0).to(DType.FLOAT64).view(3, 2), v), _ -> {})
            .product();
    near(back.get(0), 1.2461, -2.7529, -2.9577);
    near(back.get(1), -0.2825, 5.5367);
    List<Tensor> along = Functional.jvp(several, in, List.of(v, w), _ -> {}).product();
    near(along.get(0), 0.5966, 1.7229, 0.7228, -2.35, -0.0345, 4.5221);
    near(along.get(1), 1, -4, -4);
    for (List<Tensor> second :
        List.of(
            Functional.vhp(scalarOfTwo, in, List.of(v, w), _ -> {}).product(),
            Functional.hvp(scalarOfTwo, in, List.of(v, w), _ -> {}).product())) {
      near(second.get(0), 6.8774, 2.6632, 0.9153);
      near(second.get(1), -0.1636, -1.5468);
    }
  }

  @Test
  void withAGraphTheResultIsDifferentiable() {
    Tensor leaf = x.clone().requiresGrad(true);
    Functional.jacobian(t -> t.pow(3), leaf, o -> o.createGraph(true)).sum().backward();
    check(leaf.grad(), "[3]", 3, -6, 12);
    leaf.zeroGrad();
    Functional.hessian(t -> t.pow(4).sum(), leaf, o -> o.createGraph(true)).sum().backward();
    check(leaf.grad(), "[3]", 12, -24, 48);
    leaf.zeroGrad();
    Functional.hvp(t -> t.pow(4).sum(), leaf, v, o -> o.createGraph(true))
        .product()
        .sum()
        .backward();
    check(leaf.grad(), "[3]", 12, -48, -48);
  }

  @Test
  void withoutAGraphNothingIsLeftBehind() {
    Tensor leaf = x.clone().requiresGrad(true);
    try (var _ = GradMode.noGrad()) {
      assertThat(Functional.jacobian(t -> t.exp(), leaf).requiresGrad()).isFalse();
    }
    assertThat(Functional.vjp(t -> t.exp(), leaf, v).output().requiresGrad()).isFalse();
    assertThat(leaf.hasGrad()).isFalse();
  }

  @Test
  void strictRefusesWhatDoesNotDepend() {
    UnaryOperator<Tensor> constant = _ -> Tensor.ones(2);
    check(Functional.jacobian(constant, w), "[2, 2]", 0, 0, 0, 0);
    assertThatThrownBy(() -> Functional.jacobian(constant, w, o -> o.strict(true)))
        .hasMessageStartingWith("jacobian: the output is independent of an input");
    assertThatThrownBy(() -> Functional.hessian(t -> t.sum(), w, o -> o.strict(true)))
        .hasMessageStartingWith("hessian: the output is independent of an input");
  }

  @Test
  void errors() {
    assertThatThrownBy(() -> Functional.hessian(t -> t.exp(), x))
        .hasMessage(
            "hessian: the function returned [[3]]. It must return a single scalar. Reduce it: sum() or mean().");
    assertThatThrownBy(() -> Functional.jvp(t -> t.exp(), x, w))
        .hasMessage(
            "jvp: v is [2] but the input is [3]. Both must have one shape. Use v.reshape(...) or another v.");
    assertThatThrownBy(() -> Functional.vjp(t -> t.exp(), x))
        .hasMessage(
            "vjp: v is null, but the outputs are [[3]]. Only a single number has 1 for its v. Give one an output.");
  }

  private static void near(Tensor actual, double... expected) {
    assertThat(actual.toDoubleArray()).containsExactly(expected, within(6e-5));
  }

  private static void check(Tensor actual, String shape, double... expected) {
    assertThat(actual.shape()).hasToString(shape);
    assertThat(actual.toDoubleArray()).containsExactly(expected, within(1e-13));
  }
}
