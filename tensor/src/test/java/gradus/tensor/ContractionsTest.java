package gradus.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ContractionsTest {
  private final Tensor a = Tensor.arange(24).reshape(2, 3, 4);
  private final Tensor b = Tensor.arange(40).reshape(2, 4, 5);

  @Test
  void einsumIsWhatItsLettersSay() {
    assertThat(Tensor.einsum("bij,bjk->bik", a, b).equal(a.bmm(b))).isTrue();
    assertThat(Tensor.einsum("...ij->...ji", a).equal(a.mT())).isTrue();
    assertThat(Tensor.einsum("ijk->", a).itemLong()).isEqualTo(276);
    assertThat(Tensor.einsum("ii", Tensor.eye(4)).item()).isEqualTo(4);
    assertThat(Tensor.einsum("i,j", Tensor.of(1, 2), Tensor.of(3, 4)).toLongArray())
        .containsExactly(3, 4, 6, 8);
  }

  @Test
  void einsumNamesWhatDoesNotFit() {
    assertThatThrownBy(() -> Tensor.einsum("ij,jk", a.select(0, 0), a.select(0, 0)))
        .hasMessage(
            "einsum: \"ij,jk\" uses one letter for sizes 4 and 3. A letter has one size (or 1).");
    assertThatThrownBy(() -> Tensor.einsum("ij", a))
        .hasMessage("einsum: \"ij\" of \"ij\" names 2 of 3 dimensions.");
  }

  @Test
  void tensordotSumsOverTheNamedDimensions() {
    Tensor expected = Tensor.einsum("bij,bjk->ik", a, b);
    assertThat(a.tensordot(b, new int[][] {{0, 2}, {0, 1}}).equal(expected)).isTrue();
  }

  @Test
  void productsInSpace() {
    assertThat(Tensor.of(1, 0, 0).cross(Tensor.of(0, 1, 0)).toLongArray()).containsExactly(0, 0, 1);
    assertThat(Tensor.of(1, 2).kron(Tensor.of(1, 10)).toLongArray()).containsExactly(1, 10, 2, 20);
    Tensor corners = Tensor.of(new double[][] {{0, 0}, {3, 4}});
    assertThat(corners.cdist(corners).toDoubleArray()).containsExactly(0, 5, 5, 0);
  }

  @Test
  void wholeNumbersHaveDivisors() {
    assertThat(Tensor.of(12, 18).gcd(Tensor.of(8, 27)).toLongArray()).containsExactly(4, 9);
    assertThat(Tensor.of(4, 6).lcm(Tensor.of(6, 8)).toLongArray()).containsExactly(12, 24);
    assertThat(Tensor.of(3).bitwiseLeftShift(2).itemLong()).isEqualTo(12);
    assertThatThrownBy(() -> Tensor.of(1.5).gcd(Tensor.of(2)))
        .hasMessage("gcd: an operand must be integral or BOOL but is FLOAT32. Use x.toLong().");
  }
}
