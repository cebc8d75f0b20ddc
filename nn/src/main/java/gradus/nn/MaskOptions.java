package gradus.nn;

import static gradus.tensor.spi.Given.given;

import gradus.nn.functional.KnownOptions;
import gradus.tensor.Tensor;
import java.util.function.Consumer;

/**
 * What a transformer must not look at, by name; what is not said is not masked.
 *
 * <pre>{@code
 * encoder.forward(x, o -> o.srcKeyPaddingMask(padding));
 * decoder.forward(y, memory, o -> o.tgtIsCausal(true).memoryKeyPaddingMask(padding));
 * }</pre>
 *
 * <p>Masks say who must not see whom [L, S] or [N·heads, L, S]: BOOL, true for not allowed, or
 * floating and added to the scores. Padding masks say which positions are padding [N, S]. Null is
 * none. An option that is not there is refused with the list of those that are.
 */
public final class MaskOptions {
  private final KnownOptions values;

  private MaskOptions(String owner, Consumer<MaskOptions> options, String... known) {
    this.values = new KnownOptions(owner, known);
    given(options, "options").accept(this);
  }

  static MaskOptions encoderLayer(Consumer<MaskOptions> options) {
    return new MaskOptions(
        "TransformerEncoderLayer.forward", options, "srcMask", "srcKeyPaddingMask", "isCausal");
  }

  static MaskOptions encoder(Consumer<MaskOptions> options) {
    return new MaskOptions(
        "TransformerEncoder.forward",
        options,
        "mask",
        "srcKeyPaddingMask",
        "isCausal",
        "outputHiddenStates",
        "outputAttentions");
  }

  static MaskOptions decoder(String owner, Consumer<MaskOptions> options) {
    return new MaskOptions(
        owner + ".forward",
        options,
        "tgtMask",
        "memoryMask",
        "tgtKeyPaddingMask",
        "memoryKeyPaddingMask",
        "tgtIsCausal",
        "memoryIsCausal");
  }

  static MaskOptions transformer(Consumer<MaskOptions> options) {
    return new MaskOptions(
        "Transformer.forward",
        options,
        "srcMask",
        "tgtMask",
        "memoryMask",
        "srcKeyPaddingMask",
        "tgtKeyPaddingMask",
        "memoryKeyPaddingMask",
        "srcIsCausal",
        "tgtIsCausal",
        "memoryIsCausal");
  }

  /** Who of an encoder's positions must not see whom. */
  public MaskOptions mask(Tensor mask) {
    return put("mask", mask);
  }

  /** Who of the source must not see whom. */
  public MaskOptions srcMask(Tensor srcMask) {
    return put("srcMask", srcMask);
  }

  /** Who of the target must not see whom. */
  public MaskOptions tgtMask(Tensor tgtMask) {
    return put("tgtMask", tgtMask);
  }

  /** What of the memory the target must not see. */
  public MaskOptions memoryMask(Tensor memoryMask) {
    return put("memoryMask", memoryMask);
  }

  /** What of the source is padding [N, S]. */
  public MaskOptions srcKeyPaddingMask(Tensor srcKeyPaddingMask) {
    return put("srcKeyPaddingMask", srcKeyPaddingMask);
  }

  /** What of the target is padding [N, T]. */
  public MaskOptions tgtKeyPaddingMask(Tensor tgtKeyPaddingMask) {
    return put("tgtKeyPaddingMask", tgtKeyPaddingMask);
  }

  /** What of the memory is padding [N, S]. */
  public MaskOptions memoryKeyPaddingMask(Tensor memoryKeyPaddingMask) {
    return put("memoryKeyPaddingMask", memoryKeyPaddingMask);
  }

  /** Whether position i sees positions 0..i only; a mask that is given too counts alone. */
  public MaskOptions isCausal(boolean isCausal) {
    return put("isCausal", isCausal);
  }

  /** Whether position i of the source sees positions 0..i only. */
  public MaskOptions srcIsCausal(boolean srcIsCausal) {
    return put("srcIsCausal", srcIsCausal);
  }

  /** Whether position i of the target sees positions 0..i of the target only. */
  public MaskOptions tgtIsCausal(boolean tgtIsCausal) {
    return put("tgtIsCausal", tgtIsCausal);
  }

  /** Whether position i of the target sees positions 0..i of the memory only. */
  public MaskOptions memoryIsCausal(boolean memoryIsCausal) {
    return put("memoryIsCausal", memoryIsCausal);
  }

  /** Whether the vectors of every layer are wanted, of {@link TransformerEncoder#encode}. */
  public MaskOptions outputHiddenStates(boolean outputHiddenStates) {
    return put("outputHiddenStates", outputHiddenStates);
  }

  /**
   * Whether the weights of every head are wanted, of {@link TransformerEncoder#encode}; the scores
   * then stand in memory.
   */
  public MaskOptions outputAttentions(boolean outputAttentions) {
    return put("outputAttentions", outputAttentions);
  }

  private MaskOptions put(String name, Object value) {
    values.put(name, value);
    return this;
  }

  Tensor tensor(String name) {
    return values.get(name, (Tensor) null);
  }

  boolean flag(String name) {
    return values.get(name, false);
  }
}
