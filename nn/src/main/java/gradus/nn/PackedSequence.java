package gradus.nn;

import static gradus.tensor.spi.Given.given;

import gradus.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * Sequences of several lengths without padding: all first elements, then all second ones, and so
 * on, the longest sequence first in each step. {@link RnnUtils} makes them; recurrent layers take
 * them. PyTorch: {@code torch.nn.utils.rnn.PackedSequence}.
 *
 * @param data the elements [Σ lengths, *]
 * @param batchSizes how many sequences have an element in each step, INT64 [longest]
 * @param sortedIndices the sequences' numbers from the longest to the shortest; null if they came
 *     in that order
 * @param unsortedIndices where each sequence went; null likewise
 */
public record PackedSequence(
    Tensor data, Tensor batchSizes, Tensor sortedIndices, Tensor unsortedIndices) {

  /**
   * Packed data.
   *
   * @throws IllegalArgumentException if the sizes do not add up to the rows of the data, or grow
   */
  public PackedSequence {
    int[] sizes = given(batchSizes, "batchSizes").toIntArray();
    int last = Integer.MAX_VALUE;
    for (int size : sizes) {
      if (size <= 0 || size > last) {
        throw new IllegalArgumentException(
            ("PackedSequence: batchSizes are %s. They must be positive, and none larger than "
                    + "the one before.")
                .formatted(Arrays.toString(sizes)));
      }
      last = size;
    }
    if (sizes.length == 0 || Arrays.stream(sizes).sum() != given(data, "data").size(0)) {
      throw new IllegalArgumentException(
          "PackedSequence: batchSizes are %s but data is %s. They must add up to its rows."
              .formatted(Arrays.toString(sizes), data.shape()));
    }
  }

  /** Sequences that came from the longest to the shortest. */
  public PackedSequence(Tensor data, Tensor batchSizes) {
    this(data, batchSizes, null, null);
  }

  /** The same sequences with other elements in the places of these. */
  PackedSequence with(Tensor other) {
    return new PackedSequence(other, batchSizes, sortedIndices, unsortedIndices);
  }

  List<Integer> sizes() {
    return Arrays.stream(batchSizes.toIntArray()).boxed().toList();
  }
}
