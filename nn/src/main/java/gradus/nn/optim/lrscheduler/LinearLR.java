package gradus.nn.optim.lrscheduler;

import gradus.nn.optim.Optimizer;

/**
 * The rate in equal steps from one fraction to another: a warm-up.
 *
 * <p>PyTorch: {@code torch.optim.lr_scheduler.LinearLR}.
 */
public final class LinearLR extends LRScheduler {
  /** From a third to all of it over 5 epochs. */
  public LinearLR(Optimizer optimizer) {
    this(optimizer, 1.0 / 3, 1, 5);
  }

  /**
   * From one fraction to another.
   *
   * @param startFactor the first fraction, more than 0 and at most 1
   * @param endFactor the last fraction, 0..1
   * @param totalIters the epochs it takes, 1 or more
   */
  public LinearLR(Optimizer optimizer, double startFactor, double endFactor, int totalIters) {
    this(optimizer, startFactor, endFactor, totalIters, -1);
  }

  /**
   * From one fraction to another, from any epoch on.
   *
   * @param startFactor the first fraction, more than 0 and at most 1
   * @param endFactor the last fraction, 0..1
   * @param totalIters the epochs it takes, 1 or more
   * @param lastEpoch the epoch that was finished last, −1 to begin anew; see {@link LRScheduler}
   */
  public LinearLR(
      Optimizer optimizer, double startFactor, double endFactor, int totalIters, int lastEpoch) {
    super(optimizer, lastEpoch);
    settings
        .put("start_factor", startFactor)
        .put("end_factor", endFactor)
        .put("total_iters", totalIters);
    begin();
  }

  @Override
  void check() {
    double least = Double.MIN_VALUE;
    Schedules.between("LinearLR", "startFactor", settings.number("start_factor"), least, 1);
    Schedules.between("LinearLR", "endFactor", settings.number("end_factor"), 0, 1);
    Schedules.atLeast("LinearLR", "totalIters", settings.whole("total_iters"), 1);
  }

  @Override
  protected double next(double base, double lr, int epoch, int group) {
    double start = settings.number("start_factor");
    int total = settings.whole("total_iters");
    if (epoch == 0) {
      return lr * start;
    }
    if (epoch > total) {
      return lr;
    }
    double rise = settings.number("end_factor") - start;
    return lr * (1 + rise / (total * start + (epoch - 1) * rise));
  }

  @Override
  double closedForm(double base, double lr, int epoch, int group) {
    double start = settings.number("start_factor");
    double rise = settings.number("end_factor") - start;
    int total = settings.whole("total_iters");
    return base * (start + rise * Math.min(total, epoch) / total);
  }
}
