package gradus.text.fasttext;

/** The mean of rows of a matrix, summed as they come, as fastText does. */
final class RowMean {
  private final FastTextMatrix matrix;
  private final float[] sum;
  private long count;

  RowMean(FastTextMatrix matrix) {
    this.matrix = matrix;
    this.sum = new float[matrix.columns()];
  }

  /** Takes a row; numbers below 0 stand for none. */
  void add(int row) {
    if (row >= 0) {
      matrix.addRow(row, sum);
      count++;
    }
  }

  long count() {
    return count;
  }

  /** The mean, to be asked for once; zeros without rows. */
  float[] mean() {
    float factor = (float) (1.0 / count);
    for (int i = 0; i < sum.length && count > 0; i++) {
      sum[i] *= factor;
    }
    return sum;
  }
}
