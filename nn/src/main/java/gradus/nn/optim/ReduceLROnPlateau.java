package gradus.nn.optim;

import java.util.List;

/**
 * The rate times {@code factor} when a measure has not become better for a while.
 *
 * <pre>{@code
 * var scheduler = new ReduceLROnPlateau(optimizer);
 * scheduler.step(validationLoss);   // after each epoch
 * }</pre>
 *
 * <p>PyTorch: {@code torch.optim.lr_scheduler.ReduceLROnPlateau}.
 */
public final class ReduceLROnPlateau {
  private final Optimizer optimizer;
  private final boolean min;
  private final double factor;
  private final int patience;
  private final double threshold;
  private final boolean relative;
  private final int cooldown;
  private final double minLr;
  private final double eps;
  private double best;
  private int badEpochs;
  private int cooling;

  /**
   * A tenth after 10 epochs without a smaller measure.
   *
   * @param optimizer whose rates to change
   */
  public ReduceLROnPlateau(Optimizer optimizer) {
    this(optimizer, "min", 0.1, 10);
  }

  /**
   * {@code factor} times after {@code patience} epochs without a better measure.
   *
   * @param optimizer whose rates to change
   * @param mode {@code min} if smaller is better, {@code max} if greater is
   * @param factor the factor of a drop, less than 1
   * @param patience how many bad epochs are borne
   */
  public ReduceLROnPlateau(Optimizer optimizer, String mode, double factor, int patience) {
    this(optimizer, mode, factor, patience, 1e-4, "rel", 0, 0, 1e-8);
  }

  /**
   * All options.
   *
   * @param optimizer whose rates to change
   * @param mode {@code min} if smaller is better, {@code max} if greater is
   * @param factor the factor of a drop, less than 1
   * @param patience how many bad epochs are borne
   * @param threshold by how much a measure must be better to count
   * @param thresholdMode {@code rel} for a part of the best measure, {@code abs} for a difference
   * @param cooldown the epochs after a drop in which nothing counts as bad
   * @param minLr the least rate
   * @param eps a drop smaller than this is left out
   */
  public ReduceLROnPlateau(
      Optimizer optimizer,
      String mode,
      double factor,
      int patience,
      double threshold,
      String thresholdMode,
      int cooldown,
      double minLr,
      double eps) {
    if (factor >= 1) {
      throw new IllegalArgumentException(
          "ReduceLROnPlateau: factor is " + factor + ". Factor should be < 1.0.");
    }
    if (!List.of("min", "max").contains(mode) || !List.of("rel", "abs").contains(thresholdMode)) {
      throw new IllegalArgumentException(
          "ReduceLROnPlateau: mode "
              + mode
              + " or threshold mode "
              + thresholdMode
              + " is unknown! Use min or max, and rel or abs.");
    }
    this.optimizer = optimizer;
    this.min = mode.equals("min");
    this.factor = factor;
    this.patience = patience;
    this.threshold = threshold;
    this.relative = thresholdMode.equals("rel");
    this.cooldown = cooldown;
    this.minLr = minLr;
    this.eps = eps;
    this.best = min ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
  }

  /**
   * Takes note of the measure of an epoch, and lowers the rates if it is time.
   *
   * @param metrics the measure
   */
  public void step(double metrics) {
    if (isBetter(metrics)) {
      best = metrics;
      badEpochs = 0;
    } else {
      badEpochs++;
    }
    if (cooling > 0) {
      cooling--;
      badEpochs = 0;
    }
    if (badEpochs > patience) {
      optimizer.paramGroups().forEach(this::lower);
      cooling = cooldown;
      badEpochs = 0;
    }
  }

  /** The rate of each group at present. */
  public List<Double> getLastLr() {
    return optimizer.paramGroups().stream().map(ParamGroup::lr).toList();
  }

  private void lower(ParamGroup group) {
    double lower = Math.max(group.lr() * factor, minLr);
    if (group.lr() - lower > eps) {
      group.put("lr", lower);
    }
  }

  private boolean isBetter(double value) {
    if (relative) {
      return min ? value < best * (1 - threshold) : value > best * (threshold + 1);
    }
    return min ? value < best - threshold : value > best + threshold;
  }
}
