package gradus.tensor;

import gradus.tensor.kernel.table.NearestRows;
import java.util.Arrays;
import java.util.Comparator;

/**
 * The nearest rows by Euclidean distance, exactly: distances are computed from differences in
 * double, and rows equally far away are ordered by number.
 *
 * <p>The fast form 2 q·r − ‖r‖² finds candidates, some more than are wanted. It is the difference
 * of two large numbers, which tells little about rows that lie close together and far from the
 * origin; so its error is bounded, and where a row that was passed over might be nearer than the
 * last one found, all rows are measured.
 */
final class NearestByDistance {
  /** Candidates beyond those wanted: the more, the rarer are all rows measured. */
  private static final int SPARE = 16;

  /** The relative error of a FLOAT32 operation. */
  private static final double UNIT = 0x1p-24;

  private final Tensor table;
  private final float[] array;
  private final int dim;

  /** −‖r‖² of each row, and the largest ‖r‖. */
  private final float[] shift;

  private final double longest;

  NearestByDistance(Tensor table) {
    this.table = table;
    this.array = Dense.array(table);
    this.dim = table.size(1);
    shift = new float[table.size(0)];
    NearestRows.squares(array, table.offset, table.stride(0), shift.length, dim, shift);
    double largest = 0;
    for (int row = 0; row < shift.length; row++) {
      // Rows that hold NaN are never near.
      largest = shift[row] > largest ? shift[row] : largest;
      shift[row] = -shift[row];
    }
    longest = Math.sqrt(largest);
  }

  /** The square of the distance of every row from one query: {@code [rows]}. */
  double[] squares(float[] query, int at) {
    double[] out = new double[shift.length];
    NearestRows.squaredDistances(
        array, table.offset, table.stride(0), shift.length, dim, query, at, out);
    return out;
  }

  /**
   * For each of n queries the k nearest rows, nearest first.
   *
   * @param asked the queries, contiguous [n, dim]
   * @param rows [n, k], filled with row numbers
   * @param values [n, k], filled with distances
   */
  void search(float[] asked, int n, int k, int[] rows, float[] values) {
    int kept = Math.min(shift.length, k + Math.max(SPARE, k / 4));
    int[] candidates = new int[Math.multiplyExact(n, kept)];
    float[] scores = new float[candidates.length];
    float[] doubled = new float[n * dim];
    for (int i = 0; i < doubled.length; i++) {
      doubled[i] = 2 * asked[i];
    }
    int stride = table.stride(0);
    NearestRows.search(
        array,
        table.offset,
        stride,
        shift.length,
        dim,
        doubled,
        n,
        null,
        shift,
        kept,
        candidates,
        scores);
    double[] squares = new double[kept];
    for (int q = 0; q < n; q++) {
      int[] found = Arrays.copyOfRange(candidates, q * kept, (q + 1) * kept);
      for (int i = 0; i < kept; i++) {
        squares[i] =
            found[i] == NearestRows.NONE
                ? Double.NaN
                : NearestRows.squaredDistance(
                    array, table.offset + found[i] * stride, asked, q * dim, dim);
      }
      order(found, squares);
      if (isSure(asked, q * dim, squares[k - 1], scores[(q + 1) * kept - 1], kept)) {
        put(found, squares, k, q, rows, values);
      } else {
        double[] all = squares(asked, q * dim);
        int[] nearest = nearest(all, k);
        double[] exact = new double[k];
        Arrays.setAll(exact, i -> nearest[i] == NearestRows.NONE ? Double.NaN : all[nearest[i]]);
        put(nearest, exact, k, q, rows, values);
      }
    }
  }

  private static void put(int[] found, double[] squares, int k, int q, int[] rows, float[] values) {
    for (int i = 0; i < k; i++) {
      rows[q * k + i] = found[i];
      values[q * k + i] = (float) Math.sqrt(squares[i]);
    }
  }

  /**
   * Whether no row that was passed over can be as near as the last one wanted.
   *
   * @param last the square of that one's distance
   * @param worst the score of the last candidate: no other row scored higher
   */
  private boolean isSure(float[] asked, int at, double last, float worst, int kept) {
    double square = 0;
    for (int j = at; j < at + dim; j++) {
      square += (double) asked[j] * asked[j];
    }
    double product = 2 * Math.sqrt(square) * longest;
    // A sum of dim products, in any order, and its own addition; what is too small to be held.
    double error = UNIT * ((dim + 8) * product + 2 * longest * longest) + dim * 0x1p-147;
    if (!(product + longest * longest < Float.MAX_VALUE / 2)) {
      return false;
    }
    // NaN: fewer rows than candidates have a distance at all.
    return kept == shift.length || worst != worst || square - worst - error > last * (1 + 1e-9);
  }

  /** Sorts candidates by distance, then number; those that are none come last. */
  private static void order(int[] rows, double[] squares) {
    for (int i = 1; i < rows.length; i++) {
      int row = rows[i];
      double square = squares[i];
      int j = i - 1;
      for (; j >= 0 && nearer(square, row, squares[j], rows[j]); j--) {
        rows[j + 1] = rows[j];
        squares[j + 1] = squares[j];
      }
      rows[j + 1] = row;
      squares[j + 1] = square;
    }
  }

  private static boolean nearer(double a, int rowA, double b, int rowB) {
    int order = Double.compare(a, b);
    return order < 0 || (order == 0 && rowA < rowB);
  }

  /** The k nearest of all rows, by distance, then number. */
  private static int[] nearest(double[] squares, int k) {
    double[] sorted = squares.clone();
    Arrays.sort(sorted);
    double last = sorted[k - 1];
    int below = 0;
    while (below < k && sorted[below] < last) {
      below++;
    }
    int[] rows = new int[k];
    Arrays.fill(rows, NearestRows.NONE);
    int nearer = 0;
    int equal = below;
    for (int row = 0; row < squares.length; row++) {
      double square = squares[row];
      if (square < last || last != last && square == square) {
        rows[nearer++] = row;
      } else if (square == last && equal < k) {
        rows[equal++] = row;
      }
    }
    // Rows in ascending order, and a stable sort: of equal ones the earlier comes first.
    int[] sortedRows =
        Arrays.stream(rows, 0, nearer)
            .boxed()
            .sorted(Comparator.comparingDouble(row -> squares[row]))
            .mapToInt(row -> row)
            .toArray();
    System.arraycopy(sortedRows, 0, rows, 0, nearer);
    return rows;
  }
}
