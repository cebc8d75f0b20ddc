package gradus.tensor;

import static gradus.tensor.Check.invalid;
import static gradus.tensor.Check.is;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OrderingTest {
  private static final double NAN = Double.NaN;

  private final Tensor x = Tensor.of(new double[][] {{3, 1, 2}, {0, 5, 5}});

  @Test
  void sorting() {
    is(x.sort().values(), "[2, 3]", 1, 2, 3, 0, 5, 5);
    is(x.sort().indices(), DType.INT64, "[2, 3]", 1, 2, 0, 0, 1, 2);
    is(x.sort(0, true).values(), "[2, 3]", 3, 5, 5, 0, 1, 2);
    is(x.argsort(1, true), "[2, 3]", 0, 2, 1, 1, 2, 0);
    is(x.t().sort(0).values(), "[3, 2]", 1, 0, 2, 5, 3, 5);
    is(x.msort(), "[2, 3]", 0, 1, 2, 3, 5, 5);
    is(Tensor.of(true, false).sort().values(), DType.BOOL, "[2]", 0, 1);
    is(Tensor.scalar(4.0).sort(0).values(), "[]", 4);
    is(Tensor.zeros(0).sort().values(), "[0]");
    assertThat(Tensor.of(9_007_199_254_740_993L, 9_007_199_254_740_992L).argsort().toLongArray())
        .containsExactly(1, 0);
  }

  @Test
  void equalElementsKeepTheirOrderAndNanIsLargest() {
    Tensor y = Tensor.of(2.0, NAN, 1.0, 2.0, 0.0, -0.0);
    is(y.sort().indices(), "[6]", 4, 5, 2, 0, 3, 1);
    is(y.sort(0, true).indices(), "[6]", 1, 0, 3, 2, 4, 5);
    is(y.sort(0, true).values(), "[6]", NAN, 2, 2, 1, 0, -0.0);
  }

  @Test
  void topk() {
    is(x.topk(2).values(), "[2, 2]", 3, 2, 5, 5);
    is(x.topk(2).indices(), "[2, 2]", 0, 2, 1, 2);
    is(x.topk(1, 0, false).values(), "[1, 3]", 0, 1, 2);
    is(x.topk(0).values(), "[2, 0]");
    is(Tensor.scalar(4.0).topk(1).values(), "[]", 4);
    is(Tensor.scalar(4.0).topk(0).values(), "[]", 4);
    is(Tensor.scalar(4.0).topk(0).indices(), "[]", 0);
    is(Tensor.of(1.0, NAN, 3.0).topk(2).values(), "[2]", NAN, 3);
    is(x.kthvalue(2, 1).values(), "[2]", 2, 5);
    is(x.kthvalue(1, 0, true).indices(), "[1, 3]", 1, 0, 0);
    invalid(() -> x.topk(4), "topk: k is 4 but dimension 1 of [2, 3] has 3 elements.");
    invalid(() -> x.kthvalue(0, 1), "kthvalue: k is 0; valid are 1..3 for [2, 3].");
  }

  @Test
  void runningTotals() {
    is(x.cumsum(1), "[2, 3]", 3, 4, 6, 0, 5, 10);
    is(x.cumsum(0), "[2, 3]", 3, 1, 2, 3, 6, 7);
    is(x.t().cumsum(0), "[3, 2]", 3, 0, 4, 5, 6, 10);
    is(x.cumprod(-1), "[2, 3]", 3, 3, 6, 0, 0, 0);
    is(Tensor.of(true, true).cumsum(0), DType.INT64, "[2]", 1, 2);
    is(Tensor.of(1, 2).cumsum(0, DType.FLOAT64), DType.FLOAT64, "[2]", 1, 3);
    is(Tensor.scalar(4.0).cumsum(0), "[]", 4);
    is(Tensor.zeros(2, 0).cumsum(1), "[2, 0]");
  }
}
