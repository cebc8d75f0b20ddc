package gradus.tensor;

import gradus.tensor.kernel.NearestRows;

/**
 * The nearest rows of a table, found by looking at every one of them: exact, without preparation,
 * and as fast as the table can be read.
 *
 * <pre>{@code
 * FlatIndex index = FlatIndex.of(table, Metric.COSINE);      // table [400_000, 300]
 * ValuesIndices near = index.search(queries, 10);            // queries [1000, 300]
 * near.indices();                                            // [1000, 10]: row numbers, best first
 * near.values();                                             // [1000, 10]: cosines
 * }</pre>
 *
 * <p>The table is shared, not copied; beside it there is one number a row. A query alone takes one
 * pass over the table, many together one matrix product, whose results are looked through in the
 * cache. Beyond a million rows or so an approximate index pays off; see the README. FAISS: {@code
 * IndexFlatIP}, {@code IndexFlatL2}; PyTorch: {@code torch.topk(queries @ table.T, k)}.
 */
public final class FlatIndex {
  private final Tensor table;
  private final Metric metric;

  /** One factor and one summand a row, as long as the table has not changed. */
  private Weights weights;

  private record Weights(int version, float[] scale, float[] shift) {}

  private FlatIndex(Tensor table, Metric metric) {
    this.table = table;
    this.metric = metric;
  }

  /**
   * An index over the rows of a table.
   *
   * @param table FLOAT32 [rows, dim]; shared unless its rows are not contiguous
   * @param metric what near means
   */
  public static FlatIndex of(Tensor table, Metric metric) {
    if (table.dim() != 2 || table.dtype() != DType.FLOAT32) {
      throw Errors.invalid(
          "FlatIndex",
          "the table is "
              + table.dtype()
              + table.shape()
              + ". It must be FLOAT32 [rows, dim]. Use x.to(FLOAT32).");
    }
    Tensor rows = table.detach();
    return new FlatIndex(
        rows.stride(1) == 1 || rows.size(1) == 1 ? rows : rows.contiguous(), metric);
  }

  /** The table [rows, dim]. */
  public Tensor table() {
    return table;
  }

  /** What near means. */
  public Metric metric() {
    return metric;
  }

  /**
   * The k nearest rows of each query, nearest first, of equal ones the earlier first.
   *
   * @param queries FLOAT32 [n, dim], or [dim]
   * @param k how many, at most the number of rows
   * @return values (cosines, dot products or distances) and row numbers [n, k], or [k]; rows whose
   *     value is NaN are never near: where fewer than k are left, the value is NaN and the row −1
   */
  public ValuesIndices search(Tensor queries, int k) {
    int dim = table.size(1);
    boolean one = queries.dim() == 1;
    if (queries.dtype() != DType.FLOAT32
        || queries.dim() > 2
        || queries.dim() < 1
        || queries.size(-1) != dim) {
      throw Errors.invalid(
          "FlatIndex.search",
          "queries are "
              + queries.dtype()
              + queries.shape()
              + " and the table "
              + table.shape()
              + ". Queries must be FLOAT32 [n, "
              + dim
              + "] or ["
              + dim
              + "].");
    }
    if (k < 1 || k > table.size(0)) {
      throw Errors.invalid(
          "FlatIndex.search",
          "k is "
              + k
              + " and the table has "
              + table.size(0)
              + " rows. k must be in 1.."
              + table.size(0)
              + ".");
    }
    int n = one ? 1 : queries.size(0);
    float[] asked = directions(queries, n);
    Weights weights = weights();
    int[] rows = new int[Math.multiplyExact(n, k)];
    float[] values = new float[rows.length];
    if (n > 0) {
      NearestRows.search(
          Dense.array(table),
          table.offset,
          table.stride(0),
          table.size(0),
          dim,
          asked,
          n,
          weights.scale,
          weights.shift,
          k,
          rows,
          values);
    }
    if (metric == Metric.EUCLIDEAN) {
      measure(queries, rows, values, k);
    }
    Shape shape = one ? Shape.of(k) : Shape.of(n, k);
    long[] indices = new long[rows.length];
    for (int i = 0; i < rows.length; i++) {
      indices[i] = rows[i];
    }
    return new ValuesIndices(Dense.wrap(values, shape), Dense.of(indices, DType.INT64, shape));
  }

  /**
   * The value of every row for one query.
   *
   * @param query FLOAT32 [dim]
   * @return cosines, dot products or distances [rows]
   */
  public Tensor values(Tensor query) {
    if (query.dim() != 1 || query.size(0) != table.size(1) || query.dtype() != DType.FLOAT32) {
      throw Errors.invalid(
          "FlatIndex.values",
          "the query is "
              + query.dtype()
              + query.shape()
              + " and the table "
              + table.shape()
              + ". The query must be FLOAT32 ["
              + table.size(1)
              + "].");
    }
    float[] asked = directions(query, 1);
    Weights weights = weights();
    float[] out = new float[table.size(0)];
    NearestRows.scores(
        Dense.array(table),
        table.offset,
        table.stride(0),
        table.size(0),
        table.size(1),
        asked,
        weights.scale,
        weights.shift,
        out);
    if (metric == Metric.EUCLIDEAN) {
      double own = 0;
      for (float x : query.toFloatArray()) {
        own += (double) x * x;
      }
      for (int row = 0; row < out.length; row++) {
        out[row] = (float) Math.sqrt(Math.max(0, own - out[row]));
      }
    }
    return Dense.wrap(out, Shape.of(out.length));
  }

  /**
   * The queries as the kernel multiplies them: of length one for the cosine; doubled for the
   * distance, whose square is ‖q‖² − (2 q·r − ‖r‖²).
   */
  private float[] directions(Tensor queries, int n) {
    float[] asked = queries.detach().toFloatArray();
    int dim = table.size(1);
    for (int q = 0; q < n; q++) {
      double factor =
          switch (metric) {
            case COSINE -> inverseLength(asked, q * dim, dim);
            case DOT -> 1;
            case EUCLIDEAN -> 2;
          };
      for (int j = q * dim; j < (q + 1) * dim; j++) {
        asked[j] = (float) (asked[j] * factor);
      }
    }
    return asked;
  }

  private static double inverseLength(float[] x, int at, int n) {
    double sum = 0;
    for (int j = at; j < at + n; j++) {
      sum += (double) x[j] * x[j];
    }
    return sum == 0 ? 0 : 1 / Math.sqrt(sum);
  }

  private synchronized Weights weights() {
    if (metric == Metric.DOT) {
      return new Weights(0, null, null);
    }
    int version = table.version();
    if (weights == null || weights.version != version) {
      float[] squares = new float[table.size(0)];
      NearestRows.squares(
          Dense.array(table), table.offset, table.stride(0), table.size(0), table.size(1), squares);
      for (int row = 0; row < squares.length; row++) {
        squares[row] =
            metric == Metric.EUCLIDEAN
                ? -squares[row]
                : squares[row] == 0 ? 0 : (float) (1 / Math.sqrt(squares[row]));
      }
      weights =
          metric == Metric.EUCLIDEAN
              ? new Weights(version, null, squares)
              : new Weights(version, squares, null);
    }
    return weights;
  }

  /**
   * Replaces scores by distances, computed from the differences: the difference of two large
   * squares would tell little about near rows. Then the nearest again comes first.
   */
  private void measure(Tensor queries, int[] rows, float[] values, int k) {
    float[] asked = queries.detach().toFloatArray();
    float[] array = Dense.array(table);
    int dim = table.size(1);
    for (int i = 0; i < rows.length; i++) {
      if (rows[i] != NearestRows.NONE) {
        int at = table.offset + rows[i] * table.stride(0);
        double sum = 0;
        for (int j = 0; j < dim; j++) {
          double difference = (double) asked[i / k * dim + j] - array[at + j];
          sum += difference * difference;
        }
        values[i] = (float) Math.sqrt(sum);
      }
    }
    for (int i = 1; i < rows.length; i++) {
      for (int j = i; j % k > 0 && closer(rows, values, j, j - 1); j--) {
        float value = values[j];
        int row = rows[j];
        values[j] = values[j - 1];
        rows[j] = rows[j - 1];
        values[j - 1] = value;
        rows[j - 1] = row;
      }
    }
  }

  private static boolean closer(int[] rows, float[] values, int a, int b) {
    return values[a] < values[b] || (values[a] == values[b] && rows[a] < rows[b]);
  }

  @Override
  public String toString() {
    return "FlatIndex(%s, %s)".formatted(table.shape(), metric);
  }
}
