package gradus.tensor.kernel;

/**
 * The rows of a table that answer queries best: the scores of a block of rows are looked through
 * while they are in the cache, and never stand in memory as a whole.
 */
public final class NearestRows {

  /** Rows whose scores are computed at a time. */
  private static final int BLOCK = 256;

  /** So many queries at most go over the block one by one: the table is not packed for them. */
  private static final int FEW = 24;

  /** A row that is not there, where fewer than k rows have a score that is a number. */
  public static final int NONE = -1;

  private static final ThreadLocal<float[]> SCORES = ThreadLocal.withInitial(() -> new float[0]);

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
    int blocks = (rows + BLOCK - 1) / BLOCK;
    Parallel.rows(
        blocks,
        (long) BLOCK * dim * count,
        (from, to) -> {
          BestRows[] found = BestRows.of(count, k);
          for (int block = from; block < to; block++) {
            int first = block * BLOCK;
            int some = Math.min(BLOCK, rows - first);
            float[] scores = scores(table, at, stride, first, some, dim, queries, count);
            for (int q = 0; q < count; q++) {
              adjust(scores, q * some, some, first, scale, shift);
              found[q].offer(scores, q * some, some, first);
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
        (rows + BLOCK - 1) / BLOCK,
        (long) BLOCK * dim,
        (from, to) -> {
          for (int block = from; block < to; block++) {
            int first = block * BLOCK;
            int some = Math.min(BLOCK, rows - first);
            float[] scores = scores(table, at, stride, first, some, dim, query, 1);
            adjust(scores, 0, some, first, scale, shift);
            System.arraycopy(scores, 0, out, first, some);
          }
        });
  }

  private static float[] scores(
      float[] table, int at, int stride, int first, int some, int dim, float[] queries, int count) {
    float[] scores = SCORES.get();
    if (scores.length < some * count) {
      scores = new float[BLOCK * count];
      SCORES.set(scores);
    }
    int from = at + first * stride;
    if (count <= FEW && Lanes.COUNT > 0 && VectorScores.suits(dim)) {
      for (int q = 0; q < count; q++) {
        float[] end = VectorScores.end(queries, q * dim, dim);
        VectorScores.dots(table, from, stride, some, dim, queries, q * dim, end, scores, q * some);
      }
      return scores;
    }
    MatMul.gemm(
        count, some, dim, queries, 0, dim, 1, table, from, 1, stride, scores, 0, some, false);
    return scores;
  }

  private static void adjust(
      float[] scores, int at, int n, int first, float[] scale, float[] shift) {
    for (int j = 0; scale != null && j < n; j++) {
      scores[at + j] *= scale[first + j];
    }
    for (int j = 0; shift != null && j < n; j++) {
      scores[at + j] += shift[first + j];
    }
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
