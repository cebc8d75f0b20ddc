package gradus.nn;

import static gradus.tensor.spi.Given.given;

import gradus.nn.functional.Checks;
import gradus.tensor.Tensor;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/**
 * One block of a transformer encoder: self-attention, then two linear maps at each position, each
 * with a shortcut around it and a normalisation.
 *
 * <p>Inputs are [L, N, dModel], or [N, L, dModel] with {@code batchFirst}. PyTorch: {@code
 * torch.nn.TransformerEncoderLayer}; Vaswani et al. 2017.
 */
public class TransformerEncoderLayer extends Layer {
  /** Lets every position look at every other. */
  public final MultiheadAttention selfAttn;

  /** The first map at each position, dModel to dimFeedforward. */
  public final Linear linear1;

  /** Between both maps. */
  public final Dropout dropout;

  /** The second map at each position, dimFeedforward to dModel. */
  public final Linear linear2;

  /** Around the attention. */
  public final LayerNorm norm1;

  /** Around the maps. */
  public final LayerNorm norm2;

  /** After the attention. */
  public final Dropout dropout1;

  /** After the maps. */
  public final Dropout dropout2;

  private final transient UnaryOperator<Tensor> activation;
  private final boolean normFirst;

  /**
   * A block with PyTorch's defaults: 2048 features between the maps, dropout 0.1, ReLU, the batch
   * second.
   *
   * @param dModel the length of the vectors
   * @param nhead the number of heads
   */
  public TransformerEncoderLayer(int dModel, int nhead) {
    this(dModel, nhead, 2048, 0.1, "relu", 1e-5, false, false);
  }

  /**
   * A block with the activation by name.
   *
   * @param dModel the length of the vectors
   * @param nhead the number of heads
   * @param dimFeedforward the features between both maps
   * @param dropout the probability of dropping
   * @param activation {@code "relu"} or {@code "gelu"}
   * @param layerNormEps the eps of the normalisations
   * @param batchFirst whether the batch is dimension 0
   * @param normFirst whether to normalise before attention and maps instead of after
   */
  public TransformerEncoderLayer(
      int dModel,
      int nhead,
      int dimFeedforward,
      double dropout,
      String activation,
      double layerNormEps,
      boolean batchFirst,
      boolean normFirst) {
    this(
        dModel,
        nhead,
        dimFeedforward,
        dropout,
        named(activation),
        layerNormEps,
        batchFirst,
        normFirst);
  }

  /**
   * A block with any activation.
   *
   * @param dModel the length of the vectors
   * @param nhead the number of heads
   * @param dimFeedforward the features between both maps
   * @param dropout the probability of dropping
   * @param activation between both maps
   * @param layerNormEps the eps of the normalisations
   * @param batchFirst whether the batch is dimension 0
   * @param normFirst whether to normalise before attention and maps instead of after
   */
  public TransformerEncoderLayer(
      int dModel,
      int nhead,
      int dimFeedforward,
      double dropout,
      UnaryOperator<Tensor> activation,
      double layerNormEps,
      boolean batchFirst,
      boolean normFirst) {
    this.selfAttn =
        new MultiheadAttention(
            dModel,
            nhead,
            dropout,
            true,
            false,
            false,
            OptionalInt.empty(),
            OptionalInt.empty(),
            batchFirst);
    this.linear1 = new Linear(dModel, dimFeedforward);
    this.dropout = new Dropout(dropout);
    this.linear2 = new Linear(dimFeedforward, dModel);
    this.norm1 = new LayerNorm(new int[] {dModel}, layerNormEps);
    this.norm2 = new LayerNorm(new int[] {dModel}, layerNormEps);
    this.dropout1 = new Dropout(dropout);
    this.dropout2 = new Dropout(dropout);
    this.activation = given(activation, "activation");
    this.normFirst = normFirst;
  }

  private TransformerEncoderLayer(TransformerEncoderLayer source) {
    this.selfAttn = source.selfAttn.copy();
    this.linear1 = source.linear1.copy();
    this.dropout = (Dropout) source.dropout.copy();
    this.linear2 = source.linear2.copy();
    this.norm1 = source.norm1.copy();
    this.norm2 = source.norm2.copy();
    this.dropout1 = (Dropout) source.dropout1.copy();
    this.dropout2 = (Dropout) source.dropout2.copy();
    this.activation = source.activation;
    this.normFirst = source.normFirst;
    training(source.training());
  }

  private static UnaryOperator<Tensor> named(String activation) {
    return switch (given(activation, "activation")) {
      case "relu" -> F::relu;
      case "gelu" -> F::gelu;
      default ->
          throw Checks.invalid(
              "TransformerEncoderLayer",
              "activation should be relu/gelu, not " + activation + ". Or pass a function.");
    };
  }

  @Override
  public Tensor forward(Tensor src) {
    return forward(src, Optional.empty(), Optional.empty());
  }

  /** The block's output where {@code srcMask} says who must not see whom. */
  public Tensor forward(Tensor src, Tensor srcMask) {
    return forward(src, Optional.of(given(srcMask, "srcMask")), Optional.empty());
  }

  /**
   * The block's output.
   *
   * @param src [L, N, dModel]
   * @param srcMask who must not see whom [L, L], see {@link MultiheadAttention}
   * @param srcKeyPaddingMask positions to be left out [N, L], true for padding
   * @return the shape of {@code src}
   */
  public Tensor forward(Tensor src, Optional<Tensor> srcMask, Optional<Tensor> srcKeyPaddingMask) {
    return attend(src, srcMask, srcKeyPaddingMask, false).output();
  }

  /**
   * The block's output, and where each head looked [N, heads, L, L] if {@code needWeights}.
   *
   * @param src [L, N, dModel]
   * @param srcMask who must not see whom [L, L], see {@link MultiheadAttention}
   * @param srcKeyPaddingMask positions to be left out [N, L], true for padding
   * @param needWeights whether the attention weights are wanted
   */
  public Attended attend(
      Tensor src,
      Optional<Tensor> srcMask,
      Optional<Tensor> srcKeyPaddingMask,
      boolean needWeights) {
    Tensor x = normFirst ? norm1.forward(src) : src;
    Attended seen = selfAttn.forward(x, x, x, srcKeyPaddingMask, needWeights, srcMask, false);
    Tensor mixed = src.add(dropout1.forward(seen.output()));
    Tensor output =
        normFirst ? mixed.add(feedForward(norm2.forward(mixed))) : afterNorm(norm1.forward(mixed));
    return needWeights ? new Attended(output, seen.weights()) : Attended.withoutWeights(output);
  }

  private Tensor afterNorm(Tensor x) {
    return norm2.forward(x.add(feedForward(x)));
  }

  private Tensor feedForward(Tensor x) {
    Tensor hidden = dropout.forward(activation.apply(linear1.forward(x)));
    return dropout2.forward(linear2.forward(hidden));
  }

  @Override
  public TransformerEncoderLayer copy() {
    return new TransformerEncoderLayer(this);
  }
}
