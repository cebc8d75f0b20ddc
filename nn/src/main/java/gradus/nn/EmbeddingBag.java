package gradus.nn;

import static gradus.tensor.spi.Given.given;

import gradus.tensor.Tensor;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

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
    this(
        numEmbeddings,
        embeddingDim,
        OptionalDouble.empty(),
        2,
        false,
        mode,
        false,
        false,
        OptionalInt.empty());
  }

  /**
   * Bags with all options.
   *
   * @param numEmbeddings the number of rows
   * @param embeddingDim the length of a vector
   * @param maxNorm as in {@link Embedding}
   * @param normType as in {@link Embedding}
   * @param scaleGradByFreq as in {@link Embedding}; not with max
   * @param mode {@code "sum"}, {@code "mean"} or {@code "max"}
   * @param sparse whether the gradient is row-sparse; not with max
   * @param includeLastOffset whether the last offset is the end of the last bag
   * @param paddingIdx a row that starts at zero, gets no gradient and is left out of the reduction
   */
  public EmbeddingBag(
      int numEmbeddings,
      int embeddingDim,
      OptionalDouble maxNorm,
      double normType,
      boolean scaleGradByFreq,
      String mode,
      boolean sparse,
      boolean includeLastOffset,
      OptionalInt paddingIdx) {
    this(
        Embedding.initial(numEmbeddings, embeddingDim, paddingIdx),
        maxNorm,
        normType,
        scaleGradByFreq,
        mode,
        sparse,
        includeLastOffset,
        paddingIdx);
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
    return fromPretrained(
        embeddings,
        true,
        OptionalDouble.empty(),
        2,
        false,
        "mean",
        false,
        false,
        OptionalInt.empty());
  }

  /**
   * A layer over a given table, which is shared, not copied. PyTorch: {@code
   * EmbeddingBag.from_pretrained}.
   */
  public static EmbeddingBag fromPretrained(
      Tensor embeddings,
      boolean freeze,
      OptionalDouble maxNorm,
      double normType,
      boolean scaleGradByFreq,
      String mode,
      boolean sparse,
      boolean includeLastOffset,
      OptionalInt paddingIdx) {
    return new EmbeddingBag(
        Embedding.table("fromPretrained", embeddings).requiresGrad(!freeze),
        maxNorm,
        normType,
        scaleGradByFreq,
        mode,
        sparse,
        includeLastOffset,
        paddingIdx);
  }

  @Override
  public Tensor forward(Tensor input) {
    return forward(input, Optional.empty(), Optional.empty());
  }

  /** The reduced bags that begin at {@code offsets} in the ids [n]. */
  public Tensor forward(Tensor input, Tensor offsets) {
    return forward(input, Optional.of(given(offsets, "offsets")), Optional.empty());
  }

  /**
   * The reduced bags.
   *
   * @param input ids: [B, N], or [n] with offsets
   * @param offsets where each bag begins in the ids [n]
   * @param perSampleWeights a factor for each row, with sum only
   * @return [B, embeddingDim]
   */
  public Tensor forward(Tensor input, Optional<Tensor> offsets, Optional<Tensor> perSampleWeights) {
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
