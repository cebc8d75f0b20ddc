package gradus.tensor;

import static gradus.tensor.spi.Given.given;

import java.util.ArrayList;
import java.util.List;

/** Elements repeated, turned, cut into pieces, or set on a diagonal. */
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

  /** Every element repeated so often, flattened. PyTorch: {@code torch.repeat_interleave}. */
  default Tensor repeatInterleave(int repeats) {
    return self().flatten().repeatInterleave(repeats, 0);
  }

  /** Every slice along {@code dim} repeated so often. */
  default Tensor repeatInterleave(int repeats, int dim) {
    if (repeats < 0) {
      throw Errors.invalid("repeatInterleave", "repeats is " + repeats + ". It must be 0 or more.");
    }
    return repeatInterleave(Tensor.of((long) repeats), dim);
  }

  /** Element i repeated {@code repeats[i]} times, flattened. */
  default Tensor repeatInterleave(Tensor repeats) {
    return self().flatten().repeatInterleave(repeats, 0);
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
    long[] index = Memory.room(Shape.of((int) total), 8, long[]::new);
    int to = 0;
    for (int i = 0; i < x.size(d); i++) {
      int n = (int) times[times.length == 1 ? 0 : i];
      java.util.Arrays.fill(index, to, to + n, i);
      to += n;
    }
    return x.indexSelect(d, Tensor.of(index));
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
          "dim1 "
              + dim1
              + " and dim2 "
              + dim2
              + " must be two different dimensions of "
              + rank
              + ".");
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
            Shapes.text(size)
                + " does not broadcast to "
                + self().shape()
                + ", so it cannot be undone.");
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

  /**
   * So many pieces along {@code dim}, sizes differing by one at most. PyTorch: {@code
   * torch.tensor_split}.
   */
  default List<Tensor> tensorSplit(int sections, int dim) {
    if (sections < 1 || self().dim() == 0) {
      throw Errors.invalid(
          "tensorSplit",
          sections + " pieces of " + self().shape() + ": it takes 1 or more, and a dimension.");
    }
    int size = self().size(self().shape().dim("tensorSplit", dim));
    int most = Math.max(size, 1 << 20); // what is more would be empty, and asked for by mistake
    if (sections > most) {
      throw Errors.invalid(
          "tensorSplit",
          sections
              + " pieces of dimension "
              + dim
              + " of "
              + self().shape()
              + ": nearly all would be empty. Ask for at most "
              + most
              + ".");
    }
    int[] borders = new int[sections - 1];
    int at = 0;
    for (int i = 0; i < borders.length; i++) {
      at += size / sections + (i < size % sections ? 1 : 0);
      borders[i] = at;
    }
    return tensorSplit(borders, dim);
  }

  /** So many pieces along the first dimension. */
  default List<Tensor> tensorSplit(int sections) {
    return tensorSplit(sections, 0);
  }

  /** Pieces between the given indices along {@code dim}. */
  default List<Tensor> tensorSplit(int[] indices, int dim) {
    if (self().dim() == 0) {
      throw Errors.invalid("tensorSplit", "a scalar [] cannot be split.");
    }
    var out = new ArrayList<Tensor>();
    int start = 0;
    for (int end : given(indices, "indices")) {
      out.add(self().slice(dim, start, end));
      start = end;
    }
    out.add(self().slice(dim, start, Integer.MAX_VALUE));
    return List.copyOf(out);
  }

  /** Pieces between the given indices along the first dimension. */
  default List<Tensor> tensorSplit(int[] indices) {
    return tensorSplit(indices, 0);
  }

  /** Pieces between the indices (or so many, for a 0-dim tensor) along {@code dim}. */
  default List<Tensor> tensorSplit(Tensor indicesOrSections, int dim) {
    long[] v = Dense.longs(indicesOrSections);
    return indicesOrSections.dim() == 0
        ? tensorSplit((int) v[0], dim)
        : tensorSplit(
            java.util.Arrays.stream(v)
                .mapToInt(i -> Math.clamp(i, Integer.MIN_VALUE, Integer.MAX_VALUE))
                .toArray(),
            dim);
  }

  private List<Tensor> equal(String op, int sections, int dim, int rank) {
    if (self().dim() < rank || sections < 1 || self().size(dim) % sections != 0) {
      throw Errors.invalid(
          op,
          self().shape() + " has no " + sections + " equal pieces along dimension " + dim + ".");
    }
    return tensorSplit(sections, dim);
  }

  private List<Tensor> between(String op, int[] indices, int dim, int rank) {
    if (self().dim() < rank) {
      throw Errors.invalid(op, self().shape() + " has fewer than " + rank + " dimensions.");
    }
    return tensorSplit(indices, dim);
  }

  /**
   * So many equal pieces along the columns (of a vector, its elements). PyTorch: {@code
   * torch.hsplit}.
   */
  default List<Tensor> hsplit(int sections) {
    return equal("hsplit", sections, self().dim() == 1 ? 0 : 1, 1);
  }

  /** Pieces between the given indices along the columns. */
  default List<Tensor> hsplit(int... indices) {
    return between("hsplit", indices, self().dim() == 1 ? 0 : 1, 1);
  }

  /** So many equal pieces along the rows. PyTorch: {@code torch.vsplit}. */
  default List<Tensor> vsplit(int sections) {
    return equal("vsplit", sections, 0, 2);
  }

  /** Pieces between the given indices along the rows. */
  default List<Tensor> vsplit(int... indices) {
    return between("vsplit", indices, 0, 2);
  }

  /** So many equal pieces along dimension 2. PyTorch: {@code torch.dsplit}. */
  default List<Tensor> dsplit(int sections) {
    return equal("dsplit", sections, 2, 3);
  }

  /** Pieces between the given indices along dimension 2. */
  default List<Tensor> dsplit(int... indices) {
    return between("dsplit", indices, 2, 3);
  }
}
