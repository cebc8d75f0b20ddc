package gradus.nn.optim.lrscheduler;

import gradus.nn.optim.Optimizer;

/**
 * The rate times gamma every {@code stepSize} epochs.
 *
 * <p>PyTorch: {@code torch.optim.lr_scheduler.StepLR}.
 */
public final class StepLR extends LRScheduler {
  /**
   * A tenth every {@code stepSize} epochs.
   *
   * @param stepSize the epochs between two drops
   */
  public StepLR(Optimizer optimizer, int stepSize) {
    this(optimizer, stepSize, 0.1);
  }

  /**
   * gamma times every {@code stepSize} epochs.
   *
   * @param stepSize the epochs between two drops
   * @param gamma the factor of a drop
   */
  public StepLR(Optimizer optimizer, int stepSize, double gamma) {
    this(optimizer, stepSize, gamma, -1);
  }

  /**
   * gamma times every {@code stepSize} epochs, from any epoch on.
   *
   * @param stepSize the epochs between two drops
   * @param gamma the factor of a drop
   * @param lastEpoch the epoch that was finished last, −1 to begin anew; see {@link LRScheduler}
   */
  public StepLR(Optimizer optimizer, int stepSize, double gamma, int lastEpoch) {
    super(optimizer, lastEpoch);
    settings.put("step_size", stepSize).put("gamma", gamma);
    begin();
  }

  @Override
  void check() {
    Schedules.atLeast("StepLR", "stepSize", settings.whole("step_size"), 1);
    Schedules.finite("StepLR", "gamma", settings.number("gamma"));
  }

  @Override
  protected double next(double base, double lr, int epoch, int group) {
    boolean drops = epoch > 0 && epoch % settings.whole("step_size") == 0;
    return drops ? lr * settings.number("gamma") : lr;
  }

  @Override
  double closedForm(double base, double lr, int epoch, int group) {
    return base * Math.pow(settings.number("gamma"), epoch / settings.whole("step_size"));
  }
}
