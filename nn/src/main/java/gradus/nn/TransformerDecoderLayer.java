package gradus.nn;

import static gradus.tensor.spi.Given.given;

import gradus.tensor.Tensor;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * One block of a transformer decoder: self-attention, attention to what the encoder left, then two
 * linear maps at each position, each with a shortcut around it and a normalisation.
 *
 * <pre>{@code
 * var layer = new TransformerDecoderLayer(512, 8);
 * layer.forward(tgt, memory, o -> o.tgtIsCausal(true));   // [T, N, 512], [S, N, 512] to [T, N, 512]
 * }</pre>
 *
 * <p>Inputs are [T, N, dModel] and [S, N, dModel], with {@code batchFirst} [N, T, dModel] and [N,
 * S, dModel]. PyTorch: {@code torch.nn.TransformerDecoderLayer}; Vaswani et al. 2017.
 */
public class TransformerDecoderLayer extends Layer {
  /** Lets the target's positions look at each other. */
  public final MultiheadAttention selfAttn;

  /** Lets the target's positions look at the memory. */
  public final MultiheadAttention multiheadAttn;

  /** The first map at each position, dModel to dimFeedforward. */
  public final Linear linear1;

  /** Between both maps. */
  public final Dropout dropout;

  /** The second map at each position, dimFeedforward to dModel. */
  public final Linear linear2;

  /** Around the self-attention. */
  public final LayerNorm norm1;

  /** Around the attention to the memory. */
  public final LayerNorm norm2;

  /** Around the maps. */
  public final LayerNorm norm3;

  /** After the self-attention. */
  public final Dropout dropout1;

  /** After the attention to the memory. */
  public final Dropout dropout2;

  /** After the maps. */
  public final Dropout dropout3;

  private final transient UnaryOperator<Tensor> activation;
  private final boolean normFirst;

  /**
   * A block with PyTorch's defaults: 2048 features between the maps, dropout 0.1, ReLU, the batch
   * second.
   *
   * @param dModel the length of the vectors
   * @param nhead the number of heads
   */
  public TransformerDecoderLayer(int dModel, int nhead) {
    this(dModel, nhead, _ -> {});
  }

  /**
   * A block with options by name.
   *
   * @param dModel the length of the vectors
   * @param nhead the number of heads
   * @param options dimFeedforward, dropout, activation, layerNormEps, batchFirst, normFirst, bias
   */
  public TransformerDecoderLayer(int dModel, int nhead, Consumer<TransformerOptions> options) {
    this(dModel, nhead, TransformerOptions.ofLayer("TransformerDecoderLayer", options));
  }

  TransformerDecoderLayer(int dModel, int nhead, TransformerOptions options) {
    this.selfAttn = options.attention(dModel, nhead);
    this.multiheadAttn = options.attention(dModel, nhead);
    this.linear1 = options.widening(dModel);
    this.dropout = new Dropout(options.dropout());
    this.linear2 = options.narrowing(dModel);
    this.norm1 = options.norm(dModel);
    this.norm2 = options.norm(dModel);
    this.norm3 = options.norm(dModel);
    this.dropout1 = new Dropout(options.dropout());
    this.dropout2 = new Dropout(options.dropout());
    this.dropout3 = new Dropout(options.dropout());
    this.activation = options.activation();
    this.normFirst = options.normFirst();
  }

  private TransformerDecoderLayer(TransformerDecoderLayer source) {
    this.selfAttn = source.selfAttn.copy();
    this.multiheadAttn = source.multiheadAttn.copy();
    this.linear1 = source.linear1.copy();
    this.dropout = (Dropout) source.dropout.copy();
    this.linear2 = source.linear2.copy();
    this.norm1 = source.norm1.copy();
    this.norm2 = source.norm2.copy();
    this.norm3 = source.norm3.copy();
    this.dropout1 = (Dropout) source.dropout1.copy();
    this.dropout2 = (Dropout) source.dropout2.copy();
    this.dropout3 = (Dropout) source.dropout3.copy();
    this.activation = source.activation;
    this.normFirst = source.normFirst;
    training(source.training());
  }

  /**
   * The block's output, nothing masked.
   *
   * @param tgt [T, N, dModel]
   * @param memory what the encoder left [S, N, dModel]
   * @return the shape of {@code tgt}
   */
  public Tensor forward(Tensor tgt, Tensor memory) {
    return forward(tgt, memory, _ -> {});
  }

  /**
   * The block's output.
   *
   * @param tgt [T, N, dModel]
   * @param memory what the encoder left [S, N, dModel]
   * @param options tgtMask [T, T], memoryMask [T, S], tgtKeyPaddingMask [N, T],
   *     memoryKeyPaddingMask [N, S], tgtIsCausal, memoryIsCausal
   * @return the shape of {@code tgt}
   */
  public Tensor forward(Tensor tgt, Tensor memory, Consumer<MaskOptions> options) {
    return decode(tgt, memory, MaskOptions.decoder("TransformerDecoderLayer", options));
  }

  Tensor decode(Tensor tgt, Tensor memory, MaskOptions masks) {
    given(tgt, "tgt");
    given(memory, "memory");
    if (normFirst) {
      Tensor seen = tgt.add(lookAround(norm1.call(tgt), masks));
      Tensor read = seen.add(lookUp(norm2.call(seen), memory, masks));
      return read.add(feedForward(norm3.call(read)));
    }
    Tensor seen = norm1.call(tgt.add(lookAround(tgt, masks)));
    Tensor read = norm2.call(seen.add(lookUp(seen, memory, masks)));
    return norm3.call(read.add(feedForward(read)));
  }

  private Tensor lookAround(Tensor x, MaskOptions masks) {
    Tensor mask = selfAttn.mask(x, x, masks.tensor("tgtMask"), masks.flag("tgtIsCausal"));
    Tensor padding = masks.tensor("tgtKeyPaddingMask");
    return dropout1.call(selfAttn.called(x, x, x, mask, padding, false).output());
  }

  private Tensor lookUp(Tensor x, Tensor memory, MaskOptions masks) {
    Tensor mask =
        multiheadAttn.mask(x, memory, masks.tensor("memoryMask"), masks.flag("memoryIsCausal"));
    Tensor padding = masks.tensor("memoryKeyPaddingMask");
    return dropout2.call(multiheadAttn.called(x, memory, memory, mask, padding, false).output());
  }

  private Tensor feedForward(Tensor x) {
    Tensor hidden = dropout.call(activation.apply(linear1.call(x)));
    return dropout3.call(linear2.call(hidden));
  }

  @Override
  public TransformerDecoderLayer copy() {
    return new TransformerDecoderLayer(this);
  }
}
