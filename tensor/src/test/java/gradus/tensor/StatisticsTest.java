package gradus.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class StatisticsTest {
  private final Tensor x = Tensor.of(new double[][] {{4, 1, 3, 2}, {5, 5, 0, 9}});

  @Test
  void medianIsTheLowerOfTwo() {
    assertThat(x.median().item()).isEqualTo(3);
    assertThat(x.median(1).values().toDoubleArray()).containsExactly(2, 5);
    assertThat(x.median(1).indices().get(0)).isEqualTo(3);
  }

  @Test
  void nanSpoilsTheMedianUnlessSkipped() {
    Tensor gaps = Tensor.of(1.0, Double.NaN, 3.0);
    assertThat(gaps.median().item()).isNaN();
    assertThat(gaps.nanmedian().item()).isEqualTo(1);
    assertThat(gaps.nanmean().item()).isEqualTo(2);
    assertThat(gaps.nansum().item()).isEqualTo(4);
  }

  @Test
  void quantilesInterpolate() {
    assertThat(x.quantile(0.5).item()).isEqualTo(3.5, within(1e-6));
    assertThat(x.quantile(0.25, 1, true, "lower").shape()).isEqualTo(Shape.of(2, 1));
    assertThat(x.quantile(0.25, 1, true, "lower").toDoubleArray()).containsExactly(1, 0);
    assertThat(x.quantile(Tensor.of(0.0, 1.0), 1, false, "linear").toDoubleArray())
        .containsExactly(1, 0, 4, 9);
  }

  @Test
  void modeIsTheSmallestMostFrequent() {
    assertThat(x.mode(1).values().toDoubleArray()).containsExactly(1, 5);
  }

  @Test
  void pairsHaveNames() {
    assertThat(x.aminmax().min().item()).isEqualTo(0);
    assertThat(x.aminmax().max().item()).isEqualTo(9);
    assertThat(x.varMean(true).mean().item()).isEqualTo(x.mean().item());
    assertThat(x.stdMean(true).spread().item()).isEqualTo(x.std().item());
  }

  @Test
  void correlationOfALineIsOne() {
    Tensor lines = Tensor.of(new double[][] {{1, 2, 3}, {2, 4, 6}, {3, 2, 1}});
    assertThat(lines.corrcoef().toDoubleArray())
        .usingComparatorWithPrecision(1e-6)
        .containsExactly(1, 1, -1, 1, 1, -1, -1, -1, 1);
  }

  @Test
  void quantilesStayBetweenZeroAndOne() {
    assertThatThrownBy(() -> x.quantile(1.5))
        .hasMessage("quantile: q holds 1.5. Quantiles are in 0..1.");
  }
}
