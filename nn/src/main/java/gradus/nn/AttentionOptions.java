package gradus.nn;

import static gradus.tensor.spi.Given.given;

import gradus.nn.functional.KnownOptions;
import gradus.tensor.Tensor;
import java.util.function.Consumer;

/**
 * Options of attention by name; what is not said keeps PyTorch's default.
 *
 * <pre>{@code
 * F.scaledDotProductAttention(q, k, v, o -> o.attnMask(mask).dropoutP(0.1));
 * attention.forward(x, x, x, o -> o.keyPaddingMask(padding).needWeights(false));
 * }</pre>
 *
 * <p>An option that is not there is refused with the list of those that are.
 */
public final class AttentionOptions {
  private final KnownOptions values;

  private AttentionOptions(String owner, Consumer<AttentionOptions> options, String... known) {
    this.values = new KnownOptions(owner, known);
    given(options, "options").accept(this);
  }

  static AttentionOptions scaledDotProduct(Consumer<AttentionOptions> options) {
    return new AttentionOptions(
        "scaledDotProductAttention", options, "attnMask", "dropoutP", "isCausal", "scale");
  }

  static AttentionOptions multihead(Consumer<AttentionOptions> options) {
    return new AttentionOptions(
        "MultiheadAttention.forward",
        options,
        "keyPaddingMask",
        "needWeights",
        "attnMask",
        "averageAttnWeights",
        "isCausal");
  }

  /**
   * Who sees whom; null for all. Of {@link F#scaledDotProductAttention}: broadcasts to [*, L, S],
   * true where one <em>may</em> attend. Of {@link MultiheadAttention}: [L, S] or [N·heads, L, S],
   * true where one may <em>not</em>. A floating mask is added to the scores.
   */
  public AttentionOptions attnMask(Tensor attnMask) {
    return put("attnMask", attnMask);
  }

  /**
   * Keys to be left out [N, S] or [S]: BOOL, true for padding, or floating and added to the scores;
   * null for none. Where all are, the weights are zeros and the output is the bias of the map
   * after.
   */
  public AttentionOptions keyPaddingMask(Tensor keyPaddingMask) {
    return put("keyPaddingMask", keyPaddingMask);
  }

  /** Whether position i sees positions 0..i only; a mask that is given too counts alone. */
  public AttentionOptions isCausal(boolean isCausal) {
    return put("isCausal", isCausal);
  }

  /** The probability with which a weight is dropped, 0. */
  public AttentionOptions dropoutP(double dropoutP) {
    return put("dropoutP", dropoutP);
  }

  /** The factor of the scores; 1/√E if not told. */
  public AttentionOptions scale(double scale) {
    return put("scale", scale);
  }

  /** Whether the weights are wanted beside the output; they are if not told. */
  public AttentionOptions needWeights(boolean needWeights) {
    return put("needWeights", needWeights);
  }

  /** Whether the weights are averaged over the heads; they are if not told. */
  public AttentionOptions averageAttnWeights(boolean averageAttnWeights) {
    return put("averageAttnWeights", averageAttnWeights);
  }

  private AttentionOptions put(String name, Object value) {
    values.put(name, value);
    return this;
  }

  Tensor attnMask() {
    return values.get("attnMask", (Tensor) null);
  }

  Tensor keyPaddingMask() {
    return values.get("keyPaddingMask", (Tensor) null);
  }

  boolean isCausal() {
    return values.get("isCausal", false);
  }

  double dropoutP() {
    return values.get("dropoutP", 0.0);
  }

  double scale(int size) {
    return values.get("scale", 1 / Math.sqrt(size));
  }

  boolean needWeights() {
    return values.get("needWeights", true);
  }

  boolean averageAttnWeights() {
    return values.get("averageAttnWeights", true);
  }
}
