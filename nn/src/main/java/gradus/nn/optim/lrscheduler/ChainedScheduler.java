package gradus.nn.optim.lrscheduler;

import static gradus.tensor.spi.Given.givenAll;

import gradus.nn.optim.Optimizer;
import java.util.List;
import java.util.Map;

/**
 * Several schedulers at once: each step is a step of all of them, and their factors multiply.
 *
 * <pre>{@code
 * var warmUp = new ConstantLR(optimizer, 0.1, 2);
 * var decay = new ExponentialLR(optimizer, 0.9);
 * var scheduler = new ChainedScheduler(List.of(warmUp, decay));
 * }</pre>
 *
 * <p>PyTorch: {@code torch.optim.lr_scheduler.ChainedScheduler}.
 */
public final class ChainedScheduler extends LRScheduler {
  private final List<LRScheduler> schedulers;

  /**
   * These schedulers together.
   *
   * @param schedulers at least one, all of the same optimizer
   */
  public ChainedScheduler(List<? extends LRScheduler> schedulers) {
    super(optimizerOf(schedulers), 0);
    this.schedulers = List.copyOf(schedulers);
  }

  private static Optimizer optimizerOf(List<? extends LRScheduler> schedulers) {
    if (givenAll(schedulers).isEmpty()) {
      throw new IllegalArgumentException(
          "ChainedScheduler: there is no scheduler. It needs one or more. Give a list of them.");
    }
    Optimizer optimizer = schedulers.getFirst().optimizer();
    Schedules.ofOne("ChainedScheduler", optimizer, schedulers);
    return optimizer;
  }

  @Override
  void restart() {
    lastEpoch = 0;
    optimizer().paramGroups().forEach(group -> group.put("lr", group.number("initial_lr")));
    schedulers.forEach(LRScheduler::restart);
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
    schedulers.forEach(LRScheduler::step);
  }

  @Override
  public Map<String, Object> stateDict() {
    Map<String, Object> state = super.stateDict();
    state.put("_schedulers", schedulers.stream().map(LRScheduler::stateDict).toList());
    return state;
  }

  /** PyTorch's keeps no epoch of its own: it is where its schedulers are. */
  @Override
  void take(Map<?, ?> state) {
    Schedules.take(settings, schedulers, state);
    lastEpoch = schedulers.getFirst().lastEpoch();
  }

  @Override
  protected double next(double base, double lr, int epoch, int group) {
    throw new UnsupportedOperationException(
        "ChainedScheduler: the rates come from its schedulers. Call step().");
  }
}
