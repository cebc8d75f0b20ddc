package gradus.nn.optim;

/**
 * The rate along half a cosine down to {@code etaMin}, then from the top again, each round {@code
 * tMult} times as long.
 *
 * <p>PyTorch: {@code torch.optim.lr_scheduler.CosineAnnealingWarmRestarts}; Loshchilov and Hutter
 * 2017.
 */
public final class CosineAnnealingWarmRestarts extends LRScheduler {
  private final int t0;
  private final int tMult;
  private final double etaMin;

  /**
   * Rounds of equal length down to 0.
   *
   * @param optimizer whose rates to change
   * @param t0 the epochs of a round
   */
  public CosineAnnealingWarmRestarts(Optimizer optimizer, int t0) {
    this(optimizer, t0, 1, 0);
  }

  /**
   * Rounds that become longer.
   *
   * @param optimizer whose rates to change
   * @param t0 the epochs of the first round
   * @param tMult how many times as long each further round is
   * @param etaMin the least rate
   */
  public CosineAnnealingWarmRestarts(Optimizer optimizer, int t0, int tMult, double etaMin) {
    super(optimizer);
    if (t0 <= 0 || tMult < 1) {
      throw new IllegalArgumentException(
          "CosineAnnealingWarmRestarts: Expected positive integer T_0 and T_mult >= 1, but got "
              + t0
              + " and "
              + tMult
              + ".");
    }
    this.t0 = t0;
    this.tMult = tMult;
    this.etaMin = etaMin;
    begin();
  }

  @Override
  protected double next(double base, double lr, int epoch, int group) {
    int length = t0;
    int current = epoch;
    while (current >= length) {
      current -= length;
      length *= tMult;
    }
    return etaMin + (base - etaMin) * (1 + Math.cos(Math.PI * current / length)) / 2;
  }
}
