package gradus.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SearchingTest {
  private final Tensor words = Tensor.of(3, 1, 3, 0, 1, 3);

  @Test
  void uniqueSortsAndCounts() {
    Searching.Unique u = words.unique(true, true, true);
    assertThat(u.output().toLongArray()).containsExactly(0, 1, 3);
    assertThat(u.inverseIndices().orElseThrow().toLongArray()).containsExactly(2, 1, 2, 0, 1, 2);
    assertThat(u.counts().orElseThrow().toLongArray()).containsExactly(1, 2, 3);
  }

  @Test
  void uniqueSlicesCompareWholeRows() {
    Tensor rows = Tensor.of(new int[][] {{1, 2}, {0, 5}, {1, 2}});
    assertThat(rows.unique(true, false, false, 0).output().toLongArray())
        .containsExactly(0, 5, 1, 2);
  }

  @Test
  void uniqueConsecutiveOnlyLooksBack() {
    Tensor runs = Tensor.of(1, 1, 2, 2, 1);
    assertThat(runs.uniqueConsecutive(false, true).output().toLongArray()).containsExactly(1, 2, 1);
    assertThat(runs.uniqueConsecutive(false, true).counts().orElseThrow().toLongArray())
        .containsExactly(2, 2, 1);
  }

  @Test
  void searchsortedTakesTheSideAskedFor() {
    Tensor sorted = Tensor.of(1, 3, 3, 5);
    assertThat(sorted.searchsorted(Tensor.of(3, 0, 9)).toLongArray()).containsExactly(1, 0, 4);
    assertThat(sorted.searchsorted(Tensor.of(3, 0, 9), true).toLongArray())
        .containsExactly(3, 0, 4);
    assertThat(Tensor.of(3, 4).bucketize(sorted).toLongArray()).containsExactly(1, 3);
  }

  @Test
  void bincountAndHistcCount() {
    assertThat(words.bincount().toLongArray()).containsExactly(1, 2, 0, 3);
    assertThat(words.bincount(null, 6).toLongArray()).containsExactly(1, 2, 0, 3, 0, 0);
    assertThat(Tensor.of(0.0, 0.4, 0.6, 1.0, 7.0).histc(2, 0, 1).toDoubleArray())
        .containsExactly(2, 2);
  }

  @Test
  void isinFindsMembers() {
    assertThat(words.isin(Tensor.of(3, 7)).sum().itemLong()).isEqualTo(3);
    assertThat(words.isin(Tensor.of(3, 7), false, true).sum().itemLong()).isEqualTo(3);
  }

  @Test
  void errorsNameTheFact() {
    assertThatThrownBy(() -> Tensor.of(1, -2).bincount())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("bincount: it holds -2. Only numbers of 0 or more are counted.");
    assertThatThrownBy(() -> words.bucketize(Tensor.ones(2, 2)))
        .hasMessage("bucketize: boundaries are [2, 2]. They must be a vector [n].");
  }

  @Test
  void longsBeyondDoublesAreToldApart() {
    long big = 1L << 53;
    Tensor x = Tensor.of(big + 1, big, big + 1);
    assertThat(x.unique().toLongArray()).containsExactly(big, big + 1);
    assertThat(x.uniqueConsecutive(false, false).output().toLongArray()).hasSize(3);
    assertThat(Tensor.of(big, big + 1).searchsorted(Tensor.of(big + 1)).toLongArray())
        .containsExactly(1);
    assertThat(Tensor.of(big + 1).bucketize(Tensor.of(big, big + 1), true).toLongArray())
        .containsExactly(2);
    assertThat(x.isin(Tensor.of(big)).sum().itemLong()).isEqualTo(1);
    assertThat(x.cummax(0).indices().toLongArray()).containsExactly(0, 0, 2);
    assertThat(x.cummin(0).values().toLongArray()).containsExactly(big + 1, big, big);
    Tensor at = Tensor.of(0L);
    assertThat(Tensor.of(big).scatterReduce(0, at, Tensor.of(big + 1), "amax").itemLong())
        .isEqualTo(big + 1);
    assertThat(Tensor.of(0L).scatterReduce(0, at, Tensor.of(big + 1), "amin", false).itemLong())
        .isEqualTo(big + 1);
  }

  @Test
  void bincountRefusesMoreBinsThanFit() {
    assertThatThrownBy(() -> Tensor.of(1L << 40).bincount())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("bincount: it holds 1099511627776, and every number up to");
  }
}
