package gradus.nn;

import static gradus.tensor.spi.Given.given;

import gradus.tensor.Tensor;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * A table of vectors of which whole bags are looked up and reduced to one vector each: [B, N] to
 * [B, embeddingDim].
 *
 * <pre>{@code
 * var bag = new EmbeddingBag(10, 3, "sum");
 * bag.forward(Tensor.of(1, 2, 4, 5, 4), Tensor.of(0, 3)).shape();   // two bags, [2, 3]
 * }</pre>
 *
 * <p>PyTorch: {@code torch.nn.EmbeddingBag}.
 */
public class EmbeddingBag extends Layer {
  /** The table [numEmbeddings, embeddingDim]. */
  public final Tensor weight;

  /** The number of rows. */
  public final int numEmbeddings;

  /** The length of a vector. */
  public final int embeddingDim;

  /** The row that is left out of every reduction, counted from the start. */
  public final OptionalInt paddingIdx;

  private final OptionalDouble maxNorm;
  private final double normType;
  private final boolean scaleGradByFreq;
  private final String mode;
  private final boolean sparse;
  private final boolean includeLastOffset;

  /**
   * Bags reduced to their mean.
   *
   * @param numEmbeddings the number of rows
   * @param embeddingDim the length of a vector
   */
  public EmbeddingBag(int numEmbeddings, int embeddingDim) {
    this(numEmbeddings, embeddingDim, "mean");
  }

  /**
   * Bags reduced to sum, mean or max.
   *
   * @param numEmbeddings the number of rows
   * @param embeddingDim the length of a vector
   * @param mode {@code "sum"}, {@code "mean"} or {@code "max"}
   */
  public EmbeddingBag(int numEmbeddings, int embeddingDim, String mode) {
    this(numEmbeddings, embeddingDim, o -> o.mode(mode));
  }

  /**
   * Bags with options by name.
   *
   * @param numEmbeddings the number of rows
   * @param embeddingDim the length of a vector
   * @param options mode, includeLastOffset, paddingIdx, maxNorm, normType; with sum and mean also
   *     scaleGradByFreq and sparse
   */
  public EmbeddingBag(int numEmbeddings, int embeddingDim, Consumer<EmbeddingOptions> options) {
    this(numEmbeddings, embeddingDim, EmbeddingOptions.bag("EmbeddingBag", options));
  }

  private EmbeddingBag(int numEmbeddings, int embeddingDim, EmbeddingOptions options) {
    this(Embedding.initial(numEmbeddings, embeddingDim, options.paddingIdx()), options);
  }

  private EmbeddingBag(Tensor weight, EmbeddingOptions options) {
    this(
        weight,
        options.maxNorm(),
        options.normType(),
        options.flag("scaleGradByFreq", false),
        options.mode(),
        options.flag("sparse", false),
        options.flag("includeLastOffset", false),
        options.paddingIdx());
  }

  private EmbeddingBag(
      Tensor weight,
      OptionalDouble maxNorm,
      double normType,
      boolean scaleGradByFreq,
      String mode,
      boolean sparse,
      boolean includeLastOffset,
      OptionalInt paddingIdx) {
    int row = F.paddingRow(paddingIdx, weight.size(0));
    this.weight = weight;
    this.numEmbeddings = weight.size(0);
    this.embeddingDim = weight.size(1);
    this.maxNorm = maxNorm;
    this.normType = normType;
    this.scaleGradByFreq = scaleGradByFreq;
    this.mode = mode;
    this.sparse = sparse;
    this.includeLastOffset = includeLastOffset;
    this.paddingIdx = row < 0 ? OptionalInt.empty() : OptionalInt.of(row);
  }

  /**
   * A frozen layer of means over a given table. PyTorch: {@code
   * EmbeddingBag.from_pretrained(embeddings)}.
   */
  public static EmbeddingBag fromPretrained(Tensor embeddings) {
    return fromPretrained(embeddings, _ -> {});
  }

  /**
   * A layer over a given table, which is shared, not copied. PyTorch: {@code
   * EmbeddingBag.from_pretrained}.
   *
   * @param embeddings the table [numEmbeddings, embeddingDim]
   * @param options freeze, and those of the constructor
   */
  public static EmbeddingBag fromPretrained(Tensor embeddings, Consumer<EmbeddingOptions> options) {
    var o = EmbeddingOptions.bag("EmbeddingBag.fromPretrained", options, "freeze");
    return new EmbeddingBag(
        Embedding.table("fromPretrained", embeddings).requiresGrad(!o.flag("freeze", true)), o);
  }

  @Override
  public Tensor forward(Tensor input) {
    return forward(input, null, null);
  }

  /** The reduced bags that begin at {@code offsets} in the ids [n]. */
  public Tensor forward(Tensor input, Tensor offsets) {
    return forward(input, given(offsets, "offsets"), null);
  }

  /**
   * The reduced bags.
   *
   * @param input ids: [B, N], or [n] with offsets
   * @param offsets where each bag begins in the ids [n], null for [B, N]
   * @param perSampleWeights a factor for each row, with sum only; null for none
   * @return [B, embeddingDim]
   */
  public Tensor forward(Tensor input, Tensor offsets, Tensor perSampleWeights) {
    return F.embeddingBag(
        input,
        weight,
        offsets,
        maxNorm,
        normType,
        scaleGradByFreq,
        mode,
        sparse,
        perSampleWeights,
        includeLastOffset,
        paddingIdx);
  }

  @Override
  public EmbeddingBag copy() {
    var copy =
        new EmbeddingBag(
            LayerTree.copy(weight),
            maxNorm,
            normType,
            scaleGradByFreq,
            mode,
            sparse,
            includeLastOffset,
            paddingIdx);
    copy.training(training());
    return copy;
  }

  @Override
  protected String extraRepr() {
    var text = new StringBuilder(numEmbeddings + ", " + embeddingDim);
    maxNorm.ifPresent(norm -> text.append(", max_norm=").append(PythonText.of(norm)));
    if (normType != 2) {
      text.append(", norm_type=").append(PythonText.of(normType));
    }
    if (scaleGradByFreq) {
      text.append(", scale_grad_by_freq=True");
    }
    text.append(", mode='").append(mode).append("'");
    paddingIdx.ifPresent(row -> text.append(", padding_idx=").append(row));
    return text.toString();
  }
}
