package gradus.nn.optim;

import java.util.Arrays;

/**
 * The rate times gamma at each of the given epochs.
 *
 * <p>PyTorch: {@code torch.optim.lr_scheduler.MultiStepLR}.
 */
public final class MultiStepLR extends LRScheduler {
  private final int[] milestones;
  private final double gamma;

  /**
   * A tenth at each milestone.
   *
   * @param optimizer whose rates to change
   * @param milestones the epochs of the drops
   */
  public MultiStepLR(Optimizer optimizer, int[] milestones) {
    this(optimizer, milestones, 0.1);
  }

  /**
   * gamma times at each milestone.
   *
   * @param optimizer whose rates to change
   * @param milestones the epochs of the drops; one that stands twice drops twice
   * @param gamma the factor of a drop
   */
  public MultiStepLR(Optimizer optimizer, int[] milestones, double gamma) {
    super(optimizer);
    this.milestones = milestones.clone();
    this.gamma = gamma;
    begin();
  }

  @Override
  protected double next(double base, double lr, int epoch, int group) {
    long drops = Arrays.stream(milestones).filter(milestone -> milestone == epoch).count();
    return drops == 0 ? lr : lr * Math.pow(gamma, drops);
  }

  @Override
  double closedForm(double base, double lr, int epoch, int group) {
    return base
        * Math.pow(
            gamma, Arrays.stream(milestones).filter(milestone -> milestone <= epoch).count());
  }
}
