package gradus.text;

import java.util.Arrays;

/** Numbers of rows; those below 0 are not taken. */
final class FastTextRows {
  private int[] rows = new int[32];
  private int count;

  void add(int row) {
    if (row >= 0) {
      if (count == rows.length) {
        rows = Arrays.copyOf(rows, 2 * count);
      }
      rows[count++] = row;
    }
  }

  int count() {
    return count;
  }

  void clear() {
    count = 0;
  }

  /** The mean of these rows of a matrix, summed in order as fastText does; zeros without rows. */
  float[] mean(FastTextMatrix matrix) {
    float[] sum = new float[matrix.columns()];
    for (int i = 0; i < count; i++) {
      matrix.addRow(rows[i], sum);
    }
    float factor = (float) (1.0 / count);
    for (int i = 0; i < sum.length && count > 0; i++) {
      sum[i] *= factor;
    }
    return sum;
  }
}
