package gradus.nn.optim;

/**
 * The rate times gamma every epoch.
 *
 * <p>PyTorch: {@code torch.optim.lr_scheduler.ExponentialLR}.
 */
public final class ExponentialLR extends LRScheduler {
  private final double gamma;

  /**
   * gamma times every epoch.
   *
   * @param optimizer whose rates to change
   * @param gamma the factor
   */
  public ExponentialLR(Optimizer optimizer, double gamma) {
    super(optimizer);
    this.gamma = gamma;
    begin();
  }

  @Override
  protected double next(double base, double lr, int epoch, int group) {
    return epoch == 0 ? lr : lr * gamma;
  }

  @Override
  double closedForm(double base, double lr, int epoch, int group) {
    return base * Math.pow(gamma, epoch);
  }
}
