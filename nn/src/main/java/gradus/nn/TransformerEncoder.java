package gradus.nn;

import static gradus.tensor.spi.Given.given;

import gradus.nn.functional.Checks;
import gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Several {@link TransformerEncoderLayer}s one after another, and perhaps a normalisation at the
 * end.
 *
 * <pre>{@code
 * var encoder = new TransformerEncoder(new TransformerEncoderLayer(512, 8), 6);
 * encoder.forward(src);   // [10, 32, 512] to [10, 32, 512]
 * }</pre>
 *
 * <p>PyTorch: {@code torch.nn.TransformerEncoder}.
 */
public class TransformerEncoder extends Layer {
  /** What a block needs besides its numbers, in bytes; about. */
  private static final long OBJECTS = 1 << 13;

  /** The blocks, in order. */
  public final LayerList layers;

  /** The normalisation at the end. */
  public final Optional<Layer> norm;

  /**
   * Copies of a block, one after another.
   *
   * @param encoderLayer the block; it is copied, and not itself used
   * @param numLayers the number of blocks
   */
  public TransformerEncoder(TransformerEncoderLayer encoderLayer, int numLayers) {
    this(copies(encoderLayer, numLayers), Optional.empty());
  }

  /**
   * Copies of a block, and a normalisation at the end.
   *
   * @param encoderLayer the block; it is copied, and not itself used
   * @param numLayers the number of blocks
   * @param norm the normalisation
   */
  public TransformerEncoder(TransformerEncoderLayer encoderLayer, int numLayers, Layer norm) {
    this(copies(encoderLayer, numLayers), Optional.of(given(norm, "norm")));
  }

  /** Copies of a block; more than fit into memory are refused, instead of filling it. */
  static LayerList copies(Layer layer, int numLayers) {
    long bytes = OBJECTS;
    for (Tensor parameter : given(layer, "layer").parameters()) {
      bytes += (long) parameter.numel() * parameter.dtype().itemSize();
    }
    if (numLayers < 0 || numLayers * (double) bytes > Runtime.getRuntime().maxMemory()) {
      throw Checks.invalid(
          layer.name().replace("Layer", ""),
          ("numLayers is %s. It counts blocks, 0 or more, of %s bytes each, which must fit "
                  + "into the %s MiB of -Xmx.")
              .formatted(numLayers, bytes, Runtime.getRuntime().maxMemory() >> 20));
    }
    return new LayerList(Stream.generate(layer::copy).limit(numLayers).toList());
  }

  private TransformerEncoder(LayerList layers, Optional<Layer> norm) {
    this.layers = layers;
    this.norm = norm;
  }

  @Override
  public Tensor forward(Tensor src) {
    return forward(src, _ -> {});
  }

  /** The encoder's output where {@code mask} says who must not see whom. */
  public Tensor forward(Tensor src, Tensor mask) {
    return forward(src, o -> o.mask(given(mask, "mask")));
  }

  /**
   * The encoder's output.
   *
   * @param src [L, N, dModel]
   * @param options mask [L, L], srcKeyPaddingMask [N, L], isCausal
   * @return the shape of {@code src}
   */
  public Tensor forward(Tensor src, Consumer<MaskOptions> options) {
    return encode(src, options).output();
  }

  /**
   * The encoder's output, and on request how it came about: the vectors after each layer, and where
   * each head looked.
   *
   * @param src [L, N, dModel]
   * @param options mask, srcKeyPaddingMask, isCausal, outputHiddenStates, outputAttentions
   */
  public Encoded encode(Tensor src, Consumer<MaskOptions> options) {
    var o = MaskOptions.encoder(options);
    boolean outputHiddenStates = o.flag("outputHiddenStates");
    boolean outputAttentions = o.flag("outputAttentions");
    Tensor mask = o.tensor("mask");
    var hiddenStates = new ArrayList<Tensor>();
    var attentions = new ArrayList<Tensor>();
    Tensor output = given(src, "src");
    for (Layer each : layers) {
      if (outputHiddenStates) {
        hiddenStates.add(output);
      }
      var layer = (TransformerEncoderLayer) each;
      mask = layer.selfAttn.mask(src, src, mask, o.flag("isCausal"));
      Tensor seen = mask;
      output =
          layer.call(
              output,
              x -> {
                Attended block =
                    layer.attend(x, seen, o.tensor("srcKeyPaddingMask"), outputAttentions);
                if (outputAttentions) {
                  attentions.add(block.weights());
                }
                return block.output();
              });
    }
    output = norm.isPresent() ? norm.get().call(output) : output;
    if (outputHiddenStates) {
      hiddenStates.add(output);
    }
    return new Encoded(output, List.copyOf(hiddenStates), List.copyOf(attentions));
  }

  @Override
  public TransformerEncoder copy() {
    var copy = new TransformerEncoder(layers.copy(), norm.map(Layer::copy));
    copy.training(training());
    return copy;
  }
}
