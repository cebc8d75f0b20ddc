package gradus.tensor;

import static gradus.tensor.Check.counted;
import static gradus.tensor.Check.invalid;
import static gradus.tensor.Check.is;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MatrixTest {
  private static int[] sizes(String text) {
    return java.util.Arrays.stream(text.split("x")).mapToInt(Integer::parseInt).toArray();
  }

  @ParameterizedTest
  @CsvSource({
    "4, 4, '[]'",
    "3x4, 4, '[3]'",
    "4, 4x2, '[2]'",
    "3x4, 4x2, '[3, 2]'",
    "5x3x4, 4x2, '[5, 3, 2]'",
    "5x3x4, 4, '[5, 3]'",
    "4, 5x4x2, '[5, 2]'",
    "5x3x4, 5x4x2, '[5, 3, 2]'",
    "3x4, 5x4x2, '[5, 3, 2]'",
    "7x1x3x4, 5x4x2, '[7, 5, 3, 2]'",
    "0x4, 4x2, '[0, 2]'",
    "3x0, 0x2, '[3, 2]'",
    "5x3x0, 0x2, '[5, 3, 2]'"
  })
  void shapes(String a, String b, String shape) {
    Tensor product = Tensor.ones(sizes(a)).matmul(Tensor.ones(sizes(b)));
    assertThat(product.shape()).hasToString(shape);
    float inner = sizes(a)[sizes(a).length - 1];
    float[] expected = new float[product.numel()];
    java.util.Arrays.fill(expected, inner);
    assertThat(product.toFloatArray()).containsExactly(expected);
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"FLOAT32", "FLOAT64", "INT64", "INT32"})
  void products(DType dtype) {
    Tensor a = counted(2, 3).to(dtype);
    Tensor b = counted(3, 2).to(dtype);
    is(a.matmul(b), dtype, "[2, 2]", 10, 13, 28, 40);
    is(a.mm(b), dtype, "[2, 2]", 10, 13, 28, 40);
    is(a.t().mm(b.t()), dtype, "[3, 3]", 3, 9, 15, 4, 14, 24, 5, 19, 33);
    is(a.mv(b.select(1, 1)), dtype, "[2]", 13, 40);
    is(a.select(0, 1).dot(b.select(1, 0)), dtype, "[]", 28);
    is(a.select(0, 1).outer(b.select(0, 1)), dtype, "[3, 2]", 6, 9, 8, 12, 10, 15);
    is(a.inner(a), dtype, "[2, 2]", 5, 14, 14, 50);
    is(a.mm(b).trace(), "[]", 50);
  }

  @Test
  void batches() {
    Tensor a = counted(2, 1, 2, 2);
    Tensor b = counted(3, 2, 2);
    Tensor product = a.matmul(b);
    for (int i = 0; i < 2; i++) {
      for (int j = 0; j < 3; j++) {
        assertThat(product.at(i, j).equal(a.at(i, 0).mm(b.at(j)))).isTrue();
      }
    }
    is(b.bmm(b.mT()).at(1), "[2, 2]", 41, 59, 59, 85);
    is(Tensor.ones(2, 2).addmm(counted(2, 3), counted(3, 2), 2, 0.5), "[2, 2]", 7, 8.5, 16, 22);
    is(Tensor.ones(2).addmv(counted(2, 2), Tensor.of(1.0, 1.0)), "[2]", 2, 6);
    is(
        counted(2, 2, 2).baddbmm(b.narrow(0, 0, 2), b.narrow(0, 0, 2), 0, 1).at(0),
        "[2, 2]",
        2,
        3,
        6,
        11);
  }

  @Test
  void betaZeroHidesWhatWasThere() {
    Tensor nan = Tensor.full(Shape.of(2, 2), Double.NaN);
    is(nan.addmm(Tensor.eye(2), counted(2, 2), 0, 1), "[2, 2]", 0, 1, 2, 3);
  }

  @Test
  void errors() {
    Tensor a = counted(2, 3);
    invalid(
        () -> a.matmul(counted(2, 3)),
        "matmul: [2, 3] @ [2, 3]: inner sizes 3 and 2 differ. Did you mean b.transpose(0, 1)?");
    invalid(
        () -> a.mm(counted(2, 4)),
        "mm: [2, 3] @ [2, 4]: inner sizes 3 and 2 differ. Did you mean a.transpose(0, 1)?");
    invalid(() -> a.mv(counted(4)), "mv: [2, 3] @ [4]: inner sizes 3 and 4 differ.");
    invalid(() -> a.mm(counted(3)), "mm: [2, 3] @ [3]: needs 2 and 2 dimensions, got 2 and 1.");
    invalid(
        () -> a.matmul(Tensor.scalar(1.0)),
        "matmul: [2, 3] @ []: a factor is a scalar []. Use mul(...).");
    invalid(
        () -> a.matmul(counted(3, 2).toDouble()),
        "matmul: [2, 3] @ [3, 2]: dtypes FLOAT32 and FLOAT64 differ. Convert one: x.to(DType.FLOAT32).");
    invalid(
        () -> counted(2, 2, 3).bmm(counted(3, 3, 2)),
        "bmm: [2, 2, 3] @ [3, 3, 2]: batch sizes 2 and 3 differ.");
    invalid(
        () -> counted(2, 2, 3).matmul(counted(3, 3, 2)),
        "matmul: [2, 2, 3] @ [3, 3, 2]: batch sizes [2] and [3] do not broadcast.");
    invalid(
        () -> counted(2, 5, 4).matmul(counted(2, 5, 4)),
        "matmul: [2, 5, 4] @ [2, 5, 4]: inner sizes 4 and 5 differ. Did you mean b.mT()?");
    invalid(
        () -> Tensor.ones(3, 3).addmm(a, counted(3, 2)),
        "addmm: [3, 3] and [2, 2] do not broadcast: dimension 1 is 3 and 2.");
    invalid(() -> counted(3).trace(), "trace: [3] is not a matrix.");
    invalid(() -> a.inner(counted(2, 4)), "inner: [2, 3] @ [2, 4]: last sizes 3 and 4 differ.");
  }
}
