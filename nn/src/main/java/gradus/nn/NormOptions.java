package gradus.nn;

import static gradus.tensor.spi.Given.given;

import gradus.nn.functional.KnownOptions;
import java.util.function.Consumer;

/**
 * The options of batch, instance and layer norm by name; what is not said keeps PyTorch's default.
 *
 * <pre>{@code
 * new BatchNorm2d(64, o -> o.eps(1e-3).momentum(null).affine(false));
 * new LayerNorm(768, o -> o.bias(false));
 * }</pre>
 *
 * <p>An option that the layer does not have is refused with the list of those it has.
 */
public final class NormOptions {
  private final KnownOptions values;
  private final boolean batch;

  private NormOptions(String layer, boolean batch, Consumer<NormOptions> options, String... known) {
    this.values = new KnownOptions(layer, known);
    this.batch = batch;
    given(options, "options").accept(this);
  }

  /** The defaults of batch or of instance norm, and what differs from them. */
  static NormOptions ofChannels(boolean batch, Consumer<NormOptions> options) {
    return new NormOptions(
        batch ? "BatchNorm" : "InstanceNorm",
        batch,
        options,
        "eps",
        "momentum",
        "affine",
        "trackRunningStats");
  }

  static NormOptions ofLayer(Consumer<NormOptions> options) {
    return new NormOptions("LayerNorm", false, options, "eps", "elementwiseAffine", "bias");
  }

  /** Added to the variance, 1e-5. */
  public NormOptions eps(double eps) {
    return put("eps", eps);
  }

  /**
   * How far the running statistics move with a batch, 0.1; null for the mean over all batches so
   * far.
   */
  public NormOptions momentum(Double momentum) {
    return put("momentum", momentum);
  }

  /** How far the running statistics move with a batch, 0.1. */
  public NormOptions momentum(double momentum) {
    return put("momentum", momentum);
  }

  /** Whether to learn a scale and a shift of channels; batch norm does if not told. */
  public NormOptions affine(boolean affine) {
    return put("affine", affine);
  }

  /**
   * Whether to keep running statistics, which evaluation then uses; batch norm does if not told.
   */
  public NormOptions trackRunningStats(boolean trackRunningStats) {
    return put("trackRunningStats", trackRunningStats);
  }

  /** Whether layer norm learns a scale and a shift; it does if not told. */
  public NormOptions elementwiseAffine(boolean elementwiseAffine) {
    return put("elementwiseAffine", elementwiseAffine);
  }

  /** Whether layer norm learns a shift beside the scale; it does if not told. */
  public NormOptions bias(boolean bias) {
    return put("bias", bias);
  }

  private NormOptions put(String name, Object value) {
    values.put(name, value);
    return this;
  }

  double eps() {
    return values.get("eps", 1e-5);
  }

  Double momentum() {
    return values.get("momentum", (Double) 0.1);
  }

  boolean affine() {
    return values.get("affine", batch);
  }

  boolean trackRunningStats() {
    return values.get("trackRunningStats", batch);
  }

  boolean learns(String what) {
    return values.get(what, true);
  }
}
