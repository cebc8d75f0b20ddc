package gradus.tensor;

import static gradus.tensor.Check.invalid;
import static gradus.tensor.Check.is;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ComparisonsTest {
  private static final double NAN = Double.NaN;
  private static final double INF = Double.POSITIVE_INFINITY;

  private final Tensor a = Tensor.of(1.0, 2.0, 3.0, NAN);
  private final Tensor b = Tensor.of(2.0, 2.0, 2.0, NAN);

  @Test
  void order() {
    is(a.lt(b), DType.BOOL, "[4]", 1, 0, 0, 0);
    is(a.le(b), DType.BOOL, "[4]", 1, 1, 0, 0);
    is(a.gt(b), DType.BOOL, "[4]", 0, 0, 1, 0);
    is(a.ge(b), DType.BOOL, "[4]", 0, 1, 1, 0);
    is(a.eq(b), DType.BOOL, "[4]", 0, 1, 0, 0);
    is(a.ne(b), DType.BOOL, "[4]", 1, 0, 1, 1);
    is(a.toDouble().lt(2), "[4]", 1, 0, 0, 0);
    is(a.eq(2), "[4]", 0, 1, 0, 0);
    is(Tensor.of(0.0).eq(-0.0), "[1]", 1);
    is(Tensor.of(true).gt(Tensor.of(false)), "[1]", 1);
  }

  @Test
  void kinds() {
    Tensor x = Tensor.of(NAN, INF, -INF, -0.0, 1.0);
    is(x.isnan(), DType.BOOL, "[5]", 1, 0, 0, 0, 0);
    is(x.isinf(), DType.BOOL, "[5]", 0, 1, 1, 0, 0);
    is(x.isfinite(), DType.BOOL, "[5]", 0, 0, 0, 1, 1);
    is(x.isposinf(), DType.BOOL, "[5]", 0, 1, 0, 0, 0);
    is(x.isneginf(), DType.BOOL, "[5]", 0, 0, 1, 0, 0);
    is(x.signbit(), DType.BOOL, "[5]", 0, 0, 1, 1, 0);
    is(x.logicalNot(), DType.BOOL, "[5]", 0, 0, 0, 1, 0);
  }

  @Test
  void logicAndBits() {
    Tensor p = Tensor.of(true, true, false, false);
    Tensor q = Tensor.of(true, false, true, false);
    is(p.logicalAnd(q), DType.BOOL, "[4]", 1, 0, 0, 0);
    is(p.logicalOr(q), DType.BOOL, "[4]", 1, 1, 1, 0);
    is(p.logicalXor(q), DType.BOOL, "[4]", 0, 1, 1, 0);
    is(p.bitwiseAnd(q), DType.BOOL, "[4]", 1, 0, 0, 0);
    is(p.bitwiseNot(), DType.BOOL, "[4]", 0, 0, 1, 1);
    is(Tensor.of(12, 10).bitwiseAnd(6), DType.INT64, "[2]", 4, 2);
    is(Tensor.of(12, 10).bitwiseOr(6), DType.INT64, "[2]", 14, 14);
    is(Tensor.of(12, 10).bitwiseXor(6), DType.INT64, "[2]", 10, 12);
    is(Tensor.of(0, 5).bitwiseNot(), DType.INT64, "[2]", -1, -6);
    invalid(
        () -> a.bitwiseAnd(b),
        "bitwiseAnd: an operand must be integral or BOOL but is FLOAT32. Use x.toLong().");
  }

  @Test
  void closeness() {
    is(
        Tensor.of(1.0, 1.1, INF, NAN).isclose(Tensor.of(1.000001, 1.0, INF, NAN)),
        "[4]",
        1,
        0,
        1,
        0);
    is(Tensor.of(NAN).isclose(Tensor.of(NAN), 0, 0, true), "[1]", 1);
    is(Tensor.of(INF).isclose(Tensor.of(-INF)), "[1]", 0);
    assertThat(Tensor.of(100, 101).allclose(Tensor.of(101, 101), 0, 1)).isTrue();
    assertThat(Tensor.of(100.0).allclose(Tensor.of(101.0), 0.001, 0)).isFalse();
    invalid(
        () -> a.isclose(a.toDouble()),
        "isclose: an operand must be FLOAT32 as self but is FLOAT64. Use y.to(DType.FLOAT32).");
  }

  @Test
  void equality() {
    assertThat(Tensor.of(1, 2).equal(Tensor.of(1, 2))).isTrue();
    assertThat(Tensor.of(1, 2).equal(Tensor.of(1, 3))).isFalse();
    assertThat(Tensor.of(1, 2).equal(Tensor.of(new int[][] {{1, 2}}))).isFalse();
    assertThat(a.equal(a.clone())).isFalse();
    assertThat(Tensor.zeros(0).equal(Tensor.zeros(0))).isTrue();
  }

  @Test
  void nothingIsRecorded() {
    Tensor x = Tensor.of(1.0).requiresGrad(true);
    assertThat(x.gt(0).requiresGrad()).isFalse();
    assertThat(x.argmax().requiresGrad()).isFalse();
  }
}
