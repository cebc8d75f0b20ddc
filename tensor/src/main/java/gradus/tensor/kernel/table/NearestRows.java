package gradus.tensor.kernel.table;

import gradus.tensor.kernel.Lanes;
import gradus.tensor.kernel.Parallel;
import gradus.tensor.kernel.Scratch;
import gradus.tensor.kernel.matmul.MatMul;

/**
 * The rows of a table that answer queries best: the scores of a block of rows are looked through
 * while they are in the cache, and never stand in memory as a whole.
 */
public final class NearestRows {

  /** Rows whose scores are computed at a time. */
  private static final int BLOCK = 256;

  /** Queries whose scores are computed at a time: they fit the cache. */
  private static final int QUERIES = 252;

  /** So many queries at most go over the block one by one: the table is not packed for them. */
  private static final int FEW = 24;

  /** A row that is not there, where fewer than k rows have a score that is a number. */
  public static final int NONE = -1;

  private NearestRows() {}

  /**
   * For each query the k rows with the highest scores, best first, the earlier of equal ones first.
   * The score of a row is {@code (query · row) · scale[row] + shift[row]}.
   *
   * @param table the rows, contiguous numbers {@code stride} apart from {@code at} on
   * @param queries contiguous [count, dim]
   * @param scale one factor a row; null for 1
   * @param shift one summand a row; null for 0
   * @param bestRows [count, k], filled with row numbers, or {@link #NONE}
   * @param bestScores [count, k], filled with scores, NaN where there is no row
   */
  public static void search(
      float[] table,
      int at,
      int stride,
      int rows,
      int dim,
      float[] queries,
      int count,
      float[] scale,
      float[] shift,
      int k,
      int[] bestRows,
      float[] bestScores) {
    BestRows[] best = BestRows.of(count, k);
    int blocks = Math.ceilDiv(rows, BLOCK);
    Parallel.rows(
        blocks,
        (long) BLOCK * dim * count,
        (from, to) -> {
          BestRows[] found = BestRows.of(count, k);
          for (int block = from; block < to; block++) {
            int first = block * BLOCK;
            int some = Math.min(BLOCK, rows - first);
            int place = at + first * stride;
            float[] packed = packed(table, place, stride, some, dim, count);
            for (int query = 0; query < count; query += QUERIES) {
              int few = Math.min(QUERIES, count - query);
              float[] scores = scores(table, place, stride, some, dim, queries, query, few, packed);
              for (int q = 0; q < few; q++) {
                found[query + q].offer(scores, q * some, some, first, scale, shift);
              }
            }
          }
          synchronized (best) {
            for (int q = 0; q < count; q++) {
              best[q].offer(found[q]);
            }
          }
        });
    for (int q = 0; q < count; q++) {
      best[q].take(bestRows, bestScores, q * k);
    }
  }

  /** The score of every row for one query: {@code out[rows]}. */
  public static void scores(
      float[] table,
      int at,
      int stride,
      int rows,
      int dim,
      float[] query,
      float[] scale,
      float[] shift,
      float[] out) {
    Parallel.rows(
        Math.ceilDiv(rows, BLOCK),
        (long) BLOCK * dim,
        (from, to) -> {
          for (int block = from; block < to; block++) {
            int first = block * BLOCK;
            int some = Math.min(BLOCK, rows - first);
            int place = at + first * stride;
            float[] packed = packed(table, place, stride, some, dim, 1);
            float[] scores = scores(table, place, stride, some, dim, query, 0, 1, packed);
            for (int j = 0; j < some; j++) {
              out[first + j] = BestRows.adjusted(scores[j], first + j, scale, shift);
            }
          }
        });
  }

  /** The rows of a block as a product with many queries reads them; null for few. */
  private static float[] packed(
      float[] table, int place, int stride, int some, int dim, int count) {
    if (Lanes.COUNT == 0 || count <= FEW && VectorScores.suits(dim)) {
      return null;
    }
    float[] packed = Scratch.shared(MatMul.packedLength(some, dim));
    MatMul.pack(some, dim, table, place, 1, stride, packed);
    return packed;
  }

  /** The dot products of some rows with {@code few} queries from {@code query} on. */
  private static float[] scores(
      float[] table,
      int place,
      int stride,
      int some,
      int dim,
      float[] queries,
      int query,
      int few,
      float[] packed) {
    float[] scores = Scratch.floats(Math.min(QUERIES, few) * BLOCK);
    int from = query * dim;
    if (packed != null) {
      MatMul.withPacked(
          few, some, dim, queries, from, dim, 1, table, place, 1, stride, packed, null, 0, scores);
    } else if (Lanes.COUNT > 0) {
      for (int q = 0; q < few; q++, from += dim) {
        float[] end = VectorScores.end(queries, from, dim);
        VectorScores.dots(table, place, stride, some, dim, queries, from, end, scores, q * some);
      }
    } else {
      MatMul.gemm(
          few, some, dim, queries, from, dim, 1, table, place, 1, stride, scores, 0, some, false);
    }
    return scores;
  }

  /** The square of the distance of each row from a query: {@code out[rows]}. */
  public static void squaredDistances(
      float[] table,
      int at,
      int stride,
      int rows,
      int dim,
      float[] query,
      int queryAt,
      double[] out) {
    Parallel.rows(
        rows,
        dim,
        (from, to) -> {
          for (int row = from; row < to; row++) {
            out[row] = squaredDistance(table, at + row * stride, query, queryAt, dim);
          }
        });
  }

  /** {@code ‖x − y‖²} of n numbers each; four sums, so that no addition waits for another. */
  public static double squaredDistance(float[] x, int xAt, float[] y, int yAt, int n) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int j = 0;
    for (; j < n - 3; j += 4) {
      double p = (double) x[xAt + j] - y[yAt + j];
      double q = (double) x[xAt + j + 1] - y[yAt + j + 1];
      double r = (double) x[xAt + j + 2] - y[yAt + j + 2];
      double s = (double) x[xAt + j + 3] - y[yAt + j + 3];
      a += p * p;
      b += q * q;
      c += r * r;
      d += s * s;
    }
    for (; j < n; j++) {
      double p = (double) x[xAt + j] - y[yAt + j];
      a += p * p;
    }
    return a + b + c + d;
  }

  /** The squared length of each row: {@code out[rows]}. */
  public static void squares(float[] table, int at, int stride, int rows, int dim, float[] out) {
    Parallel.rows(
        rows,
        dim,
        (from, to) -> {
          for (int row = from; row < to; row++) {
            out[row] = (float) square(table, at + row * stride, dim);
          }
        });
  }

  /** Four sums, so that no addition waits for the one before it. */
  private static double square(float[] x, int at, int n) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int j = at;
    for (int end = at + n - 3; j < end; j += 4) {
      a += (double) x[j] * x[j];
      b += (double) x[j + 1] * x[j + 1];
      c += (double) x[j + 2] * x[j + 2];
      d += (double) x[j + 3] * x[j + 3];
    }
    for (; j < at + n; j++) {
      a += (double) x[j] * x[j];
    }
    return a + b + c + d;
  }
}
