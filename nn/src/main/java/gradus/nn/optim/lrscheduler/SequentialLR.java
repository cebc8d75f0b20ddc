package gradus.nn.optim.lrscheduler;

import static gradus.tensor.spi.Given.given;
import static gradus.tensor.spi.Given.givenAll;

import gradus.nn.optim.Optimizer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

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

  /**
   * The schedulers in order.
   *
   * @param schedulers at least one, all of the same optimizer
   * @param milestones the epochs at which the next takes over, in order; one fewer than schedulers
   */
  public SequentialLR(
      Optimizer optimizer, List<? extends LRScheduler> schedulers, int[] milestones) {
    this(optimizer, schedulers, milestones, -1);
  }

  /**
   * The schedulers in order, from any epoch on.
   *
   * @param schedulers at least one, all of the same optimizer
   * @param milestones the epochs at which the next takes over, in order; one fewer than schedulers
   * @param lastEpoch the epoch that was finished last, −1 to begin anew; the schedulers then are
   *     where they were made or loaded to be
   */
  public SequentialLR(
      Optimizer optimizer,
      List<? extends LRScheduler> schedulers,
      int[] milestones,
      int lastEpoch) {
    super(optimizer, lastEpoch);
    if (givenAll(schedulers).size() != given(milestones, "milestones").length + 1) {
      throw new IllegalArgumentException(
          ("SequentialLR: expected the number of schedulers to be one more than the number "
                  + "of milestones, but got %s and %s. Give a milestone between each two.")
              .formatted(schedulers.size(), milestones.length));
    }
    Schedules.ofOne("SequentialLR", optimizer, schedulers);
    this.schedulers = List.copyOf(schedulers);
    settings.put("_milestones", Arrays.stream(milestones).boxed().toList());
    begin();
  }

  @Override
  void check() {
    int before = 0;
    List<Integer> milestones = settings.wholes("_milestones");
    if (milestones.size() + 1 != schedulers.size()) {
      throw new IllegalArgumentException(
          ("SequentialLR: milestones are %s for %s schedulers. Give a milestone between "
                  + "each two.")
              .formatted(milestones, schedulers.size()));
    }
    for (int milestone : milestones) {
      if (milestone < before) {
        throw new IllegalArgumentException(
            ("SequentialLR: milestones are %s. They are epochs, 0 or more, and none is before "
                    + "the one before it. Sort them.")
                .formatted(milestones));
      }
      before = milestone;
    }
  }

  /** How many schedulers have had their turn before that of this epoch. */
  private int turn(int epoch) {
    return (int) settings.wholes("_milestones").stream().filter(m -> m <= epoch).count();
  }

  @Override
  boolean chained() {
    return true; // the rates come from the schedulers
  }

  @Override
  void restart() {
    lastEpoch = 0;
    optimizer().paramGroups().forEach(group -> group.put("lr", group.number("initial_lr")));
    schedulers.get(turn(0)).restart();
  }

  @Override
  void jump(int epoch) {
    restart();
    while (lastEpoch < epoch) {
      step();
    }
  }

  @Override
  public void step() {
    lastEpoch++;
    int index = turn(lastEpoch);
    if (index != turn(lastEpoch - 1)) {
      schedulers.get(index).jump(0);
    } else {
      schedulers.get(index).step();
    }
  }

  @Override
  public Map<String, Object> stateDict() {
    Map<String, Object> state = super.stateDict();
    state.put("_schedulers", schedulers.stream().map(LRScheduler::stateDict).toList());
    return state;
  }

  @Override
  void take(Map<?, ?> state) {
    super.take(state);
    Schedules.take(settings, schedulers, state);
  }

  @Override
  protected double next(double base, double lr, int epoch, int group) {
    throw new UnsupportedOperationException(
        "SequentialLR: the rates come from its schedulers. Call step().");
  }
}
