package gradus.nn.optim;

/**
 * A fraction of the rate until {@code totalIters} epochs have passed, then all of it.
 *
 * <p>PyTorch: {@code torch.optim.lr_scheduler.ConstantLR}.
 */
public final class ConstantLR extends LRScheduler {
  private final double factor;
  private final int totalIters;

  /**
   * A third for 5 epochs.
   *
   * @param optimizer whose rates to change
   */
  public ConstantLR(Optimizer optimizer) {
    this(optimizer, 1.0 / 3, 5);
  }

  /**
   * {@code factor} of the rate for {@code totalIters} epochs.
   *
   * @param optimizer whose rates to change
   * @param factor the fraction, 0..1
   * @param totalIters the epochs of the small rate
   */
  public ConstantLR(Optimizer optimizer, double factor, int totalIters) {
    super(optimizer);
    Schedules.between("ConstantLR", "factor", factor, 0, 1);
    this.factor = factor;
    this.totalIters = totalIters;
    begin();
  }

  @Override
  protected double next(double base, double lr, int epoch, int group) {
    if (epoch == 0) {
      return lr * factor;
    }
    return epoch == totalIters ? lr * (1 / factor) : lr;
  }

  @Override
  double closedForm(double base, double lr, int epoch, int group) {
    return epoch >= totalIters ? base : base * factor;
  }
}
