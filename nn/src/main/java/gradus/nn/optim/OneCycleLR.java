package gradus.nn.optim;

import java.util.List;

/**
 * The rate once up to {@code maxLr} and then down to almost nothing over a whole training, the
 * momentum the other way round.
 *
 * <p>PyTorch: {@code torch.optim.lr_scheduler.OneCycleLR}; Smith and Topin 2019.
 */
public final class OneCycleLR extends LRScheduler {
  /** From one rate and momentum to another, ending at a step. */
  private record Phase(
      double end, double startLr, double endLr, double startMomentum, double endMomentum) {}

  private final List<Phase> phases;
  private final int totalSteps;
  private final boolean cosine;
  private final boolean cycleMomentum;

  /**
   * PyTorch's defaults: up in 30 % of the steps from maxLr/25, down to maxLr/250000, along cosines.
   *
   * @param optimizer whose rates to change
   * @param maxLr the greatest rate
   * @param totalSteps the steps of the training
   */
  public OneCycleLR(Optimizer optimizer, double maxLr, int totalSteps) {
    this(optimizer, maxLr, totalSteps, 0.3, "cos", true, 0.85, 0.95, 25, 1e4, false);
  }

  /**
   * One cycle with all options.
   *
   * @param optimizer whose rates to change
   * @param maxLr the greatest rate
   * @param totalSteps the steps of the training (epochs times steps of an epoch)
   * @param pctStart which part of them goes up, 0..1
   * @param annealStrategy {@code cos} or {@code linear}
   * @param cycleMomentum whether the momentum moves too
   * @param baseMomentum the least momentum, at the greatest rate
   * @param maxMomentum the greatest momentum
   * @param divFactor the first rate is maxLr/divFactor
   * @param finalDivFactor the last rate is the first/finalDivFactor
   * @param threePhase whether to come down to the first rate before the last way down
   */
  public OneCycleLR(
      Optimizer optimizer,
      double maxLr,
      int totalSteps,
      double pctStart,
      String annealStrategy,
      boolean cycleMomentum,
      double baseMomentum,
      double maxMomentum,
      double divFactor,
      double finalDivFactor,
      boolean threePhase) {
    super(optimizer);
    Schedules.between("OneCycleLR", "pctStart", pctStart, 0, 1);
    if (totalSteps <= 0 || (!annealStrategy.equals("cos") && !annealStrategy.equals("linear"))) {
      throw new IllegalArgumentException(
          "OneCycleLR: totalSteps is "
              + totalSteps
              + " and annealStrategy "
              + annealStrategy
              + ". Expected a positive number of steps, and cos or linear.");
    }
    if (cycleMomentum) {
      Schedules.needsMomentum("OneCycleLR", optimizer);
    }
    double first = maxLr / divFactor;
    double last = first / finalDivFactor;
    double rise = pctStart * totalSteps - 1;
    this.phases =
        threePhase
            ? List.of(
                new Phase(rise, first, maxLr, maxMomentum, baseMomentum),
                new Phase(2 * pctStart * totalSteps - 2, maxLr, first, baseMomentum, maxMomentum),
                new Phase(totalSteps - 1, first, last, maxMomentum, maxMomentum))
            : List.of(
                new Phase(rise, first, maxLr, maxMomentum, baseMomentum),
                new Phase(totalSteps - 1, maxLr, last, baseMomentum, maxMomentum));
    this.totalSteps = totalSteps;
    this.cosine = annealStrategy.equals("cos");
    this.cycleMomentum = cycleMomentum;
    optimizer.paramGroups().forEach(group -> group.put("initial_lr", first));
    begin();
  }

  @Override
  public void step() {
    if (lastEpoch() + 1 > totalSteps) {
      throw new IllegalStateException(
          "OneCycleLR: Tried to step "
              + (lastEpoch() + 1)
              + " times. The specified number of total steps is "
              + totalSteps
              + ".");
    }
    super.step();
  }

  @Override
  protected double next(double base, double lr, int epoch, int group) {
    Phase phase = phase(epoch);
    return between(phase.startLr(), phase.endLr(), epoch);
  }

  @Override
  void adjust(ParamGroup group, int index) {
    super.adjust(group, index);
    if (cycleMomentum) {
      Phase phase = phase(lastEpoch());
      Schedules.momentum(group, between(phase.startMomentum(), phase.endMomentum(), lastEpoch()));
    }
  }

  private Phase phase(int step) {
    return phases.stream()
        .filter(phase -> step <= phase.end())
        .findFirst()
        .orElse(phases.getLast());
  }

  private double between(double start, double end, int step) {
    Phase phase = phase(step);
    int index = phases.indexOf(phase);
    double from = index == 0 ? 0 : phases.get(index - 1).end();
    double part = (step - from) / (phase.end() - from);
    return cosine ? Schedules.cosine(start, end, part) : Schedules.linear(start, end, part);
  }
}
