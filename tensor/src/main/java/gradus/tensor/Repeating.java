package gradus.tensor;

import static gradus.tensor.spi.Given.given;

import java.util.Arrays;

/** The same elements more than once; all of these are copies. */
public sealed interface Repeating permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /** Repeated so often along each dimension; a copy. PyTorch: {@code x.repeat(…)}. */
  default Tensor repeat(int... repeats) {
    int rank = given(repeats, "repeats").length;
    int lead = rank - self().dim();
    if (lead < 0) {
      throw Errors.invalid(
          "repeat",
          Shapes.text(repeats) + " has fewer numbers than " + self().shape() + " has dimensions.");
    }
    for (int n : repeats) {
      if (n < 0) {
        throw Errors.invalid(
            "repeat", Shapes.text(repeats) + " holds " + n + ". Each must be 0 or more.");
      }
    }
    int[] interleaved = new int[2 * rank];
    int[] expanded = new int[2 * rank];
    int[] out = new int[rank];
    for (int d = 0; d < rank; d++) {
      int size = d < lead ? 1 : self().size(d - lead);
      interleaved[2 * d] = 1;
      interleaved[2 * d + 1] = size;
      expanded[2 * d] = repeats[d];
      expanded[2 * d + 1] = size;
      out[d] = repeats[d] * size;
    }
    return self().reshape(interleaved).expand(expanded).clone().reshape(out);
  }

  /**
   * Repeated so often along each dimension, missing ones counting as 1; a copy. PyTorch: {@code
   * torch.tile}.
   */
  default Tensor tile(int... dims) {
    int missing = Math.max(0, self().dim() - given(dims, "dims").length);
    int[] all = new int[missing + dims.length];
    Arrays.fill(all, 1);
    System.arraycopy(dims, 0, all, missing, dims.length);
    return repeat(all);
  }

  /** Slice i along {@code dim} repeated {@code repeats[i]} times; one number counts for all. */
  default Tensor repeatInterleave(Tensor repeats, int dim) {
    Tensor x = self().atleast1d();
    int d = x.shape().dim("repeatInterleave", dim);
    long[] times = Dense.longs(repeats);
    if (times.length != 1 && times.length != x.size(d)) {
      throw Errors.invalid(
          "repeatInterleave",
          times.length + " repeats for " + x.size(d) + " slices. There must be one each, or one.");
    }
    double total = 0;
    for (long n : times) {
      if (n < 0) {
        throw Errors.invalid("repeatInterleave", "repeats hold " + n + ". They must be 0 or more.");
      }
      total += times.length == 1 ? (double) n * x.size(d) : n;
    }
    if (total > Integer.MAX_VALUE) {
      throw Errors.invalid(
          "repeatInterleave",
          "dimension " + d + " would have more than 2147483647 elements. Repeat less often.");
    }
    long[] index = ArrayPool.room(Shape.of((int) total), 8, long[]::new);
    int to = 0;
    for (int i = 0; i < x.size(d); i++) {
      int n = (int) times[times.length == 1 ? 0 : i];
      Arrays.fill(index, to, to + n, i);
      to += n;
    }
    return x.indexSelect(d, Tensor.of(index));
  }

  /** Element i repeated {@code repeats[i]} times, flattened. */
  default Tensor repeatInterleave(Tensor repeats) {
    return self().flatten().repeatInterleave(repeats, 0);
  }

  /** Every slice along {@code dim} repeated so often. */
  default Tensor repeatInterleave(int repeats, int dim) {
    if (repeats < 0) {
      throw Errors.invalid("repeatInterleave", "repeats is " + repeats + ". It must be 0 or more.");
    }
    return repeatInterleave(Tensor.of((long) repeats), dim);
  }

  /** Every element repeated so often, flattened. PyTorch: {@code torch.repeat_interleave}. */
  default Tensor repeatInterleave(int repeats) {
    return self().flatten().repeatInterleave(repeats, 0);
  }
}
