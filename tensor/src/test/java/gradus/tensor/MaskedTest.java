package gradus.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MaskedTest {
  private static final int[] ALL = {};
  private final Tensor x = Tensor.of(1.0, 2.0, 9.0);
  private final Tensor mask = Tensor.of(true, true, false);

  @Test
  void onlySeesWhereTheMaskIsTrue() {
    assertThat(Masked.sum(x, ALL, false, mask).item()).isEqualTo(3);
    assertThat(Masked.mean(x, ALL, false, mask).item()).isEqualTo(1.5);
    assertThat(Masked.amax(x, ALL, false, mask).item()).isEqualTo(2);
    assertThat(Masked.prod(x, ALL, false, null).item()).isEqualTo(18);
    assertThat(Masked.var(x, ALL, true, false, mask).item()).isEqualTo(0.5);
    assertThat(Masked.cumsum(x, 0, mask).toDoubleArray()).containsExactly(1, 3, 3);
  }

  @Test
  void softmaxGivesNothingToTheRest() {
    Tensor y = Masked.softmax(x, 0, mask);
    assertThat(y.get(2)).isZero();
    assertThat(y.sum().allclose(Tensor.of(1.0).sum())).isTrue();
  }

  @Test
  void nothingSeenIsTheNeutralNumber() {
    Tensor none = Tensor.of(false, false, false);
    assertThat(Masked.sum(x, ALL, false, none).item()).isZero();
    assertThat(Masked.mean(x, ALL, false, none).item()).isNaN();
  }

  @Test
  void masksAreBool() {
    assertThatThrownBy(() -> Masked.sum(x, ALL, false, x))
        .hasMessage("masked: mask must be BOOL but is FLOAT32. Use x.ne(0) or x.toBool().");
  }
}
