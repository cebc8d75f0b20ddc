package gradus.nn.optim.lrscheduler;

import gradus.nn.optim.Optimizer;

/**
 * The rate falling to 0 as a power of the epochs that remain.
 *
 * <p>PyTorch: {@code torch.optim.lr_scheduler.PolynomialLR}.
 */
public final class PolynomialLR extends LRScheduler {
  /** In a straight line over 5 epochs. */
  public PolynomialLR(Optimizer optimizer) {
    this(optimizer, 5, 1);
  }

  /**
   * To 0 over {@code totalIters} epochs.
   *
   * @param totalIters the epochs it takes, 1 or more
   * @param power the power, 1 for a straight line; 0 or more
   */
  public PolynomialLR(Optimizer optimizer, int totalIters, double power) {
    this(optimizer, totalIters, power, -1);
  }

  /**
   * To 0 over {@code totalIters} epochs, from any epoch on.
   *
   * @param totalIters the epochs it takes, 1 or more
   * @param power the power, 1 for a straight line; 0 or more
   * @param lastEpoch the epoch that was finished last, −1 to begin anew; see {@link LRScheduler}
   */
  public PolynomialLR(Optimizer optimizer, int totalIters, double power, int lastEpoch) {
    super(optimizer, lastEpoch);
    settings.put("total_iters", totalIters).put("power", power);
    begin();
  }

  @Override
  void check() {
    Schedules.atLeast("PolynomialLR", "totalIters", settings.whole("total_iters"), 1);
    Schedules.between("PolynomialLR", "power", settings.number("power"), 0, Double.MAX_VALUE);
  }

  @Override
  protected double next(double base, double lr, int epoch, int group) {
    int total = settings.whole("total_iters");
    if (epoch == 0 || epoch > total) {
      return lr;
    }
    double remaining = (1 - (double) epoch / total) / (1 - (double) (epoch - 1) / total);
    return lr * Math.pow(remaining, settings.number("power"));
  }

  @Override
  double closedForm(double base, double lr, int epoch, int group) {
    int total = settings.whole("total_iters");
    return base * Math.pow(1 - (double) Math.min(total, epoch) / total, settings.number("power"));
  }
}
