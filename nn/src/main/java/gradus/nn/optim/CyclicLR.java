package gradus.nn.optim;

/**
 * The rate up and down between two bounds, the momentum the other way round.
 *
 * <p>PyTorch: {@code torch.optim.lr_scheduler.CyclicLR}; Smith 2017.
 */
public final class CyclicLR extends LRScheduler {
  private final double baseLr;
  private final double maxLr;
  private final double totalSize;
  private final double ratio;
  private final String mode;
  private final double gamma;
  private final boolean cycleMomentum;
  private final double baseMomentum;
  private final double maxMomentum;

  /**
   * Triangles of 2000 steps up and 2000 down, momentum between 0.8 and 0.9.
   *
   * @param optimizer whose rates to change
   * @param baseLr the least rate
   * @param maxLr the greatest rate
   */
  public CyclicLR(Optimizer optimizer, double baseLr, double maxLr) {
    this(optimizer, baseLr, maxLr, 2000);
  }

  /**
   * Triangles of the same steps up and down, momentum between 0.8 and 0.9.
   *
   * @param optimizer whose rates to change
   * @param baseLr the least rate
   * @param maxLr the greatest rate
   * @param stepSizeUp the steps from the least to the greatest rate
   */
  public CyclicLR(Optimizer optimizer, double baseLr, double maxLr, int stepSizeUp) {
    this(optimizer, baseLr, maxLr, stepSizeUp, stepSizeUp, "triangular", 1, true, 0.8, 0.9);
  }

  /**
   * Cycles with all options.
   *
   * @param optimizer whose rates to change
   * @param baseLr the least rate
   * @param maxLr the greatest rate
   * @param stepSizeUp the steps from the least to the greatest rate
   * @param stepSizeDown the steps back
   * @param mode {@code triangular}; {@code triangular2} halves each cycle; {@code exp_range}
   *     shrinks by gamma each step
   * @param gamma the factor of {@code exp_range}
   * @param cycleMomentum whether the momentum moves too
   * @param baseMomentum the least momentum, at the greatest rate
   * @param maxMomentum the greatest momentum, at the least rate
   */
  public CyclicLR(
      Optimizer optimizer,
      double baseLr,
      double maxLr,
      int stepSizeUp,
      int stepSizeDown,
      String mode,
      double gamma,
      boolean cycleMomentum,
      double baseMomentum,
      double maxMomentum) {
    super(optimizer);
    if (!mode.equals("triangular") && !mode.equals("triangular2") && !mode.equals("exp_range")) {
      throw new IllegalArgumentException(
          "CyclicLR: mode is \""
              + mode
              + "\". mode is invalid: use triangular, triangular2 or exp_range.");
    }
    if (cycleMomentum) {
      Schedules.needsMomentum("CyclicLR", optimizer);
    }
    this.baseLr = baseLr;
    this.maxLr = maxLr;
    this.totalSize = (double) stepSizeUp + stepSizeDown;
    this.ratio = stepSizeUp / totalSize;
    this.mode = mode;
    this.gamma = gamma;
    this.cycleMomentum = cycleMomentum;
    this.baseMomentum = baseMomentum;
    this.maxMomentum = maxMomentum;
    optimizer.paramGroups().forEach(group -> group.put("initial_lr", baseLr));
    begin();
  }

  @Override
  protected double next(double base, double lr, int epoch, int group) {
    return baseLr + (maxLr - baseLr) * height(epoch);
  }

  @Override
  void adjust(ParamGroup group, int index) {
    super.adjust(group, index);
    if (cycleMomentum) {
      Schedules.momentum(group, maxMomentum - (maxMomentum - baseMomentum) * height(lastEpoch()));
    }
  }

  /** How high the rate stands, 0..1. */
  private double height(int epoch) {
    double cycle = Math.floor(1 + epoch / totalSize);
    double x = 1 + epoch / totalSize - cycle;
    double triangle = x <= ratio ? x / ratio : (x - 1) / (ratio - 1);
    return switch (mode) {
      case "triangular2" -> triangle / Math.pow(2, cycle - 1);
      case "exp_range" -> triangle * Math.pow(gamma, epoch);
      default -> triangle;
    };
  }
}
