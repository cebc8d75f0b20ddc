package gradus.tensor;

import static gradus.tensor.spi.Given.given;

import gradus.tensor.kernel.table.RowCopies;
import gradus.tensor.kernel.table.ScatterAdd;
import java.util.Arrays;

/**
 * Rows of a table by their numbers; the gradients of such tables, row-sparse or dense, and how
 * row-sparse ones add up.
 */
final class EmbeddingOps {
  private EmbeddingOps() {}

  /** The rows, after checking that all of them are there; see {@link Tensor#embedding}. */
  static Tensor lookup(
      Tensor weight, Tensor indices, int paddingIdx, boolean scaleGradByFreq, boolean sparse) {
    if (given(indices).dtype() != DType.INT64 && indices.dtype() != DType.INT32) {
      throw Errors.dtype(
          "embedding", "index", "INT64", indices.dtype(), "Use Tensor.of(1, 2, 3) or x.toLong().");
    }
    if (given(weight, "weight").dim() != 2) {
      throw Errors.invalid(
          "embedding", "the table is " + weight.shape() + ". It must be [rows, dim].");
    }
    int rows = weight.size(0);
    int cols = weight.size(1);
    long[] ids = Dense.longs(indices);
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] < 0 || ids[i] >= rows) {
        throw Errors.embeddingIndex(ids[i], indices.shape().position(i), rows);
      }
    }
    int[] sizes = Arrays.copyOf(indices.shape().raw(), indices.dim() + 1);
    sizes[indices.dim()] = cols;
    Shape shape = Shape.wrap(sizes);
    Tensor out;
    if (weight.dtype() == DType.FLOAT32 && weight.stride(1) == 1 && shape.numel() > 0) {
      float[] to = ArrayPool.floats(shape.numel());
      RowCopies.gather(
          Dense.array(weight), weight.offset, weight.stride(0), ids, 0, ids.length, to, 0, cols);
      out = Dense.of(to, shape);
    } else {
      try (var _ = GradMode.noGrad()) {
        out =
            weight
                .indexSelect(0, Dense.of(ids, DType.INT64, Shape.of(ids.length)))
                .reshape(sizes)
                .clone();
      }
    }
    return Tensor.record(
        new Op.Embedding(paddingIdx, scaleGradByFreq, sparse), out, weight, indices);
  }

  /** The gradient of the table: what each use of a row got, summed by row. */
  static Tensor embeddingGrad(Tensor g, Tensor indices, int rows, Op.Embedding op) {
    int cols = g.size(-1);
    long[] ids = Dense.longs(indices);
    Tensor flatIds = Dense.of(ids, DType.INT64, Shape.of(ids.length));
    Tensor values = g.reshape(ids.length, cols);
    if (op.scaleGradByFreq() && ids.length > 0) {
      values = values.div(counts(ids, rows).to(g.dtype()).unsqueeze(1));
    }
    if (op.sparse()) {
      if (op.paddingIdx() >= 0) {
        Tensor used = flatIds.ne(op.paddingIdx()).nonzero().squeeze(1);
        return Tensor.sparse(
            Shape.of(rows, cols), flatIds.indexSelect(0, used), values.indexSelect(0, used));
      }
      return Tensor.sparse(Shape.of(rows, cols), flatIds, values);
    }
    if (GradMode.isEnabled() || g.dtype() != DType.FLOAT32 || ids.length == 0 || cols == 0) {
      if (op.paddingIdx() >= 0) {
        values = values.mul(flatIds.ne(op.paddingIdx()).to(g.dtype()).unsqueeze(1));
      }
      return Tensor.zeros(g.dtype(), rows, cols).indexAdd(0, flatIds, values);
    }
    long[] used = op.paddingIdx() < 0 ? ids : without(ids, op.paddingIdx());
    float[] table = ArrayPool.zeros(Math.multiplyExact(rows, cols));
    Tensor v = values.contiguous();
    ScatterAdd.add(Dense.array(v), v.offset, 1, used, 0, used.length, table, 0, cols);
    return Dense.of(table, Shape.of(rows, cols));
  }

  /**
   * {@code table[rows[i]] += factor · values[i]} for a row-sparse gradient, without a copy of it.
   */
  static void addRows(Tensor table, Tensor sparse, double factor) {
    var rows = (Storage.SparseRows) sparse.storage;
    addRows(table, rows.indices, rows.read(), factor);
  }

  static void addRows(Tensor table, Tensor rows, Tensor values) {
    addRows(table, rows, values, 1);
  }

  private static void addRows(Tensor table, Tensor rows, Tensor values, double factor) {
    long[] ids = Dense.longs(rows);
    if (ids.length == 0) {
      return;
    }
    if (table.dtype() == DType.FLOAT32 && table.isContiguous()) {
      Tensor v = values.detach().contiguous();
      ScatterAdd.add(
          Dense.array(v),
          v.offset,
          (float) factor,
          ids,
          0,
          ids.length,
          Dense.array(table),
          table.offset,
          table.size(1));
      table.storage.version++;
      return;
    }
    try (var _ = GradMode.noGrad()) {
      for (int i = 0; i < ids.length; i++) {
        table.select(0, (int) ids[i]).add_(values.select(0, i), factor);
      }
    }
  }

  /** The ids with −1, which the kernel leaves out, in place of the padding. */
  private static long[] without(long[] ids, long padding) {
    return Arrays.stream(ids).map(id -> id == padding ? -1 : id).toArray();
  }

  private static Tensor counts(long[] ids, int rows) {
    long[] count = new long[rows];
    for (long id : ids) {
      count[(int) id]++;
    }
    long[] out = new long[ids.length];
    Arrays.setAll(out, i -> count[(int) ids[i]]);
    return Dense.of(out, DType.INT64, Shape.of(ids.length));
  }

  static Tensor coalesce(Tensor x, Storage.SparseRows rows) {
    long[] ids = Dense.longs(rows.indices);
    long[] unique = Arrays.stream(ids).sorted().distinct().toArray();
    long[] places = new long[ids.length];
    Arrays.setAll(places, i -> Arrays.binarySearch(unique, ids[i]));
    Tensor sums =
        Tensor.zeros(x.dtype(), unique.length, x.size(1))
            .indexAdd(0, Dense.of(places, DType.INT64, Shape.of(ids.length)), rows.read());
    return Tensor.sparse(x.shape(), Dense.of(unique, DType.INT64, Shape.of(unique.length)), sums);
  }

  static Tensor toDense(Tensor x, Storage.SparseRows rows) {
    return Tensor.zeros(x.dtype(), x.shape().raw()).indexAdd(0, rows.indices, rows.read());
  }

  /** Sparse + sparse stays sparse; with a dense tensor it becomes dense. */
  static Tensor add(Tensor a, Tensor b) {
    if (!a.shape().equals(b.shape())) {
      throw Errors.noBroadcast("add", a.shape(), b.shape(), 0, a.size(0), b.size(0));
    }
    if (a.isSparse() && b.isSparse()) {
      return Tensor.sparse(
          a.shape(),
          Tensor.cat(0, a.indices(), b.indices()),
          Tensor.cat(0, a.values(), b.values()));
    }
    Tensor dense = a.isSparse() ? b : a;
    Tensor sparse = a.isSparse() ? a : b;
    return dense.indexAdd(0, sparse.indices(), sparse.values());
  }
}
