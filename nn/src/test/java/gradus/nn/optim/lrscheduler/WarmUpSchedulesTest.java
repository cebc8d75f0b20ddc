package gradus.nn.optim.lrscheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import gradus.nn.optim.SGD;
import gradus.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The rates are PyTorch's, those of Hugging Face's schedules by their formulas in LambdaLR. */
class WarmUpSchedulesTest {
  private final SGD optimizer = new SGD(List.of(Tensor.zeros(1).requiresGrad(true)), 0.1);

  private static void check(LRScheduler scheduler, double... expected) {
    for (int i = 0; i < expected.length; i++) {
      assertThat(scheduler.getLastLr().getFirst())
          .as("step " + i)
          .isCloseTo(expected[i], within(1e-11));
      scheduler.step();
    }
  }

  @Test
  void constant() {
    check(
        WarmUpSchedules.getConstantScheduleWithWarmup(optimizer, 4),
        0,
        0.025,
        0.05,
        0.075,
        0.1,
        0.1);
  }

  @Test
  void linear() {
    check(
        WarmUpSchedules.getLinearScheduleWithWarmup(optimizer, 2, 6),
        0.0,
        0.05,
        0.1,
        0.075,
        0.05,
        0.025,
        0.0,
        0.0);
  }

  @Test
  void cosine() {
    check(
        WarmUpSchedules.getCosineScheduleWithWarmup(optimizer, 2, 6),
        0.0,
        0.05,
        0.1,
        0.085355339059,
        0.05,
        0.014644660941,
        0.0,
        0.014644660941);
  }

  @Test
  void cosineInWavesWithoutWarmUp() {
    check(
        WarmUpSchedules.getCosineScheduleWithWarmup(optimizer, 0, 4, 1.5),
        0.1,
        0.014644660941,
        0.05,
        0.085355339059,
        0.0,
        0.085355339059);
  }

  @Test
  void cosineWithHardRestarts() {
    check(
        WarmUpSchedules.getCosineWithHardRestartsScheduleWithWarmup(optimizer, 2, 8, 2),
        0.0,
        0.05,
        0.1,
        0.075,
        0.025,
        0.1,
        0.075,
        0.025,
        0.0);
  }

  private ChainedScheduler chained() {
    return new ChainedScheduler(
        List.of(new ConstantLR(optimizer, 0.1, 2), new ExponentialLR(optimizer, 0.9)));
  }

  @Test
  void inAChainFactorsMultiply() {
    check(chained(), 0.01, 0.009, 0.081, 0.0729, 0.06561, 0.059049);
  }

  @Test
  void aChainGoesOnWhereItWas() {
    ChainedScheduler first = chained();
    first.step();
    Map<String, Object> state = first.stateDict();
    double rate = optimizer.paramGroups().getFirst().lr();
    ChainedScheduler second = chained();
    optimizer.paramGroups().getFirst().set("lr", rate);
    second.loadStateDict(
        Map.of("_schedulers", state.get("_schedulers"), "_last_lr", List.of(rate)));
    assertThat(second.lastEpoch()).isEqualTo(1);
    check(second, 0.009, 0.081, 0.0729);
  }

  @Test
  void errors() {
    assertThatThrownBy(() -> WarmUpSchedules.getLinearScheduleWithWarmup(optimizer, -1, 6))
        .hasMessage(
            "getLinearScheduleWithWarmup: numWarmupSteps is -1. It counts epochs and must be 0 or more.");
    assertThatThrownBy(() -> new ChainedScheduler(List.of()))
        .hasMessageStartingWith("ChainedScheduler: there is no scheduler.");
    var other = new SGD(List.of(Tensor.zeros(1).requiresGrad(true)), 0.1);
    assertThatThrownBy(
            () ->
                new ChainedScheduler(
                    List.of(new ExponentialLR(optimizer, 0.9), new ExponentialLR(other, 0.9))))
        .hasMessageStartingWith("ChainedScheduler: expects all schedulers to belong to the same");
  }
}
