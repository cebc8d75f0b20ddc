package gradus.nn.optim.lrscheduler;

import static gradus.tensor.spi.Given.given;

import gradus.nn.optim.Optimizer;
import gradus.nn.optim.ParamGroup;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The rate times {@code factor} when a measure has not become better for a while.
 *
 * <pre>{@code
 * var scheduler = new ReduceLROnPlateau(optimizer);
 * scheduler.step(validationLoss);   // after each epoch
 * }</pre>
 *
 * <p>PyTorch: {@code torch.optim.lr_scheduler.ReduceLROnPlateau}.
 */
public final class ReduceLROnPlateau {
  private final Optimizer optimizer;

  /** The arguments and how far it is, by PyTorch's names: all of the state. */
  private final Settings settings = new Settings("ReduceLROnPlateau");

  /** A tenth after 10 epochs without a smaller measure. */
  public ReduceLROnPlateau(Optimizer optimizer) {
    this(optimizer, _ -> {});
  }

  /**
   * {@code factor} times after {@code patience} epochs without a better measure.
   *
   * @param mode {@code min} if smaller is better, {@code max} if greater is
   * @param factor the factor of a drop, less than 1
   * @param patience how many bad epochs are borne
   */
  public ReduceLROnPlateau(Optimizer optimizer, String mode, double factor, int patience) {
    this(optimizer, o -> o.mode(mode).factor(factor).patience(patience));
  }

  /**
   * With options by name.
   *
   * @param options mode, factor, patience, threshold, thresholdMode, cooldown, minLr, eps
   */
  public ReduceLROnPlateau(Optimizer optimizer, Consumer<LRSchedulerOptions> options) {
    this.optimizer = given(optimizer, "optimizer");
    var o =
        new LRSchedulerOptions(
            "ReduceLROnPlateau",
            options,
            "mode",
            "factor",
            "patience",
            "threshold",
            "thresholdMode",
            "cooldown",
            "minLr",
            "eps");
    String mode = o.get("mode", "min");
    boolean min = mode.equals("min");
    double minLr = o.get("minLr", 0.0);
    settings
        .put("factor", o.get("factor", 0.1))
        .put("min_lrs", Collections.nCopies(optimizer.paramGroups().size(), minLr))
        .put("patience", o.get("patience", 10))
        .put("cooldown", o.get("cooldown", 0))
        .put("eps", o.get("eps", 1e-8))
        .put("mode", mode)
        .put("threshold", o.get("threshold", 1e-4))
        .put("threshold_mode", o.get("thresholdMode", "rel"))
        .put("best", min ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY)
        .put("num_bad_epochs", 0)
        .put("cooldown_counter", 0)
        .put("last_epoch", 0);
    check();
  }

  private void check() {
    double factor = settings.number("factor");
    String mode = settings.text("mode");
    String thresholdMode = settings.text("threshold_mode");
    if (!(factor < 1)) {
      throw new IllegalArgumentException(
          "ReduceLROnPlateau: factor is " + factor + ". Factor should be < 1.0.");
    }
    if (!List.of("min", "max").contains(mode) || !List.of("rel", "abs").contains(thresholdMode)) {
      throw new IllegalArgumentException(
          ("ReduceLROnPlateau: mode %s or threshold mode %s is unknown! Use min or max, and "
                  + "rel or abs.")
              .formatted(mode, thresholdMode));
    }
    for (String name : List.of("factor", "threshold", "eps")) {
      Schedules.finite("ReduceLROnPlateau", name, settings.number(name));
    }
    settings.numbers("min_lrs").forEach(lr -> Schedules.finite("ReduceLROnPlateau", "minLr", lr));
  }

  /**
   * Takes note of the measure of an epoch, and lowers the rates if it is time.
   *
   * @param metrics the measure
   */
  public void step(double metrics) {
    int bad = settings.whole("num_bad_epochs");
    int cooling = settings.whole("cooldown_counter");
    if (isBetter(metrics)) {
      settings.put("best", metrics);
      bad = 0;
    } else {
      bad++;
    }
    if (cooling > 0) {
      cooling--;
      bad = 0;
    }
    if (bad > settings.whole("patience")) {
      lower();
      cooling = settings.whole("cooldown");
      bad = 0;
    }
    settings
        .put("num_bad_epochs", bad)
        .put("cooldown_counter", cooling)
        .put("last_epoch", lastEpoch() + 1);
  }

  /** The number of steps so far, 0 at first. PyTorch: {@code last_epoch}. */
  public int lastEpoch() {
    return settings.whole("last_epoch");
  }

  /** The rate of each group at present. */
  public List<Double> getLastLr() {
    return optimizer.paramGroups().stream().map(ParamGroup::lr).toList();
  }

  /**
   * The arguments, the best measure and how long ago it was, by PyTorch's names: numbers, strings
   * and lists, which a checkpoint can hold. PyTorch: {@code state_dict()}.
   */
  public Map<String, Object> stateDict() {
    var state = new LinkedHashMap<>(settings.values());
    state.put("_last_lr", getLastLr());
    return state;
  }

  /**
   * Takes over the arguments and how far the other was; or nothing, if they do not fit. The rates
   * belong to the optimizer's state. PyTorch: {@code load_state_dict(state_dict)}.
   *
   * @param stateDict from {@link #stateDict()}, of Gradus or of PyTorch
   * @throws IllegalArgumentException if it is about another number of groups, or has a value that
   *     makes no sense
   */
  public void loadStateDict(Map<?, ?> stateDict) {
    var before = new LinkedHashMap<>(settings.values());
    try {
      for (String name : List.of("best", "num_bad_epochs", "last_epoch")) {
        if (!stateDict.containsKey(name)) {
          throw settings.invalid(name, null, "It must be there");
        }
      }
      settings.take(stateDict);
      if (settings.numbers("min_lrs").size() != optimizer.paramGroups().size()) {
        throw settings.invalid(
            "min_lrs",
            stateDict.get("min_lrs"),
            "It must hold one rate for each of " + optimizer.paramGroups().size() + " groups");
      }
      check();
    } catch (RuntimeException e) {
      settings.take(before);
      throw e;
    }
  }

  private void lower() {
    List<Double> least = settings.numbers("min_lrs");
    List<ParamGroup> groups = optimizer.paramGroups();
    for (int i = 0; i < groups.size(); i++) {
      ParamGroup group = groups.get(i);
      double minLr = least.get(Math.min(i, least.size() - 1)); // a group may have been added
      double lower = Math.max(group.lr() * settings.number("factor"), minLr);
      if (group.lr() - lower > settings.number("eps")) {
        group.put("lr", lower);
      }
    }
  }

  private boolean isBetter(double value) {
    boolean min = settings.text("mode").equals("min");
    double best = settings.number("best");
    double threshold = settings.number("threshold");
    if (settings.text("threshold_mode").equals("rel")) {
      return min ? value < best * (1 - threshold) : value > best * (threshold + 1);
    }
    return min ? value < best - threshold : value > best + threshold;
  }
}
