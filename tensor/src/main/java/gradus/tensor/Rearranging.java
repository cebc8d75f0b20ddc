package gradus.tensor;

import static gradus.tensor.spi.Given.given;

import java.util.ArrayList;
import java.util.List;

/** Elements mirrored, moved around, turned, set on a diagonal, or only those of a triangle. */
public sealed interface Rearranging permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /** With at least one dimension. PyTorch: {@code torch.atleast_1d}. */
  default Tensor atleast1d() {
    return self().dim() == 0 ? self().reshape(1) : self();
  }

  /** With at least two dimensions, a vector as a row. PyTorch: {@code torch.atleast_2d}. */
  default Tensor atleast2d() {
    return self().dim() < 2 ? self().atleast1d().unsqueeze(0) : self();
  }

  /** With at least three dimensions, a matrix with depth 1. PyTorch: {@code torch.atleast_3d}. */
  default Tensor atleast3d() {
    return self().dim() < 3 ? self().atleast2d().unsqueeze(-1) : self();
  }

  /** A quarter turn of the first two dimensions. PyTorch: {@code torch.rot90}. */
  default Tensor rot90() {
    return rot90(1, 0, 1);
  }

  /** So many quarter turns of the first two dimensions. */
  default Tensor rot90(int k) {
    return rot90(k, 0, 1);
  }

  /**
   * Quarter turns of a plane, from the first of two dimensions towards the second; a copy. PyTorch:
   * {@code torch.rot90(x, k, dims)}.
   *
   * @param k how many quarter turns; negative the other way
   * @param dims two different dimensions
   * @return a fresh tensor
   */
  default Tensor rot90(int k, int... dims) {
    if (given(dims, "dims").length != 2 || self().dim() < 2) {
      throw Errors.invalid(
          "rot90",
          Shapes.text(dims) + " of " + self().shape() + ": it turns a plane of two dimensions.");
    }
    int a = self().shape().dim("rot90", dims[0]);
    int b = self().shape().dim("rot90", dims[1]);
    if (a == b) {
      throw Errors.invalid(
          "rot90", "both dimensions are " + a + ". A plane needs two different ones.");
    }
    return switch (Math.floorMod(k, 4)) {
      case 1 -> self().flip(b).transpose(a, b);
      case 2 -> self().flip(a, b);
      case 3 -> self().flip(a).transpose(a, b);
      default -> self().clone();
    };
  }

  /** Columns in reverse order; a copy. PyTorch: {@code torch.fliplr}. */
  default Tensor fliplr() {
    if (self().dim() < 2) {
      throw Errors.invalid(
          "fliplr", self().shape() + " has no columns. It needs two dimensions or more.");
    }
    return self().flip(1);
  }

  /** Rows in reverse order; a copy. PyTorch: {@code torch.flipud}. */
  default Tensor flipud() {
    if (self().dim() < 1) {
      throw Errors.invalid("flipud", "a scalar [] has no rows. It needs one dimension or more.");
    }
    return self().flip(0);
  }

  /** All elements on the diagonal of a matrix. PyTorch: {@code torch.diagflat}. */
  default Tensor diagflat(int offset) {
    return self().flatten().diag(offset);
  }

  /** All elements on the main diagonal of a matrix. */
  default Tensor diagflat() {
    return diagflat(0);
  }

  /**
   * The last dimension on diagonals of matrices, zero elsewhere. PyTorch: {@code torch.diag_embed}.
   */
  default Tensor diagEmbed() {
    return diagEmbed(0, -2, -1);
  }

  /** The last dimension on diagonals in the new dimensions {@code dim1} and {@code dim2}. */
  default Tensor diagEmbed(int offset, int dim1, int dim2) {
    int rank = self().dim() + 1;
    int a = dim1 < 0 ? dim1 + rank : dim1;
    int b = dim2 < 0 ? dim2 + rank : dim2;
    if (a == b || a < 0 || b < 0 || a >= rank || b >= rank) {
      throw Errors.invalid(
          "diagEmbed",
          "dim1 %s and dim2 %s must be two different dimensions of %s."
              .formatted(dim1, dim2, rank));
    }
    int n = self().size(-1) + Math.abs(offset);
    int[] full = new int[rank];
    int next = 0;
    for (int d = 0; d < rank; d++) {
      full[d] = d == a || d == b ? n : self().size(next++);
    }
    return TensorInternals.placed(self(), new Op.Diagonal(offset, a, b), Shape.of(full));
  }

  /** Summed over what was broadcast from {@code size}. PyTorch: {@code x.sum_to_size}. */
  default Tensor sumToSize(int... size) {
    int lead = self().dim() - given(size, "size").length;
    var dims = new ArrayList<Integer>();
    for (int d = 0; d < self().dim(); d++) {
      int wanted = d < lead ? 1 : size[d - lead];
      if (lead < 0 || (d >= lead && wanted != 1 && wanted != self().size(d))) {
        throw Errors.invalid(
            "sumToSize",
            "%s does not broadcast to %s, so it cannot be undone."
                .formatted(Shapes.text(size), self().shape()));
      }
      if (d < lead || (wanted == 1 && self().size(d) != 1)) {
        dims.add(d);
      }
    }
    if (lead < 0) {
      throw Errors.invalid(
          "sumToSize", Shapes.text(size) + " has more dimensions than " + self().shape() + ".");
    }
    if (size.length == 0) {
      return self().sum(); // whose dtype is that of a sum, also of one element
    }
    return dims.isEmpty() ? self() : self().sum(Views.ints(dims), true).reshape(size);
  }

  /** {@code length} slices from {@code start} on, copied. PyTorch: {@code torch.narrow_copy}. */
  default Tensor narrowCopy(int dim, int start, int length) {
    return self().narrow(dim, start, length).clone();
  }

  /** Elements in reverse order along the given dimensions; a copy. PyTorch: {@code torch.flip}. */
  default Tensor flip(int... dims) {
    List<Integer> at =
        given(dims, "dims").length == 0 ? List.of() : Shapes.dims("flip", self().shape(), dims);
    return Tensor.record(new Op.Flip(at), Joining.flipped(self(), at), self());
  }

  /** Moved in row-major order. */
  default Tensor roll(int shifts) {
    return roll(new int[] {shifts}, new int[0]);
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

  /**
   * Moved along a dimension, what leaves at one end coming in at the other; a copy. PyTorch: {@code
   * torch.roll}.
   */
  default Tensor roll(int shifts, int dim) {
    int d = self().shape().dim("roll", dim);
    int size = self().dim() == 0 ? 0 : self().size(d);
    int shift = size == 0 ? 0 : Math.floorMod(shifts, size);
    if (shift == 0) {
      return self().clone();
    }
    return Tensor.cat(
        List.of(self().narrow(d, size - shift, shift), self().narrow(d, 0, size - shift)), d);
  }

  /** The lower triangle. */
  default Tensor tril() {
    return tril(0);
  }

  /**
   * The lower triangle of the last two dimensions, zero above the given diagonal; a copy. PyTorch:
   * {@code torch.tril}.
   */
  default Tensor tril(int diagonal) {
    return Joining.triangle(self(), false, diagonal);
  }

  /** The upper triangle. */
  default Tensor triu() {
    return triu(0);
  }

  /**
   * The upper triangle of the last two dimensions, zero below the given diagonal; a copy. PyTorch:
   * {@code torch.triu}.
   */
  default Tensor triu(int diagonal) {
    return Joining.triangle(self(), true, diagonal);
  }
}
