package gradus.nn.optim.lrscheduler;

import gradus.nn.optim.Optimizer;
import gradus.nn.optim.ParamGroup;
import java.util.List;
import java.util.function.Consumer;

/**
 * The rate up and down between two bounds, the momentum the other way round.
 *
 * <p>PyTorch: {@code torch.optim.lr_scheduler.CyclicLR}; Smith 2017.
 */
public final class CyclicLR extends LRScheduler {
  /**
   * Triangles of 2000 steps up and 2000 down, momentum between 0.8 and 0.9.
   *
   * @param baseLr the least rate
   * @param maxLr the greatest rate
   */
  public CyclicLR(Optimizer optimizer, double baseLr, double maxLr) {
    this(optimizer, baseLr, maxLr, 2000);
  }

  /**
   * Triangles of the same steps up and down, momentum between 0.8 and 0.9.
   *
   * @param baseLr the least rate
   * @param maxLr the greatest rate
   * @param stepSizeUp the steps from the least to the greatest rate, 1 or more
   */
  public CyclicLR(Optimizer optimizer, double baseLr, double maxLr, int stepSizeUp) {
    this(optimizer, baseLr, maxLr, o -> o.stepSizeUp(stepSizeUp));
  }

  /**
   * Cycles with options by name.
   *
   * @param baseLr the least rate
   * @param maxLr the greatest rate
   * @param options stepSizeUp, stepSizeDown, mode, gamma, cycleMomentum, baseMomentum, maxMomentum,
   *     lastEpoch
   */
  public CyclicLR(
      Optimizer optimizer, double baseLr, double maxLr, Consumer<LRSchedulerOptions> options) {
    this(optimizer, baseLr, maxLr, known(options));
  }

  private static LRSchedulerOptions known(Consumer<LRSchedulerOptions> options) {
    return new LRSchedulerOptions(
        "CyclicLR",
        options,
        "stepSizeUp",
        "stepSizeDown",
        "mode",
        "gamma",
        "cycleMomentum",
        "baseMomentum",
        "maxMomentum",
        "lastEpoch");
  }

  private CyclicLR(Optimizer optimizer, double baseLr, double maxLr, LRSchedulerOptions o) {
    super(optimizer, o.get("lastEpoch", -1));
    int stepSizeUp = o.get("stepSizeUp", 2000);
    settings
        .put("base_lr", baseLr)
        .put("max_lr", maxLr)
        .put("step_size_up", stepSizeUp)
        .put("step_size_down", o.get("stepSizeDown", stepSizeUp))
        .put("mode", o.get("mode", "triangular"))
        .put("gamma", o.get("gamma", 1.0))
        .put("cycle_momentum", o.get("cycleMomentum", true))
        .put("base_momentum", o.get("baseMomentum", 0.8))
        .put("max_momentum", o.get("maxMomentum", 0.9));
    check();
    if (o.get("lastEpoch", -1) == -1) {
      optimizer.paramGroups().forEach(group -> group.put("initial_lr", baseLr));
    }
    begin();
  }

  @Override
  void check() {
    String mode = settings.text("mode");
    if (!List.of("triangular", "triangular2", "exp_range").contains(mode)) {
      throw new IllegalArgumentException(
          ("CyclicLR: mode is \"%s\". mode is invalid: use triangular, triangular2 or "
                  + "exp_range.")
              .formatted(mode));
    }
    if (settings.flag("cycle_momentum")) {
      Schedules.needsMomentum("CyclicLR", optimizer());
    }
    Schedules.atLeast("CyclicLR", "stepSizeUp", settings.whole("step_size_up"), 1);
    Schedules.atLeast("CyclicLR", "stepSizeDown", settings.whole("step_size_down"), 0);
    Schedules.finite("CyclicLR", "baseLr", settings.number("base_lr"));
    Schedules.finite("CyclicLR", "maxLr", settings.number("max_lr"));
    Schedules.finite("CyclicLR", "gamma", settings.number("gamma"));
    Schedules.finite("CyclicLR", "baseMomentum", settings.number("base_momentum"));
    Schedules.finite("CyclicLR", "maxMomentum", settings.number("max_momentum"));
  }

  @Override
  boolean chained() {
    return false;
  }

  @Override
  protected double next(double base, double lr, int epoch, int group) {
    double least = settings.number("base_lr");
    return least + (settings.number("max_lr") - least) * height(epoch);
  }

  @Override
  void adjust(ParamGroup group, int index) {
    super.adjust(group, index);
    if (settings.flag("cycle_momentum")) {
      double most = settings.number("max_momentum");
      double range = most - settings.number("base_momentum");
      Schedules.momentum(group, most - range * height(lastEpoch()));
    }
  }

  /** How high the rate stands, 0..1. */
  private double height(int epoch) {
    double up = settings.whole("step_size_up");
    double totalSize = up + settings.whole("step_size_down");
    double ratio = up / totalSize;
    double cycle = Math.floor(1 + epoch / totalSize);
    double x = 1 + epoch / totalSize - cycle;
    double triangle = x <= ratio ? x / ratio : (x - 1) / (ratio - 1);
    return switch (settings.text("mode")) {
      case "triangular2" -> triangle / Math.pow(2, cycle - 1);
      case "exp_range" -> triangle * Math.pow(settings.number("gamma"), epoch);
      default -> triangle;
    };
  }
}
