package gradus.nn.optim.lrscheduler;

import static gradus.tensor.spi.Given.given;

import gradus.nn.functional.KnownOptions;
import java.util.function.Consumer;

/**
 * Options of schedules that have many, by name; what is not said keeps PyTorch's default.
 *
 * <pre>{@code
 * new OneCycleLR(optimizer, 0.1, 1000, o -> o.pctStart(0.1).annealStrategy("linear"));
 * new ReduceLROnPlateau(optimizer, o -> o.mode("max").patience(3));
 * }</pre>
 *
 * <p>An option that the schedule does not have is refused with the list of those it has.
 */
public final class LRSchedulerOptions {
  private final KnownOptions values;

  LRSchedulerOptions(String schedule, Consumer<LRSchedulerOptions> options, String... known) {
    this.values = new KnownOptions(schedule, known);
    given(options, "options").accept(this);
  }

  /** Which part of the steps goes up, 0.3 of 1; where that is one step, it begins at the top. */
  public LRSchedulerOptions pctStart(double pctStart) {
    return put("pctStart", pctStart);
  }

  /** Along what the rate moves: {@code "cos"}, as if not told, or {@code "linear"}. */
  public LRSchedulerOptions annealStrategy(String annealStrategy) {
    return put("annealStrategy", given(annealStrategy, "annealStrategy"));
  }

  /** Whether the momentum moves too, the other way round; it does if not told. */
  public LRSchedulerOptions cycleMomentum(boolean cycleMomentum) {
    return put("cycleMomentum", cycleMomentum);
  }

  /** The least momentum, at the greatest rate: 0.85 of one cycle, 0.8 of many. */
  public LRSchedulerOptions baseMomentum(double baseMomentum) {
    return put("baseMomentum", baseMomentum);
  }

  /** The greatest momentum: 0.95 of one cycle, 0.9 of many. */
  public LRSchedulerOptions maxMomentum(double maxMomentum) {
    return put("maxMomentum", maxMomentum);
  }

  /** The first rate is the greatest over this, 25. */
  public LRSchedulerOptions divFactor(double divFactor) {
    return put("divFactor", divFactor);
  }

  /** The last rate is the first over this, 10,000. */
  public LRSchedulerOptions finalDivFactor(double finalDivFactor) {
    return put("finalDivFactor", finalDivFactor);
  }

  /** Whether to come down to the first rate before the last way down. */
  public LRSchedulerOptions threePhase(boolean threePhase) {
    return put("threePhase", threePhase);
  }

  /** The steps from the least to the greatest rate, 2000; 1 or more. */
  public LRSchedulerOptions stepSizeUp(int stepSizeUp) {
    return put("stepSizeUp", stepSizeUp);
  }

  /** The steps back, as many as up if not told; 0 to fall at once. */
  public LRSchedulerOptions stepSizeDown(int stepSizeDown) {
    return put("stepSizeDown", stepSizeDown);
  }

  /**
   * Of many cycles {@code "triangular"}, as if not told, {@code "triangular2"}, which halves each
   * cycle, or {@code "exp_range"}, which shrinks by gamma each step. Of a plateau {@code "min"} if
   * smaller is better, as if not told, or {@code "max"}.
   */
  public LRSchedulerOptions mode(String mode) {
    return put("mode", given(mode, "mode"));
  }

  /** The factor of {@code "exp_range"}, 1. */
  public LRSchedulerOptions gamma(double gamma) {
    return put("gamma", gamma);
  }

  /** What the rate is multiplied by on a plateau, 0.1; less than 1. */
  public LRSchedulerOptions factor(double factor) {
    return put("factor", factor);
  }

  /** How many bad epochs are borne, 10. */
  public LRSchedulerOptions patience(int patience) {
    return put("patience", patience);
  }

  /** By how much a measure must be better to count, 1e-4. */
  public LRSchedulerOptions threshold(double threshold) {
    return put("threshold", threshold);
  }

  /**
   * {@code "rel"}, as if not told, for a part of the best measure, {@code "abs"} for a difference.
   */
  public LRSchedulerOptions thresholdMode(String thresholdMode) {
    return put("thresholdMode", given(thresholdMode, "thresholdMode"));
  }

  /** The epochs after a drop in which nothing counts as bad, 0. */
  public LRSchedulerOptions cooldown(int cooldown) {
    return put("cooldown", cooldown);
  }

  /** The least rate, 0. */
  public LRSchedulerOptions minLr(double minLr) {
    return put("minLr", minLr);
  }

  /** A drop smaller than this is left out, 1e-8. */
  public LRSchedulerOptions eps(double eps) {
    return put("eps", eps);
  }

  /**
   * The epoch that was finished last; −1, as if not told, to begin anew; see {@link LRScheduler}.
   */
  public LRSchedulerOptions lastEpoch(int lastEpoch) {
    return put("lastEpoch", lastEpoch);
  }

  private LRSchedulerOptions put(String name, Object value) {
    values.put(name, value);
    return this;
  }

  <T> T get(String name, T otherwise) {
    return values.get(name, otherwise);
  }
}
