package gradus.nn.optim.lrscheduler;

import gradus.nn.optim.Optimizer;

/**
 * The rate along half a cosine down to {@code etaMin}, and up again.
 *
 * <p>PyTorch: {@code torch.optim.lr_scheduler.CosineAnnealingLR}; Loshchilov and Hutter 2017.
 */
public final class CosineAnnealingLR extends LRScheduler {
  /**
   * Down to 0.
   *
   * @param tMax the epochs of the way down
   */
  public CosineAnnealingLR(Optimizer optimizer, int tMax) {
    this(optimizer, tMax, 0);
  }

  /**
   * Down to {@code etaMin}.
   *
   * @param tMax the epochs of the way down
   * @param etaMin the least rate
   */
  public CosineAnnealingLR(Optimizer optimizer, int tMax, double etaMin) {
    this(optimizer, tMax, etaMin, -1);
  }

  /**
   * Down to {@code etaMin}, from any epoch on.
   *
   * @param tMax the epochs of the way down
   * @param etaMin the least rate
   * @param lastEpoch the epoch that was finished last, −1 to begin anew; see {@link LRScheduler}
   */
  public CosineAnnealingLR(Optimizer optimizer, int tMax, double etaMin, int lastEpoch) {
    super(optimizer, lastEpoch);
    settings.put("T_max", tMax).put("eta_min", etaMin);
    begin();
  }

  @Override
  void check() {
    Schedules.atLeast("CosineAnnealingLR", "tMax", settings.whole("T_max"), 1);
    Schedules.finite("CosineAnnealingLR", "etaMin", settings.number("eta_min"));
  }

  @Override
  protected double next(double base, double lr, int epoch, int group) {
    int tMax = settings.whole("T_max");
    double etaMin = settings.number("eta_min");
    if (epoch == 0) {
      return lr;
    }
    if (Math.floorMod(epoch - 1L - tMax, 2L * tMax) == 0) {
      return lr + (base - etaMin) * (1 - Math.cos(Math.PI / tMax)) / 2;
    }
    return (1 + Math.cos(Math.PI * epoch / tMax))
            / (1 + Math.cos(Math.PI * (epoch - 1) / tMax))
            * (lr - etaMin)
        + etaMin;
  }

  @Override
  double closedForm(double base, double lr, int epoch, int group) {
    double etaMin = settings.number("eta_min");
    int tMax = settings.whole("T_max");
    return etaMin + (base - etaMin) * (1 + Math.cos(Math.PI * epoch / tMax)) / 2;
  }
}
