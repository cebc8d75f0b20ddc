package gradus.nn.optim.lrscheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import gradus.nn.optim.Adagrad;
import gradus.nn.optim.Adam;
import gradus.nn.optim.Optimizer;
import gradus.nn.optim.SGD;
import gradus.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SchedulerTest {
  private static SGD optimizer() {
    return new SGD(List.of(Tensor.zeros(1).requiresGrad(true)), 1, 0.5);
  }

  private static double[] rates(LRScheduler scheduler, int count) {
    double[] rates = new double[count];
    for (int i = 0; i < count; i++) {
      rates[i] = scheduler.getLastLr().getFirst();
      scheduler.step();
    }
    return rates;
  }

  /** The first rates from 1, by hand. */
  static Stream<Arguments> schedules() {
    return Stream.of(
        row("StepLR", o -> new StepLR(o, 2), 1, 1, 0.1, 0.1, 0.01),
        row(
            "MultiStepLR",
            o -> new MultiStepLR(o, new int[] {1, 3, 3}, 0.5),
            1,
            0.5,
            0.5,
            0.125,
            0.125),
        row("ExponentialLR", o -> new ExponentialLR(o, 0.5), 1, 0.5, 0.25, 0.125),
        row("ConstantLR", o -> new ConstantLR(o, 0.25, 2), 0.25, 0.25, 1, 1),
        row("LinearLR", o -> new LinearLR(o, 0.5, 1, 2), 0.5, 0.75, 1, 1),
        row("PolynomialLR", o -> new PolynomialLR(o, 4, 2), 1, 0.5625, 0.25, 0.0625, 0, 0),
        row("CosineAnnealingLR", o -> new CosineAnnealingLR(o, 2, 0.2), 1, 0.6, 0.2, 0.6, 1),
        row("LambdaLR", o -> new LambdaLR(o, e -> 1.0 / (e + 1)), 1, 0.5, 1.0 / 3),
        row("MultiplicativeLR", o -> new MultiplicativeLR(o, e -> 1.0 / e), 1, 1, 0.5, 0.5 / 3),
        row(
            "WarmRestarts",
            o -> new CosineAnnealingWarmRestarts(o, 2, 2, 0),
            1,
            0.5,
            1,
            0.8535534,
            0.5,
            0.1464466,
            1),
        row("CyclicLR", o -> new CyclicLR(o, 0.1, 0.5, 2), 0.1, 0.3, 0.5, 0.3, 0.1, 0.3),
        row(
            "CyclicLR triangular2",
            o ->
                new CyclicLR(o, 0.1, 0.5, c -> c.stepSizeUp(1).stepSizeDown(1).mode("triangular2")),
            0.1,
            0.5,
            0.1,
            0.3,
            0.1,
            0.2),
        row(
            "OneCycleLR",
            o ->
                new OneCycleLR(
                    o,
                    1,
                    5,
                    c -> c.pctStart(0.4).annealStrategy("linear").divFactor(10).finalDivFactor(10)),
            0.1,
            1,
            0.67,
            0.34,
            0.01),
        row(
            "SequentialLR",
            o ->
                new SequentialLR(
                    o,
                    List.of(new ConstantLR(o, 0.5, 9), new ExponentialLR(o, 0.1)),
                    new int[] {2}),
            0.5,
            0.5,
            1,
            0.1,
            0.01));
  }

  private static Arguments row(
      String name, Function<Optimizer, LRScheduler> maker, double... expected) {
    return Arguments.of(name, maker, expected);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("schedules")
  void firstRatesByHand(String name, Function<Optimizer, LRScheduler> maker, double[] expected) {
    var optimizer = optimizer();
    LRScheduler scheduler = maker.apply(optimizer);
    for (double rate : expected) {
      assertThat(scheduler.getLastLr().getFirst())
          .as(name + " " + scheduler.lastEpoch())
          .isCloseTo(rate, within(1e-7));
      if (scheduler.lastEpoch() < expected.length - 1) {
        scheduler.step();
      }
    }
  }

  @Test
  void everyGroupKeepsItsProportion() {
    var optimizer = optimizer();
    optimizer.addParamGroup(List.of(Tensor.zeros(1).requiresGrad(true)), Map.of("lr", 0.1));
    var scheduler = new StepLR(optimizer, 1);
    scheduler.step();
    assertThat(scheduler.getLastLr().get(0)).isCloseTo(0.1, within(1e-12));
    assertThat(scheduler.getLastLr().get(1)).isCloseTo(0.01, within(1e-12));
    assertThatThrownBy(() -> new LambdaLR(optimizer, List.of(e -> 1.0)))
        .hasMessage("LambdaLR: Expected 2 lr_lambdas, but got 1.");
  }

  @Test
  void cyclesMoveTheMomentumTheOtherWayRound() {
    var optimizer = optimizer();
    var scheduler = new CyclicLR(optimizer, 0.1, 0.5, 2);
    assertThat(optimizer.paramGroups().getFirst().number("momentum")).isCloseTo(0.9, within(1e-12));
    scheduler.step();
    scheduler.step();
    assertThat(optimizer.paramGroups().getFirst().number("momentum")).isCloseTo(0.8, within(1e-12));
    var adam = new Adam(List.of(Tensor.zeros(1).requiresGrad(true)));
    new OneCycleLR(adam, 1, 10);
    assertThat(adam.paramGroups().getFirst().options().get("betas"))
        .isEqualTo(List.of(0.95, 0.999));
    var adagrad = new Adagrad(List.of(Tensor.zeros(1).requiresGrad(true)));
    assertThatThrownBy(() -> new OneCycleLR(adagrad, 1, 10))
        .hasMessageContaining("optimizer must support momentum");
  }

  @Test
  void oneCycleEndsWithItsSteps() {
    var scheduler = new OneCycleLR(optimizer(), 1, 3);
    rates(scheduler, 3);
    assertThatThrownBy(scheduler::step)
        .hasMessageContaining("The specified number of total steps is 3");
  }

  @Test
  void aPlateauLowersTheRate() {
    var optimizer = optimizer();
    var scheduler = new ReduceLROnPlateau(optimizer, "min", 0.5, 1);
    double[] losses = {3, 2, 2, 2, 2, 2, 1};
    double[] rates = {1, 1, 1, 0.5, 0.5, 0.25, 0.25};
    for (int i = 0; i < losses.length; i++) {
      scheduler.step(losses[i]);
      assertThat(scheduler.getLastLr().getFirst()).as("epoch " + i).isEqualTo(rates[i]);
    }
    assertThatThrownBy(() -> new ReduceLROnPlateau(optimizer, "min", 1, 1))
        .hasMessage("ReduceLROnPlateau: factor is 1.0. Factor should be < 1.0.");
  }

  @Test
  void periodsArePositive() {
    var optimizer = new SGD(java.util.List.of(Tensor.ones(1).requiresGrad(true)), 0.1);
    assertThatThrownBy(() -> new StepLR(optimizer, 0))
        .hasMessage("StepLR: stepSize is 0. It counts epochs and must be 1 or more.");
    assertThatThrownBy(() -> new CosineAnnealingLR(optimizer, 0))
        .hasMessage("CosineAnnealingLR: tMax is 0. It counts epochs and must be 1 or more.");
  }
}
