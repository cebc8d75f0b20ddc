package gradus.nn.optim;

import java.util.List;

/**
 * Changes the learning rates of an optimizer as training goes on: call {@link #step()} after each
 * epoch (or batch).
 *
 * <pre>{@code
 * var scheduler = new StepLR(optimizer, 30, 0.1);
 * for (int epoch = 0; epoch < 100; epoch++) {
 *   train(optimizer);
 *   scheduler.step();
 * }
 * }</pre>
 *
 * <p>PyTorch: {@code torch.optim.lr_scheduler.LRScheduler}.
 */
public abstract class LRScheduler {
  private final Optimizer optimizer;
  private int lastEpoch = -1;

  /**
   * For subclasses; the rates the groups have now become their initial rates, unless an earlier
   * scheduler noted them.
   *
   * @param optimizer whose rates to change
   */
  protected LRScheduler(Optimizer optimizer) {
    this.optimizer = optimizer;
    for (ParamGroup group : optimizer.paramGroups()) {
      if (!group.has("initial_lr")) {
        group.put("initial_lr", group.lr());
      }
    }
  }

  /** The optimizer whose rates this changes. */
  public Optimizer optimizer() {
    return optimizer;
  }

  /** The number of steps so far, 0 at first. PyTorch: {@code last_epoch}. */
  public int lastEpoch() {
    return lastEpoch;
  }

  /** The rate of each group at present. PyTorch: {@code get_last_lr()}. */
  public List<Double> getLastLr() {
    return optimizer.paramGroups().stream().map(ParamGroup::lr).toList();
  }

  /** Goes on by one epoch and sets the rates. PyTorch: {@code step()}. */
  public void step() {
    lastEpoch++;
    List<ParamGroup> groups = optimizer.paramGroups();
    for (int i = 0; i < groups.size(); i++) {
      adjust(groups.get(i), i);
    }
  }

  /** Sets the rates of epoch 0, at the end of a subclass's constructor. */
  final LRScheduler begin() {
    lastEpoch = -1;
    step();
    return this;
  }

  /** Goes to a given epoch: the rates depend on it alone, not on what they were. */
  void jump(int epoch) {
    lastEpoch = epoch;
    List<ParamGroup> groups = optimizer.paramGroups();
    for (int i = 0; i < groups.size(); i++) {
      groups
          .get(i)
          .put("lr", closedForm(groups.get(i).number("initial_lr"), groups.get(i).lr(), epoch, i));
    }
  }

  /**
   * Sets what this scheduler changes in one group: the rate, and in some schedules the momentum.
   */
  void adjust(ParamGroup group, int index) {
    group.put("lr", next(group.number("initial_lr"), group.lr(), lastEpoch, index));
  }

  /**
   * The rate of a group in an epoch, from that of the epoch before.
   *
   * @param base the rate the group had before any scheduler
   * @param lr the rate it has now
   * @param epoch the epoch that begins, 0 at first
   * @param group which group
   * @return the new rate
   */
  protected abstract double next(double base, double lr, int epoch, int group);

  /** The rate of a group in an epoch from its first rate alone, where there is such a formula. */
  double closedForm(double base, double lr, int epoch, int group) {
    return next(base, lr, epoch, group);
  }
}
