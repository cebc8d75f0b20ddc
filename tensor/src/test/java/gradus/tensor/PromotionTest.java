package gradus.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Which dtype a result has: PyTorch's tables, every pair of dtypes in every role. */
class PromotionTest {
  private static final DType[] TYPES = {
    DType.BOOL, DType.INT32, DType.INT64, DType.FLOAT32, DType.FLOAT64
  };

  private interface Pair {
    Tensor of(DType a, DType b);
  }

  private static char letter(Tensor t) {
    return "bilfd".charAt(java.util.Arrays.asList(TYPES).indexOf(t.dtype()));
  }

  /** A row for each left dtype, a letter for each right one: bool, int32, long, float, double. */
  private static String table(Pair pair) {
    var rows = new StringBuilder();
    for (DType a : TYPES) {
      for (DType b : TYPES) {
        rows.append(letter(pair.of(a, b)));
      }
      rows.append(' ');
    }
    return rows.toString().strip();
  }

  private static Tensor vector(DType dtype) {
    return Tensor.ones(dtype, 2);
  }

  private static Tensor scalar(DType dtype) {
    return Tensor.scalar(1, dtype);
  }

  @Test
  void tensorsWithDimensions() {
    String expected = "bilfd iilfd lllfd ffffd ddddd";
    assertThat(table((a, b) -> vector(a).mul(vector(b)))).isEqualTo(expected);
    assertThat(table((a, b) -> Tensor.cat(0, vector(a), vector(b)))).isEqualTo(expected);
    assertThat(table((a, b) -> Tensor.where(Tensor.of(true, false), vector(a), vector(b))))
        .isEqualTo(expected);
  }

  @Test
  void zeroDimTensorsCountByCategoryOnly() {
    assertThat(table((a, b) -> vector(a).mul(scalar(b))))
        .isEqualTo("bilfd iiifd lllfd fffff ddddd");
    assertThat(table((a, b) -> scalar(a).mul(scalar(b))))
        .isEqualTo("bilfd iilfd lllfd ffffd ddddd");
  }

  @Test
  void numbersCountByCategoryOnlyAndFloatingOnesAreFloat32() {
    String whole = "";
    String real = "";
    String wholeScalar = "";
    for (DType dtype : TYPES) {
      whole += letter(vector(dtype).mul(2));
      real += letter(vector(dtype).mul(2.5));
      wholeScalar += letter(scalar(dtype).mul(2L));
    }
    assertThat(whole).isEqualTo("lilfd");
    assertThat(real).isEqualTo("ffffd");
    assertThat(wholeScalar).isEqualTo("lilfd");
    Check.is(Tensor.of(1, 2).mul(0.5), DType.FLOAT32, "[2]", 0.5, 1);
    Check.is(Tensor.of(1, 2).mul(0.5f), DType.FLOAT32, "[2]", 0.5, 1);
  }

  @Test
  void quotientsAndFunctionsOfWholeNumbersAreFloat32() {
    assertThat(table((a, b) -> vector(a).div(vector(b))))
        .isEqualTo("ffffd ffffd ffffd ffffd ddddd");
    String exp = "";
    String sum = "";
    String cumsum = "";
    for (DType dtype : TYPES) {
      exp += letter(vector(dtype).exp());
      sum += letter(vector(dtype).sum());
      cumsum += letter(vector(dtype).cumsum(0));
    }
    assertThat(exp).isEqualTo("ffffd");
    assertThat(sum).isEqualTo("lllfd");
    assertThat(cumsum).isEqualTo("lllfd");
    Check.is(Tensor.of(1, 2).div(Tensor.of(4, 4)), DType.FLOAT32, "[2]", 0.25, 0.5);
  }

  @Test
  void comparisonsPromoteFirstAndAnswerBool() {
    Check.is(Tensor.of(1, 2).lt(1.5), DType.BOOL, "[2]", 1, 0);
    assertThat(
            Tensor.of(9_007_199_254_740_993L).eq(Tensor.of(9_007_199_254_740_992L)).itemBoolean())
        .isFalse();
  }

  @Test
  void inPlaceOpsKeepTheirDtype() {
    Check.is(
        Tensor.zeros(2).add_(Tensor.fromArray(new double[] {0.5, 1.5}, 2)),
        DType.FLOAT32,
        "[2]",
        0.5,
        1.5);
    Check.invalid(
        () -> Tensor.of(1, 2).add_(0.5),
        "add_: the result is FLOAT32 and cannot be stored in INT64. An in-place op keeps the dtype"
            + " of its tensor. Convert first: x.to(DType.FLOAT32).");
  }

  @Test
  void int32WrapsAround() {
    Tensor x = Tensor.fromArray(new int[] {Integer.MAX_VALUE}, 1);
    Check.is(x.add(1), DType.INT32, "[1]", Integer.MIN_VALUE);
  }

  @Test
  void conversions() {
    Tensor x = Tensor.of(-1.7, 0.0, 2.9, Double.NaN);
    Check.is(x.narrow(0, 0, 3).toLong(), DType.INT64, "[3]", -1, 0, 2);
    Check.is(x.toBool(), DType.BOOL, "[4]", 1, 0, 1, 1);
    assertThat(x.to(DType.FLOAT32)).isSameAs(x);
    Check.is(Tensor.of(true, false).toInt(), DType.INT32, "[2]", 1, 0);
  }
}
