package gradus.nn.optim.lrscheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import gradus.nn.optim.Optimizer;
import gradus.nn.optim.SGD;
import gradus.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** No arguments of a scheduler make a rate NaN or infinite without a word. */
class SchedulerEdgesTest { // pytorch PR #180187, PR #183386
  private static SGD sgd() {
    return new SGD(List.of(Tensor.ones(1).requiresGrad(true)), 1, 0.9);
  }

  private static OneCycleLR cycle(
      Optimizer o, int steps, double pctStart, String how, boolean threePhase) {
    return new OneCycleLR(
        o, 2, steps, c -> c.pctStart(pctStart).annealStrategy(how).threePhase(threePhase));
  }

  @Test
  void aCycleWhoseFirstPhaseHasNoWidthBeginsAtTheTop() {
    for (String how : List.of("cos", "linear")) {
      for (boolean three : new boolean[] {false, true}) {
        var optimizer = sgd();
        var scheduler = cycle(optimizer, 10, 0.1, how, three);
        assertThat(scheduler.getLastLr()).containsExactly(2.0);
        assertThat(optimizer.paramGroups().getFirst().number("momentum")).isEqualTo(0.85);
        scheduler.step();
        assertThat(scheduler.getLastLr().getFirst()).isLessThan(2);
      }
    }
  }

  @Test
  void everyCycleStaysFinite() {
    for (int steps : new int[] {1, 2, 3, 10, 20}) {
      for (double pctStart : new double[] {0, 0.05, 0.1, 0.3, 0.5, 0.6, 1}) {
        for (boolean three : new boolean[] {false, true}) {
          var optimizer = sgd();
          var scheduler = cycle(optimizer, steps, pctStart, "cos", three);
          for (int i = 0; i < steps; i++) {
            scheduler.step();
            assertThat(scheduler.getLastLr().getFirst())
                .as("%d steps, %s, %s", steps, pctStart, three)
                .isBetween(-1.0, 2.000001);
            assertThat(optimizer.paramGroups().getFirst().number("momentum")).isFinite();
          }
        }
      }
    }
  }

  @Test
  void argumentsThatMakeNoSenseAreNamed() {
    double nan = Double.NaN;
    double inf = Double.POSITIVE_INFINITY;
    var wrong = new LinkedHashMap<String, Function<Optimizer, Object>>();
    wrong.put("OneCycleLR: divFactor is 0.0.", o -> new OneCycleLR(o, 1, 9, c -> c.divFactor(0)));
    wrong.put(
        "OneCycleLR: finalDivFactor is 0.0.",
        o -> new OneCycleLR(o, 1, 9, c -> c.finalDivFactor(0)));
    wrong.put("OneCycleLR: maxLr is NaN.", o -> new OneCycleLR(o, nan, 9));
    wrong.put("OneCycleLR: pctStart is NaN.", o -> new OneCycleLR(o, 1, 9, c -> c.pctStart(nan)));
    wrong.put(
        "OneCycleLR: maxMomentum is NaN.", o -> new OneCycleLR(o, 1, 9, c -> c.maxMomentum(nan)));
    wrong.put("CyclicLR: stepSizeUp is 0.", o -> new CyclicLR(o, 0.01, 0.1, 0));
    wrong.put(
        "CyclicLR: stepSizeDown is -1.",
        o -> new CyclicLR(o, 0.01, 0.1, c -> c.stepSizeUp(3).stepSizeDown(-1)));
    wrong.put("CyclicLR: maxLr is Infinity.", o -> new CyclicLR(o, 0.01, inf, 3));
    wrong.put(
        "CyclicLR: gamma is NaN.",
        o ->
            new CyclicLR(
                o, 0.01, 0.1, c -> c.stepSizeUp(3).stepSizeDown(3).mode("exp_range").gamma(nan)));
    wrong.put("StepLR: stepSize is 0.", o -> new StepLR(o, 0));
    wrong.put("StepLR: gamma is NaN.", o -> new StepLR(o, 1, nan));
    wrong.put("MultiStepLR: gamma is Infinity.", o -> new MultiStepLR(o, new int[] {1}, inf));
    wrong.put("ExponentialLR: gamma is NaN.", o -> new ExponentialLR(o, nan));
    wrong.put("ConstantLR: totalIters is 0.", o -> new ConstantLR(o, 0.5, 0));
    wrong.put("ConstantLR: factor is NaN.", o -> new ConstantLR(o, nan, 3));
    wrong.put("LinearLR: totalIters is 0.", o -> new LinearLR(o, 0.5, 1, 0));
    wrong.put("LinearLR: startFactor is 0.0.", o -> new LinearLR(o, 0, 1, 3));
    wrong.put("PolynomialLR: totalIters is 0.", o -> new PolynomialLR(o, 0, 1));
    wrong.put("PolynomialLR: power is -1.0.", o -> new PolynomialLR(o, 5, -1));
    wrong.put("CosineAnnealingLR: tMax is 0.", o -> new CosineAnnealingLR(o, 0));
    wrong.put("CosineAnnealingLR: etaMin is NaN.", o -> new CosineAnnealingLR(o, 3, nan));
    wrong.put(
        "CosineAnnealingWarmRestarts: etaMin is NaN.",
        o -> new CosineAnnealingWarmRestarts(o, 3, 1, nan));
    wrong.put("ReduceLROnPlateau: factor is NaN.", o -> new ReduceLROnPlateau(o, "min", nan, 1));
    wrong.put(
        "SequentialLR: milestones are [-1].",
        o -> new SequentialLR(o, List.of(new StepLR(o, 1), new StepLR(o, 1)), new int[] {-1}));
    wrong.put(
        "SequentialLR: milestones are [3, 2].",
        o ->
            new SequentialLR(
                o,
                List.of(new StepLR(o, 1), new StepLR(o, 1), new StepLR(o, 1)),
                new int[] {3, 2}));
    wrong.forEach(
        (text, make) -> {
          var optimizer = sgd();
          assertThatThrownBy(() -> make.apply(optimizer))
              .isInstanceOf(IllegalArgumentException.class)
              .hasMessageStartingWith(text);
          assertThat(optimizer.paramGroups().getFirst().lr()).isEqualTo(1);
        });
  }

  @Test
  void aRateThatIsNoNumberIsSaidAtOnce() {
    var optimizer = sgd();
    var scheduler = new LambdaLR(optimizer, epoch -> epoch < 2 ? 1 : Double.NaN);
    scheduler.step();
    assertThatThrownBy(scheduler::step)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("LambdaLR: the rate of group 0 in epoch 2 is NaN.");
    assertThat(optimizer.paramGroups().getFirst().lr()).isEqualTo(1);
  }

  @Test
  void aConstantOfNothingEnds() {
    var scheduler = new ConstantLR(sgd(), 0, 2);
    scheduler.step();
    assertThat(scheduler.getLastLr()).containsExactly(0.0);
    scheduler.step();
    assertThat(scheduler.getLastLr()).containsExactly(1.0);
  }

  @Test
  void atMilestoneZeroTheSecondBegins() {
    var optimizer = sgd();
    var first = new ConstantLR(optimizer, 0.1, 5);
    var second = new ExponentialLR(optimizer, 0.5);
    var scheduler = new SequentialLR(optimizer, List.of(first, second), new int[] {0});
    for (double rate : new double[] {1, 0.5, 0.25}) {
      assertThat(scheduler.getLastLr().getFirst()).isCloseTo(rate, within(1e-12));
      scheduler.step();
    }
    assertThat(scheduler.lastEpoch()).isEqualTo(3);
  }

  @Test
  void sequencesNest() {
    var optimizer = sgd();
    var warmUp = new LinearLR(optimizer, 0.5, 1, 2);
    var middle =
        new SequentialLR(
            optimizer,
            List.of(new ConstantLR(optimizer, 1, 9), new ExponentialLR(optimizer, 0.5)),
            new int[] {1});
    var scheduler = new SequentialLR(optimizer, List.of(warmUp, middle), new int[] {2});
    for (double rate : new double[] {0.5, 0.75, 1, 1, 0.5, 0.25}) {
      assertThat(scheduler.getLastLr().getFirst()).isCloseTo(rate, within(1e-12));
      scheduler.step();
    }
  }

  @Test
  void restartsAreFoundAtOnceHoweverLateTheEpoch() {
    var optimizer = sgd();
    optimizer.paramGroups().getFirst().put("initial_lr", 1.0);
    var scheduler = new CosineAnnealingWarmRestarts(optimizer, 1, 1, 0, Integer.MAX_VALUE - 2);
    assertThat(scheduler.getLastLr()).containsExactly(1.0);
    var doubling = new CosineAnnealingWarmRestarts(optimizer, 1, 2, 0, Integer.MAX_VALUE - 2);
    assertThat(doubling.getLastLr().getFirst()).isBetween(0.0, 1.0);
  }
}
