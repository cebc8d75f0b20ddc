package gradus.studio;

import gradus.tensor.Tensor;
import gradus.tensor.spi.Internals;
import gradus.text.projection.Pca;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The first principal axes of a table, and where rows lie along them. A row that holds NaN or an
 * infinite number lies nowhere: its places are NaN, and the others are found without it.
 *
 * @param mean the middle of the rows
 * @param axes [count, dim]
 * @param explained the share of the spread along each axis
 */
record MapAxes(Tensor mean, Tensor axes, double[] explained) {
  static final int MOST_AXES = 10;

  static MapAxes of(Tensor table, int count) {
    Tensor finite = finite(table);
    int axes = Math.min(count, table.size(1));
    if (finite.size(0) < 2) {
      return new MapAxes(
          Tensor.zeros(table.size(1)),
          Tensor.eye(table.size(1)).narrow(0, 0, axes),
          new double[axes]);
    }
    Pca pca = Pca.of(finite, axes);
    Internals.get().outlive(pca.mean()); // they are kept, whatever scope the program is in
    Internals.get().outlive(pca.axes());
    return new MapAxes(pca.mean(), pca.axes(), pca.explained());
  }

  private static Tensor finite(Tensor table) {
    if (table.mean(0).isfinite().all().item() != 0) {
      return table;
    }
    Tensor rows = table.isfinite().all(1).nonzero().select(1, 0);
    return table.indexSelect(0, rows);
  }

  /** The rows' places: [n, count]. */
  Tensor of(Tensor table) {
    return new Pca(mean, axes, explained).project(table);
  }

  /** The rows' places as the page reads them. */
  static byte[] bytes(Tensor floats) {
    float[] values = floats.toFloatArray();
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }
}
