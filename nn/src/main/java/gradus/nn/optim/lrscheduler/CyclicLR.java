package gradus.nn.optim.lrscheduler;

import static gradus.tensor.spi.Given.given;

import gradus.nn.optim.Optimizer;
import gradus.nn.optim.ParamGroup;
import java.util.List;

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
    this(optimizer, baseLr, maxLr, stepSizeUp, stepSizeUp, "triangular", 1, true, 0.8, 0.9);
  }

  /**
   * Cycles with all options.
   *
   * @param baseLr the least rate
   * @param maxLr the greatest rate
   * @param stepSizeUp the steps from the least to the greatest rate, 1 or more
   * @param stepSizeDown the steps back, 0 to fall at once
   * @param mode {@code triangular}; {@code triangular2} halves each cycle; {@code exp_range}
   *     shrinks by gamma each step
   * @param gamma the factor of {@code exp_range}
   * @param cycleMomentum whether the momentum moves too
   * @param baseMomentum the least momentum, at the greatest rate
   * @param maxMomentum the greatest momentum, at the least rate
   */
  public CyclicLR(
      Optimizer optimizer,
      double baseLr,
      double maxLr,
      int stepSizeUp,
      int stepSizeDown,
      String mode,
      double gamma,
      boolean cycleMomentum,
      double baseMomentum,
      double maxMomentum) {
    this(
        optimizer,
        baseLr,
        maxLr,
        stepSizeUp,
        stepSizeDown,
        mode,
        gamma,
        cycleMomentum,
        baseMomentum,
        maxMomentum,
        -1);
  }

  /**
   * Cycles with all options, from any step on.
   *
   * @param baseLr the least rate
   * @param maxLr the greatest rate
   * @param stepSizeUp the steps from the least to the greatest rate, 1 or more
   * @param stepSizeDown the steps back, 0 to fall at once
   * @param mode {@code triangular}; {@code triangular2} halves each cycle; {@code exp_range}
   *     shrinks by gamma each step
   * @param gamma the factor of {@code exp_range}
   * @param cycleMomentum whether the momentum moves too
   * @param baseMomentum the least momentum, at the greatest rate
   * @param maxMomentum the greatest momentum, at the least rate
   * @param lastEpoch the epoch that was finished last, −1 to begin anew; see {@link LRScheduler}
   */
  public CyclicLR(
      Optimizer optimizer,
      double baseLr,
      double maxLr,
      int stepSizeUp,
      int stepSizeDown,
      String mode,
      double gamma,
      boolean cycleMomentum,
      double baseMomentum,
      double maxMomentum,
      int lastEpoch) {
    super(optimizer, lastEpoch);
    settings
        .put("base_lr", baseLr)
        .put("max_lr", maxLr)
        .put("step_size_up", stepSizeUp)
        .put("step_size_down", stepSizeDown)
        .put("mode", given(mode, "mode"))
        .put("gamma", gamma)
        .put("cycle_momentum", cycleMomentum)
        .put("base_momentum", baseMomentum)
        .put("max_momentum", maxMomentum);
    check();
    if (lastEpoch == -1) {
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
