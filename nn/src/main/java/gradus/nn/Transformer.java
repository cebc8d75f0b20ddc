package gradus.nn;

import static gradus.tensor.spi.Given.given;

import gradus.nn.functional.Checks;
import gradus.tensor.Tensor;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A whole transformer: an encoder that reads the source, and a decoder that writes the target while
 * it looks at what the encoder left.
 *
 * <pre>{@code
 * var transformer = new Transformer(512, 8, o -> o.batchFirst(true));
 * transformer.forward(src, tgt, o -> o.tgtIsCausal(true));   // [N, S, 512], [N, T, 512] to [N, T, 512]
 * }</pre>
 *
 * <p>Source and target are vectors already; words become such by an {@link Embedding} and their
 * positions. PyTorch: {@code torch.nn.Transformer}; Vaswani et al. 2017.
 */
public class Transformer extends Layer {
  /** What reads the source. */
  public final TransformerEncoder encoder;

  /** What writes the target. */
  public final TransformerDecoder decoder;

  private final int dModel;
  private final boolean batchFirst;

  /** 512 features, 8 heads, 6 blocks in the encoder and 6 in the decoder, as in the paper. */
  public Transformer() {
    this(512, 8);
  }

  /**
   * A transformer with PyTorch's defaults.
   *
   * @param dModel the length of the vectors
   * @param nhead the number of heads
   */
  public Transformer(int dModel, int nhead) {
    this(dModel, nhead, _ -> {});
  }

  /**
   * A transformer with options by name.
   *
   * @param dModel the length of the vectors
   * @param nhead the number of heads
   * @param options numEncoderLayers, numDecoderLayers, dimFeedforward, dropout, activation,
   *     layerNormEps, batchFirst, normFirst, bias
   */
  public Transformer(int dModel, int nhead, Consumer<TransformerOptions> options) {
    var o = TransformerOptions.ofTransformer(options);
    this.dModel = dModel;
    this.batchFirst = o.batchFirst();
    this.encoder =
        new TransformerEncoder(
            new TransformerEncoderLayer(dModel, nhead, o),
            o.count("numEncoderLayers", 6),
            o.norm(dModel));
    this.decoder =
        new TransformerDecoder(
            new TransformerDecoderLayer(dModel, nhead, o),
            o.count("numDecoderLayers", 6),
            o.norm(dModel));
    Stream.of(encoder, decoder)
        .flatMap(half -> half.parameters().stream())
        .filter(parameter -> parameter.dim() > 1)
        .forEach(Init::xavierUniform_);
  }

  private Transformer(Transformer source) {
    this.encoder = source.encoder.copy();
    this.decoder = source.decoder.copy();
    this.dModel = source.dModel;
    this.batchFirst = source.batchFirst;
    training(source.training());
  }

  /**
   * The decoder's output, nothing masked.
   *
   * @param src the source [S, N, dModel]
   * @param tgt the target [T, N, dModel]
   * @return the shape of {@code tgt}
   */
  public Tensor forward(Tensor src, Tensor tgt) {
    return forward(src, tgt, _ -> {});
  }

  /**
   * The decoder's output.
   *
   * @param src the source [S, N, dModel]
   * @param tgt the target [T, N, dModel]
   * @param options srcMask [S, S], tgtMask [T, T], memoryMask [T, S]; srcKeyPaddingMask [N, S],
   *     tgtKeyPaddingMask [N, T], memoryKeyPaddingMask [N, S]; srcIsCausal, tgtIsCausal,
   *     memoryIsCausal
   * @return the shape of {@code tgt}
   */
  public Tensor forward(Tensor src, Tensor tgt, Consumer<MaskOptions> options) {
    var o = MaskOptions.transformer(options);
    check(src, tgt);
    Tensor memory =
        encoder.forward(
            src,
            e ->
                e.mask(o.tensor("srcMask"))
                    .srcKeyPaddingMask(o.tensor("srcKeyPaddingMask"))
                    .isCausal(o.flag("srcIsCausal")));
    return decoder.decode(tgt, memory, o);
  }

  private void check(Tensor src, Tensor tgt) {
    int batch = batchFirst ? 0 : 1;
    boolean fit =
        given(src, "src").dim() == given(tgt, "tgt").dim()
            && (src.dim() == 2 || src.dim() == 3 && src.size(batch) == tgt.size(batch))
            && src.size(-1) == dModel
            && tgt.size(-1) == dModel;
    if (!fit) {
      throw Checks.invalid(
          "Transformer",
          "src is %s and tgt %s. Both must be %s with one batch and dModel %s."
              .formatted(
                  src.shape(),
                  tgt.shape(),
                  batchFirst ? "[N, L, dModel]" : "[L, N, dModel]",
                  dModel));
    }
  }

  /**
   * A mask [size, size] for causal attention: −∞ above the diagonal, else 0. PyTorch: {@code
   * nn.Transformer.generate_square_subsequent_mask(sz)}.
   *
   * @param size the number of positions
   */
  public static Tensor generateSquareSubsequentMask(int size) {
    return Tensor.full(new int[] {size, size}, Double.NEGATIVE_INFINITY).triu(1);
  }

  @Override
  public Transformer copy() {
    return new Transformer(this);
  }
}
