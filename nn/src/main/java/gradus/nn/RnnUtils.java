package gradus.nn;

import static gradus.tensor.spi.Given.given;

import gradus.tensor.Shape;
import gradus.tensor.Tensor;
import gradus.tensor.spi.Door;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Sequences of several lengths as one tensor: padded, or packed without padding. PyTorch: {@code
 * torch.nn.utils.rnn}.
 *
 * <pre>{@code
 * Tensor padded = RnnUtils.padSequence(List.of(a, b, c), true);   // [3, longest, *]
 * var packed = RnnUtils.packPaddedSequence(padded, Tensor.of(5, 2, 4), true, false);
 * LSTM.PackedOutput r = lstm.forward(packed);
 * Tensor output = RnnUtils.padPackedSequence(r.output(), true).output();
 * }</pre>
 */
@Door
public final class RnnUtils {
  /** Rows of a padded tensor. */
  private static final int MOST_ROWS = 1 << 28;

  private RnnUtils() {}

  /**
   * Padded sequences and how long they are.
   *
   * @param output [longest, N, *], or [N, longest, *] batch first
   * @param lengths INT64 [N]
   */
  public record Padded(Tensor output, Tensor lengths) {}

  /** The sequences side by side, padded with 0 to the longest: [longest, N, *]. */
  public static Tensor padSequence(List<Tensor> sequences) {
    return padSequence(sequences, false);
  }

  /** The sequences padded with 0 to the longest: [N, longest, *] if {@code batchFirst}. */
  public static Tensor padSequence(List<Tensor> sequences, boolean batchFirst) {
    return padSequence(sequences, batchFirst, 0);
  }

  /** The sequences padded behind to the longest. */
  public static Tensor padSequence(
      List<Tensor> sequences, boolean batchFirst, double paddingValue) {
    return padSequence(sequences, batchFirst, paddingValue, "right");
  }

  /**
   * The sequences padded to the longest. PyTorch: {@code pad_sequence}.
   *
   * @param sequences tensors [length, *] that differ in length alone
   * @param batchFirst whether the result is [N, longest, *] instead of [longest, N, *]
   * @param paddingValue what stands where a sequence has nothing
   * @param paddingSide {@code "right"} to pad behind the sequences, {@code "left"} before them
   * @throws IllegalArgumentException if there are none, or they differ in more than length
   */
  public static Tensor padSequence(
      List<Tensor> sequences, boolean batchFirst, double paddingValue, String paddingSide) {
    boolean left = given(paddingSide, "paddingSide").equals("left");
    if (!left && !paddingSide.equals("right")) {
      throw invalid(
          "padSequence", "paddingSide is " + paddingSide + ". It must be \"right\" or \"left\".");
    }
    check("padSequence", sequences);
    Tensor rows = Tensor.padded(sequences, paddingValue, left);
    return batchFirst ? rows : rows.transpose(0, 1).contiguous();
  }

  /** Sequences may differ in length alone. */
  private static void check(String op, List<Tensor> sequences) {
    if (given(sequences, "sequences").isEmpty()) {
      throw invalid(op, "there are no sequences. Give at least one.");
    }
    Tensor first = sequences.getFirst();
    for (Tensor x : sequences) {
      if (given(x, "sequences").dim() == 0
          || x.dtype() != first.dtype()
          || !Shape.of(tail(x)).equals(Shape.of(tail(first)))) {
        throw invalid(
            op,
            "sequences are %s%s and %s%s. They may differ in dimension 0 alone."
                .formatted(first.dtype(), first.shape(), x.dtype(), x.shape()));
      }
    }
  }

  /** The sizes of an element of a sequence. */
  private static int[] tail(Tensor x) {
    int[] sizes = x.shape().toArray();
    return sizes.length == 0 ? sizes : Arrays.copyOfRange(sizes, 1, sizes.length);
  }

  /** The sequences cut out of a padded tensor [L, N, *]. */
  public static List<Tensor> unpadSequence(Tensor paddedSequences, Tensor lengths) {
    return unpadSequence(paddedSequences, lengths, false);
  }

  /**
   * The sequences cut out of a padded tensor. PyTorch: {@code unpad_sequence}.
   *
   * @param paddedSequences [L, N, *], or [N, L, *] if {@code batchFirst}
   * @param lengths INT64 [N]
   * @param batchFirst whether the batch is dimension 0
   */
  public static List<Tensor> unpadSequence(
      Tensor paddedSequences, Tensor lengths, boolean batchFirst) {
    int[] sizes = given(lengths, "lengths").toIntArray();
    var out = new ArrayList<Tensor>();
    for (int i = 0; i < sizes.length; i++) {
      out.add(given(paddedSequences).select(batchFirst ? 0 : 1, i).narrow(0, 0, sizes[i]));
    }
    return out;
  }

  /** A padded tensor [L, N, *] packed, its sequences from the longest to the shortest. */
  public static PackedSequence packPaddedSequence(Tensor input, Tensor lengths) {
    return packPaddedSequence(input, lengths, false);
  }

  /** A padded tensor packed, its sequences from the longest to the shortest. */
  public static PackedSequence packPaddedSequence(
      Tensor input, Tensor lengths, boolean batchFirst) {
    return packPaddedSequence(input, lengths, batchFirst, true);
  }

  /**
   * A padded tensor without its padding. PyTorch: {@code pack_padded_sequence}.
   *
   * @param input [L, N, *], or [N, L, *] if {@code batchFirst}
   * @param lengths how long each sequence is, INT64 [N], each in 1..L
   * @param batchFirst whether the batch is dimension 0
   * @param enforceSorted whether the sequences must come from the longest to the shortest; if not,
   *     they are sorted, and layers give their states back in the order of the input
   * @throws IllegalArgumentException if a length does not fit, or the order is wrong
   */
  public static PackedSequence packPaddedSequence(
      Tensor input, Tensor lengths, boolean batchFirst, boolean enforceSorted) {
    String op = "packPaddedSequence";
    Tensor order = null;
    Tensor sorted = given(lengths, "lengths");
    if (given(input).dim() < 2) {
      throw invalid(op, "the input is " + input.shape() + ". It must be [L, N, *].");
    }
    Tensor x = batchFirst ? input.transpose(0, 1) : input;
    if (sorted.dim() != 1 || sorted.size(0) != x.size(1) || sorted.size(0) == 0) {
      throw invalid(
          op,
          ("lengths are %s for an input %s. Expected one length for each of at least one "
                  + "sequence.")
              .formatted(lengths.shape(), input.shape()));
    }
    if (!enforceSorted) {
      order = sorted.sort(0, true).indices();
      sorted = sorted.indexSelect(0, order);
      x = x.indexSelect(1, order);
    }
    int[] sizes = sorted.toIntArray();
    checkLengths(op, sizes, x.size(0), enforceSorted);
    int[] batch = new int[sizes[0]];
    for (int size : sizes) {
      for (int t = 0; t < size; t++) {
        batch[t]++;
      }
    }
    int n = sizes.length;
    long[] rows = new long[Arrays.stream(batch).sum()];
    int next = 0;
    for (int t = 0; t < batch.length; t++) {
      for (int i = 0; i < batch[t]; i++) {
        rows[next++] = (long) t * n + i;
      }
    }
    Tensor data = flat(x).indexSelect(0, Tensor.of(rows));
    return new PackedSequence(
        data, Tensor.of(batch), order, order == null ? null : order.argsort());
  }

  private static void checkLengths(String op, int[] sizes, int length, boolean enforceSorted) {
    for (int i = 0; i < sizes.length; i++) {
      if (sizes[i] <= 0 || sizes[i] > length) {
        throw invalid(
            op,
            ("a length is %s. Length of all samples has to be greater than 0, and at most %s, "
                    + "the input's.")
                .formatted(sizes[i], length));
      }
      if (i > 0 && sizes[i] > sizes[i - 1]) {
        throw invalid(
            op,
            ("lengths are %s. `lengths` array must be sorted in decreasing order when "
                    + "`enforce_sorted` is true. Use packPaddedSequence(input, lengths, batchFirst, false).")
                .formatted(Arrays.toString(sizes)));
      }
    }
  }

  /** The first two dimensions as one. */
  private static Tensor flat(Tensor x) {
    int[] sizes = tail(x);
    sizes[0] *= x.size(0);
    return x.reshape(sizes);
  }

  /** Packed sequences padded with 0: [longest, N, *]. */
  public static Padded padPackedSequence(PackedSequence sequence) {
    return padPackedSequence(sequence, false);
  }

  /** Packed sequences padded with 0: [N, longest, *] if {@code batchFirst}. */
  public static Padded padPackedSequence(PackedSequence sequence, boolean batchFirst) {
    return padPackedSequence(sequence, batchFirst, 0);
  }

  /** Packed sequences padded to the longest. */
  public static Padded padPackedSequence(
      PackedSequence sequence, boolean batchFirst, double paddingValue) {
    int longest = given(sequence, "sequence").batchSizes().size(0);
    return padPackedSequence(sequence, batchFirst, paddingValue, longest);
  }

  /**
   * Packed sequences padded, in the order they came in, and their lengths. PyTorch: {@code
   * pad_packed_sequence}.
   *
   * @param sequence packed sequences
   * @param batchFirst whether the result is [N, L, *] instead of [L, N, *]
   * @param paddingValue what stands where a sequence has nothing
   * @param totalLength the length to pad to, at least that of the longest sequence
   * @throws IllegalArgumentException if {@code totalLength} is less
   */
  public static Padded padPackedSequence(
      PackedSequence sequence, boolean batchFirst, double paddingValue, int totalLength) {
    int[] batch = given(sequence, "sequence").batchSizes().toIntArray();
    if (totalLength < batch.length) {
      throw invalid(
          "padPackedSequence",
          ("totalLength is %s. Expected total_length to be at least the length of the "
                  + "longest sequence in input, %s.")
              .formatted(totalLength, batch.length));
    }
    Tensor data = sequence.data();
    int n = batch[0];
    if ((long) totalLength * n > MOST_ROWS) {
      throw invalid(
          "padPackedSequence",
          "totalLength is " + totalLength + " for " + n + " sequences. That is too long.");
    }
    int[] lengths = new int[n];
    long[] rows = new long[totalLength * n];
    Arrays.fill(rows, data.size(0)); // the padding
    int next = 0;
    for (int t = 0; t < batch.length; t++) {
      for (int i = 0; i < batch[t]; i++) {
        rows[t * n + i] = next++;
        lengths[i] = t + 1;
      }
    }
    int[] one = data.shape().toArray();
    one[0] = 1;
    Tensor padding = Tensor.full(Shape.of(one), paddingValue, data.dtype());
    int[] sizes = new int[data.dim() + 1];
    sizes[0] = totalLength;
    sizes[1] = n;
    System.arraycopy(one, 1, sizes, 2, one.length - 1);
    Tensor out = Tensor.cat(0, data, padding).indexSelect(0, Tensor.of(rows)).reshape(sizes);
    Tensor sizesOut = Tensor.of(lengths);
    Tensor back = sequence.unsortedIndices();
    if (back != null) {
      out = out.indexSelect(1, back);
      sizesOut = sizesOut.indexSelect(0, back);
    }
    return new Padded(batchFirst ? out.transpose(0, 1) : out, sizesOut);
  }

  /** Sequences packed, from the longest to the shortest. */
  public static PackedSequence packSequence(List<Tensor> sequences) {
    return packSequence(sequences, true);
  }

  /**
   * Sequences packed. PyTorch: {@code pack_sequence}.
   *
   * @param sequences tensors [length, *] that differ in length alone
   * @param enforceSorted whether they must come from the longest to the shortest
   * @throws IllegalArgumentException if one is empty, or the order is wrong
   */
  public static PackedSequence packSequence(List<Tensor> sequences, boolean enforceSorted) {
    check("packSequence", sequences);
    int[] lengths = sequences.stream().mapToInt(x -> x.size(0)).toArray();
    return packPaddedSequence(padSequence(sequences), Tensor.of(lengths), false, enforceSorted);
  }

  /** The sequences of a packed one, in the order they came in. PyTorch: {@code unpack_sequence}. */
  public static List<Tensor> unpackSequence(PackedSequence packedSequences) {
    Padded padded = padPackedSequence(packedSequences);
    return unpadSequence(padded.output(), padded.lengths());
  }

  private static IllegalArgumentException invalid(String op, String text) {
    return new IllegalArgumentException(op + ": " + text);
  }
}
