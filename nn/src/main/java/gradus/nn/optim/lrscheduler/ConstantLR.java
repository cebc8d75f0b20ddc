package gradus.nn.optim.lrscheduler;

import gradus.nn.optim.Optimizer;

/**
 * A fraction of the rate until {@code totalIters} epochs have passed, then all of it.
 *
 * <p>PyTorch: {@code torch.optim.lr_scheduler.ConstantLR}.
 */
public final class ConstantLR extends LRScheduler {
  /** A third for 5 epochs. */
  public ConstantLR(Optimizer optimizer) {
    this(optimizer, 1.0 / 3, 5);
  }

  /**
   * {@code factor} of the rate for {@code totalIters} epochs.
   *
   * @param factor the fraction, 0..1
   * @param totalIters the epochs of the small rate, 1 or more
   */
  public ConstantLR(Optimizer optimizer, double factor, int totalIters) {
    this(optimizer, factor, totalIters, -1);
  }

  /**
   * {@code factor} of the rate for {@code totalIters} epochs, from any epoch on.
   *
   * @param factor the fraction, 0..1
   * @param totalIters the epochs of the small rate, 1 or more
   * @param lastEpoch the epoch that was finished last, −1 to begin anew; see {@link LRScheduler}
   */
  public ConstantLR(Optimizer optimizer, double factor, int totalIters, int lastEpoch) {
    super(optimizer, lastEpoch);
    settings.put("factor", factor).put("total_iters", totalIters);
    begin();
  }

  @Override
  void check() {
    Schedules.between("ConstantLR", "factor", settings.number("factor"), 0, 1);
    Schedules.atLeast("ConstantLR", "totalIters", settings.whole("total_iters"), 1);
  }

  @Override
  protected double next(double base, double lr, int epoch, int group) {
    double factor = settings.number("factor");
    if (epoch == 0) {
      return lr * factor;
    }
    if (epoch != settings.whole("total_iters")) {
      return lr;
    }
    return factor == 0 ? base : lr * (1 / factor);
  }

  @Override
  double closedForm(double base, double lr, int epoch, int group) {
    return epoch >= settings.whole("total_iters") ? base : base * settings.number("factor");
  }
}
