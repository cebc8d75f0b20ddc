package gradus.nn.optim.lrscheduler;

import gradus.nn.optim.Optimizer;
import gradus.nn.optim.ParamGroup;
import java.util.List;
import java.util.function.Consumer;

/**
 * The rate once up to {@code maxLr} and then down to almost nothing over a whole training, the
 * momentum the other way round.
 *
 * <p>PyTorch: {@code torch.optim.lr_scheduler.OneCycleLR}; Smith and Topin 2019.
 */
public final class OneCycleLR extends LRScheduler {
  /** From one rate and momentum to another, ending at a step. */
  private record Phase(
      double end, double startLr, double endLr, double startMomentum, double endMomentum) {}

  /**
   * PyTorch's defaults: up in 30 % of the steps from maxLr/25, down to maxLr/250000, along cosines.
   *
   * @param maxLr the greatest rate
   * @param totalSteps the steps of the training
   */
  public OneCycleLR(Optimizer optimizer, double maxLr, int totalSteps) {
    this(optimizer, maxLr, totalSteps, _ -> {});
  }

  /**
   * One cycle with options by name.
   *
   * @param maxLr the greatest rate
   * @param totalSteps the steps of the training (epochs times steps of an epoch)
   * @param options pctStart, annealStrategy, cycleMomentum, baseMomentum, maxMomentum, divFactor,
   *     finalDivFactor, threePhase, lastEpoch
   */
  public OneCycleLR(
      Optimizer optimizer, double maxLr, int totalSteps, Consumer<LRSchedulerOptions> options) {
    this(optimizer, maxLr, totalSteps, known(options));
  }

  private static LRSchedulerOptions known(Consumer<LRSchedulerOptions> options) {
    return new LRSchedulerOptions(
        "OneCycleLR",
        options,
        "pctStart",
        "annealStrategy",
        "cycleMomentum",
        "baseMomentum",
        "maxMomentum",
        "divFactor",
        "finalDivFactor",
        "threePhase",
        "lastEpoch");
  }

  private OneCycleLR(Optimizer optimizer, double maxLr, int totalSteps, LRSchedulerOptions o) {
    super(optimizer, o.get("lastEpoch", -1));
    double divFactor = o.get("divFactor", 25.0);
    settings
        .put("max_lr", maxLr)
        .put("total_steps", totalSteps)
        .put("pct_start", o.get("pctStart", 0.3))
        .put("anneal_strategy", o.get("annealStrategy", "cos"))
        .put("cycle_momentum", o.get("cycleMomentum", true))
        .put("base_momentum", o.get("baseMomentum", 0.85))
        .put("max_momentum", o.get("maxMomentum", 0.95))
        .put("div_factor", divFactor)
        .put("final_div_factor", o.get("finalDivFactor", 1e4))
        .put("three_phase", o.get("threePhase", false));
    check();
    if (o.get("lastEpoch", -1) == -1) {
      optimizer.paramGroups().forEach(group -> group.put("initial_lr", maxLr / divFactor));
    }
    begin();
  }

  @Override
  void check() {
    int totalSteps = settings.whole("total_steps");
    String annealStrategy = settings.text("anneal_strategy");
    Schedules.between("OneCycleLR", "pctStart", settings.number("pct_start"), 0, 1);
    if (totalSteps <= 0 || (!annealStrategy.equals("cos") && !annealStrategy.equals("linear"))) {
      throw new IllegalArgumentException(
          ("OneCycleLR: totalSteps is %s and annealStrategy %s. Expected a positive number "
                  + "of steps, and cos or linear.")
              .formatted(totalSteps, annealStrategy));
    }
    if (settings.flag("cycle_momentum")) {
      Schedules.needsMomentum("OneCycleLR", optimizer());
    }
    Schedules.finite("OneCycleLR", "maxLr", settings.number("max_lr"));
    Schedules.finite("OneCycleLR", "baseMomentum", settings.number("base_momentum"));
    Schedules.finite("OneCycleLR", "maxMomentum", settings.number("max_momentum"));
    Schedules.positive("OneCycleLR", "divFactor", settings.number("div_factor"));
    Schedules.positive("OneCycleLR", "finalDivFactor", settings.number("final_div_factor"));
  }

  private List<Phase> phases() {
    int totalSteps = settings.whole("total_steps");
    double pctStart = settings.number("pct_start");
    double maxLr = settings.number("max_lr");
    double first = maxLr / settings.number("div_factor");
    double last = first / settings.number("final_div_factor");
    double low = settings.number("base_momentum");
    double high = settings.number("max_momentum");
    var up = new Phase(pctStart * totalSteps - 1, first, maxLr, high, low);
    return settings.flag("three_phase")
        ? List.of(
            up,
            new Phase(2 * pctStart * totalSteps - 2, maxLr, first, low, high),
            new Phase(totalSteps - 1, first, last, high, high))
        : List.of(up, new Phase(totalSteps - 1, maxLr, last, low, high));
  }

  @Override
  boolean chained() {
    return false;
  }

  @Override
  public void step() {
    int totalSteps = settings.whole("total_steps");
    if (lastEpoch() + 1 > totalSteps) {
      throw new IllegalStateException(
          ("OneCycleLR: Tried to step %s times. The specified number of total steps is %s. "
                  + "Make it for as many steps as the training has.")
              .formatted(lastEpoch() + 1, totalSteps));
    }
    super.step();
  }

  @Override
  protected double next(double base, double lr, int epoch, int group) {
    return at(epoch).lr();
  }

  @Override
  void adjust(ParamGroup group, int index) {
    super.adjust(group, index);
    if (settings.flag("cycle_momentum")) {
      Schedules.momentum(group, at(lastEpoch()).momentum());
    }
  }

  /** Rate and momentum of a step. */
  private record Place(double lr, double momentum) {}

  private Place at(int step) {
    List<Phase> phases = phases();
    int index = 0;
    while (index < phases.size() - 1 && step > phases.get(index).end()) {
      index++;
    }
    Phase phase = phases.get(index);
    double from = index == 0 ? 0 : phases.get(index - 1).end();
    double width = phase.end() - from;
    double part = width == 0 ? 1 : (step - from) / width;
    return new Place(
        between(phase.startLr(), phase.endLr(), part),
        between(phase.startMomentum(), phase.endMomentum(), part));
  }

  private double between(double start, double end, double part) {
    return settings.text("anneal_strategy").equals("cos")
        ? Schedules.cosine(start, end, part)
        : Schedules.linear(start, end, part);
  }
}
