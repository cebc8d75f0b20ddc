package gradus.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Shapes align at the last dimension; sizes agree or one of them is 1. */
class BroadcastTest {
  private static int[] sizes(String text) {
    return text.isEmpty()
        ? new int[0]
        : java.util.Arrays.stream(text.split("x")).mapToInt(Integer::parseInt).toArray();
  }

  @ParameterizedTest
  @CsvSource({
    "2x3, 3, '[2, 3]'",
    "2x3, '', '[2, 3]'",
    "2x1, 1x3, '[2, 3]'",
    "3, 2x1, '[2, 3]'",
    "5x1x4, 3x1, '[5, 3, 4]'",
    "1, 0, '[0]'",
    "2x1, 2x0, '[2, 0]'",
    "'', '', '[]'"
  })
  void shapes(String a, String b, String expected) {
    assertThat(Tensor.ones(sizes(a)).add(Tensor.ones(sizes(b))).shape()).hasToString(expected);
    assertThat(Shape.broadcast("add", Shape.of(sizes(b)), Shape.of(sizes(a))))
        .hasToString(expected);
  }

  @Test
  void valuesRepeat() {
    Tensor column = Tensor.of(new double[][] {{10}, {20}});
    Check.is(column.add(Tensor.of(1.0, 2.0, 3.0)), "[2, 3]", 11, 12, 13, 21, 22, 23);
    Check.is(
        Tensor.of(1, 2).lt(Tensor.of(new int[][] {{1}, {3}})), DType.BOOL, "[2, 2]", 0, 0, 1, 1);
    Check.is(
        Tensor.where(Tensor.of(true, false), column, Tensor.scalar(0.0)), "[2, 2]", 10, 0, 20, 0);
  }

  @Test
  void noCopyIsMade() {
    Tensor row = Check.counted(3);
    Tensor grown = row.expand(4, 3);
    Check.lies(grown, 0, 0, 1);
    assertThat(grown.storage).isSameAs(row.storage);
  }

  @Test
  void mismatches() {
    Check.invalid(
        () -> Tensor.zeros(4, 3).mul(Tensor.zeros(2, 3)),
        "mul: [4, 3] and [2, 3] do not broadcast: dimension 0 is 4 and 2.");
    Check.invalid(
        () -> Tensor.zeros(2, 4, 3).div(Tensor.zeros(4)),
        "div: [2, 4, 3] and [4] do not broadcast: dimension 2 is 3 and 4.");
    Check.invalid(
        () -> Tensor.zeros(2).lt(Tensor.zeros(0)),
        "lt: [2] and [0] do not broadcast: dimension 0 is 2 and 0.");
    Check.invalid(
        () -> Tensor.where(Tensor.of(true, false), Tensor.zeros(3), Tensor.zeros(3)),
        "where: [2] and [3] do not broadcast: dimension 0 is 2 and 3.");
    Check.invalid(
        () -> Tensor.zeros(2).add_(Tensor.zeros(3, 2)),
        "add_: the result [3, 2] does not fit into [2]. An in-place op keeps the shape of its"
            + " tensor. Use the op without underscore.");
  }
}
