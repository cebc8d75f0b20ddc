package gradus.nn.optim.lrscheduler;

import static gradus.tensor.spi.Given.given;

import gradus.nn.optim.Optimizer;
import gradus.nn.optim.OptimizerState;
import gradus.nn.optim.ParamGroup;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
 * <p>A training that was stopped goes on as if it had not been when the states of model, optimizer
 * and scheduler are saved together and loaded again ({@link OptimizerState} shows how). Or the
 * scheduler is made over the loaded optimizer with {@code lastEpoch}, the number of the epoch that
 * was finished last: the rates then stay as the optimizer has them, or are computed where they
 * depend on the epoch alone.
 *
 * <p>PyTorch: {@code torch.optim.lr_scheduler.LRScheduler}.
 */
public abstract class LRScheduler {
  private final Optimizer optimizer;

  /** What the constructor was given; part of the state. */
  final Settings settings = new Settings(name());

  int lastEpoch = -1;

  /**
   * For subclasses; the rates the groups have now become their initial rates, unless an earlier
   * scheduler noted them.
   */
  protected LRScheduler(Optimizer optimizer) {
    this.optimizer = given(optimizer, "optimizer");
    note();
  }

  /** For our own: nothing is changed before {@link #begin}. */
  LRScheduler(Optimizer optimizer, int lastEpoch) {
    this.optimizer = given(optimizer, "optimizer");
    this.lastEpoch = lastEpoch;
  }

  final String name() {
    return getClass().getSimpleName();
  }

  private void note() {
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
    adjust();
  }

  /**
   * The settings and how far this scheduler is, by PyTorch's names: numbers, strings and lists,
   * which a checkpoint can hold. The rates themselves belong to the optimizer's state. PyTorch:
   * {@code state_dict()}.
   */
  public Map<String, Object> stateDict() {
    var state = new LinkedHashMap<>(settings.values());
    state.put(
        "base_lrs", optimizer.paramGroups().stream().map(g -> g.number("initial_lr")).toList());
    state.put("last_epoch", lastEpoch());
    state.put("_step_count", lastEpoch() + 1);
    state.put("_last_lr", getLastLr());
    return state;
  }

  /**
   * Takes over the settings and how far the other scheduler was; or nothing, if they do not fit.
   * The rates stay as they are until the next step: load the optimizer's state too. PyTorch: {@code
   * load_state_dict(state_dict)}.
   *
   * @param stateDict from a scheduler of the same kind, of Gradus or of PyTorch, over as many
   *     groups
   * @throws IllegalArgumentException if it says nothing of the last epoch, is about another number
   *     of groups, or has a value that makes no sense
   */
  public void loadStateDict(Map<?, ?> stateDict) {
    Map<String, Object> before = stateDict();
    try {
      take(stateDict);
    } catch (RuntimeException e) {
      take(before);
      throw e;
    }
  }

  void take(Map<?, ?> state) {
    int epoch = settings.whole("last_epoch", state.get("last_epoch"));
    List<ParamGroup> groups = optimizer.paramGroups();
    if (state.get("base_lrs") instanceof List<?> base) {
      if (base.size() != groups.size() || !base.stream().allMatch(Number.class::isInstance)) {
        throw settings.invalid(
            "base_lrs", base, "It must hold one rate for each of " + groups.size() + " groups");
      }
      for (int i = 0; i < groups.size(); i++) {
        groups.get(i).put("initial_lr", ((Number) base.get(i)).doubleValue());
      }
    }
    settings.take(state);
    check();
    lastEpoch = epoch;
  }

  /** Refuses settings that make no sense. */
  void check() {}

  /** Begins at the end of a constructor: anew if the last epoch is −1, else after it. */
  final void begin() {
    check();
    if (lastEpoch < -1) {
      throw new IllegalArgumentException(
          name() + ": lastEpoch is " + lastEpoch + ". It is the last epoch, or -1 to begin anew.");
    }
    if (lastEpoch == -1) {
      note();
      restart();
      return;
    }
    for (ParamGroup group : optimizer.paramGroups()) {
      if (!group.has("initial_lr")) {
        throw new IllegalArgumentException(
            ("%s: lastEpoch is %s, but param 'initial_lr' is not specified in param_groups. "
                    + "Load the optimizer's state first.")
                .formatted(name(), lastEpoch));
      }
    }
    lastEpoch++;
    if (!chained()) {
      adjust();
    }
  }

  /** Sets the rates of epoch 0. */
  void restart() {
    lastEpoch = 0;
    adjust();
  }

  /** Goes to a given epoch: the rates depend on it alone, not on what they were. */
  void jump(int epoch) {
    lastEpoch = epoch;
    if (!chained()) {
      adjust();
      return;
    }
    List<ParamGroup> groups = optimizer.paramGroups();
    for (int i = 0; i < groups.size(); i++) {
      ParamGroup group = groups.get(i);
      set(group, i, closedForm(group.number("initial_lr"), group.lr(), epoch, i));
    }
  }

  /** Whether a rate depends on the one before, and not on the epoch alone. */
  boolean chained() {
    return true;
  }

  private void adjust() {
    List<ParamGroup> groups = optimizer.paramGroups();
    for (int i = 0; i < groups.size(); i++) {
      adjust(groups.get(i), i);
    }
  }

  /**
   * Sets what this scheduler changes in one group: the rate, and in some schedules the momentum.
   */
  void adjust(ParamGroup group, int index) {
    set(group, index, next(group.number("initial_lr"), group.lr(), lastEpoch, index));
  }

  private void set(ParamGroup group, int index, double lr) {
    if (!Double.isFinite(lr)) {
      throw new IllegalStateException(
          ("%s: the rate of group %s in epoch %s is %s. A rate is a finite number: the next "
                  + "step would make all weights NaN. Check the arguments of the scheduler.")
              .formatted(name(), index, lastEpoch, lr));
    }
    group.put("lr", lr);
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
