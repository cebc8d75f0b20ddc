package gradus.nn.optim.lrscheduler;

import gradus.nn.optim.Optimizer;
import gradus.nn.optim.ParamGroup;
import java.util.List;
import java.util.Map;

/** What the schedulers share. */
final class Schedules {
  private Schedules() {}

  static double between(String op, String name, double value, double least, double greatest) {
    if (!(value >= least && value <= greatest)) {
      throw new IllegalArgumentException(
          "%s: %s is %s. It must be in %s%s"
              .formatted(
                  op,
                  name,
                  value,
                  least > 0 ? "(0" : "[0",
                  (greatest == Double.MAX_VALUE ? ", ∞)." : ", " + greatest + "].")));
    }
    return value;
  }

  static void atLeast(String op, String name, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(
          "%s: %s is %s. It counts epochs and must be %s or more."
              .formatted(op, name, value, least));
    }
  }

  static void finite(String op, String name, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(
          op + ": " + name + " is " + value + ". It must be a finite number.");
    }
  }

  static void positive(String op, String name, double value) {
    if (!(value > 0 && Double.isFinite(value))) {
      throw new IllegalArgumentException(
          op + ": " + name + " is " + value + ". It must be a finite number above 0.");
    }
  }

  /** On half a cosine from {@code start} (part 0) to {@code end} (part 1). */
  static double cosine(double start, double end, double part) {
    return end + (start - end) / 2.0 * (Math.cos(Math.PI * part) + 1);
  }

  /** On a straight line from {@code start} (part 0) to {@code end} (part 1). */
  static double linear(double start, double end, double part) {
    return (end - start) * part + start;
  }

  /** Sets the momentum of a group, or β₁ where it has betas. */
  static void momentum(ParamGroup group, double momentum) {
    if (group.has("betas")) {
      group.put("betas", List.of(momentum, group.pair("betas")[1]));
    } else {
      group.put("momentum", momentum);
    }
  }

  /** A group whose momentum can be cycled. */
  static void needsMomentum(String op, Optimizer optimizer) {
    ParamGroup first = optimizer.paramGroups().getFirst();
    if (!first.has("momentum") && !first.has("betas")) {
      throw new IllegalArgumentException(
          op
              + ": optimizer must support momentum with `cycle_momentum` option enabled. Pass cycleMomentum = false.");
    }
  }

  /** Schedulers that work together must be of one optimizer. */
  static void ofOne(String op, Optimizer optimizer, List<? extends LRScheduler> schedulers) {
    if (schedulers.stream().anyMatch(scheduler -> scheduler.optimizer() != optimizer)) {
      throw new IllegalArgumentException(
          op
              + ": expects all schedulers to belong to the same optimizer. Make them with this one.");
    }
  }

  /** Each scheduler takes over its part of a state. */
  static void take(Settings settings, List<LRScheduler> schedulers, Map<?, ?> state) {
    if (!(state.get("_schedulers") instanceof List<?> saved)
        || saved.size() != schedulers.size()
        || !saved.stream().allMatch(Map.class::isInstance)) {
      throw settings.invalid(
          "_schedulers",
          state.get("_schedulers"),
          "It must hold one state for each of " + schedulers.size() + " schedulers");
    }
    for (int i = 0; i < schedulers.size(); i++) {
      schedulers.get(i).take((Map<?, ?>) saved.get(i));
    }
  }
}
