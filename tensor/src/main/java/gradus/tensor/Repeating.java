package gradus.tensor;

import static gradus.tensor.spi.Given.given;

import java.util.List;

/**
 * The same elements more than once, mirrored, moved around, or only those of a triangle; all of
 * these are copies.
 */
public sealed interface Repeating permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  private int wrap(String op, int dim) {
    return self().shape().dim(op, dim);
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
    java.util.Arrays.fill(all, 1);
    System.arraycopy(dims, 0, all, missing, dims.length);
    return repeat(all);
  }

  /** Elements in reverse order along the given dimensions; a copy. PyTorch: {@code torch.flip}. */
  default Tensor flip(int... dims) {
    List<Integer> at =
        given(dims, "dims").length == 0 ? List.of() : Shapes.dims("flip", self().shape(), dims);
    return Tensor.record(new Op.Flip(at), Joining.flipped(self(), at), self());
  }

  /**
   * Moved along a dimension, what leaves at one end coming in at the other; a copy. PyTorch: {@code
   * torch.roll}.
   */
  default Tensor roll(int shifts, int dim) {
    int d = wrap("roll", dim);
    int size = self().dim() == 0 ? 0 : self().size(d);
    int shift = size == 0 ? 0 : Math.floorMod(shifts, size);
    if (shift == 0) {
      return self().clone();
    }
    return Tensor.cat(
        List.of(self().narrow(d, size - shift, shift), self().narrow(d, 0, size - shift)), d);
  }

  /** Moved along several dimensions. */
  default Tensor roll(int[] shifts, int[] dims) {
    given(shifts, "shifts");
    given(dims, "dims");
    if (dims.length == 0 && shifts.length == 1) {
      return self().flatten().roll(shifts[0], 0).reshapeAs(self());
    }
    if (shifts.length != dims.length || shifts.length == 0) {
      throw Errors.invalid(
          "roll",
          "shifts " + Shapes.text(shifts) + " and dims " + Shapes.text(dims) + " must pair up.");
    }
    Tensor out = self();
    for (int i = 0; i < dims.length; i++) {
      out = out.roll(shifts[i], dims[i]);
    }
    return out;
  }

  /** Moved in row-major order. */
  default Tensor roll(int shifts) {
    return roll(new int[] {shifts}, new int[0]);
  }

  /**
   * The lower triangle of the last two dimensions, zero above the given diagonal; a copy. PyTorch:
   * {@code torch.tril}.
   */
  default Tensor tril(int diagonal) {
    return Joining.triangle(self(), false, diagonal);
  }

  /** The lower triangle. */
  default Tensor tril() {
    return tril(0);
  }

  /**
   * The upper triangle of the last two dimensions, zero below the given diagonal; a copy. PyTorch:
   * {@code torch.triu}.
   */
  default Tensor triu(int diagonal) {
    return Joining.triangle(self(), true, diagonal);
  }

  /** The upper triangle. */
  default Tensor triu() {
    return triu(0);
  }
}
