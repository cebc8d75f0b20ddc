package gradus.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import gradus.tensor.kernel.Parallel;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FlatIndexTest {

  private final int threads = Parallel.threads();

  @AfterEach
  void threads() {
    Parallel.threads(threads);
  }

  private static double value(float[] table, int row, float[] query, int q, int dim, Metric m) {
    double dot = 0;
    double a = 0;
    double b = 0;
    double squared = 0;
    for (int j = 0; j < dim; j++) {
      double x = table[row * dim + j];
      double y = query[q * dim + j];
      dot += x * y;
      a += x * x;
      b += y * y;
      squared += (x - y) * (x - y);
    }
    return switch (m) {
      case COSINE -> a == 0 || b == 0 ? 0 : dot / Math.sqrt(a * b);
      case DOT -> dot;
      case EUCLIDEAN -> Math.sqrt(squared);
    };
  }

  @ParameterizedTest
  @EnumSource
  void findsWhatSortingAllRowsFinds(Metric metric) {
    Tensor.manualSeed(3);
    for (int dim : new int[] {1, 7, 16, 50, 300}) {
      for (int rows : new int[] {1, 5, 255, 256, 257, 1500}) {
        Tensor table = Tensor.randn(rows, dim);
        for (int n : new int[] {1, 3, 5, 40}) {
          Tensor queries = Tensor.randn(n, dim);
          int k = Math.min(rows, 10);
          ValuesIndices found = FlatIndex.of(table, metric).search(queries, k);
          assertThat(found.values().shape()).isEqualTo(Shape.of(n, k));
          check(table.toFloatArray(), rows, dim, queries.toFloatArray(), n, k, metric, found);
        }
      }
    }
  }

  private static void check(
      float[] table,
      int rows,
      int dim,
      float[] queries,
      int n,
      int k,
      Metric metric,
      ValuesIndices found) {
    float[] values = found.values().toFloatArray();
    long[] indices = found.indices().toLongArray();
    int sign = metric == Metric.EUCLIDEAN ? 1 : -1;
    for (int q = 0; q < n; q++) {
      int asked = q;
      double[] all =
          IntStream.range(0, rows)
              .mapToDouble(row -> value(table, row, queries, asked, dim, metric))
              .toArray();
      double[] sorted =
          Arrays.stream(all)
              .boxed()
              .sorted(Comparator.comparingDouble(v -> sign * v))
              .mapToDouble(v -> v)
              .toArray();
      for (int i = 0; i < k; i++) {
        assertThat((double) values[q * k + i])
            .isCloseTo(sorted[i], within(1e-5 * Math.max(1, Math.abs(sorted[i]))));
        assertThat((double) values[q * k + i])
            .isCloseTo(
                all[(int) indices[q * k + i]], within(1e-5 * Math.max(1, Math.abs(sorted[i]))));
      }
      long[] own = Arrays.copyOfRange(indices, q * k, (q + 1) * k);
      assertThat(Arrays.stream(own).distinct().count()).isEqualTo(k);
    }
  }

  @ParameterizedTest
  @EnumSource
  void isTheSameForAnyNumberOfThreads(Metric metric) {
    Tensor.manualSeed(4);
    Tensor table = Tensor.randn(5000, 30);
    for (int n : new int[] {1, 20}) {
      Tensor queries = Tensor.randn(n, 30);
      ValuesIndices expected = null;
      for (int count : new int[] {1, 2, 4}) {
        Parallel.threads(count);
        ValuesIndices found = FlatIndex.of(table, metric).search(queries, 7);
        expected = expected == null ? found : expected;
        assertThat(found.values().equal(expected.values())).isTrue();
        assertThat(found.indices().equal(expected.indices())).isTrue();
      }
    }
  }

  @Test
  void theEarlierOfEqualRowsComesFirst() {
    Tensor table = Tensor.ones(700, 4);
    for (Metric metric : Metric.values()) {
      ValuesIndices found = FlatIndex.of(table, metric).search(Tensor.ones(4), 5);
      assertThat(found.indices().toLongArray()).containsExactly(0, 1, 2, 3, 4);
    }
  }

  @Test
  void rowsWithoutAValueAreNeverNear() {
    Tensor table = Tensor.of(new float[][] {{Float.NaN, 1}, {0, 1}, {0, 0}});
    ValuesIndices found = FlatIndex.of(table, Metric.COSINE).search(Tensor.of(0f, 2f), 3);
    assertThat(found.indices().toLongArray()).containsExactly(1, 2, -1);
    assertThat(found.values().toFloatArray()).containsExactly(1, 0, Float.NaN);
  }

  @Test
  void nearRowsAreMeasuredExactly() {
    float[] row = new float[100];
    Arrays.fill(row, 1000);
    float[] near = row.clone();
    near[3] += 0.5f;
    Tensor table = Tensor.of(new float[][] {near, row});
    ValuesIndices found = FlatIndex.of(table, Metric.EUCLIDEAN).search(Tensor.of(row), 2);
    assertThat(found.values().toFloatArray()).containsExactly(0, 0.5f);
    assertThat(found.indices().toLongArray()).containsExactly(1, 0);
  }

  /** Wherever the rows lie, and whatever their numbers: what measuring all of them finds. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 1, 1000, 1e6, -1e8, 1e30, 1e-30})
  void distancesAreExactFarFromTheOrigin(double offset) {
    Tensor.manualSeed(8);
    float scale = offset >= 1e30 ? 1e25f : Math.abs(offset) > 1e6 ? 100 : 1;
    scale = offset > 0 && offset < 1e-20 ? 1e-30f : scale;
    for (int dim : new int[] {1, 3, 17, 64}) {
      Tensor table = Tensor.randn(900, dim).mul(scale).add(offset);
      // Twins, which only their numbers tell apart.
      table.select(0, 700).copy_(table.select(0, 3));
      table.select(0, 800).copy_(table.select(0, 3));
      FlatIndex index = FlatIndex.of(table, Metric.EUCLIDEAN);
      Tensor queries = table.narrow(0, 0, 30).contiguous();
      for (int k : new int[] {1, 10, 900}) {
        ValuesIndices found = index.search(queries, k);
        for (int q = 0; q < 30; q++) {
          double[] all = distances(table.toFloatArray(), queries.toFloatArray(), q, dim);
          long[] wanted =
              IntStream.range(0, 900)
                  .boxed()
                  .sorted(Comparator.comparingDouble(row -> all[row]))
                  .mapToLong(row -> row)
                  .limit(k)
                  .toArray();
          assertThat(found.indices().select(0, q).toLongArray()).containsExactly(wanted);
          assertThat(found.values().get(q, 0)).isZero();
          float[] values = index.values(queries.select(0, q)).toFloatArray();
          for (int row = 0; row < 900; row++) {
            assertThat(values[row]).isEqualTo((float) all[row]);
          }
        }
      }
    }
  }

  private static double[] distances(float[] table, float[] queries, int q, int dim) {
    double[] out = new double[table.length / dim];
    for (int row = 0; row < out.length; row++) {
      double[] sums = new double[4];
      for (int j = 0; j < dim; j++) {
        double difference = (double) table[row * dim + j] - queries[q * dim + j];
        sums[j < dim - dim % 4 ? j % 4 : 0] += difference * difference;
      }
      out[row] = Math.sqrt(sums[0] + sums[1] + sums[2] + sums[3]);
    }
    return out;
  }

  /** faiss #3245: positions in metres; the row that is nearer by 944 of them. */
  @Test
  void positionsInMetres() {
    float[][] rows = {{4208292f, 2335623.5f, 4171305f}, {4208843.5f, 2334869.5f, 4171171.5f}};
    Tensor query = Tensor.of(4208848f, 2334863.5f, 4171170.2f);
    FlatIndex index = FlatIndex.of(Tensor.of(rows), Metric.EUCLIDEAN);
    ValuesIndices near = index.search(query, 1);
    assertThat(near.indices().item()).isEqualTo(1);
    assertThat(near.values().get(0)).isCloseTo(7.6034, within(1e-4));
    assertThat(index.values(query).get(0)).isCloseTo(951.2589, within(1e-3));
  }

  @Test
  void rowsWithoutADistanceComeLast() {
    Tensor table = Tensor.randn(60, 3);
    for (int row = 0; row < 55; row++) {
      table.set(Tensor.scalar(Float.NaN), row, 1);
    }
    for (double offset : new double[] {0, 1e20}) {
      FlatIndex index = FlatIndex.of(table.add(offset), Metric.EUCLIDEAN);
      ValuesIndices found = index.search(table.select(0, 57).add(offset), 8);
      long[] rows = found.indices().toLongArray();
      assertThat(Arrays.stream(rows, 0, 5)).allMatch(row -> row >= 55);
      assertThat(Arrays.copyOfRange(rows, 5, 8)).containsOnly(-1);
      assertThat(found.values().get(7)).isNaN();
    }
  }

  @Test
  void readsViewsInPlaceAndSeesChanges() {
    Tensor whole = Tensor.randn(40, 12);
    Tensor part = whole.narrow(0, 3, 30).narrow(1, 2, 8);
    FlatIndex index = FlatIndex.of(part, Metric.COSINE);
    Tensor query = Tensor.randn(8);
    assertThat(index.search(query, 4).indices().toLongArray())
        .containsExactly(
            FlatIndex.of(part.contiguous(), Metric.COSINE)
                .search(query, 4)
                .indices()
                .toLongArray());
    whole.select(0, 3 + 17).narrow(0, 2, 8).copy_(query.mul(5));
    assertThat(index.search(query, 1).indices().toLongArray()).containsExactly(17);
    Tensor turned = Tensor.randn(8, 30).t();
    FlatIndex whole30 = FlatIndex.of(turned.contiguous(), Metric.DOT);
    assertThat(FlatIndex.of(turned, Metric.DOT).search(query, 30).indices().toLongArray())
        .containsExactly(whole30.search(query, 30).indices().toLongArray());
    assertThat(
            FlatIndex.of(turned, Metric.EUCLIDEAN)
                .search(turned.select(0, 5), 1)
                .indices()
                .toLongArray())
        .containsExactly(5);
  }

  @ParameterizedTest
  @EnumSource
  void valuesOfAllRowsAreThoseOfTheSearch(Metric metric) {
    Tensor table = Tensor.randn(300, 20);
    Tensor query = Tensor.randn(20);
    FlatIndex index = FlatIndex.of(table, metric);
    float[] all = index.values(query).toFloatArray();
    ValuesIndices found = index.search(query, 300);
    float[] values = found.values().toFloatArray();
    long[] indices = found.indices().toLongArray();
    for (int i = 0; i < 300; i++) {
      assertThat(values[i]).isCloseTo(all[(int) indices[i]], within(2e-3f));
    }
  }

  @Test
  void saysWhatIsWrong() {
    FlatIndex index = FlatIndex.of(Tensor.ones(5, 3), Metric.DOT);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> index.search(Tensor.ones(4), 2))
        .withMessageContaining("[4]")
        .withMessageContaining("[5, 3]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> index.search(Tensor.ones(3), 6))
        .withMessage("FlatIndex.search: k is 6 and the table has 5 rows. k must be in 1..5.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FlatIndex.of(Tensor.ones(5), Metric.DOT))
        .withMessageContaining("It must be FLOAT32 [rows, dim]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> index.values(Tensor.ones(1, 3)))
        .withMessageContaining("The query must be FLOAT32 [3]");
  }

  @Test
  void hitsAreAList() {
    FlatIndex index = FlatIndex.of(Tensor.of(new double[][] {{1, 0}, {0, 1}, {1, 1}}), Metric.DOT);
    assertThat(index.hits(Tensor.of(2.0, 1.0), 2))
        .containsExactly(new FlatIndex.Hit(2, 3), new FlatIndex.Hit(0, 2));
    assertThat(index.hits(Tensor.of(Double.NaN, 1.0), 2)).isEmpty();
    assertThatThrownBy(() -> index.hits(Tensor.zeros(1, 2), 1))
        .hasMessageStartingWith("hits: the query is [1, 2].");
  }
}
