package gradus.nn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import gradus.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OptimizerTest {
  private static Tensor parameter(double... values) {
    return Tensor.of(values).requiresGrad(true);
  }

  /** The value of a parameter that starts at 1 after steps with the given gradients. */
  private static double after(Function<List<Tensor>, Optimizer> maker, double... gradients) {
    Tensor p = parameter(1);
    Optimizer optimizer = maker.apply(List.of(p));
    for (double gradient : gradients) {
      p.setGrad(Tensor.of(new double[] {gradient}));
      optimizer.step();
    }
    return p.item();
  }

  /** Two steps from 1 with gradients 2 and −1, computed by hand from the formulas. */
  static Stream<Arguments> byHand() {
    double[] betas = {0.9, 0.999};
    double m = 0.1 * 2 * 0.9 - 0.1;
    double v = 0.001 * 4 * 0.999 + 0.001;
    double adam2 = 0.1 * (m / (1 - 0.81)) / Math.sqrt(v / (1 - 0.998001));
    return Stream.of(
        row("SGD", p -> new SGD(p, 0.1), 1 - 0.2 + 0.1),
        row("momentum", p -> new SGD(p, 0.1, 0.9), 1 - 0.2 - 0.1 * (1.8 - 1)),
        row(
            "nesterov",
            p -> new SGD(p, 0.1, 0.9, 0, 0, true, false),
            1 - 0.1 * 3.8 - 0.1 * (-1 + 0.9 * 0.8)),
        row(
            "dampening",
            p -> new SGD(p, 0.1, 0.9, 0.5, 0, false, false),
            1 - 0.2 - 0.1 * (1.8 - 0.5)),
        row("decay", p -> new SGD(p, 0.1, 0, 0, 0.5, false, false), 0.75 - 0.1 * (-1 + 0.375)),
        row("maximize", p -> new SGD(p, 0.1, 0, 0, 0, false, true), 1 + 0.2 - 0.1),
        row("Adam", p -> new Adam(p, 0.1), 0.9 - adam2),
        row("AdamW", p -> new AdamW(p, 0.1), (0.999 - 0.1) * 0.999 - adam2),
        row("amsgrad", p -> new Adam(p, 0.1, betas, 1e-8, 0, true, false), 0.9 - adam2),
        row("Adagrad", p -> new Adagrad(p, 0.1), 0.9 + 0.1 / Math.sqrt(5)),
        row(
            "RMSprop",
            p -> new RMSprop(p, 0.1),
            1 - 0.1 * 2 / 0.2 + 0.1 / Math.sqrt(0.99 * 0.04 + 0.01)),
        row("Adamax", p -> new Adamax(p, 0.1), 1 - 0.1 - 0.1 * m / 0.19 / 1.998),
        row("Rprop", p -> new Rprop(p, 0.1), 0.9),
        row("ASGD", p -> new ASGD(p, 0.1), 1 - 1e-5 - 0.2 + 0.1 - 1e-5 * 0.8));
  }

  private static Arguments row(
      String name, Function<List<Tensor>, Optimizer> maker, double expected) {
    return Arguments.of(name, maker, expected);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("byHand")
  void twoStepsByHand(String name, Function<List<Tensor>, Optimizer> maker, double expected) {
    assertThat(after(maker, 2, -1)).isCloseTo(expected, within(1e-5));
  }

  /** Every optimizer brings (x − 3)² + 10 (y + 1)² close to its least value. */
  static Stream<Arguments> all() {
    return Stream.of(
        Arguments.of("SGD", (Function<List<Tensor>, Optimizer>) p -> new SGD(p, 0.02, 0.9)),
        Arguments.of("Adam", (Function<List<Tensor>, Optimizer>) p -> new Adam(p, 0.1)),
        Arguments.of("AdamW", (Function<List<Tensor>, Optimizer>) p -> new AdamW(p, 0.1)),
        Arguments.of("Adagrad", (Function<List<Tensor>, Optimizer>) p -> new Adagrad(p, 0.5)),
        Arguments.of("RMSprop", (Function<List<Tensor>, Optimizer>) p -> new RMSprop(p, 0.02)),
        Arguments.of("Adadelta", (Function<List<Tensor>, Optimizer>) p -> new Adadelta(p, 20)),
        Arguments.of("Adamax", (Function<List<Tensor>, Optimizer>) p -> new Adamax(p, 0.1)),
        Arguments.of("NAdam", (Function<List<Tensor>, Optimizer>) p -> new NAdam(p, 0.1)),
        Arguments.of("RAdam", (Function<List<Tensor>, Optimizer>) p -> new RAdam(p, 0.1)),
        Arguments.of("ASGD", (Function<List<Tensor>, Optimizer>) p -> new ASGD(p, 0.02)),
        Arguments.of("Rprop", (Function<List<Tensor>, Optimizer>) p -> new Rprop(p, 0.1)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("all")
  void converges(String name, Function<List<Tensor>, Optimizer> maker) {
    Tensor p = parameter(0, 0);
    Tensor goal = Tensor.of(3.0, -1);
    Tensor scale = Tensor.of(1.0, 10);
    Optimizer optimizer = maker.apply(List.of(p));
    for (int i = 0; i < 400; i++) {
      optimizer.step(
          () -> {
            optimizer.zeroGrad();
            Tensor loss = p.sub(goal).square().mul(scale).sum();
            loss.backward();
            return loss;
          });
    }
    assertThat(p.detach().allclose(goal, 0, 0.1)).as(p.toString()).isTrue();
  }

  @Test
  void groupsHaveOptionsOfTheirOwn() {
    Tensor a = parameter(1);
    Tensor b = parameter(1);
    var optimizer = new SGD(List.of(a), 0.1);
    optimizer.addParamGroup(List.of(b), Map.of("lr", 0.01, "weightDecay", 1.0));
    a.setGrad(Tensor.of(new double[] {1}));
    b.setGrad(Tensor.of(new double[] {1}));
    optimizer.step();
    assertThat(a.item()).isCloseTo(0.9, within(1e-6));
    assertThat(b.item()).isCloseTo(0.98, within(1e-6));
    optimizer.paramGroups().getFirst().set("lr", 0.5);
    assertThat(optimizer.paramGroups().getFirst().lr()).isEqualTo(0.5);
    assertThatThrownBy(() -> optimizer.paramGroups().getFirst().set("speed", 1))
        .hasMessageStartingWith(
            "optimizer: there is no option \"speed\". A group has [lr, momentum");
    assertThatThrownBy(() -> optimizer.addParamGroup(List.of(a), Map.of()))
        .hasMessage(
            "optimizer: some parameters appear in more than one parameter group. Each is trained once. Remove one.");
  }

  /** Three steps of PyTorch 1.13, {@code [{"params": a}, {"params": b, …}]}. */
  static Stream<Arguments> grouped() {
    return Stream.of(
        grouped(
            (a, b) ->
                new AdamW(a, o -> o.lr(.1).group(b, g -> g.lr(.5).betas(.5, .8).weightDecay(.3))),
            .6989112,
            -1.6949446,
            1.3103299),
        grouped(
            (a, b) -> new SGD(a, o -> o.lr(.01).group(b, g -> g.momentum(.5).nesterov(true))),
            .941192,
            -1.102736,
            .9932228),
        grouped(
            (a, b) -> new Adam(a, o -> o.lr(.1).group(b, g -> g.eps(.1).amsgrad(true))),
            .7015863,
            -1.7006234,
            .7936924),
        grouped(
            (a, b) -> new Adagrad(a, o -> o.lr(.1).group(b, g -> g.lrDecay(.5))),
            .7804562,
            -1.7758214,
            .6670021),
        grouped(
            (a, b) -> new RMSprop(a, o -> o.lr(.1).group(b, g -> g.alpha(.5).centered(true))),
            0,
            -.3096873,
            1.035507),
        grouped(
            (a, b) -> new Rprop(a, o -> o.lr(.1).group(b, g -> g.etas(.3, 2).stepSizes(.01, 1))),
            .636,
            -1.6359999,
            1.2),
        grouped(
            (a, b) -> new Adamax(a, o -> o.lr(.1).group(b, g -> g.lr(.3))),
            .7154994,
            -1.7076483,
            1.1947653),
        grouped(
            (a, b) -> new NAdam(a, o -> o.lr(.1).group(b, g -> g.momentumDecay(.3))),
            .7541295,
            -1.7489512,
            .7360042),
        grouped(
            (a, b) -> new RAdam(a, o -> o.lr(.1).group(b, g -> g.weightDecay(.3))),
            .4623033,
            .7204505,
            2.7811565),
        grouped(
            (a, b) -> new Adadelta(a, o -> o.lr(1).group(b, g -> g.rho(.3))),
            .9903091,
            -1.9903008,
            .5043827),
        grouped(
            (a, b) -> new ASGD(a, o -> o.lr(.01).group(b, g -> g.lr(.02).t0(1))),
            .9411891,
            -1.1027325,
            1.0199593));
  }

  private static Arguments grouped(
      BiFunction<List<Tensor>, List<Tensor>, Optimizer> optimizer, double... expected) {
    return Arguments.of(optimizer, expected);
  }

  @ParameterizedTest
  @MethodSource("grouped")
  void groupsAreGivenByName(
      BiFunction<List<Tensor>, List<Tensor>, Optimizer> maker, double[] expected) {
    Tensor a = parameter(1, -2);
    Tensor b = parameter(.5);
    Optimizer optimizer = maker.apply(List.of(a), List.of(b));
    assertThat(optimizer.paramGroups()).hasSize(2);
    for (int i = 0; i < 3; i++) {
      optimizer.zeroGrad();
      Tensor first = a.mul(Tensor.of(new double[] {1, 3})).square().sum();
      first.add(b.sub(2).pow(4).sum()).backward();
      optimizer.step();
    }
    double[] actual = {a.get(0), a.get(1), b.get(0)};
    assertThat(actual).containsExactly(expected, within(2e-5));
  }

  @Test
  void groupsSayWhatTheyTake() {
    List<Tensor> a = List.of(parameter(1));
    List<Tensor> b = List.of(parameter(1));
    var optimizer = new SGD(a, o -> o.lr(0.1));
    optimizer.addParamGroup(b, g -> g.lr(0.2));
    assertThat(optimizer.paramGroups().getLast().lr()).isEqualTo(0.2);
    assertThatThrownBy(() -> new SGD(a, o -> o.group(b, g -> g.betas(0.9, 0.99))))
        .hasMessage(
            "SGD: there is no option betas. It has lr, momentum, dampening, weightDecay, nesterov, maximize.");
    assertThatThrownBy(() -> new SGD(a, o -> o.group(b, g -> g.group(a, _ -> {}))))
        .hasMessage(
            "optimizer: a group has a group. Groups stand side by side. Call group on the options around it.");
    assertThatThrownBy(() -> new SGD(a, o -> o.group(a, _ -> {})))
        .hasMessageContaining("some parameters appear in more than one parameter group");
    assertThatThrownBy(() -> new LBFGS(a, o -> o.group(b, _ -> {})))
        .hasMessageContaining("LBFGS doesn't support per-parameter options");
  }

  @Test
  void aParameterWithoutGradientIsPassedOver() {
    Tensor a = parameter(1);
    var optimizer = new SGD(List.of(a), 0.1, 0, 0, 1, false, false);
    optimizer.step();
    assertThat(a.item()).isEqualTo(1);
    assertThat(optimizer.state(a)).isEmpty();
  }

  @Test
  void aStateIsTakenOverByAnotherOptimizer() {
    Tensor a = parameter(1);
    var first = new Adam(List.of(a), 0.1);
    a.setGrad(Tensor.of(new double[] {2}));
    first.step();
    Tensor b = a.detach().clone().requiresGrad(true);
    var second = new Adam(List.of(b));
    second.loadStateDict(first.stateDict());
    for (var step : List.of(first, second)) {
      (step == first ? a : b).setGrad(Tensor.of(new double[] {-1}));
      step.step();
    }
    assertThat(b.item()).isEqualTo(a.item());
    assertThat(second.state(b)).containsEntry("step", 2).containsKeys("exp_avg", "exp_avg_sq");
    assertThatThrownBy(
            () ->
                new Adam(List.of(parameter(1)))
                    .loadStateDict(new OptimizerState(Map.of(), List.of())))
        .hasMessageContaining("different number of parameter groups");
  }

  @Test
  void wrongOptionsAreRefused() {
    List<Tensor> p = List.of(parameter(1));
    assertThatThrownBy(() -> new SGD(p, -1))
        .hasMessage("optimizer: Invalid learning rate: -1.0. It must be 0 or more.");
    assertThatThrownBy(() -> new SGD(p, 0.1, -0.5))
        .hasMessage("optimizer: Invalid momentum value: -0.5. It must be 0 or more.");
    assertThatThrownBy(() -> new SGD(p, 0.1, 0, 0, -1, false, false))
        .hasMessage("optimizer: Invalid weight_decay value: -1.0. It must be 0 or more.");
    assertThatThrownBy(() -> new SGD(p, 0.1, 0, 0, 0, true, false))
        .hasMessage(
            "SGD: momentum is 0.0 and dampening 0.0. Nesterov momentum requires a momentum and zero dampening.");
    assertThatThrownBy(() -> new Adam(p, 0.1, new double[] {1, 0.9}, 1e-8, 0, false, false))
        .hasMessage("optimizer: Invalid beta parameter at index 0: 1.0. It must be in [0, 1).");
    assertThatThrownBy(() -> new SGD(List.of(), 0.1))
        .hasMessageStartingWith("optimizer: optimizer got an empty parameter list.");
    assertThatThrownBy(() -> new SGD(List.of(parameter(1).mul(2)), 0.1))
        .hasMessageStartingWith("optimizer: can't optimize a non-leaf Tensor");
  }

  @Test
  void printsAsPyTorch() {
    assertThat(new SGD(List.of(parameter(1)), 0.1, 0.9))
        .hasToString(
            """
            SGD (
            Parameter Group 0
                dampening: 0.0
                lr: 0.1
                maximize: False
                momentum: 0.9
                nesterov: False
                weight_decay: 0.0
            )""");
  }

  @Test
  void clippingScalesTheGradientsTogether() {
    Tensor a = parameter(0, 0);
    Tensor b = parameter(0);
    a.setGrad(Tensor.of(3.0, 0));
    b.setGrad(Tensor.of(new double[] {4}));
    List<Tensor> all = List.of(a, b, parameter(1));
    assertThat(ClipGrad.clipGradNorm(all, 1)).isCloseTo(5, within(1e-6));
    assertThat(a.grad().toFloatArray()).containsExactly(new float[] {0.6f, 0}, within(1e-6f));
    assertThat(b.grad().item()).isCloseTo(0.8, within(1e-6));
    assertThat(ClipGrad.clipGradNorm(all, 9)).isCloseTo(1, within(1e-5));
    assertThat(b.grad().item()).isCloseTo(0.8, within(1e-6));
    assertThat(ClipGrad.clipGradNorm(all, 9, Double.POSITIVE_INFINITY))
        .isCloseTo(0.8, within(1e-6));
    ClipGrad.clipGradValue(all, 0.5);
    assertThat(a.grad().toFloatArray()).containsExactly(0.5f, 0);
    assertThat(b.grad().item()).isEqualTo(0.5);
  }
}
