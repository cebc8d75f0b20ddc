package gradus.nn.functional;

import gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The bags of an embedding bag, with padding already left out.
 *
 * @param ids the ids of all bags, one after another [n]
 * @param kept where each of them stood in the input [n]
 * @param starts where each bag begins in {@code ids}, and at last the end; one more than bags
 */
public record Bags(Tensor ids, Tensor kept, int[] starts) {

  public static Bags of(Tensor input, Tensor offsets, boolean includeLastOffset, int paddingRow) {
    Checks.ids("embeddingBag", "input", input);
    long[] ids = input.toLongArray();
    int[] given = starts(input, offsets, includeLastOffset);
    int[] starts = new int[given.length];
    var kept = new ArrayList<Integer>();
    for (int bag = 0; bag + 1 < given.length; bag++) {
      for (int i = given[bag]; i < given[bag + 1]; i++) {
        if (ids[i] != paddingRow) {
          kept.add(i);
        }
      }
      starts[bag + 1] = kept.size();
    }
    long[] positions = kept.stream().mapToLong(Integer::longValue).toArray();
    long[] keptIds = kept.stream().mapToLong(i -> ids[i]).toArray();
    return new Bags(Tensor.of(keptIds), Tensor.of(positions), starts);
  }

  private static int[] starts(Tensor input, Tensor offsets, boolean includeLastOffset) {
    if (input.dim() == 2) {
      if (offsets != null) {
        throw Checks.invalid(
            "embeddingBag",
            ("input %s has offsets. If input is 2D, then offsets has to be None, as each row "
                    + "is a bag.")
                .formatted(input.shape()));
      }
      int bags = input.size(0);
      int size = input.size(1);
      return IntStream.rangeClosed(0, bags).map(bag -> bag * size).toArray();
    }
    if (input.dim() != 1 || offsets == null) {
      throw Checks.invalid(
          "embeddingBag",
          ("input %s without offsets. input has to be [B, N], or [n] with offsets. Give one "
                  + "of them.")
              .formatted(input.shape()));
    }
    Checks.ids("embeddingBag", "offsets", offsets);
    if (offsets.dim() != 1) {
      throw Checks.invalid(
          "embeddingBag",
          "offsets are " + offsets.shape() + ". offsets has to be a 1D Tensor: one a bag.");
    }
    long[] given = offsets.toLongArray();
    if (includeLastOffset && given.length == 0) {
      throw Checks.invalid(
          "embeddingBag",
          "offsets are empty. With includeLastOffset they hold at least the end of the last bag.");
    }
    check(given, input.numel());
    int bags = includeLastOffset ? given.length - 1 : given.length;
    int[] starts = new int[bags + 1];
    for (int bag = 0; bag < bags; bag++) {
      starts[bag] = Math.toIntExact(given[bag]);
    }
    starts[bags] = includeLastOffset ? Math.toIntExact(given[bags]) : input.numel();
    return starts;
  }

  /** Offsets begin with 0, never fall, and stay within the ids. */
  private static void check(long[] offsets, int ids) {
    if (offsets.length > 0 && offsets[0] != 0) {
      throw Checks.invalid(
          "embeddingBag",
          "offsets begin with %s. offsets[0] has to be 0, the start of the first bag."
              .formatted(offsets[0]));
    }
    for (int i = 1; i < offsets.length; i++) {
      if (offsets[i] < offsets[i - 1]) {
        throw Checks.invalid(
            "embeddingBag",
            ("offset %s is %s after %s. A bag begins where the one before it ends: offsets "
                    + "never fall.")
                .formatted(i, offsets[i], offsets[i - 1]));
      }
      if (offsets[i] > ids) {
        throw Checks.invalid(
            "embeddingBag",
            "offset %s is %s, beyond the %s ids. Offsets lie within them."
                .formatted(i, offsets[i], ids));
      }
    }
  }

  private int count() {
    return starts.length - 1;
  }

  /** The sum of each bag's rows [n, dim], [B, dim]. */
  public Tensor sum(Tensor rows) {
    long[] bagOf = new long[rows.size(0)];
    for (int bag = 0; bag < count(); bag++) {
      Arrays.fill(bagOf, starts[bag], starts[bag + 1], bag);
    }
    return Tensor.zeros(rows.dtype(), count(), rows.size(1)).indexAdd(0, Tensor.of(bagOf), rows);
  }

  /** The mean of each bag's rows; zeros for an empty bag. */
  public Tensor mean(Tensor rows) {
    double[] sizes = new double[count()];
    for (int bag = 0; bag < count(); bag++) {
      sizes[bag] = Math.max(1, starts[bag + 1] - starts[bag]);
    }
    return sum(rows).div(Tensor.of(sizes).to(rows.dtype()).unsqueeze(1));
  }

  /** The greatest element of each bag's rows, by column; zeros for an empty bag. */
  public Tensor max(Tensor rows) {
    if (count() == 0) {
      return Tensor.zeros(rows.dtype(), 0, rows.size(1));
    }
    List<Tensor> out = new ArrayList<>();
    for (int bag = 0; bag < count(); bag++) {
      int size = starts[bag + 1] - starts[bag];
      out.add(
          size == 0
              ? Tensor.zeros(rows.dtype(), rows.size(1))
              : rows.narrow(0, starts[bag], size).max(0).values());
    }
    return Tensor.stack(out, 0);
  }
}
