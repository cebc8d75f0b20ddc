package gradus.text;

import gradus.tensor.Tensor;

/**
 * The rows of a table, each scaled to length one, beside their original lengths.
 *
 * <p>With rows of length one the cosine similarity to every word of the table is a single matrix
 * product. A row of zeros has no direction: it stays zero, and its similarity to everything is 0.
 */
final class UnitRows {

  private final float[] data;
  private final float[] lengths;
  private final int rows;
  private final int columns;
  private final Tensor table;

  UnitRows(Tensor vectors) {
    this.rows = vectors.size(0);
    this.columns = vectors.size(1);
    this.data = vectors.toFloatArray();
    this.lengths = new float[rows];
    for (int row = 0; row < rows; row++) {
      lengths[row] = (float) normalise(data, row * columns, columns);
    }
    this.table = Tensor.fromArray(data, rows, columns);
  }

  /** Scales a stretch of an array to length one and returns the length it had. */
  static double normalise(float[] values, int offset, int count) {
    double sum = 0;
    for (int i = offset; i < offset + count; i++) {
      sum += (double) values[i] * values[i];
    }
    double length = Math.sqrt(sum);
    if (length > 0) {
      for (int i = offset; i < offset + count; i++) {
        values[i] = (float) (values[i] / length);
      }
    }
    return length;
  }

  /** The rows as a tensor: [rows, columns]. */
  Tensor table() {
    return table;
  }

  int rows() {
    return rows;
  }

  int columns() {
    return columns;
  }

  /** The length the row had before. */
  double length(int row) {
    return lengths[row];
  }

  /** One row of length one, as a fresh array. */
  float[] row(int row) {
    float[] result = new float[columns];
    System.arraycopy(data, row * columns, result, 0, columns);
    return result;
  }

  /** Adds {@code weight} times a row into {@code sum} from {@code offset} on. */
  void addTo(float[] sum, int offset, int row, float weight) {
    int start = row * columns;
    for (int i = 0; i < columns; i++) {
      sum[offset + i] += weight * data[start + i];
    }
  }

  /** The cosine of two rows. */
  double cosine(int a, int b) {
    double sum = 0;
    for (int i = 0; i < columns; i++) {
      sum += (double) data[a * columns + i] * data[b * columns + i];
    }
    return Math.clamp(sum, -1.0, 1.0);
  }

  /** The dot product of every row with one query of {@code columns} numbers: [rows]. */
  float[] dot(float[] query) {
    return dot(query, 1);
  }

  /**
   * The dot products of every row with several queries, which lie one after another: [queries *
   * rows], all rows of the first query first.
   */
  float[] dot(float[] queries, int count) {
    Tensor questions = Tensor.fromArray(queries, count, columns);
    return questions.matmul(table.transpose(0, 1)).toFloatArray();
  }
}
