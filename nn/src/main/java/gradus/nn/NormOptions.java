package gradus.nn;

import java.util.function.Consumer;

/**
 * The options of batch and instance norm by name:
 *
 * <pre>{@code
 * new BatchNorm2d(64, o -> o.eps(1e-3).momentum(null).affine(false));
 * }</pre>
 */
public final class NormOptions {
  double eps = 1e-5;
  Double momentum = 0.1;
  boolean affine;
  boolean trackRunningStats;

  private NormOptions(boolean batch) {
    this.affine = batch;
    this.trackRunningStats = batch;
  }

  /** The defaults of batch or of instance norm, and what differs from them. */
  static NormOptions of(boolean batch, Consumer<NormOptions> options) {
    var out = new NormOptions(batch);
    options.accept(out);
    return out;
  }

  /** Added to the variance, 1e-5. */
  public NormOptions eps(double eps) {
    this.eps = eps;
    return this;
  }

  /**
   * How far the running statistics move with a batch, 0.1; null for the mean over all batches so
   * far.
   */
  public NormOptions momentum(Double momentum) {
    this.momentum = momentum;
    return this;
  }

  /** Whether to learn a scale and a shift. */
  public NormOptions affine(boolean affine) {
    this.affine = affine;
    return this;
  }

  /** Whether to keep running statistics, which evaluation then uses. */
  public NormOptions trackRunningStats(boolean trackRunningStats) {
    this.trackRunningStats = trackRunningStats;
    return this;
  }
}
