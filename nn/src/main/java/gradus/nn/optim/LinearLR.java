package gradus.nn.optim;

/**
 * The rate in equal steps from one fraction to another: a warm-up.
 *
 * <p>PyTorch: {@code torch.optim.lr_scheduler.LinearLR}.
 */
public final class LinearLR extends LRScheduler {
  private final double startFactor;
  private final double endFactor;
  private final int totalIters;

  /**
   * From a third to all of it over 5 epochs.
   *
   * @param optimizer whose rates to change
   */
  public LinearLR(Optimizer optimizer) {
    this(optimizer, 1.0 / 3, 1, 5);
  }

  /**
   * From one fraction to another.
   *
   * @param optimizer whose rates to change
   * @param startFactor the first fraction, more than 0 and at most 1
   * @param endFactor the last fraction, 0..1
   * @param totalIters the epochs it takes
   */
  public LinearLR(Optimizer optimizer, double startFactor, double endFactor, int totalIters) {
    super(optimizer);
    Schedules.between("LinearLR", "startFactor", startFactor, Double.MIN_VALUE, 1);
    Schedules.between("LinearLR", "endFactor", endFactor, 0, 1);
    this.startFactor = startFactor;
    this.endFactor = endFactor;
    this.totalIters = totalIters;
    begin();
  }

  @Override
  protected double next(double base, double lr, int epoch, int group) {
    if (epoch == 0) {
      return lr * startFactor;
    }
    if (epoch > totalIters) {
      return lr;
    }
    double rise = endFactor - startFactor;
    return lr * (1 + rise / (totalIters * startFactor + (epoch - 1) * rise));
  }

  @Override
  double closedForm(double base, double lr, int epoch, int group) {
    return base
        * (startFactor + (endFactor - startFactor) * Math.min(totalIters, epoch) / totalIters);
  }
}
