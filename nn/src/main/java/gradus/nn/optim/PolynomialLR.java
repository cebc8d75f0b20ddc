package gradus.nn.optim;

/**
 * The rate falling to 0 as a power of the epochs that remain.
 *
 * <p>PyTorch: {@code torch.optim.lr_scheduler.PolynomialLR}.
 */
public final class PolynomialLR extends LRScheduler {
  private final int totalIters;
  private final double power;

  /**
   * In a straight line over 5 epochs.
   *
   * @param optimizer whose rates to change
   */
  public PolynomialLR(Optimizer optimizer) {
    this(optimizer, 5, 1);
  }

  /**
   * To 0 over {@code totalIters} epochs.
   *
   * @param optimizer whose rates to change
   * @param totalIters the epochs it takes
   * @param power the power, 1 for a straight line
   */
  public PolynomialLR(Optimizer optimizer, int totalIters, double power) {
    super(optimizer);
    this.totalIters = totalIters;
    this.power = power;
    begin();
  }

  @Override
  protected double next(double base, double lr, int epoch, int group) {
    if (epoch == 0 || epoch > totalIters) {
      return lr;
    }
    double remaining = (1 - (double) epoch / totalIters) / (1 - (double) (epoch - 1) / totalIters);
    return lr * Math.pow(remaining, power);
  }

  @Override
  double closedForm(double base, double lr, int epoch, int group) {
    return base * Math.pow(1 - (double) Math.min(totalIters, epoch) / totalIters, power);
  }
}
