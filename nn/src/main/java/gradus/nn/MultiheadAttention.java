package gradus.nn;

import static gradus.tensor.spi.Given.given;

import gradus.nn.functional.Checks;
import gradus.tensor.Tensor;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Attention with several heads side by side, each over its part of the vectors.
 *
 * <pre>{@code
 * var attention = new MultiheadAttention(8, 2, true);        // batch first
 * attention.forward(x, x, x).output();                       // x [N, L, 8] to [N, L, 8]
 * }</pre>
 *
 * <p>Inputs are [L, N, E], or [N, L, E] with {@code batchFirst}, or [L, E] without a batch. Masks
 * are true where attention is <em>not</em> allowed. PyTorch: {@code torch.nn.MultiheadAttention};
 * Vaswani et al. 2017.
 */
public class MultiheadAttention extends Layer {
  /**
   * The weights of query, key and value one above the other [3E, E]; empty if kdim or vdim differ
   * from E.
   */
  public final Optional<Tensor> inProjWeight;

  /** The weight of the query [E, E], if kdim or vdim differ from E. */
  public final Optional<Tensor> qProjWeight;

  /** The weight of the key [E, kdim], if kdim or vdim differ from E. */
  public final Optional<Tensor> kProjWeight;

  /** The weight of the value [E, vdim], if kdim or vdim differ from E. */
  public final Optional<Tensor> vProjWeight;

  /** The biases of query, key and value one after another [3E]. */
  public final Optional<Tensor> inProjBias;

  /** The map of the joined heads [*, E] to [*, E]. */
  public final Linear outProj;

  /** A learned key added to all [1, 1, E], with {@code addBiasKv}. */
  public final Optional<Tensor> biasK;

  /** The value that belongs to it [1, 1, E]. */
  public final Optional<Tensor> biasV;

  final int embedDim;
  final int numHeads;
  final boolean batchFirst;
  private final double dropout;
  private final boolean addZeroAttn;

  /**
   * Attention over [L, N, embedDim].
   *
   * @param embedDim the length of the vectors
   * @param numHeads the number of heads; it divides {@code embedDim}
   */
  public MultiheadAttention(int embedDim, int numHeads) {
    this(embedDim, numHeads, false);
  }

  /**
   * Attention over [N, L, embedDim] if {@code batchFirst}.
   *
   * @param embedDim the length of the vectors
   * @param numHeads the number of heads; it divides {@code embedDim}
   * @param batchFirst whether the batch is dimension 0
   */
  public MultiheadAttention(int embedDim, int numHeads, boolean batchFirst) {
    this(embedDim, numHeads, o -> o.batchFirst(batchFirst));
  }

  /**
   * Attention with options by name.
   *
   * @param embedDim the length of the vectors
   * @param numHeads the number of heads; it divides {@code embedDim}
   * @param options dropout, bias, addBiasKv, addZeroAttn, kdim, vdim, batchFirst
   */
  public MultiheadAttention(
      int embedDim, int numHeads, Consumer<MultiheadAttentionOptions> options) {
    var o = new MultiheadAttentionOptions(embedDim);
    given(options, "options").accept(o);
    if (numHeads <= 0 || embedDim % numHeads != 0) {
      throw Checks.invalid(
          "MultiheadAttention",
          "embedDim %s and %s heads. embed_dim must be divisible by num_heads."
              .formatted(embedDim, numHeads));
    }
    boolean same = o.kdim == embedDim && o.vdim == embedDim;
    this.embedDim = embedDim;
    this.numHeads = numHeads;
    this.dropout = Checks.probability("MultiheadAttention", o.dropout);
    this.addZeroAttn = o.addZeroAttn;
    this.batchFirst = o.batchFirst;
    // In PyTorch's order, so that the same seed gives the same numbers.
    this.outProj = new OutProjection(embedDim, o.bias);
    this.inProjWeight = xavier(same, 3 * embedDim, embedDim);
    this.qProjWeight = xavier(!same, embedDim, embedDim);
    this.kProjWeight = xavier(!same, embedDim, o.kdim);
    this.vProjWeight = xavier(!same, embedDim, o.vdim);
    this.inProjBias =
        o.bias ? Optional.of(parameter(Tensor.zeros(3 * embedDim))) : Optional.empty();
    this.outProj.bias.ifPresent(Init::zeros_);
    this.biasK = extra(o.addBiasKv, embedDim);
    this.biasV = extra(o.addBiasKv, embedDim);
  }

  private MultiheadAttention(MultiheadAttention source) {
    this.embedDim = source.embedDim;
    this.numHeads = source.numHeads;
    this.dropout = source.dropout;
    this.addZeroAttn = source.addZeroAttn;
    this.batchFirst = source.batchFirst;
    this.outProj = source.outProj.copy();
    this.inProjWeight = source.inProjWeight.map(LayerTree::copy);
    this.qProjWeight = source.qProjWeight.map(LayerTree::copy);
    this.kProjWeight = source.kProjWeight.map(LayerTree::copy);
    this.vProjWeight = source.vProjWeight.map(LayerTree::copy);
    this.inProjBias = source.inProjBias.map(LayerTree::copy);
    this.biasK = source.biasK.map(LayerTree::copy);
    this.biasV = source.biasV.map(LayerTree::copy);
    training(source.training());
  }

  /** Prints under PyTorch's name for this map. */
  private static final class OutProjection extends Linear {
    OutProjection(int embedDim, boolean bias) {
      super(embedDim, embedDim, bias);
    }

    private OutProjection(OutProjection source) {
      super(source);
    }

    @Override
    public OutProjection copy() {
      return new OutProjection(this);
    }

    @Override
    protected String name() {
      return "NonDynamicallyQuantizableLinear";
    }
  }

  private static Optional<Tensor> xavier(boolean wanted, int rows, int columns) {
    return wanted
        ? Optional.of(parameter(Init.xavierUniform_(Tensor.empty(rows, columns))))
        : Optional.empty();
  }

  private static Optional<Tensor> extra(boolean wanted, int embedDim) {
    return wanted
        ? Optional.of(parameter(Init.xavierNormal_(Tensor.empty(1, 1, embedDim))))
        : Optional.empty();
  }

  /**
   * The attended values and the weights, averaged over the heads.
   *
   * @param query what asks [L, N, E]
   * @param key what is looked at [S, N, kdim]
   * @param value what is taken [S, N, vdim]
   * @return output [L, N, E] and weights [N, L, S]
   */
  public Attended forward(Tensor query, Tensor key, Tensor value) {
    return forward(query, key, value, _ -> {});
  }

  /**
   * The attended values, and the weights on request.
   *
   * @param query what asks [L, N, E]
   * @param key what is looked at [S, N, kdim]
   * @param value what is taken [S, N, vdim]
   * @param options keyPaddingMask [N, S] or [S]; attnMask [L, S] or [N·heads, L, S]; isCausal;
   *     needWeights, averageAttnWeights
   * @return output [L, N, E], weights [N, L, S], or [N, heads, L, S] if not averaged
   */
  public Attended forward(
      Tensor query, Tensor key, Tensor value, Consumer<AttentionOptions> options) {
    var o = AttentionOptions.multihead(options);
    Tensor mask = mask(query, key, o.attnMask(), o.isCausal());
    return attend(
        query, key, value, mask, o.keyPaddingMask(), o.needWeights(), o.averageAttnWeights());
  }

  /** A given mask, or that of {@code causal} attention, or null. */
  Tensor mask(Tensor query, Tensor key, Tensor given, boolean causal) {
    if (given != null || !causal) {
      return given;
    }
    return F.causalMask(length(given(query, "query")), length(given(key, "key"))).logicalNot();
  }

  private int length(Tensor x) {
    return x.size(x.dim() == 2 || !batchFirst ? 0 : 1);
  }

  /** What {@link #attend} yields, with hooks around it, which see the query and the output. */
  Attended called(
      Tensor query,
      Tensor key,
      Tensor value,
      Tensor attnMask,
      Tensor keyPaddingMask,
      boolean needWeights) {
    var weights = new Tensor[1];
    Tensor output =
        call(
            query,
            q -> {
              Attended seen = attend(q, key, value, attnMask, keyPaddingMask, needWeights, false);
              weights[0] = needWeights ? seen.weights() : null;
              return seen.output();
            });
    return new Attended(output, weights[0]);
  }

  Attended attend(
      Tensor query,
      Tensor key,
      Tensor value,
      Tensor attnMask,
      Tensor keyPaddingMask,
      boolean needWeights,
      boolean averageAttnWeights) {
    given(query, "query");
    given(key, "key");
    given(value, "value");
    var masks =
        new AttentionMask(Optional.ofNullable(keyPaddingMask), Optional.ofNullable(attnMask));
    return new AttentionHeads(this, masks, training() ? dropout : 0)
        .attend(query, key, value, needWeights, averageAttnWeights);
  }

  /** The weight of query (0), key (1) or value (2). */
  Tensor projectionWeight(int which) {
    return inProjWeight
        .map(all -> all.narrow(0, which * embedDim, embedDim))
        .orElseGet(
            () ->
                (which == 0 ? qProjWeight : which == 1 ? kProjWeight : vProjWeight).orElseThrow());
  }

  /** The bias of query (0), key (1) or value (2). */
  Optional<Tensor> projectionBias(int which) {
    return inProjBias.map(all -> all.narrow(0, which * embedDim, embedDim));
  }

  boolean addZeroAttn() {
    return addZeroAttn;
  }

  @Override
  public MultiheadAttention copy() {
    return new MultiheadAttention(this);
  }
}
