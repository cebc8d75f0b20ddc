package gradus.tensor;

import static gradus.tensor.spi.Given.given;

import gradus.tensor.kernel.table.RowCopies;
import gradus.tensor.kernel.table.ScatterAdd;
import java.util.ArrayList;
import java.util.Arrays;

/** Whole slices chosen by index, and Python's square brackets. */
final class IndexSelectOps {
  private IndexSelectOps() {}

  private static int[] ids(String op, Tensor x, int dim, Tensor index) {
    Scattering.wholeIndex(op, index);
    if (index.dim() > 1) {
      throw Errors.invalid(op, "index is " + index.shape() + ". It must be a vector [n].");
    }
    int size = x.dim() == 0 ? 1 : x.size(dim);
    long[] ids = Dense.longs(index);
    int[] out = new int[ids.length];
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] < 0 || ids[i] >= size) {
        throw Errors.outside(
            op,
            "index %s at position [%s] is outside of dimension %s of %s; valid are 0..%s."
                .formatted(ids[i], i, dim, x.shape(), size - 1));
      }
      out[i] = (int) ids[i];
    }
    return out;
  }

  static Tensor indexSelect(Tensor x, int dim, Tensor index) {
    int[] ids = ids("indexSelect", x, dim, index);
    if (x.dim() == 0) {
      return Dense.copy(x);
    }
    int[] sizes = x.shape().toArray();
    sizes[dim] = ids.length;
    Shape shape = Shape.wrap(sizes);
    Tensor out = new Tensor(Storage.allocate(x.dtype(), shape.numel()), x.dtype(), shape);
    if (shape.numel() == 0) {
      return out;
    }
    try (var _ = GradMode.noGrad()) {
      if (dim == 0 && x.dtype() == DType.FLOAT32 && x.isContiguous()) {
        int cols = x.numel() / x.size(0);
        RowCopies.gather(
            Dense.array(x),
            x.offset,
            cols,
            Dense.longs(index),
            0,
            ids.length,
            Dense.array(out),
            0,
            cols);
        return out;
      }
      for (int i = 0; i < ids.length; i++) {
        Dense.write(out.select(dim, i), x.select(dim, ids[i]));
      }
    }
    out.storage.version = 0;
    return out;
  }

  static Tensor indexAdd(Tensor x, int dim, Tensor index, Tensor source) {
    int[] ids = ids("indexAdd", x, dim, index);
    if (given(source).dtype() != x.dtype()) {
      throw Errors.dtype(
          "indexAdd",
          "source",
          x.dtype() + " as self",
          source.dtype(),
          "Use source.to(DType." + x.dtype() + ").");
    }
    Tensor out = Dense.copy(x);
    try (var _ = GradMode.noGrad()) {
      Tensor to = x.dim() == 0 ? out.reshape(1) : out;
      Tensor from = source.dim() == 0 ? source.reshape(1) : source;
      int[] wanted = to.shape().toArray();
      wanted[dim] = ids.length;
      if (!from.shape().equals(Shape.of(wanted))) {
        throw Errors.invalid(
            "indexAdd",
            "source is %s but %s indices into %s need %s."
                .formatted(source.shape(), ids.length, x.shape(), Shape.of(wanted)));
      }
      if (out.numel() == 0 || ids.length == 0) {
        return out;
      }
      if (dim == 0 && x.dtype() == DType.FLOAT32) {
        Tensor rows = Dense.packed(from);
        long[] at = Arrays.stream(ids).asLongStream().toArray();
        int cols = to.numel() / to.size(0);
        ScatterAdd.add(
            Dense.array(rows), rows.offset, 1, at, 0, at.length, Dense.array(to), 0, cols);
        return out;
      }
      for (int i = 0; i < ids.length; i++) {
        Tensor slice = to.select(dim, ids[i]);
        Dense.write(slice, slice.add(from.select(dim, i)));
      }
    }
    out.storage.version = 0;
    return out;
  }

  /** A vector of indices spread over all other dimensions, as scatter wants them. */
  static Tensor spread(Tensor x, int dim, Tensor index) {
    Scattering.wholeIndex("index", index);
    if (x.dim() == 0) {
      return index.reshape();
    }
    int[] view = new int[x.dim()];
    Arrays.fill(view, 1);
    view[dim] = index.numel();
    int[] sizes = x.shape().toArray();
    sizes[dim] = index.numel();
    return index.reshape(view).expand(sizes);
  }

  static Tensor nonzero(Tensor x) {
    double[] values = Dense.doubles(x);
    int rank = x.dim();
    int[] strides = x.shape().strides();
    var found = new ArrayList<Integer>();
    for (int i = 0; i < values.length; i++) {
      if (values[i] != 0) {
        found.add(i);
      }
    }
    long[] out = new long[found.size() * rank];
    for (int n = 0; n < found.size(); n++) {
      for (int d = 0; d < rank; d++) {
        out[n * rank + d] = found.get(n) / strides[d] % x.size(d);
      }
    }
    return Dense.of(out, DType.INT64, Shape.of(found.size(), rank));
  }
}
