package gradus.text.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import gradus.tensor.FlatIndex;
import gradus.tensor.Metric;
import gradus.tensor.Tensor;
import io.github.jbellis.jvector.graph.GraphIndexBuilder;
import io.github.jbellis.jvector.graph.GraphSearcher;
import io.github.jbellis.jvector.graph.ImmutableGraphIndex;
import io.github.jbellis.jvector.graph.ListRandomAccessVectorValues;
import io.github.jbellis.jvector.graph.SearchResult;
import io.github.jbellis.jvector.util.Bits;
import io.github.jbellis.jvector.vector.VectorSimilarityFunction;
import io.github.jbellis.jvector.vector.VectorizationProvider;
import io.github.jbellis.jvector.vector.types.VectorFloat;
import io.github.jbellis.jvector.vector.types.VectorTypeSupport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The README's way to an approximate index: JVector over the rows of a table. */
class ApproximateSearchTest {

  private static final VectorTypeSupport TYPES =
      VectorizationProvider.getInstance().getVectorTypeSupport();
  private static final VectorSimilarityFunction COSINE = VectorSimilarityFunction.COSINE;
  private static final int ROWS = 3000;
  private static final int K = 10;

  private static GraphIndexBuilder builder(ListRandomAccessVectorValues values) {
    return GraphIndexBuilder.builder(values, COSINE, 32)
        .withBeamWidth(100)
        .withNeighborOverflow(1.2f)
        .withAlpha(1.2f)
        .build();
  }

  @Test
  void findsNearlyWhatTheExactIndexFinds() throws IOException {
    Tensor.manualSeed(5);
    Tensor centres = Tensor.randn(100, 24);
    Tensor table = centres.repeatInterleave(ROWS / 100, 0).add(Tensor.randn(ROWS, 24).mul(0.4));
    Tensor queries = centres.add(Tensor.randn(100, 24).mul(0.3));

    int dim = table.size(1);
    List<VectorFloat<?>> rows = new ArrayList<>();
    for (Tensor row : table.unbind(0)) {
      rows.add(TYPES.createFloatVector(row.toFloatArray()));
    }
    var values = new ListRandomAccessVectorValues(rows, dim);
    ImmutableGraphIndex graph;
    try (var builder = builder(values)) {
      graph = builder.build(values);
    }

    long[] exact = FlatIndex.of(table, Metric.COSINE).search(queries, K).indices().toLongArray();
    int found = 0;
    for (int q = 0; q < queries.size(0); q++) {
      var query = TYPES.createFloatVector(queries.select(0, q).toFloatArray());
      SearchResult near = GraphSearcher.search(query, K, 100, values, COSINE, graph, Bits.ALL);
      Set<Long> wanted =
          Arrays.stream(exact, q * K, (q + 1) * K).boxed().collect(Collectors.toSet());
      found +=
          (int)
              Arrays.stream(near.getNodes())
                  .filter(node -> wanted.contains((long) node.node))
                  .count();
    }
    assertThat(found).isGreaterThan(95 * K);
  }
}
