package gradus.nn.optim.lrscheduler;

import static gradus.tensor.spi.Given.given;

import gradus.nn.optim.Optimizer;
import java.util.Arrays;
import java.util.List;

/**
 * The rate times gamma at each of the given epochs.
 *
 * <p>PyTorch: {@code torch.optim.lr_scheduler.MultiStepLR}.
 */
public final class MultiStepLR extends LRScheduler {
  /**
   * A tenth at each milestone.
   *
   * @param milestones the epochs of the drops
   */
  public MultiStepLR(Optimizer optimizer, int[] milestones) {
    this(optimizer, milestones, 0.1);
  }

  /**
   * gamma times at each milestone.
   *
   * @param milestones the epochs of the drops; one that stands twice drops twice
   * @param gamma the factor of a drop
   */
  public MultiStepLR(Optimizer optimizer, int[] milestones, double gamma) {
    this(optimizer, milestones, gamma, -1);
  }

  /**
   * gamma times at each milestone, from any epoch on.
   *
   * @param milestones the epochs of the drops; one that stands twice drops twice
   * @param gamma the factor of a drop
   * @param lastEpoch the epoch that was finished last, −1 to begin anew; see {@link LRScheduler}
   */
  public MultiStepLR(Optimizer optimizer, int[] milestones, double gamma, int lastEpoch) {
    super(optimizer, lastEpoch);
    settings
        .put("milestones", Arrays.stream(given(milestones, "milestones")).boxed().toList())
        .put("gamma", gamma);
    begin();
  }

  @Override
  void check() {
    Schedules.finite("MultiStepLR", "gamma", settings.number("gamma"));
  }

  private List<Integer> milestones() {
    return settings.wholes("milestones");
  }

  @Override
  protected double next(double base, double lr, int epoch, int group) {
    long drops = milestones().stream().filter(milestone -> milestone == epoch).count();
    return drops == 0 ? lr : lr * Math.pow(settings.number("gamma"), drops);
  }

  @Override
  double closedForm(double base, double lr, int epoch, int group) {
    long drops = milestones().stream().filter(milestone -> milestone <= epoch).count();
    return base * Math.pow(settings.number("gamma"), drops);
  }
}
