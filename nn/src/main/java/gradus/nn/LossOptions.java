package gradus.nn;

import static gradus.tensor.spi.Given.given;

import gradus.nn.functional.KnownOptions;
import gradus.tensor.Tensor;
import java.util.function.Consumer;

/**
 * Options of a loss by name; what is not said keeps PyTorch's default.
 *
 * <pre>{@code
 * F.crossEntropy(logits, targets, o -> o.ignoreIndex(-1).labelSmoothing(0.1));
 * new BCEWithLogitsLoss(o -> o.posWeight(Tensor.of(3.0)));
 * }</pre>
 *
 * <p>An option that the loss does not have is refused with the list of those it has.
 */
public final class LossOptions {
  private final KnownOptions values;

  private LossOptions(String loss, Consumer<LossOptions> options, String... known) {
    this.values = new KnownOptions(loss, known);
    given(options, "options").accept(this);
  }

  static LossOptions crossEntropy(Consumer<LossOptions> options) {
    return new LossOptions(
        "crossEntropy", options, "weight", "ignoreIndex", "reduction", "labelSmoothing");
  }

  static LossOptions nll(Consumer<LossOptions> options) {
    return new LossOptions("nllLoss", options, "weight", "ignoreIndex", "reduction");
  }

  static LossOptions binaryCrossEntropy(Consumer<LossOptions> options) {
    return new LossOptions("binaryCrossEntropy", options, "weight", "reduction");
  }

  static LossOptions withLogits(Consumer<LossOptions> options) {
    return new LossOptions(
        "binaryCrossEntropyWithLogits", options, "weight", "reduction", "posWeight");
  }

  static LossOptions multilabelSoftMargin(Consumer<LossOptions> options) {
    return new LossOptions("multilabelSoftMarginLoss", options, "weight", "reduction");
  }

  static LossOptions multiMargin(Consumer<LossOptions> options) {
    return new LossOptions("multiMarginLoss", options, "p", "margin", "weight", "reduction");
  }

  static LossOptions poissonNll(Consumer<LossOptions> options) {
    return new LossOptions("poissonNllLoss", options, "logInput", "full", "eps", "reduction");
  }

  static LossOptions gaussianNll(Consumer<LossOptions> options) {
    return new LossOptions("gaussianNllLoss", options, "full", "eps", "reduction");
  }

  static LossOptions tripletMargin(Consumer<LossOptions> options) {
    return new LossOptions("tripletMarginLoss", options, "margin", "p", "eps", "swap", "reduction");
  }

  /** A factor for each class, or for each element where a loss is binary; null for none. */
  public LossOptions weight(Tensor weight) {
    return put("weight", weight);
  }

  /** A factor for the positive part, one a class; null for none. */
  public LossOptions posWeight(Tensor posWeight) {
    return put("posWeight", posWeight);
  }

  /** A class whose samples do not count, −100. */
  public LossOptions ignoreIndex(long ignoreIndex) {
    return put("ignoreIndex", ignoreIndex);
  }

  /** What becomes of the samples, {@link Reduction#MEAN}. */
  public LossOptions reduction(Reduction reduction) {
    return put("reduction", given(reduction, "reduction"));
  }

  /** How much of the target is spread evenly over all classes, 0; at most 1. */
  public LossOptions labelSmoothing(double labelSmoothing) {
    return put("labelSmoothing", labelSmoothing);
  }

  /** By how much the right one shall win, 1. */
  public LossOptions margin(double margin) {
    return put("margin", margin);
  }

  /** The exponent: 2 of a distance, 1 of the margins of classes. */
  public LossOptions p(double p) {
    return put("p", p);
  }

  /** Whether the distance of positive and negative counts if it is smaller than the anchor's. */
  public LossOptions swap(boolean swap) {
    return put("swap", swap);
  }

  /** Whether the input is the logarithm of the expected count; it is if not told. */
  public LossOptions logInput(boolean logInput) {
    return put("logInput", logInput);
  }

  /** Whether to add the terms that do not depend on the input. */
  public LossOptions full(boolean full) {
    return put("full", full);
  }

  /** The least variance 1e-6, or what is added: 1e-8 to a count, 1e-6 to a difference. */
  public LossOptions eps(double eps) {
    return put("eps", eps);
  }

  private LossOptions put(String name, Object value) {
    values.put(name, value);
    return this;
  }

  Tensor weight() {
    return values.get("weight", (Tensor) null);
  }

  Tensor posWeight() {
    return values.get("posWeight", (Tensor) null);
  }

  long ignoreIndex() {
    return values.get("ignoreIndex", -100L);
  }

  Reduction reduction() {
    return values.get("reduction", Reduction.MEAN);
  }

  double number(String name, double otherwise) {
    return values.get(name, otherwise);
  }

  boolean flag(String name, boolean otherwise) {
    return values.get(name, otherwise);
  }
}
