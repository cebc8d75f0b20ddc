package gradus.nn;

import static gradus.tensor.spi.Given.given;

import gradus.nn.functional.KnownOptions;
import gradus.tensor.Tensor;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * Options of tables by name; what is not said keeps PyTorch's default.
 *
 * <pre>{@code
 * new Embedding(50_000, 768, o -> o.paddingIdx(0).sparse(true));
 * Embedding.fromPretrained(table, o -> o.freeze(false));
 * F.embeddingBag(ids, table, o -> o.offsets(begins).mode("sum"));
 * }</pre>
 *
 * <p>An option that is not there is refused with the list of those that are.
 */
public final class EmbeddingOptions {
  private final KnownOptions values;

  private EmbeddingOptions(String owner, Consumer<EmbeddingOptions> options, String... known) {
    this.values = new KnownOptions(owner, known);
    given(options, "options").accept(this);
  }

  static EmbeddingOptions table(String owner, Consumer<EmbeddingOptions> options) {
    return new EmbeddingOptions(
        owner, options, "paddingIdx", "maxNorm", "normType", "scaleGradByFreq", "sparse");
  }

  static EmbeddingOptions pretrained(Consumer<EmbeddingOptions> options) {
    return new EmbeddingOptions(
        "Embedding.fromPretrained",
        options,
        "freeze",
        "paddingIdx",
        "maxNorm",
        "normType",
        "scaleGradByFreq",
        "sparse");
  }

  static EmbeddingOptions bag(String owner, Consumer<EmbeddingOptions> options, String... more) {
    String[] known = {
      "maxNorm", "normType", "scaleGradByFreq", "mode", "sparse", "includeLastOffset", "paddingIdx"
    };
    String[] all = Arrays.copyOf(known, known.length + more.length);
    System.arraycopy(more, 0, all, known.length, more.length);
    return new EmbeddingOptions(owner, options, all);
  }

  /**
   * A row that starts at zero, gets no gradient and is left out of bags; negative counts from the
   * end. None if not told.
   */
  public EmbeddingOptions paddingIdx(int paddingIdx) {
    return put("paddingIdx", OptionalInt.of(paddingIdx));
  }

  /**
   * Rows looked up that are longer are first shortened to this length, in the table itself. They
   * are not if not told.
   */
  public EmbeddingOptions maxNorm(double maxNorm) {
    return put("maxNorm", OptionalDouble.of(maxNorm));
  }

  /** The exponent of that length, 2. */
  public EmbeddingOptions normType(double normType) {
    return put("normType", normType);
  }

  /** Whether a row's gradient is divided by how often it was looked up in the batch. */
  public EmbeddingOptions scaleGradByFreq(boolean scaleGradByFreq) {
    return put("scaleGradByFreq", scaleGradByFreq);
  }

  /** Whether the gradient of the table holds only the rows that were looked up. */
  public EmbeddingOptions sparse(boolean sparse) {
    return put("sparse", sparse);
  }

  /** Whether a given table is left as it is; it is if not told. */
  public EmbeddingOptions freeze(boolean freeze) {
    return put("freeze", freeze);
  }

  /** What becomes of the rows of a bag: {@code "mean"}, {@code "sum"} or {@code "max"}. */
  public EmbeddingOptions mode(String mode) {
    return put("mode", given(mode, "mode"));
  }

  /** Whether the last offset is the end of the last bag. */
  public EmbeddingOptions includeLastOffset(boolean includeLastOffset) {
    return put("includeLastOffset", includeLastOffset);
  }

  /** Where each bag begins in the ids [n], from 0 on and never falling; null for ids [B, N]. */
  public EmbeddingOptions offsets(Tensor offsets) {
    return put("offsets", offsets);
  }

  /** A factor for each row, of the shape of the ids, with sum only; null for none. */
  public EmbeddingOptions perSampleWeights(Tensor perSampleWeights) {
    return put("perSampleWeights", perSampleWeights);
  }

  private EmbeddingOptions put(String name, Object value) {
    values.put(name, value);
    return this;
  }

  OptionalInt paddingIdx() {
    return values.get("paddingIdx", OptionalInt.empty());
  }

  OptionalDouble maxNorm() {
    return values.get("maxNorm", OptionalDouble.empty());
  }

  double normType() {
    return values.get("normType", 2.0);
  }

  String mode() {
    return values.get("mode", "mean");
  }

  boolean flag(String name, boolean otherwise) {
    return values.get(name, otherwise);
  }

  Tensor tensor(String name) {
    return values.get(name, (Tensor) null);
  }
}
