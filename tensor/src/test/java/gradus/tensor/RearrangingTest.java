package gradus.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class RearrangingTest {
  private final Tensor x = Tensor.arange(6).reshape(2, 3);

  @Test
  void splitsLeaveNothingOut() {
    assertThat(Tensor.arange(7).tensorSplit(3).stream().map(Tensor::numel))
        .containsExactly(3, 2, 2);
    assertThat(x.tensorSplit(new int[] {1, 1}, 1).stream().map(t -> t.size(1)))
        .containsExactly(1, 0, 2);
    assertThat(x.hsplit(3)).hasSize(3);
    assertThatThrownBy(() -> x.hsplit(2))
        .hasMessage("hsplit: [2, 3] has no 2 equal pieces along dimension 1.");
  }

  @Test
  void turnsAndMirrors() {
    assertThat(x.rot90().toLongArray()).containsExactly(2, 5, 1, 4, 0, 3);
    assertThat(x.rot90(-1).toLongArray()).containsExactly(3, 0, 4, 1, 5, 2);
    assertThat(x.fliplr().toLongArray()).containsExactly(2, 1, 0, 5, 4, 3);
    assertThat(x.flipud().toLongArray()).containsExactly(3, 4, 5, 0, 1, 2);
  }

  @Test
  void stacksByWhatTheyAreCalled() {
    Tensor v = Tensor.of(1, 2);
    assertThat(Tensor.hstack(List.of(v, v)).shape()).isEqualTo(Shape.of(4));
    assertThat(Tensor.vstack(List.of(v, v)).shape()).isEqualTo(Shape.of(2, 2));
    assertThat(Tensor.dstack(List.of(v, v)).shape()).isEqualTo(Shape.of(1, 2, 2));
    assertThat(Tensor.columnStack(List.of(v, v)).toLongArray()).containsExactly(1, 1, 2, 2);
  }

  @Test
  void gridsAndChoices() {
    Tensor a = Tensor.of(1, 2);
    Tensor b = Tensor.of(7, 8, 9);
    assertThat(Tensor.meshgrid(a, b).get(1).toLongArray()).containsExactly(7, 8, 9, 7, 8, 9);
    assertThat(Tensor.meshgrid(List.of(a, b), "xy").get(0).shape()).isEqualTo(Shape.of(3, 2));
    assertThat(Tensor.cartesianProd(a, b).shape()).isEqualTo(Shape.of(6, 2));
    assertThat(Tensor.combinations(b).toLongArray()).containsExactly(7, 8, 7, 9, 8, 9);
    assertThat(Tensor.trilIndices(2, 2).toLongArray()).containsExactly(0, 1, 1, 0, 0, 1);
  }

  @Test
  void repeatsEachElement() {
    assertThat(Tensor.of(1, 2).repeatInterleave(2).toLongArray()).containsExactly(1, 1, 2, 2);
    assertThat(x.repeatInterleave(Tensor.of(0, 2), 0).toLongArray())
        .containsExactly(3, 4, 5, 3, 4, 5);
  }

  @Test
  void partsAreReplacedInACopy() {
    Tensor y = x.selectScatter(Tensor.of(9, 9, 9), 0, 1);
    assertThat(y.toLongArray()).containsExactly(0, 1, 2, 9, 9, 9);
    assertThat(x.toLongArray()).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(x.put(Tensor.of(-1), Tensor.of(7)).toLongArray()).containsExactly(0, 1, 2, 3, 4, 7);
  }

  @Test
  void nothingIsRepeatedANegativeNumberOfTimes() {
    Check.invalid(
        () -> Tensor.of(1, 2).repeatInterleave(Tensor.of(1, -1)),
        "repeatInterleave: repeats hold -1. They must be 0 or more.");
  }

  @Test
  void choicesThatDoNotFitAreRefused() {
    assertThatThrownBy(() -> Tensor.combinations(Tensor.arange(1000), 10, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("combinations: 10 of [1000] has ");
    assertThat(Tensor.combinations(Tensor.arange(3), 2, true).shape()).hasToString("[6, 2]");
    assertThat(Tensor.blockDiag().shape()).hasToString("[1, 0]");
  }
}
