package gradus.nn.optim.lrscheduler;

import gradus.nn.optim.Optimizer;

/**
 * The rate times gamma every epoch.
 *
 * <p>PyTorch: {@code torch.optim.lr_scheduler.ExponentialLR}.
 */
public final class ExponentialLR extends LRScheduler {
  /**
   * gamma times every epoch.
   *
   * @param gamma the factor
   */
  public ExponentialLR(Optimizer optimizer, double gamma) {
    this(optimizer, gamma, -1);
  }

  /**
   * gamma times every epoch, from any epoch on.
   *
   * @param gamma the factor
   * @param lastEpoch the epoch that was finished last, −1 to begin anew; see {@link LRScheduler}
   */
  public ExponentialLR(Optimizer optimizer, double gamma, int lastEpoch) {
    super(optimizer, lastEpoch);
    settings.put("gamma", gamma);
    begin();
  }

  @Override
  void check() {
    Schedules.finite("ExponentialLR", "gamma", settings.number("gamma"));
  }

  @Override
  protected double next(double base, double lr, int epoch, int group) {
    return epoch == 0 ? lr : lr * settings.number("gamma");
  }

  @Override
  double closedForm(double base, double lr, int epoch, int group) {
    return base * Math.pow(settings.number("gamma"), epoch);
  }
}
