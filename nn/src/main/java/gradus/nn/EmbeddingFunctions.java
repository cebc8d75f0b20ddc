package gradus.nn;

import static gradus.tensor.spi.Given.given;

import gradus.nn.functional.BagFrequencies;
import gradus.nn.functional.Bags;
import gradus.nn.functional.Checks;
import gradus.tensor.GradMode;
import gradus.tensor.Tensor;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

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
   * @param paddingIdx a row that gets no gradient; negative counts from the end
   * @param maxNorm rows looked up that are longer are first shortened to this length, in the table
   *     itself
   * @param normType the exponent of that length
   * @param scaleGradByFreq whether a row's gradient is divided by how often it was looked up
   * @param sparse whether the gradient of the table is row-sparse
   * @return [*, dim]
   * @throws IndexOutOfBoundsException if an id is outside the table
   */
  public static Tensor embedding(
      Tensor input,
      Tensor weight,
      OptionalInt paddingIdx,
      OptionalDouble maxNorm,
      double normType,
      boolean scaleGradByFreq,
      boolean sparse) {
    int padding = paddingRow(paddingIdx, rows("embedding", weight));
    given(maxNorm, OptionalDouble.class)
        .ifPresent(limit -> renormalise(weight, input, limit, normType));
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
    if (given(paddingIdx, OptionalInt.class).isEmpty()) {
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
    return embeddingBag(input, weight, Optional.empty(), "mean");
  }

  /**
   * Each bag's rows reduced to one. PyTorch: {@code F.embedding_bag(input, weight, offsets,
   * mode=mode)}.
   *
   * @param input ids: [B, N], or [n] with offsets
   * @param weight the table [rows, dim]
   * @param offsets where each bag begins in the ids [n]
   * @param mode {@code "sum"}, {@code "mean"} or {@code "max"}
   * @return [B, dim]
   */
  public static Tensor embeddingBag(
      Tensor input, Tensor weight, Optional<Tensor> offsets, String mode) {
    return embeddingBag(
        input,
        weight,
        offsets,
        OptionalDouble.empty(),
        2,
        false,
        mode,
        false,
        Optional.empty(),
        false,
        OptionalInt.empty());
  }

  /**
   * Each bag's rows reduced to one; an empty bag gives zeros. PyTorch: {@code F.embedding_bag}.
   *
   * @param input ids: [B, N], or [n] with offsets
   * @param weight the table [rows, dim]
   * @param offsets where each bag begins in the ids [n], from 0 on and never falling; absent for
   *     [B, N]
   * @param maxNorm as in {@link #embedding}
   * @param normType as in {@link #embedding}
   * @param scaleGradByFreq as in {@link #embedding}; not with max
   * @param mode {@code "sum"}, {@code "mean"} or {@code "max"}
   * @param sparse whether the gradient of the table is row-sparse; not with max
   * @param perSampleWeights a factor for each row, of the shape of the ids; with sum only
   * @param includeLastOffset whether the last offset is the end of the last bag
   * @param paddingIdx an id that is left out of the reduction
   * @return [B, dim]
   */
  public static Tensor embeddingBag(
      Tensor input,
      Tensor weight,
      Optional<Tensor> offsets,
      OptionalDouble maxNorm,
      double normType,
      boolean scaleGradByFreq,
      String mode,
      boolean sparse,
      Optional<Tensor> perSampleWeights,
      boolean includeLastOffset,
      OptionalInt paddingIdx) {
    given(offsets, "offsets");
    given(perSampleWeights, "perSampleWeights");
    given(mode, "mode");
    int padding = paddingRow(paddingIdx, rows("embeddingBag", weight));
    var bags = Bags.of(input, offsets, includeLastOffset, padding);
    if (perSampleWeights.isPresent() && !mode.equals("sum")) {
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
    given(maxNorm, OptionalDouble.class)
        .ifPresent(limit -> renormalise(weight, input, limit, normType)); // the padding row too
    Tensor rows = Tensor.embedding(weight, bags.ids(), -1, false, sparse);
    if (scaleGradByFreq) {
      rows = BagFrequencies.scale(rows, bags.ids(), input);
    }
    if (perSampleWeights.isPresent()) {
      Checks.sameShape("embeddingBag", "input", input, "perSampleWeights", perSampleWeights.get());
      Tensor factors = perSampleWeights.get().reshape(-1).indexSelect(0, bags.kept());
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
