package gradus.nn.optim;

/**
 * The rate times gamma every {@code stepSize} epochs.
 *
 * <p>PyTorch: {@code torch.optim.lr_scheduler.StepLR}.
 */
public final class StepLR extends LRScheduler {
  private final int stepSize;
  private final double gamma;

  /**
   * A tenth every {@code stepSize} epochs.
   *
   * @param optimizer whose rates to change
   * @param stepSize the epochs between two drops
   */
  public StepLR(Optimizer optimizer, int stepSize) {
    this(optimizer, stepSize, 0.1);
  }

  /**
   * gamma times every {@code stepSize} epochs.
   *
   * @param optimizer whose rates to change
   * @param stepSize the epochs between two drops
   * @param gamma the factor of a drop
   */
  public StepLR(Optimizer optimizer, int stepSize, double gamma) {
    if (stepSize < 1) {
      throw new IllegalArgumentException(
          "StepLR: stepSize is " + stepSize + ". It counts epochs and must be 1 or more.");
    }
    super(optimizer);
    this.stepSize = stepSize;
    this.gamma = gamma;
    begin();
  }

  @Override
  protected double next(double base, double lr, int epoch, int group) {
    return epoch == 0 || epoch % stepSize != 0 ? lr : lr * gamma;
  }

  @Override
  double closedForm(double base, double lr, int epoch, int group) {
    return base * Math.pow(gamma, epoch / stepSize);
  }
}
