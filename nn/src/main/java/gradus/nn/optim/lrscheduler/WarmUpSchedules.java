package gradus.nn.optim.lrscheduler;

import gradus.nn.optim.Optimizer;
import java.util.function.IntToDoubleFunction;

/**
 * The schedules transformers are fine-tuned with: the rate rises in a straight line from 0 to that
 * of the optimizer, and then does what the name says. Each is a {@link LambdaLR}, stepped once a
 * batch.
 *
 * <pre>{@code
 * var scheduler = WarmUpSchedules.getLinearScheduleWithWarmup(optimizer, 100, 1000);
 * }</pre>
 *
 * <p>What PyTorch itself has for it is {@link LinearLR} before another in {@link SequentialLR}.
 * Hugging Face: {@code transformers.get_…_schedule_with_warmup}.
 */
public final class WarmUpSchedules {
  private WarmUpSchedules() {}

  /**
   * After the warm-up the rate stays. Hugging Face: {@code get_constant_schedule_with_warmup}.
   *
   * @param numWarmupSteps how many steps it rises
   */
  public static LambdaLR getConstantScheduleWithWarmup(Optimizer optimizer, int numWarmupSteps) {
    return warm("getConstantScheduleWithWarmup", optimizer, numWarmupSteps, _ -> 1);
  }

  /**
   * After the warm-up the rate falls in a straight line to 0. Hugging Face: {@code
   * get_linear_schedule_with_warmup}.
   *
   * @param numWarmupSteps how many steps it rises
   * @param numTrainingSteps the step at which it is 0
   */
  public static LambdaLR getLinearScheduleWithWarmup(
      Optimizer optimizer, int numWarmupSteps, int numTrainingSteps) {
    double fall = Math.max(1, numTrainingSteps - numWarmupSteps);
    return warm(
        "getLinearScheduleWithWarmup",
        optimizer,
        numWarmupSteps,
        step -> Math.max(0, (numTrainingSteps - step) / fall));
  }

  /** The rate falls on half a cosine to 0: half a cycle. */
  public static LambdaLR getCosineScheduleWithWarmup(
      Optimizer optimizer, int numWarmupSteps, int numTrainingSteps) {
    return getCosineScheduleWithWarmup(optimizer, numWarmupSteps, numTrainingSteps, 0.5);
  }

  /**
   * After the warm-up the rate follows a cosine. Hugging Face: {@code
   * get_cosine_schedule_with_warmup}.
   *
   * @param numWarmupSteps how many steps it rises
   * @param numTrainingSteps the step at which the cycles end
   * @param numCycles how many waves; a half falls once from the highest to 0
   */
  public static LambdaLR getCosineScheduleWithWarmup(
      Optimizer optimizer, int numWarmupSteps, int numTrainingSteps, double numCycles) {
    Schedules.finite("getCosineScheduleWithWarmup", "numCycles", numCycles);
    return warm(
        "getCosineScheduleWithWarmup",
        optimizer,
        numWarmupSteps,
        step ->
            Schedules.cosine(
                1, 0, numCycles * 2 * progress(step, numWarmupSteps, numTrainingSteps)));
  }

  /**
   * After the warm-up the rate falls on half a cosine several times, each from the highest. Hugging
   * Face: {@code get_cosine_with_hard_restarts_schedule_with_warmup}.
   *
   * @param numWarmupSteps how many steps it rises
   * @param numTrainingSteps the step from which on it is 0
   * @param numCycles how often it falls
   */
  public static LambdaLR getCosineWithHardRestartsScheduleWithWarmup(
      Optimizer optimizer, int numWarmupSteps, int numTrainingSteps, int numCycles) {
    return warm(
        "getCosineWithHardRestartsScheduleWithWarmup",
        optimizer,
        numWarmupSteps,
        step -> {
          double progress = progress(step, numWarmupSteps, numTrainingSteps);
          return progress >= 1 ? 0 : Schedules.cosine(1, 0, numCycles * progress % 1);
        });
  }

  private static double progress(int step, int from, int to) {
    return (step - from) / (double) Math.max(1, to - from);
  }

  private static LambdaLR warm(
      String op, Optimizer optimizer, int numWarmupSteps, IntToDoubleFunction after) {
    Schedules.atLeast(op, "numWarmupSteps", numWarmupSteps, 0);
    return new LambdaLR(
        optimizer,
        step -> step < numWarmupSteps ? step / (double) numWarmupSteps : after.applyAsDouble(step));
  }
}
