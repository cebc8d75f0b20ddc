package gradus.nn;

import gradus.nn.functional.Checks;
import gradus.tensor.GradMode;
import gradus.tensor.Tensor;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * A table of vectors, one a word (or any id): ids [*] to vectors [*, embeddingDim].
 *
 * <pre>{@code
 * var embedding = new Embedding(50_000, 768);
 * embedding.forward(Tensor.of(new int[][] {{1, 45, 892}, {23, 1, 3345}})).shape();   // [2, 3, 768]
 * }</pre>
 *
 * <p>Looking up row i is the same as multiplying the one-hot vector of i with the table, only
 * faster. The weights start from N(0, 1). PyTorch: {@code torch.nn.Embedding}.
 */
public class Embedding extends Layer {
  /** The table [numEmbeddings, embeddingDim]. */
  public final Tensor weight;

  /** The number of rows. */
  public final int numEmbeddings;

  /** The length of a vector. */
  public final int embeddingDim;

  /** The row that stands for padding and gets no gradient, counted from the start. */
  public final OptionalInt paddingIdx;

  private final OptionalDouble maxNorm;
  private final double normType;
  private final boolean scaleGradByFreq;
  private final boolean sparse;

  /**
   * A table from N(0, 1).
   *
   * @param numEmbeddings the number of rows
   * @param embeddingDim the length of a vector
   */
  public Embedding(int numEmbeddings, int embeddingDim) {
    this(numEmbeddings, embeddingDim, _ -> {});
  }

  /**
   * A table with a row for padding: it starts at zero and gets no gradient.
   *
   * @param numEmbeddings the number of rows
   * @param embeddingDim the length of a vector
   * @param paddingIdx the row; negative counts from the end
   */
  public Embedding(int numEmbeddings, int embeddingDim, int paddingIdx) {
    this(numEmbeddings, embeddingDim, o -> o.paddingIdx(paddingIdx));
  }

  /**
   * A table whose gradient may be row-sparse: it then holds only the rows that were looked up.
   *
   * @param numEmbeddings the number of rows
   * @param embeddingDim the length of a vector
   * @param sparse whether it is; train it with SGD, SparseAdam or Adagrad
   */
  public Embedding(int numEmbeddings, int embeddingDim, boolean sparse) {
    this(numEmbeddings, embeddingDim, o -> o.sparse(sparse));
  }

  /**
   * A table with options by name.
   *
   * @param numEmbeddings the number of rows
   * @param embeddingDim the length of a vector
   * @param options paddingIdx, maxNorm, normType, scaleGradByFreq, sparse
   * @throws IllegalArgumentException if {@code paddingIdx} is outside the table
   */
  public Embedding(int numEmbeddings, int embeddingDim, Consumer<EmbeddingOptions> options) {
    this(numEmbeddings, embeddingDim, EmbeddingOptions.table("Embedding", options));
  }

  /**
   * A layer that shares its table with another layer, so that both learn it as one; {@link
   * Linear#Linear(Tensor)} is the other way round.
   *
   * @param weight the table [numEmbeddings, embeddingDim], not copied; learned if it is a parameter
   *     or requires gradients; {@link #fromPretrained(Tensor, boolean)} is for other tables
   */
  public Embedding(Tensor weight) {
    this(matrix(weight), EmbeddingOptions.table("Embedding", _ -> {}));
  }

  private Embedding(int numEmbeddings, int embeddingDim, EmbeddingOptions options) {
    this(initial(numEmbeddings, embeddingDim, options.paddingIdx()), options);
  }

  private Embedding(Tensor weight, EmbeddingOptions options) {
    this(
        weight,
        options.paddingIdx(),
        options.maxNorm(),
        options.normType(),
        options.flag("scaleGradByFreq", false),
        options.flag("sparse", false));
  }

  private Embedding(
      Tensor weight,
      OptionalInt paddingIdx,
      OptionalDouble maxNorm,
      double normType,
      boolean scaleGradByFreq,
      boolean sparse) {
    int row = F.paddingRow(paddingIdx, weight.size(0));
    this.weight = weight;
    this.numEmbeddings = weight.size(0);
    this.embeddingDim = weight.size(1);
    this.paddingIdx = row < 0 ? OptionalInt.empty() : OptionalInt.of(row);
    this.maxNorm = maxNorm;
    this.normType = normType;
    this.scaleGradByFreq = scaleGradByFreq;
    this.sparse = sparse;
  }

  /** A table from N(0, 1), the padding row zero. */
  static Tensor initial(int rows, int dim, OptionalInt paddingIdx) {
    int padding = F.paddingRow(paddingIdx, rows);
    Tensor weight = Init.normal_(Tensor.empty(rows, dim));
    if (padding >= 0) {
      try (var _ = GradMode.noGrad()) {
        weight.select(0, padding).zero_();
      }
    }
    return parameter(weight);
  }

  /** A frozen layer over a given table. PyTorch: {@code Embedding.from_pretrained(embeddings)}. */
  public static Embedding fromPretrained(Tensor embeddings) {
    return fromPretrained(embeddings, true);
  }

  /**
   * A layer over a given table, frozen or not. PyTorch: {@code
   * Embedding.from_pretrained(embeddings, freeze)}.
   */
  public static Embedding fromPretrained(Tensor embeddings, boolean freeze) {
    return fromPretrained(embeddings, o -> o.freeze(freeze));
  }

  /**
   * A layer over a given table, which is shared, not copied; its padding row stays as it is.
   * PyTorch: {@code Embedding.from_pretrained}.
   *
   * @param embeddings the table [numEmbeddings, embeddingDim]
   * @param options freeze, and those of the constructor
   * @throws IllegalArgumentException if the table does not have 2 dimensions
   */
  public static Embedding fromPretrained(Tensor embeddings, Consumer<EmbeddingOptions> options) {
    var o = EmbeddingOptions.pretrained(options);
    return new Embedding(
        table("fromPretrained", embeddings).requiresGrad(!o.flag("freeze", true)), o);
  }

  private static Tensor matrix(Tensor weight) {
    Checks.floating("Embedding", "weight", weight);
    return checked("Embedding", weight);
  }

  /** A leaf that shares the memory of a given table. */
  static Tensor table(String op, Tensor embeddings) {
    return LayerTree.lasting(checked(op, embeddings).detach());
  }

  private static Tensor checked(String op, Tensor embeddings) {
    if (embeddings.dim() != 2) {
      throw Checks.invalid(
          op,
          ("the table is %s. Embeddings parameter is expected to be 2-dimensional: [rows, "
                  + "dim].")
              .formatted(embeddings.shape()));
    }
    return embeddings;
  }

  @Override
  public Tensor forward(Tensor input) {
    return F.embedding(input, weight, paddingIdx, maxNorm, normType, scaleGradByFreq, sparse);
  }

  @Override
  public Embedding copy() {
    var copy =
        new Embedding(
            LayerTree.copy(weight), paddingIdx, maxNorm, normType, scaleGradByFreq, sparse);
    copy.training(training());
    return copy;
  }

  @Override
  protected String extraRepr() {
    var text = new StringBuilder(numEmbeddings + ", " + embeddingDim);
    paddingIdx.ifPresent(row -> text.append(", padding_idx=").append(row));
    maxNorm.ifPresent(norm -> text.append(", max_norm=").append(PythonText.of(norm)));
    if (normType != 2) {
      text.append(", norm_type=").append(PythonText.of(normType));
    }
    if (scaleGradByFreq) {
      text.append(", scale_grad_by_freq=True");
    }
    if (sparse) {
      text.append(", sparse=True");
    }
    return text.toString();
  }
}
