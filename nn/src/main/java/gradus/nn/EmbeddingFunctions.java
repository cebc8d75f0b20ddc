package gradus.nn;

import static gradus.tensor.spi.Given.given;

import gradus.nn.functional.BagFrequencies;
import gradus.nn.functional.Bags;
import gradus.nn.functional.Checks;
import gradus.tensor.GradMode;
import gradus.tensor.Tensor;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** The functions of {@link F} that look up rows of a table. */
public abstract sealed class EmbeddingFunctions extends LayerFunctions permits PaddingFunctions {
  /**
   * The rows of {@code weight} that {@code input} names. PyTorch: {@code F.embedding(input,
   * weight)}.
   */
  public static Tensor embedding(Tensor input, Tensor weight) {
    return embedding(input, weight, OptionalInt.empty(), OptionalDouble.empty(), 2, false, false);
  }

  /**
   * The rows of {@code weight} that {@code input} names: [*] to [*, dim]. PyTorch: {@code
   * F.embedding}.
   *
   * @param input INT64 (or INT32) ids
   * @param weight the table [rows, dim]
   * @param options paddingIdx, maxNorm, normType, scaleGradByFreq, sparse
   * @return [*, dim]
   * @throws IndexOutOfBoundsException if an id is outside the table
   */
  public static Tensor embedding(Tensor input, Tensor weight, Consumer<EmbeddingOptions> options) {
    var o = EmbeddingOptions.table("embedding", options);
    return embedding(
        input,
        weight,
        o.paddingIdx(),
        o.maxNorm(),
        o.normType(),
        o.flag("scaleGradByFreq", false),
        o.flag("sparse", false));
  }

  static Tensor embedding(
      Tensor input,
      Tensor weight,
      OptionalInt paddingIdx,
      OptionalDouble maxNorm,
      double normType,
      boolean scaleGradByFreq,
      boolean sparse) {
    int padding = paddingRow(paddingIdx, rows("embedding", weight));
    maxNorm.ifPresent(limit -> renormalise(weight, input, limit, normType));
    return Tensor.embedding(weight, input, padding, scaleGradByFreq, sparse);
  }

  /** How many rows a table has. */
  private static int rows(String op, Tensor weight) {
    if (given(weight, "weight").dim() != 2) {
      throw Checks.invalid(op, "the table is " + weight.shape() + ". It must be [rows, dim].");
    }
    return weight.size(0);
  }

  /** The padding row counted from the start, or −1 for none. */
  static int paddingRow(OptionalInt paddingIdx, int rows) {
    if (paddingIdx.isEmpty()) {
      return -1;
    }
    int row = paddingIdx.getAsInt();
    if (row < -rows || row >= rows) {
      throw Checks.invalid(
          "embedding",
          "paddingIdx "
              + row
              + " is outside the table of "
              + rows
              + " rows; valid are "
              + -rows
              + ".."
              + (rows - 1)
              + ". Padding_idx must be within num_embeddings.");
    }
    return row < 0 ? row + rows : row;
  }

  /** Shortens the named rows that are longer than {@code limit}, in place. */
  private static void renormalise(Tensor weight, Tensor ids, double limit, double normType) {
    long[] named = Arrays.stream(given(ids).toLongArray()).sorted().distinct().toArray();
    if (named.length > 0 && (named[0] < 0 || named[named.length - 1] >= weight.size(0))) {
      return; // the lookup itself says what is wrong with it
    }
    try (var _ = GradMode.noGrad()) {
      for (long id : named) {
        Tensor row = weight.select(0, (int) id);
        double norm = row.norm(normType).item();
        if (norm > limit) {
          row.mul_(limit / (norm + 1e-7));
        }
      }
    }
  }

  /** The mean of the rows of each bag [B, N]. PyTorch: {@code F.embedding_bag(input, weight)}. */
  public static Tensor embeddingBag(Tensor input, Tensor weight) {
    return embeddingBag(input, weight, _ -> {});
  }

  /**
   * The mean of the rows of each bag. PyTorch: {@code F.embedding_bag(input, weight, offsets)}.
   *
   * @param input ids [n]
   * @param weight the table [rows, dim]
   * @param offsets where each bag begins in the ids
   * @return [B, dim]
   */
  public static Tensor embeddingBag(Tensor input, Tensor weight, Tensor offsets) {
    return embeddingBag(input, weight, o -> o.offsets(given(offsets, "offsets")));
  }

  /**
   * Each bag's rows reduced to one; an empty bag gives zeros. PyTorch: {@code F.embedding_bag}.
   *
   * <pre>{@code
   * F.embeddingBag(ids, table, o -> o.offsets(begins).mode("sum"));
   * }</pre>
   *
   * @param input ids: [B, N], or [n] with offsets
   * @param weight the table [rows, dim]
   * @param options offsets, mode, perSampleWeights, includeLastOffset, paddingIdx, maxNorm,
   *     normType; with sum and mean also scaleGradByFreq and sparse
   * @return [B, dim]
   */
  public static Tensor embeddingBag(
      Tensor input, Tensor weight, Consumer<EmbeddingOptions> options) {
    var o = EmbeddingOptions.bag("embeddingBag", options, "offsets", "perSampleWeights");
    return embeddingBag(
        input,
        weight,
        o.tensor("offsets"),
        o.maxNorm(),
        o.normType(),
        o.flag("scaleGradByFreq", false),
        o.mode(),
        o.flag("sparse", false),
        o.tensor("perSampleWeights"),
        o.flag("includeLastOffset", false),
        o.paddingIdx());
  }

  static Tensor embeddingBag(
      Tensor input,
      Tensor weight,
      Tensor offsets,
      OptionalDouble maxNorm,
      double normType,
      boolean scaleGradByFreq,
      String mode,
      boolean sparse,
      Tensor perSampleWeights,
      boolean includeLastOffset,
      OptionalInt paddingIdx) {
    int padding = paddingRow(paddingIdx, rows("embeddingBag", weight));
    var bags = Bags.of(input, offsets, includeLastOffset, padding);
    if (perSampleWeights != null && !mode.equals("sum")) {
      throw Checks.invalid(
          "embeddingBag",
          ("perSampleWeights with mode %s. Weights are only supported for mode sum. Use "
                  + "mode sum.")
              .formatted(mode));
    }
    if (mode.equals("max") && (sparse || scaleGradByFreq)) {
      throw Checks.invalid(
          "embeddingBag", "max mode supports neither sparse nor scaleGradByFreq. Use sum or mean.");
    }
    maxNorm.ifPresent(limit -> renormalise(weight, input, limit, normType)); // the padding row too
    Tensor rows = Tensor.embedding(weight, bags.ids(), -1, false, sparse);
    if (scaleGradByFreq) {
      rows = BagFrequencies.scale(rows, bags.ids(), input);
    }
    if (perSampleWeights != null) {
      Checks.sameShape("embeddingBag", "input", input, "perSampleWeights", perSampleWeights);
      Tensor factors = perSampleWeights.reshape(-1).indexSelect(0, bags.kept());
      rows = rows.mul(factors.unsqueeze(1));
    }
    return switch (mode) {
      case "sum" -> bags.sum(rows);
      case "mean" -> bags.mean(rows);
      case "max" -> bags.max(rows);
      default ->
          throw Checks.invalid(
              "embeddingBag", "mode is \"" + mode + "\". mode has to be one of sum, mean or max.");
    };
  }
}
