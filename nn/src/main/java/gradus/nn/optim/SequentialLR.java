package gradus.nn.optim;

import java.util.Arrays;
import java.util.List;

/**
 * One scheduler after another: each takes over at its milestone, beginning with its own epoch 0.
 *
 * <pre>{@code
 * var warmUp = new LinearLR(optimizer);
 * var decay = new ExponentialLR(optimizer, 0.9);
 * var scheduler = new SequentialLR(optimizer, List.of(warmUp, decay), new int[] {5});
 * }</pre>
 *
 * <p>PyTorch: {@code torch.optim.lr_scheduler.SequentialLR}.
 */
public final class SequentialLR extends LRScheduler {
  private final List<LRScheduler> schedulers;
  private final int[] milestones;
  private int epoch;

  /**
   * The schedulers in order.
   *
   * @param optimizer whose rates to change
   * @param schedulers at least one, all of the same optimizer
   * @param milestones the epochs at which the next takes over; one fewer than schedulers
   */
  public SequentialLR(
      Optimizer optimizer, List<? extends LRScheduler> schedulers, int[] milestones) {
    super(optimizer);
    if (schedulers.size() != milestones.length + 1) {
      throw new IllegalArgumentException(
          "SequentialLR: expected the number of schedulers to be one more than the number of milestones, but got "
              + schedulers.size()
              + " and "
              + milestones.length
              + ".");
    }
    if (schedulers.stream().anyMatch(scheduler -> scheduler.optimizer() != optimizer)) {
      throw new IllegalArgumentException(
          "SequentialLR: expects all schedulers to belong to the same optimizer. Make them with this one.");
    }
    this.schedulers = List.copyOf(schedulers);
    this.milestones = milestones.clone();
    optimizer.paramGroups().forEach(group -> group.put("lr", group.number("initial_lr")));
    this.schedulers.getFirst().begin();
  }

  @Override
  public int lastEpoch() {
    return epoch;
  }

  @Override
  public void step() {
    epoch++;
    int index = (int) Arrays.stream(milestones).filter(milestone -> milestone <= epoch).count();
    if (index > 0 && milestones[index - 1] == epoch) {
      schedulers.get(index).jump(0);
    } else {
      schedulers.get(index).step();
    }
  }

  @Override
  protected double next(double base, double lr, int epoch, int group) {
    throw new UnsupportedOperationException(
        "SequentialLR: the rates come from its schedulers. Call step().");
  }
}
