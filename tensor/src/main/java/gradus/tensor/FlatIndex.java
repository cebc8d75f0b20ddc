package gradus.tensor;

import static gradus.tensor.spi.Given.given;

import gradus.tensor.kernel.table.NearestRows;
import java.util.ArrayList;
import java.util.List;

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

  /** What is known of the rows, as long as the table has not changed. */
  private Known known;

  /**
   * @param scale 1 / ‖r‖ of each row, for the cosine
   * @param distances for the distance
   */
  private record Known(int version, float[] scale, NearestByDistance distances) {}

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
          "the table is %s%s. It must be FLOAT32 [rows, dim]. Use x.toFloat()."
              .formatted(table.dtype(), table.shape()));
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
   * A row that was found.
   *
   * @param row its number
   * @param score its cosine, dot product or distance
   */
  public record Hit(int row, double score) {}

  /**
   * The k nearest rows of one query as a list, nearest first.
   *
   * <pre>{@code
   * for (FlatIndex.Hit hit : index.hits(query, 10)) {
   *   IO.println(titles.get(hit.row()) + " " + hit.score());
   * }
   * }</pre>
   *
   * @param query FLOAT32 [dim]
   * @param k how many, at most the number of rows
   * @return the rows that are near at all: those whose value is NaN are not
   */
  public List<Hit> hits(Tensor query, int k) {
    if (given(query, "query").dim() != 1) {
      throw Errors.invalid(
          "hits",
          "the query is %s. It must be one vector [dim]; search(...) takes several."
              .formatted(query.shape()));
    }
    ValuesIndices found = search(query, k);
    var hits = new ArrayList<Hit>();
    for (int i = 0; i < k && found.indices().getInt(i) >= 0; i++) {
      hits.add(new Hit(found.indices().getInt(i), found.values().get(i)));
    }
    return List.copyOf(hits);
  }

  /**
   * The k nearest rows of each query, nearest first, of equal ones the earlier first.
   *
   * <p>Distances are measured from the differences, in double, and the nearest rows are exactly
   * those, wherever the rows lie. Where many of them lie close together and far from the origin,
   * that means to measure all rows; the result is the same if a constant is subtracted from rows
   * and queries first, and comes sooner.
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
          "queries are %s%s and the table %s. Queries must be FLOAT32 [n, %s] or [%s]."
              .formatted(queries.dtype(), queries.shape(), table.shape(), dim, dim));
    }
    if (k < 1 || k > table.size(0)) {
      throw Errors.invalid(
          "FlatIndex.search",
          "k is %s and the table has %s rows. k must be in 1..%s."
              .formatted(k, table.size(0), table.size(0)));
    }
    int n = one ? 1 : queries.size(0);
    float[] asked = directions(queries, n);
    Known known = known();
    int[] rows = new int[Math.multiplyExact(n, k)];
    float[] values = new float[rows.length];
    if (n > 0 && metric == Metric.EUCLIDEAN) {
      known.distances.search(asked, n, k, rows, values);
    } else if (n > 0) {
      NearestRows.search(
          Dense.array(table),
          table.offset,
          table.stride(0),
          table.size(0),
          dim,
          asked,
          n,
          known.scale,
          null,
          k,
          rows,
          values);
    }
    Shape shape = one ? Shape.of(k) : Shape.of(n, k);
    long[] indices = new long[rows.length];
    for (int i = 0; i < rows.length; i++) {
      indices[i] = rows[i];
    }
    return new ValuesIndices(Dense.wrap(values, shape), Dense.of(indices, DType.INT64, shape));
  }

  /**
   * The value of every row for one query; distances are measured from the differences, in double.
   *
   * @param query FLOAT32 [dim]
   * @return cosines, dot products or distances [rows]
   */
  public Tensor values(Tensor query) {
    if (query.dim() != 1 || query.size(0) != table.size(1) || query.dtype() != DType.FLOAT32) {
      throw Errors.invalid(
          "FlatIndex.values",
          "the query is %s%s and the table %s. The query must be FLOAT32 [%s]."
              .formatted(query.dtype(), query.shape(), table.shape(), table.size(1)));
    }
    float[] asked = directions(query, 1);
    Known known = known();
    float[] out = new float[table.size(0)];
    if (metric == Metric.EUCLIDEAN) {
      double[] squares = known.distances.squares(asked, 0);
      for (int row = 0; row < out.length; row++) {
        out[row] = (float) Math.sqrt(squares[row]);
      }
    } else {
      NearestRows.scores(
          Dense.array(table),
          table.offset,
          table.stride(0),
          table.size(0),
          table.size(1),
          asked,
          known.scale,
          null,
          out);
    }
    return Dense.wrap(out, Shape.of(out.length));
  }

  /** The queries as the kernel multiplies them: of length one for the cosine. */
  private float[] directions(Tensor queries, int n) {
    float[] asked = queries.detach().toFloatArray();
    int dim = table.size(1);
    for (int q = 0; q < n && metric == Metric.COSINE; q++) {
      double factor = inverseLength(asked, q * dim, dim);
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

  private synchronized Known known() {
    int version = table.version();
    if (known == null || known.version != version) {
      known =
          switch (metric) {
            case DOT -> new Known(version, null, null);
            case EUCLIDEAN -> new Known(version, null, new NearestByDistance(table));
            case COSINE -> new Known(version, inverseLengths(), null);
          };
    }
    return known;
  }

  private float[] inverseLengths() {
    float[] lengths = new float[table.size(0)];
    NearestRows.squares(
        Dense.array(table), table.offset, table.stride(0), table.size(0), table.size(1), lengths);
    for (int row = 0; row < lengths.length; row++) {
      lengths[row] = lengths[row] == 0 ? 0 : (float) (1 / Math.sqrt(lengths[row]));
    }
    return lengths;
  }

  @Override
  public String toString() {
    return "FlatIndex(%s, %s)".formatted(table.shape(), metric);
  }
}
