package gradus.tensor;

import static gradus.tensor.spi.Given.given;

import gradus.tensor.kernel.table.Take;

/** Gather and scatter: elements addressed one by one along a dimension. */
final class Scattering {
  private Scattering() {}

  static void wholeIndex(String op, Tensor index) {
    if (given(index).dtype() != DType.INT64 && index.dtype() != DType.INT32) {
      throw Errors.dtype(
          op, "index", "INT64", index.dtype(), "Use Tensor.of(1, 2, 3) or x.toLong().");
    }
  }

  /** For each element of {@code index} its place in a row-major array of {@code shape}. */
  private static int[] places(String op, Shape shape, int dim, Tensor index) {
    if (given(index).dtype() != DType.INT64) {
      throw Errors.dtype(
          op, "index", "INT64", index.dtype(), "Use Tensor.of(1, 2, 3) or x.toLong().");
    }
    int rank = Math.max(1, shape.rank());
    if (Math.max(1, index.dim()) != rank) {
      throw Errors.invalid(
          op,
          "index %s and the tensor %s differ in the number of dimensions."
              .formatted(index.shape(), shape));
    }
    int[] sizes = shape.rank() == 0 ? new int[] {1} : shape.raw();
    int[] counts = index.dim() == 0 ? new int[] {1} : index.shape().raw();
    for (int d = 0; d < rank; d++) {
      if (d != dim && counts[d] > sizes[d] && index.numel() > 0) {
        throw Errors.invalid(
            op,
            ("index %s is larger than the tensor %s in dimension %s. It may be larger only in "
                    + "dimension %s.")
                .formatted(index.shape(), shape, d, dim));
      }
    }
    long[] ids = Dense.longs(index);
    int[] strides = Shape.of(sizes).strides();
    int[] at = new int[rank];
    int[] places = new int[ids.length];
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] < 0 || ids[i] >= sizes[dim]) {
        throw Errors.outside(
            op,
            "index %s at position %s is outside of dimension %s of %s; valid are 0..%s."
                .formatted(ids[i], Shapes.text(at), dim, shape, sizes[dim] - 1));
      }
      int place = 0;
      for (int d = 0; d < rank; d++) {
        place += (d == dim ? (int) ids[i] : at[d]) * strides[d];
      }
      places[i] = place;
      for (int d = rank - 1; d >= 0 && ++at[d] == counts[d]; d--) {
        at[d] = 0;
      }
    }
    return places;
  }

  static Tensor gather(Tensor x, int dim, Tensor index) {
    Tensor taken = taken(x, dim, index);
    return taken != null ? taken : gatherOneByOne(x, dim, index);
  }

  /**
   * On the kernel, for FLOAT32 and an index that differs from x in the size of one dimension only;
   * null for anything else, and for what is wrong.
   */
  private static Tensor taken(Tensor x, int dim, Tensor index) {
    int rank = x.dim();
    boolean fits = given(index).dtype() == DType.INT64 && x.dtype() == DType.FLOAT32;
    fits &= rank > 0 && index.dim() == rank && index.numel() > 0;
    for (int d = 0; fits && d < rank; d++) {
      fits = d == dim || index.size(d) == x.size(d);
    }
    if (!fits) {
      return null;
    }
    Tensor from = Dense.packed(x);
    Tensor at = Dense.packed(index);
    int inner = Shapes.inner(x.shape(), dim);
    int outer = Shapes.outer(x.shape(), dim);
    float[] out = ArrayPool.floats(index.numel());
    boolean found =
        Take.along(
            Dense.array(from),
            from.offset,
            outer,
            x.size(dim),
            inner,
            ((Storage.Longs) at.storage).array,
            at.offset,
            index.size(dim),
            out);
    return found ? Dense.of(out, index.shape()) : null;
  }

  private static Tensor gatherOneByOne(Tensor x, int dim, Tensor index) {
    int[] places = places("gather", x.shape(), dim, index);
    Tensor from = x.isContiguous() ? x : Dense.copy(x);
    Tensor out = new Tensor(Storage.allocate(x.dtype(), places.length), x.dtype(), index.shape());
    for (int i = 0; i < places.length; i++) {
      move(from.storage, from.offset + places[i], out.storage, i, x.dtype());
    }
    return out;
  }

  private static void move(Storage from, int i, Storage to, int j, DType dtype) {
    if (dtype.isFloatingPoint()) {
      to.setDouble(j, from.getDouble(i));
    } else {
      to.setLong(j, from.getLong(i));
    }
  }

  static Tensor scatter(String op, Tensor x, int dim, Tensor index, Tensor src, boolean add) {
    given(index);
    if (given(src).dtype() != x.dtype()) {
      throw Errors.dtype(
          op, "src", x.dtype() + " as self", src.dtype(), "Use src.to(DType." + x.dtype() + ").");
    }
    int[] counts = index.shape().raw();
    if (Math.max(1, src.dim()) != Math.max(1, index.dim())) {
      throw Errors.invalid(
          op, "index " + index.shape() + " and src " + src.shape() + " differ in rank.");
    }
    Tensor part = src;
    try (var _ = GradMode.noGrad()) {
      for (int d = 0; d < counts.length && index.numel() > 0; d++) {
        if (counts[d] > (src.dim() == 0 ? 1 : src.size(d))) {
          throw Errors.invalid(
              op,
              "index %s is larger than src %s in dimension %s."
                  .formatted(index.shape(), src.shape(), d));
        }
        part = src.dim() == 0 ? src : part.narrow(d, 0, counts[d]);
      }
    }
    int[] places = places(op, x.shape(), dim, index);
    Tensor out = Dense.copy(x);
    if (places.length == 0) {
      return out;
    }
    if (x.dtype().isFloatingPoint()) {
      double[] values = Dense.doubles(part);
      for (int i = 0; i < places.length; i++) {
        out.storage.setDouble(
            places[i], add ? out.storage.getDouble(places[i]) + values[i] : values[i]);
      }
    } else {
      long[] values = Dense.longs(part);
      for (int i = 0; i < places.length; i++) {
        out.storage.setLong(
            places[i], add ? out.storage.getLong(places[i]) + values[i] : values[i]);
      }
    }
    return out;
  }
}
