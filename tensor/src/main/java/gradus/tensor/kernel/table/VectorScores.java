package gradus.tensor.kernel.table;

import static gradus.tensor.kernel.math.VectorMath.sum;

import gradus.tensor.kernel.FloatLanes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Dot products of one query with rows of a table, one row after another: read so, a table comes
 * from memory twice as fast as several rows at a time.
 *
 * <p>What is left of a row after whole vectors is read as one more vector that ends with the row;
 * the query has zeros where both overlap.
 */
final class VectorScores {

  private static final VectorSpecies<Float> SPECIES = FloatLanes.SPECIES;
  private static final int LENGTH = SPECIES.length();

  private VectorScores() {}

  /** Whether rows of this length can be read so. */
  static boolean suits(int dim) {
    return dim >= LENGTH;
  }

  /** The query's last vector, zero where the whole vectors before have been. */
  static float[] end(float[] query, int at, int dim) {
    float[] end = new float[LENGTH];
    int left = dim % LENGTH;
    System.arraycopy(query, at + dim - left, end, LENGTH - left, left);
    return end;
  }

  /**
   * {@code out[i] = query · row i} for n rows.
   *
   * @param end as {@link #end} gives it
   */
  static void dots(
      float[] table,
      int at,
      int stride,
      int n,
      int dim,
      float[] query,
      int queryAt,
      float[] end,
      float[] out,
      int outAt) {
    int whole = dim - dim % LENGTH;
    int fours = dim - dim % (4 * LENGTH);
    for (int i = 0; i < n; i++) {
      int row = at + i * stride;
      FloatVector a = FloatVector.zero(SPECIES);
      FloatVector b = FloatVector.zero(SPECIES);
      FloatVector c = FloatVector.zero(SPECIES);
      FloatVector d = FloatVector.zero(SPECIES);
      int j = 0;
      for (; j < fours; j += 4 * LENGTH) {
        int p = row + j;
        int q = queryAt + j;
        FloatVector x = FloatVector.fromArray(SPECIES, query, q);
        a = FloatVector.fromArray(SPECIES, table, p).fma(x, a);
        x = FloatVector.fromArray(SPECIES, query, q + LENGTH);
        b = FloatVector.fromArray(SPECIES, table, p + LENGTH).fma(x, b);
        x = FloatVector.fromArray(SPECIES, query, q + 2 * LENGTH);
        c = FloatVector.fromArray(SPECIES, table, p + 2 * LENGTH).fma(x, c);
        x = FloatVector.fromArray(SPECIES, query, q + 3 * LENGTH);
        d = FloatVector.fromArray(SPECIES, table, p + 3 * LENGTH).fma(x, d);
      }
      for (; j < whole; j += LENGTH) {
        FloatVector x = FloatVector.fromArray(SPECIES, query, queryAt + j);
        a = FloatVector.fromArray(SPECIES, table, row + j).fma(x, a);
      }
      if (whole < dim) {
        FloatVector x = FloatVector.fromArray(SPECIES, end, 0);
        b = FloatVector.fromArray(SPECIES, table, row + dim - LENGTH).fma(x, b);
      }
      out[outAt + i] = sum(a.add(b).add(c.add(d)));
    }
  }
}
