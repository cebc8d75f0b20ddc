package gradus.nn.optim;

/**
 * The rate along half a cosine down to {@code etaMin}, and up again.
 *
 * <p>PyTorch: {@code torch.optim.lr_scheduler.CosineAnnealingLR}; Loshchilov and Hutter 2017.
 */
public final class CosineAnnealingLR extends LRScheduler {
  private final int tMax;
  private final double etaMin;

  /**
   * Down to 0.
   *
   * @param optimizer whose rates to change
   * @param tMax the epochs of the way down
   */
  public CosineAnnealingLR(Optimizer optimizer, int tMax) {
    this(optimizer, tMax, 0);
  }

  /**
   * Down to {@code etaMin}.
   *
   * @param optimizer whose rates to change
   * @param tMax the epochs of the way down
   * @param etaMin the least rate
   */
  public CosineAnnealingLR(Optimizer optimizer, int tMax, double etaMin) {
    if (tMax < 1) {
      throw new IllegalArgumentException(
          "CosineAnnealingLR: tMax is " + tMax + ". It counts epochs and must be 1 or more.");
    }
    super(optimizer);
    this.tMax = tMax;
    this.etaMin = etaMin;
    begin();
  }

  @Override
  protected double next(double base, double lr, int epoch, int group) {
    if (epoch == 0) {
      return lr;
    }
    if (Math.floorMod(epoch - 1 - tMax, 2 * tMax) == 0) {
      return lr + (base - etaMin) * (1 - Math.cos(Math.PI / tMax)) / 2;
    }
    return (1 + Math.cos(Math.PI * epoch / tMax))
            / (1 + Math.cos(Math.PI * (epoch - 1) / tMax))
            * (lr - etaMin)
        + etaMin;
  }

  @Override
  double closedForm(double base, double lr, int epoch, int group) {
    return etaMin + (base - etaMin) * (1 + Math.cos(Math.PI * epoch / tMax)) / 2;
  }
}
