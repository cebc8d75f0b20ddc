package gradus.nn;

import static gradus.tensor.spi.Given.given;

import gradus.tensor.Tensor;
import java.util.function.Consumer;
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
    this(dModel, nhead, _ -> {});
  }

  /**
   * A block with options by name.
   *
   * @param dModel the length of the vectors
   * @param nhead the number of heads
   * @param options dimFeedforward, dropout, activation, layerNormEps, batchFirst, normFirst, bias
   */
  public TransformerEncoderLayer(int dModel, int nhead, Consumer<TransformerOptions> options) {
    this(dModel, nhead, TransformerOptions.ofLayer("TransformerEncoderLayer", options));
  }

  TransformerEncoderLayer(int dModel, int nhead, TransformerOptions options) {
    this.selfAttn = options.attention(dModel, nhead);
    this.linear1 = options.widening(dModel);
    this.dropout = new Dropout(options.dropout());
    this.linear2 = options.narrowing(dModel);
    this.norm1 = options.norm(dModel);
    this.norm2 = options.norm(dModel);
    this.dropout1 = new Dropout(options.dropout());
    this.dropout2 = new Dropout(options.dropout());
    this.activation = options.activation();
    this.normFirst = options.normFirst();
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

  @Override
  public Tensor forward(Tensor src) {
    return attend(src, null, null, false).output();
  }

  /** The block's output where {@code srcMask} says who must not see whom. */
  public Tensor forward(Tensor src, Tensor srcMask) {
    return attend(src, given(srcMask, "srcMask"), null, false).output();
  }

  /**
   * The block's output.
   *
   * @param src [L, N, dModel]
   * @param options srcMask [L, L], srcKeyPaddingMask [N, L], isCausal
   * @return the shape of {@code src}
   */
  public Tensor forward(Tensor src, Consumer<MaskOptions> options) {
    var o = MaskOptions.encoderLayer(options);
    Tensor mask = selfAttn.mask(src, src, o.tensor("srcMask"), o.flag("isCausal"));
    return attend(src, mask, o.tensor("srcKeyPaddingMask"), false).output();
  }

  /** The output, and where each head looked [N, heads, L, L] if {@code needWeights}. */
  Attended attend(Tensor src, Tensor srcMask, Tensor srcKeyPaddingMask, boolean needWeights) {
    Tensor x = normFirst ? norm1.call(src) : src;
    Attended seen = selfAttn.called(x, x, x, srcMask, srcKeyPaddingMask, needWeights);
    Tensor mixed = src.add(dropout1.call(seen.output()));
    Tensor output =
        normFirst ? mixed.add(feedForward(norm2.call(mixed))) : afterNorm(norm1.call(mixed));
    return needWeights ? new Attended(output, seen.weights()) : Attended.withoutWeights(output);
  }

  private Tensor afterNorm(Tensor x) {
    return norm2.call(x.add(feedForward(x)));
  }

  private Tensor feedForward(Tensor x) {
    Tensor hidden = dropout.call(activation.apply(linear1.call(x)));
    return dropout2.call(linear2.call(hidden));
  }

  @Override
  public TransformerEncoderLayer copy() {
    return new TransformerEncoderLayer(this);
  }
}
