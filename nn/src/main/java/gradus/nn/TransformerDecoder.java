package gradus.nn;

import static gradus.tensor.spi.Given.given;

import gradus.tensor.Tensor;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Blocks of a transformer decoder one after another, and perhaps a normalisation at the end.
 *
 * <pre>{@code
 * var decoder = new TransformerDecoder(new TransformerDecoderLayer(512, 8), 6);
 * decoder.forward(tgt, memory, o -> o.tgtIsCausal(true));   // [T, N, 512], [S, N, 512] to [T, N, 512]
 * }</pre>
 *
 * <p>PyTorch: {@code torch.nn.TransformerDecoder}.
 */
public class TransformerDecoder extends Layer {
  /** The blocks, in order. */
  public final LayerList layers;

  /** The normalisation at the end. */
  public final Optional<Layer> norm;

  /**
   * Copies of a block, one after another.
   *
   * @param decoderLayer the block; it is copied, and not itself used
   * @param numLayers the number of blocks
   */
  public TransformerDecoder(TransformerDecoderLayer decoderLayer, int numLayers) {
    this(TransformerEncoder.copies(decoderLayer, numLayers), Optional.empty());
  }

  /**
   * Copies of a block, and a normalisation at the end.
   *
   * @param decoderLayer the block; it is copied, and not itself used
   * @param numLayers the number of blocks
   * @param norm the normalisation
   */
  public TransformerDecoder(TransformerDecoderLayer decoderLayer, int numLayers, Layer norm) {
    this(TransformerEncoder.copies(decoderLayer, numLayers), Optional.of(given(norm, "norm")));
  }

  private TransformerDecoder(LayerList layers, Optional<Layer> norm) {
    this.layers = layers;
    this.norm = norm;
  }

  /**
   * The decoder's output, nothing masked.
   *
   * @param tgt [T, N, dModel]
   * @param memory what the encoder left [S, N, dModel]
   * @return the shape of {@code tgt}
   */
  public Tensor forward(Tensor tgt, Tensor memory) {
    return forward(tgt, memory, _ -> {});
  }

  /**
   * The decoder's output.
   *
   * @param tgt [T, N, dModel]
   * @param memory what the encoder left [S, N, dModel]
   * @param options tgtMask [T, T], memoryMask [T, S], tgtKeyPaddingMask [N, T],
   *     memoryKeyPaddingMask [N, S], tgtIsCausal, memoryIsCausal
   * @return the shape of {@code tgt}
   */
  public Tensor forward(Tensor tgt, Tensor memory, Consumer<MaskOptions> options) {
    return decode(tgt, memory, MaskOptions.decoder("TransformerDecoder", options));
  }

  Tensor decode(Tensor tgt, Tensor memory, MaskOptions masks) {
    Tensor output = tgt;
    for (Layer layer : layers) {
      var own = (TransformerDecoderLayer) layer;
      output = own.call(output, x -> own.decode(x, memory, masks));
    }
    return norm.isPresent() ? norm.get().call(output) : output;
  }

  @Override
  public TransformerDecoder copy() {
    var copy = new TransformerDecoder(layers.copy(), norm.map(Layer::copy));
    copy.training(training());
    return copy;
  }
}
