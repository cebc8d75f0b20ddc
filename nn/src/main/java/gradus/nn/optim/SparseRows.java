package gradus.nn.optim;

import gradus.tensor.Tensor;
import gradus.tensor.spi.Internals;

/**
 * Reads and writes the rows of a table that a row-sparse gradient names; the others are never
 * touched.
 */
final class SparseRows {
  private SparseRows() {}

  static Tensor negated(Tensor grad) {
    return Internals.get().sparse(grad.shape(), grad.indices(), grad.values().neg());
  }

  /** The named rows of a table [n, dim], copied. */
  static Tensor rows(Tensor table, Tensor indices) {
    return table.indexSelect(0, indices);
  }

  /** Adds a multiple of a row-sparse gradient; repeated rows add up. */
  static void add_(Tensor table, Tensor sparse, double factor) {
    Internals.get().addRows(table, sparse, factor);
  }

  /** Adds to the named rows of a table; no other row is read or written. */
  static void add_(Tensor table, Tensor indices, Tensor rows) {
    Internals.get().addRows(table, indices, rows);
  }
}
