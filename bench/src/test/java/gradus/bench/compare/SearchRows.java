package gradus.bench.compare;

import gradus.tensor.FlatIndex;
import gradus.tensor.Metric;
import gradus.tensor.Tensor;
import java.util.List;
import java.util.function.Supplier;

/** The 10 nearest of 400,000 rows by cosine; the peer multiplies rows of length one, and sorts. */
final class SearchRows {

  private static final int ROWS_OF_TABLE = 400_000;
  private static final int DIM = 300;
  private static final int K = 10;
  private static final String SCRIPT =
      "v, i = torch.topk(torch.matmul(a, torch.t(b)), %d)\nr = [v, i]".formatted(K);

  static final List<Row> ROWS = List.of(row(1, 1.3), row(1000, 2));

  private SearchRows() {}

  private static Row row(int queries, double bar) {
    double table = (double) ROWS_OF_TABLE * DIM;
    Work work = queries == 1 ? Work.floats(table) : Work.flops(2.0 * queries * table);
    Supplier<Case> setup =
        () -> {
          Tensor table1 = unit(Tensor.randn(ROWS_OF_TABLE, DIM));
          Tensor asked = unit(Tensor.randn(queries, DIM));
          FlatIndex index = FlatIndex.of(table1, Metric.COSINE);
          return new Case(List.of(asked, table1), () -> index.search(asked, K));
        };
    return new Row(
        "search, top 10 by cosine",
        "%d of 400,000 x 300".formatted(queries),
        bar,
        work,
        setup,
        List.of(SCRIPT));
  }

  private static Tensor unit(Tensor rows) {
    return rows.div(rows.norm(2, 1, true));
  }
}
