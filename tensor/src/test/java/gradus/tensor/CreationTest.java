package gradus.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CreationTest {
  @Test
  void literalsHaveTheDtypePyTorchGivesThem() {
    Check.is(Tensor.of(1, 2, 3), DType.INT64, "[3]", 1, 2, 3);
    Check.is(Tensor.of(1L, 2L), DType.INT64, "[2]", 1, 2);
    Check.is(Tensor.of(1.5, 2), DType.FLOAT32, "[2]", 1.5, 2);
    Check.is(Tensor.of(0.1), DType.FLOAT32, "[1]", 0.1f);
    Check.is(Tensor.of(true, false), DType.BOOL, "[2]", 1, 0);
    Check.is(
        Tensor.of(new int[][] {{1, 2, 3}, {4, 5, 6}}), DType.INT64, "[2, 3]", 1, 2, 3, 4, 5, 6);
    Check.is(Tensor.of(new double[][][] {{{1}, {2}}}), DType.FLOAT32, "[1, 2, 1]", 1, 2);
    Check.is(Tensor.of(new boolean[][] {{true}, {false}}), DType.BOOL, "[2, 1]", 1, 0);
    Check.is(Tensor.scalar(3), DType.INT64, "[]", 3);
    Check.is(Tensor.scalar(3.5), DType.FLOAT32, "[]", 3.5);
    Check.invalid(
        () -> Tensor.of(new int[][] {{1, 2}, {3}}),
        "of: row 1 is [1] but row 0 is [2]. All rows must have one length.");
  }

  @Test
  void arraysAreCopiedByOfAndWrappedByFromArray() {
    float[] data = {1, 2, 3, 4};
    Tensor copy = Tensor.of(data);
    Tensor wrapped = Tensor.fromArray(data, 2, 2);
    data[3] = 9;
    assertThat(copy.get(3)).isEqualTo(4);
    assertThat(wrapped.get(1, 1)).isEqualTo(9);
    wrapped.zero_();
    assertThat(data).containsExactly(0, 0, 0, 0);
    Check.is(Tensor.fromArray(new double[] {1, 2}), DType.FLOAT64, "[2]", 1, 2);
    Check.is(Tensor.fromArray(new long[] {7}), DType.INT64, "[]", 7);
    Check.is(Tensor.fromArray(new int[] {7, 8}, 1, 2), DType.INT32, "[1, 2]", 7, 8);
    Check.is(Tensor.fromArray(new boolean[] {true}, 1), DType.BOOL, "[1]", 1);
    Check.invalid(
        () -> Tensor.fromArray(data, 3),
        "fromArray: the array has 4 elements but shape [3] holds 3.");
  }

  @Test
  void filled() {
    Check.is(Tensor.zeros(2, 1), DType.FLOAT32, "[2, 1]", 0, 0);
    Check.is(Tensor.ones(DType.INT32, 2), DType.INT32, "[2]", 1, 1);
    Check.is(Tensor.full(new int[] {2}, 7), DType.INT64, "[2]", 7, 7);
    Check.is(Tensor.full(Shape.of(2), 7.5), DType.FLOAT32, "[2]", 7.5, 7.5);
    Check.is(Tensor.full(Shape.of(), 2, DType.BOOL), DType.BOOL, "[]", 1);
    Tensor like = Tensor.zeros(DType.FLOAT64, 1, 2);
    Check.is(Tensor.onesLike(like), DType.FLOAT64, "[1, 2]", 1, 1);
    Check.is(Tensor.fullLike(like, 3), DType.FLOAT64, "[1, 2]", 3, 3);
    Check.is(Tensor.eye(2, 3), DType.FLOAT32, "[2, 3]", 1, 0, 0, 0, 1, 0);
    assertThat(Tensor.empty(3, 0).numel()).isZero();
  }

  @Test
  void countedOut() {
    Check.is(Tensor.arange(3), DType.INT64, "[3]", 0, 1, 2);
    Check.is(Tensor.arange(2.5), DType.FLOAT32, "[3]", 0, 1, 2);
    Check.is(Tensor.arange(5, -1, -2), DType.INT64, "[3]", 5, 3, 1);
    Check.is(Tensor.arange(0, 1, 0.25), DType.FLOAT32, "[4]", 0, 0.25, 0.5, 0.75);
    Check.is(Tensor.arange(0), DType.INT64, "[0]");
    Check.is(Tensor.linspace(0, 1, 5), DType.FLOAT32, "[5]", 0, 0.25, 0.5, 0.75, 1);
    Check.is(Tensor.linspace(3, 9, 1), DType.FLOAT32, "[1]", 3);
    Check.invalid(
        () -> Tensor.arange(0, 3, -1),
        "arange: from 0 to 3 by -1 never arrives. step must lead from start to end.");
  }

  @Test
  void joined() {
    Tensor a = Check.counted(2, 2);
    Check.is(Tensor.cat(0, a, a.add(10)), "[4, 2]", 0, 1, 2, 3, 10, 11, 12, 13);
    Check.is(Tensor.cat(-1, a, a.narrow(1, 0, 1)), "[2, 3]", 0, 1, 0, 2, 3, 2);
    Check.is(Tensor.cat(0, a, Tensor.zeros(0)), "[2, 2]", 0, 1, 2, 3);
    Check.is(Tensor.stack(1, a, a.add(10)), "[2, 2, 2]", 0, 1, 10, 11, 2, 3, 12, 13);
    Check.invalid(
        () -> Tensor.cat(0, a, Tensor.zeros(2, 3)),
        "cat: [2, 2] and [2, 3] do not join along dimension 0. All other sizes must agree.");
    Check.invalid(
        () -> Tensor.stack(0, a, Tensor.zeros(2)),
        "stack: [2, 2] and [2] differ. All tensors must have one shape.");
    Check.invalid(
        () -> Tensor.cat(0, Tensor.scalar(1)),
        "cat: a scalar [] cannot be joined. Use stack(...), or unsqueeze(0) first.");
    Check.invalid(
        () -> Tensor.cat(java.util.List.of()),
        "cat: the list of tensors is empty. Give at least one.");
  }

  @Test
  void numbersComeOutAsTheyWentIn() {
    Tensor x = Check.counted(2, 3).t();
    assertThat(x.toFloatArray()).containsExactly(0, 3, 1, 4, 2, 5);
    assertThat(x.get(2, -1)).isEqualTo(5);
    assertThat(x.select(0, 1).select(0, 1).item()).isEqualTo(4);
    assertThat(Tensor.of(9_007_199_254_740_993L).itemLong()).isEqualTo(9_007_199_254_740_993L);
    Check.fails(
        x::item,
        IllegalStateException.class,
        "item: only a tensor with one element converts to a number, but this is [3, 2]. Use"
            + " get(index...).");
    Check.outside(
        () -> x.get(0),
        "get: [0] has 1 indices but the tensor [3, 2] has 2 dimensions. Use select(...) or at(...)"
            + " for parts.");
    Check.outside(
        () -> x.get(0, 2),
        "get: index 2 is out of range for dimension 1 of [3, 2]; valid are -2..1.");
  }

  @Test
  void arangeCountsLongsAsLongs() {
    long big = 1L << 53;
    assertThat(Tensor.arange(big, big + 3).toLongArray()).containsExactly(big, big + 1, big + 2);
    assertThat(Tensor.arange(Long.MAX_VALUE, Long.MIN_VALUE, Long.MIN_VALUE).toLongArray())
        .containsExactly(Long.MAX_VALUE, -1);
    assertThat(Tensor.arange(5, 0, -2).toLongArray()).containsExactly(5, 3, 1);
    assertThatThrownBy(() -> Tensor.arange(Long.MIN_VALUE, Long.MAX_VALUE))
        .hasMessageContaining("at most 2^31 - 1");
    assertThatThrownBy(() -> Tensor.arange(0, 3, -1)).hasMessageContaining("never arrives");
  }

  @Test
  void integersHoldOnlyWhatTheyCan() {
    String range =
        " cannot be held by INT64. It holds whole numbers from -9223372036854775808 to"
            + " 9223372036854775807. Use x.toFloat().";
    double low = Double.NEGATIVE_INFINITY;
    Tensor x = Tensor.of(1, 2);
    Check.invalid(() -> Tensor.full(Shape.of(2), low, DType.INT64), "full: -Infinity" + range);
    Check.invalid(() -> Tensor.scalar(Double.NaN, DType.INT64), "scalar: NaN" + range);
    Check.invalid(() -> x.clone().fill_(1e300), "fill_: 1.0E300" + range);
    Check.invalid(() -> x.maskedFill(Tensor.of(true, false), low), "maskedFill: -Infinity" + range);
    var big = java.math.BigInteger.ONE.shiftLeft(70);
    Check.invalid(() -> x.add(big), "add: 1180591620717411303424" + range);
    assertThatThrownBy(() -> x.to(DType.INT32).add(1L << 40))
        .hasMessageStartingWith("add: 1099511627776 cannot be held by INT32.");
    assertThat(x.to(DType.INT32).lt(1L << 40).all().itemBoolean()).isTrue();
    assertThat(Tensor.full(Shape.of(1), -2.7, DType.INT32).itemLong()).isEqualTo(-2);
    assertThat(Tensor.scalar(new java.math.BigDecimal("0.5")).item()).isEqualTo(0.5);
  }

  @Test
  void drawsAreOfPossibleNumbers() {
    Check.invalid(() -> Tensor.randperm(-1), "randperm: n is -1. It must be 0 or more.");
    Check.invalid(
        () -> Tensor.bernoulli(Tensor.of(0.5, Double.NaN)),
        "bernoulli: p is NaN. A probability is between 0 and 1.");
    Check.invalid(
        () -> Tensor.zeros(2).bernoulli_(1.5),
        "bernoulli_: p is 1.5. A probability is between 0 and 1.");
    Check.invalid(
        () -> Tensor.multinomial(Tensor.ones(3), -1, true),
        "multinomial: -1 samples of [3]: it takes weights [n] or [m, n], and draws 1 sample or"
            + " more.");
  }

  @Test
  void nestedArraysUpToFourDimensions() {
    Tensor x = Tensor.of(new long[][][] {{{1L << 53 | 1}}});
    assertThat(x.itemLong()).isEqualTo(1L << 53 | 1);
    Check.is(Tensor.of(new double[][][][] {{{{1, 2}}}}), DType.FLOAT32, "[1, 1, 1, 2]", 1, 2);
    Check.is(Tensor.emptyLike(Tensor.of(1, 2)), DType.INT64, "[2]", 0, 0);
  }

  @Test
  void arraysOfOtherTypesComeOut() {
    assertThat(Tensor.of(1, -2).toIntArray()).containsExactly(1, -2);
    Tensor ints = Tensor.of(1, -2, 3, 4).to(DType.INT32).reshape(2, 2);
    assertThat(ints.select(0, 1).toIntArray()).containsExactly(3, 4);
    assertThat(ints.transpose(0, 1).toIntArray()).containsExactly(1, 3, -2, 4);
    int[] copy = ints.toIntArray();
    copy[0] = 7;
    assertThat(ints.toIntArray()).containsExactly(1, -2, 3, 4);
    assertThat(Tensor.of(0.0, 2.0).toBooleanArray()).containsExactly(false, true);
    assertThat(Tensor.of(1.0).isFloatingPoint()).isTrue();
    assertThat(Tensor.of(1).isFloatingPoint()).isFalse();
    Check.invalid(
        () -> Tensor.of(1L << 40).toIntArray(),
        "toIntArray: element 0 is 1099511627776, no int. Use toLongArray().");
  }
}
