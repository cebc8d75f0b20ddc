package gradus.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The numbers are PyTorch's. */
class HistogramTest {
  private final Tensor x = Tensor.of(0.0, 0.1, 0.5, 0.5, 0.9, 1.0, 2.0, -1.0);

  private static void check(Searching.Histogram actual, double[] hist, double... edges) {
    assertThat(actual.hist().toDoubleArray()).containsExactly(hist, within(5e-5));
    assertThat(actual.binEdges().toDoubleArray()).containsExactly(edges, within(5e-5));
  }

  @Test
  void equalBins() {
    check(x.histogram(4), new double[] {1, 2, 4, 1}, -1, -0.25, 0.5, 1.25, 2);
    check(Tensor.ones(3).histogram(2), new double[] {0, 3}, 0.5, 1, 1.5);
    check(Tensor.ones(0).histogram(2), new double[] {0, 0}, 0, 0.5, 1);
    Tensor.manualSeed(0);
    check(
        Tensor.randn(1000).histogram(7),
        new double[] {19, 114, 356, 348, 135, 22, 6},
        -3.1537,
        -2.1173,
        -1.0808,
        -0.0443,
        0.9921,
        2.0286,
        3.0650,
        4.1015);
  }

  /** PyTorch 1.13 counts NaN somewhere; later ones do not. */
  @Test
  void whatIsOutsideOrNaNIsNotCounted() {
    Tensor withNaN = Tensor.cat(List.of(x, Tensor.of(new double[] {Double.NaN}).toFloat()), 0);
    check(
        withNaN.histogram(4, o -> o.range(0, 1)), new double[] {2, 0, 2, 2}, 0, 0.25, 0.5, 0.75, 1);
  }

  @Test
  void weightsAndDensity() {
    check(
        x.histogram(4, o -> o.range(0, 1).weight(Tensor.arange(8.0)).density(true)),
        new double[] {0.2667, 0, 1.3333, 2.4},
        0,
        0.25,
        0.5,
        0.75,
        1);
  }

  @Test
  void edgesOfOnesOwn() {
    check(
        x.histogram(Tensor.of(0.0, 0.5, 1.0, 5.0), o -> o.density(true)),
        new double[] {0.5714, 0.8571, 0.0714},
        0,
        0.5,
        1,
        5);
  }

  @Test
  void onAGrid() {
    Tensor.manualSeed(0);
    Tensor points = Tensor.rand(20, 2).toDouble();
    var counted = points.histogramdd(new int[] {2, 3}, o -> o.range(0, 1, 0, 1).density(true));
    assertThat(counted.hist().shape()).hasToString("[2, 3]");
    assertThat(counted.hist().flatten().toDoubleArray())
        .containsExactly(new double[] {1.5, 1.8, 1.5, 0.3, 0, 0.9}, within(1e-12));
    var byEdges = points.histogramdd(counted.binEdges(), _ -> {});
    assertThat(byEdges.hist().sum().item()).isEqualTo(20);
    Tensor strided = points.transpose(0, 1).contiguous().transpose(0, 1);
    assertThat(strided.histogramdd(counted.binEdges(), _ -> {}).hist().toDoubleArray())
        .containsExactly(byEdges.hist().toDoubleArray());
  }

  @Test
  void errors() {
    assertThatThrownBy(() -> Tensor.arange(3).histogram(3))
        .hasMessageStartingWith("histogram: the input is INT64[3, 1].");
    assertThatThrownBy(() -> x.histogram(3, o -> o.range(1, 0)))
        .hasMessageStartingWith("histogram: the range is 1.0 to 0.0. Both must be finite");
    assertThatThrownBy(() -> Tensor.of(Double.POSITIVE_INFINITY, 1).histogram(3))
        .hasMessageContaining("the range is 1.0 to Infinity");
    assertThatThrownBy(() -> x.histogram(0)).hasMessageContaining("there are 0 bins.");
    assertThatThrownBy(() -> x.histogram(Tensor.of(1.0)))
        .hasMessageContaining("They must be a vector of FLOAT32 like the input");
    assertThatThrownBy(() -> x.histogram(2, o -> o.weight(Tensor.ones(3))))
        .hasMessageContaining("weight is FLOAT32[3] for 8 points");
    assertThatThrownBy(() -> Tensor.ones(4, 2).histogramdd(new int[] {2}, _ -> {}))
        .hasMessageContaining("bins are given for 1 dimensions, but the points [4, 2] have 2");
  }
}
