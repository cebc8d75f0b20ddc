package gradus.nn;

import static gradus.tensor.spi.Given.given;

import gradus.nn.functional.Checks;
import gradus.nn.functional.KnownOptions;
import gradus.tensor.Tensor;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * How the layers of a transformer are made, by name; what is not said keeps PyTorch's default.
 *
 * <pre>{@code
 * new TransformerEncoderLayer(512, 8, o -> o.dropout(0.2).batchFirst(true));
 * new Transformer(512, 8, o -> o.numEncoderLayers(3).numDecoderLayers(3));
 * }</pre>
 */
public final class TransformerOptions {
  private final KnownOptions values;

  private TransformerOptions(String owner, Consumer<TransformerOptions> options, String... known) {
    this.values = new KnownOptions(owner, known);
    given(options, "options").accept(this);
  }

  static TransformerOptions ofLayer(String owner, Consumer<TransformerOptions> options) {
    return new TransformerOptions(
        owner,
        options,
        "dimFeedforward",
        "dropout",
        "activation",
        "layerNormEps",
        "batchFirst",
        "normFirst",
        "bias");
  }

  static TransformerOptions ofTransformer(Consumer<TransformerOptions> options) {
    return new TransformerOptions(
        "Transformer",
        options,
        "numEncoderLayers",
        "numDecoderLayers",
        "dimFeedforward",
        "dropout",
        "activation",
        "layerNormEps",
        "batchFirst",
        "normFirst",
        "bias");
  }

  /** The number of blocks of the encoder, 6. */
  public TransformerOptions numEncoderLayers(int numEncoderLayers) {
    return put("numEncoderLayers", numEncoderLayers);
  }

  /** The number of blocks of the decoder, 6. */
  public TransformerOptions numDecoderLayers(int numDecoderLayers) {
    return put("numDecoderLayers", numDecoderLayers);
  }

  /** The features between both maps at each position, 2048. */
  public TransformerOptions dimFeedforward(int dimFeedforward) {
    return put("dimFeedforward", dimFeedforward);
  }

  /** The probability of dropping in training, 0.1. */
  public TransformerOptions dropout(double dropout) {
    return put("dropout", dropout);
  }

  /** What stands between both maps: {@code "relu"}, as if not told, or {@code "gelu"}. */
  public TransformerOptions activation(String activation) {
    return activation(
        switch (given(activation, "activation")) {
          case "relu" -> F::relu;
          case "gelu" -> F::gelu;
          default ->
              throw Checks.invalid(
                  "Transformer",
                  "activation should be relu/gelu, not %s. Or pass a function."
                      .formatted(activation));
        });
  }

  /** Any function between both maps, such as {@code F::silu}. */
  public TransformerOptions activation(UnaryOperator<Tensor> activation) {
    return put("activation", given(activation, "activation"));
  }

  /** Added to the variance in the normalisations, 1e-5. */
  public TransformerOptions layerNormEps(double layerNormEps) {
    return put("layerNormEps", layerNormEps);
  }

  /** Whether inputs are [N, L, dModel] instead of [L, N, dModel]. */
  public TransformerOptions batchFirst(boolean batchFirst) {
    return put("batchFirst", batchFirst);
  }

  /** Whether to normalise before attention and maps instead of after. */
  public TransformerOptions normFirst(boolean normFirst) {
    return put("normFirst", normFirst);
  }

  /** Whether maps and normalisations have biases; they have if not told. */
  public TransformerOptions bias(boolean bias) {
    return put("bias", bias);
  }

  private TransformerOptions put(String name, Object value) {
    values.put(name, value);
    return this;
  }

  int count(String name, int otherwise) {
    return values.get(name, otherwise);
  }

  double dropout() {
    return values.get("dropout", 0.1);
  }

  UnaryOperator<Tensor> activation() {
    return values.get("activation", F::relu);
  }

  double layerNormEps() {
    return values.get("layerNormEps", 1e-5);
  }

  boolean batchFirst() {
    return values.get("batchFirst", false);
  }

  boolean normFirst() {
    return values.get("normFirst", false);
  }

  boolean bias() {
    return values.get("bias", true);
  }

  // ---- the parts of a layer

  MultiheadAttention attention(int dModel, int nhead) {
    return new MultiheadAttention(
        dModel, nhead, o -> o.dropout(dropout()).bias(bias()).batchFirst(batchFirst()));
  }

  Linear widening(int dModel) {
    return new Linear(dModel, count("dimFeedforward", 2048), bias());
  }

  Linear narrowing(int dModel) {
    return new Linear(count("dimFeedforward", 2048), dModel, bias());
  }

  LayerNorm norm(int dModel) {
    return new LayerNorm(new int[] {dModel}, layerNormEps(), true, bias());
  }
}
