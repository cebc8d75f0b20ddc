package gradus.nn.optim.lrscheduler;

import gradus.nn.optim.Optimizer;

/**
 * The rate along half a cosine down to {@code etaMin}, then from the top again, each round {@code
 * tMult} times as long.
 *
 * <p>PyTorch: {@code torch.optim.lr_scheduler.CosineAnnealingWarmRestarts}; Loshchilov and Hutter
 * 2017.
 */
public final class CosineAnnealingWarmRestarts extends LRScheduler {
  /**
   * Rounds of equal length down to 0.
   *
   * @param t0 the epochs of a round
   */
  public CosineAnnealingWarmRestarts(Optimizer optimizer, int t0) {
    this(optimizer, t0, 1, 0);
  }

  /**
   * Rounds that become longer.
   *
   * @param t0 the epochs of the first round
   * @param tMult how many times as long each further round is
   * @param etaMin the least rate
   */
  public CosineAnnealingWarmRestarts(Optimizer optimizer, int t0, int tMult, double etaMin) {
    this(optimizer, t0, tMult, etaMin, -1);
  }

  /**
   * Rounds that become longer, from any epoch on.
   *
   * @param t0 the epochs of the first round
   * @param tMult how many times as long each further round is
   * @param etaMin the least rate
   * @param lastEpoch the epoch that was finished last, −1 to begin anew; see {@link LRScheduler}
   */
  public CosineAnnealingWarmRestarts(
      Optimizer optimizer, int t0, int tMult, double etaMin, int lastEpoch) {
    super(optimizer, lastEpoch);
    settings.put("T_0", t0).put("T_mult", tMult).put("eta_min", etaMin);
    begin();
  }

  @Override
  void check() {
    int t0 = settings.whole("T_0");
    int tMult = settings.whole("T_mult");
    if (t0 <= 0 || tMult < 1) {
      throw new IllegalArgumentException(
          ("CosineAnnealingWarmRestarts: Expected positive integer T_0 and T_mult >= 1, but "
                  + "got t0 = %s and tMult = %s. Use 1 or more.")
              .formatted(t0, tMult));
    }
    Schedules.finite("CosineAnnealingWarmRestarts", "etaMin", settings.number("eta_min"));
  }

  @Override
  boolean chained() {
    return false;
  }

  @Override
  protected double next(double base, double lr, int epoch, int group) {
    int tMult = settings.whole("T_mult");
    double etaMin = settings.number("eta_min");
    long length = settings.whole("T_0");
    long current = tMult == 1 ? epoch % length : epoch;
    while (current >= length) {
      current -= length;
      length *= tMult;
    }
    return etaMin + (base - etaMin) * (1 + Math.cos(Math.PI * current / length)) / 2;
  }
}
