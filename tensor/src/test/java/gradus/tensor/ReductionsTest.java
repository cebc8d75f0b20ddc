package gradus.tensor;

import static gradus.tensor.Check.counted;
import static gradus.tensor.Check.invalid;
import static gradus.tensor.Check.is;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReductionsTest {
  private static final double NAN = Double.NaN;
  private static final double INF = Double.POSITIVE_INFINITY;

  private final Tensor x = counted(2, 3);

  @Test
  void dimensions() {
    Tensor y = counted(2, 3, 2);
    is(y.sum(), "[]", 66);
    is(y.sum(1), "[2, 2]", 6, 9, 24, 27);
    is(y.sum(-1, true), "[2, 3, 1]", 1, 5, 9, 13, 17, 21);
    is(y.sum(new int[] {0, 2}, false), "[3]", 14, 22, 30);
    is(y.sum(new int[] {2, 0}, true), "[1, 3, 1]", 14, 22, 30);
    is(y.sum(new int[0], true), "[1, 1, 1]", 66);
    is(y.amax(new int[] {0, 1}, false), "[2]", 10, 11);
    is(Tensor.scalar(3.0).sum(0), "[]", 3);
    is(Tensor.scalar(3.0).mean(-1), "[]", 3);
    invalid(() -> y.sum(new int[] {0, -3}, false), "sum: dim 0 appears more than once in [0, -3].");
  }

  @Test
  void stridesDoNotMatter() {
    is(x.t().sum(0), "[2]", 3, 12);
    is(x.t().amax(1), "[3]", 3, 4, 5);
    is(x.slice(1, 0, 3, 2).mean(1), "[2]", 1, 4);
    is(Tensor.of(2.0).expand(3).sum(), "[]", 6);
    is(x.t().argmax(), "[]", 5);
  }

  @Test
  void wholeNumbersStayWhole() {
    is(Tensor.of(1, 2, 3).sum(), DType.INT64, "[]", 6);
    is(Tensor.of(true, true, false).sum(), DType.INT64, "[]", 2);
    is(Tensor.fromArray(new int[] {Integer.MAX_VALUE, 1}).sum(), DType.INT64, "[]", 2147483648.0);
    is(Tensor.of(2, 3, 4).prod(), DType.INT64, "[]", 24);
    is(Tensor.fromArray(new int[] {4, -7}).amin(), DType.INT32, "[]", -7);
    is(Tensor.of(false, true).amax(), DType.BOOL, "[]", 1);
    is(Tensor.of(0, 3, 5).countNonzero(), DType.INT64, "[]", 2);
    assertThat(Tensor.of(9_007_199_254_740_993L, 0L).amax().itemLong())
        .isEqualTo(9_007_199_254_740_993L);
    invalid(
        () -> Tensor.of(1, 2).mean(),
        "mean: input must be FLOAT32 or FLOAT64 but is INT64. Use x.toFloat().");
    invalid(
        () -> Tensor.of(1, 2).var(),
        "var: input must be FLOAT32 or FLOAT64 but is INT64. Use x.toFloat().");
    is(Tensor.of(1, 2).mean(new int[0], false, DType.FLOAT64), DType.FLOAT64, "[]", 1.5);
    is(Tensor.of(1.5, 2.5).sum(new int[0], false, DType.INT64), DType.INT64, "[]", 3);
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"FLOAT32", "FLOAT64"})
  void emptyOnes(DType dtype) {
    Tensor none = Tensor.zeros(dtype, 0);
    is(none.sum(), dtype, "[]", 0);
    is(none.prod(), dtype, "[]", 1);
    is(none.mean(), dtype, "[]", NAN);
    is(none.var(), dtype, "[]", NAN);
    is(none.norm(), dtype, "[]", 0);
    is(none.logsumexp(0), dtype, "[]", -INF);
    is(none.all(), DType.BOOL, "[]", 1);
    is(none.any(), DType.BOOL, "[]", 0);
    is(Tensor.zeros(dtype, 2, 0).sum(1), dtype, "[2]", 0, 0);
    is(Tensor.zeros(dtype, 2, 0).sum(0), dtype, "[0]");
    is(Tensor.zeros(dtype, 2, 0).amax(0), dtype, "[0]");
    is(Tensor.zeros(dtype, 0, 3).softmax(1), dtype, "[0, 3]");
    invalid(
        () -> none.amax(), "amax: [0] has nothing to choose from: a folded dimension is empty.");
    invalid(() -> none.argmin(), "argmin: [0] has nothing to choose from: dimension 0 is empty.");
    invalid(
        () -> Tensor.zeros(dtype, 2, 0).max(1),
        "max: [2, 0] has nothing to choose from: dimension 1 is empty.");
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"FLOAT32", "FLOAT64"})
  void notANumber(DType dtype) {
    Tensor y = Tensor.of(new double[][] {{1, NAN, 3}, {-INF, 2, INF}}).to(dtype);
    is(y.sum(1), "[2]", NAN, NAN);
    is(y.amax(1), "[2]", NAN, INF);
    is(y.amin(1), "[2]", NAN, -INF);
    is(y.argmax(1), "[2]", 1, 2);
    is(y.argmin(1), "[2]", 1, 0);
    is(y.max(1).values(), "[2]", NAN, INF);
    is(y.argmax(), "[]", 1);
    is(y.any(1), "[2]", 1, 1);
    is(Tensor.of(NAN, 0).to(dtype).all(), "[]", 0);
    is(Tensor.of(-INF, -INF).to(dtype).logsumexp(0), "[]", -INF);
  }

  @Test
  void extremesAndTheirPlaces() {
    Tensor y = Tensor.of(new double[][] {{3, 1, 3}, {2, 7, 7}});
    is(y.max(1).values(), "[2]", 3, 7);
    is(y.max(1).indices(), DType.INT64, "[2]", 0, 1);
    is(y.min(0, true).values(), "[1, 3]", 2, 1, 3);
    is(y.min(0, true).indices(), "[1, 3]", 1, 0, 0);
    is(y.argmax(), "[]", 4);
    is(y.argmin(-1, true), "[2, 1]", 1, 0);
    is(Tensor.scalar(5).max(0).indices(), "[]", 0);
    is(y.max(Tensor.scalar(2.5)), "[2, 3]", 3, 2.5, 3, 2.5, 7, 7);
  }

  @Test
  void spread() {
    is(x.var(1), "[2]", 1, 1);
    is(x.var(1, false, true), "[2, 1]", 2f / 3, 2f / 3);
    float std = (float) Math.sqrt(4.5);
    is(x.std(0), "[3]", std, std, std);
    is(x.var(new int[] {0, 1}, 2, false), "[]", 4.375);
    is(Tensor.of(5.0).var(), "[]", NAN);
    is(Tensor.of(5.0).var(0, false, false), "[]", 0);
    // far from zero, where the mean of squares minus the square of the mean fails
    is(Tensor.of(10_000.0, 10_001.0, 10_002.0).var(), "[]", 1);
  }

  @Test
  void norms() {
    Tensor y = Tensor.of(3.0, 0.0, -4.0);
    is(y.norm(), "[]", 5);
    is(y.norm(1), "[]", 7);
    is(y.norm(0), "[]", 2);
    is(y.norm(INF), "[]", 4);
    is(y.norm(-INF), "[]", 0);
    is(x.norm(2, 1, true), "[2, 1]", (float) Math.sqrt(5), (float) Math.sqrt(50));
    is(x.norm(2, new int[] {0, 1}, false), "[]", (float) Math.sqrt(55));
  }

  @Test
  void logsumexpDoesNotOverflow() {
    is(Tensor.of(1000.0, 1000.0).logsumexp(0), "[]", (float) (1000 + Math.log(2)));
    is(Tensor.of(-INF, 3.0).logsumexp(0), "[]", 3);
    is(Tensor.of(INF, 3.0).logsumexp(0), "[]", INF);
    is(Tensor.of(0, 0).logsumexp(0), DType.FLOAT32, "[]", (float) Math.log(2));
  }

  /** The kernels square floats; what overflows or vanishes there must not show. */
  @Test
  void floatsGiveWhatDoublesGive() {
    Tensor.manualSeed(5);
    Tensor z = Tensor.randn(37, 150);
    Tensor odd = z.clone();
    odd.select(0, 1).fill_(0);
    odd.select(0, 2).fill_(Double.NEGATIVE_INFINITY);
    odd.select(0, 3).fill_(3);
    odd.slice(0, 4, 5, 1).slice(1, 7, 8, 1).fill_(INF);
    odd.slice(0, 5, 6, 1).slice(1, 9, 10, 1).fill_(NAN);
    List<Tensor> inputs =
        List.of(z, z.mul(1e25), z.mul(1e-25), odd, z.t(), odd.slice(1, 3, 150, 2), z.add(1000));
    for (Tensor input : inputs) {
      for (int[] dims : new int[][] {{0}, {1}, {0, 1}}) {
        same(input, t -> t.var(dims, 1, false));
        same(input, t -> t.std(dims, 0, true));
        same(input, t -> t.logsumexp(dims, false));
        same(input, t -> t.logsumexp(dims, true));
        for (double p : new double[] {0, 1, 2, 3, INF, -INF}) {
          same(input, t -> t.norm(p, dims, false));
        }
      }
    }
  }

  /**
   * An array handed back by two owners would serve two results; only large ones are handed back.
   */
  @Test
  void resultsKeepTheirMemoryToThemselves() {
    Tensor z = Tensor.randn(2050, 2060);
    List<UnaryOperator<Tensor>> reductions =
        List.of(
            t -> t.logsumexp(0),
            t -> t.logsumexp(1),
            t -> t.norm(2, 0),
            t -> t.norm(INF, 1),
            t -> t.var(0),
            t -> t.std(1));
    for (UnaryOperator<Tensor> reduction : reductions) {
      float[] expected = reduction.apply(z).toFloatArray();
      try (var _ = Memory.scope()) {
        reduction.apply(z);
      }
      Tensor result = reduction.apply(z);
      reduction.apply(z.mul(2));
      assertThat(result.toFloatArray()).isEqualTo(expected);
    }
  }

  private static void same(Tensor input, UnaryOperator<Tensor> reduction) {
    float[] floats = reduction.apply(input).toFloatArray();
    float[] doubles = reduction.apply(input.to(DType.FLOAT64)).toFloat().toFloatArray();
    assertThat(floats).hasSameSizeAs(doubles);
    for (int i = 0; i < floats.length; i++) {
      if (Float.isFinite(doubles[i])) {
        double rounding = 2e-6 * Math.abs(doubles[i]) + Float.MIN_VALUE;
        assertThat(floats[i]).isCloseTo(doubles[i], within((float) rounding));
      } else {
        assertThat(Float.valueOf(floats[i])).isEqualTo(Float.valueOf(doubles[i]));
      }
    }
  }

  @Test
  void truth() {
    Tensor y = Tensor.of(new int[][] {{0, 0}, {0, 2}});
    is(y.any(), DType.BOOL, "[]", 1);
    is(y.any(1), DType.BOOL, "[2]", 0, 1);
    is(y.all(0, true), DType.BOOL, "[1, 2]", 0, 0);
    is(y.ne(1).all(), DType.BOOL, "[]", 1);
    is(y.countNonzero(0), "[2]", 0, 1);
  }

  @Test
  void truthAlongRowsAndColumns() {
    Tensor.manualSeed(6);
    Tensor b = Tensor.rand(60, 40).gt(0.98);
    Tensor counts = b.to(DType.INT64);
    for (int dim = 0; dim < 2; dim++) {
      assertThat(b.any(dim).toFloat().toFloatArray())
          .isEqualTo(counts.sum(dim).gt(0).toFloat().toFloatArray());
      assertThat(b.logicalNot().all(dim).toFloat().toFloatArray())
          .isEqualTo(counts.sum(dim).eq(0).toFloat().toFloatArray());
      assertThat(b.slice(1, 1, 40, 3).any(dim).toFloat().toFloatArray())
          .isEqualTo(counts.slice(1, 1, 40, 3).sum(dim).gt(0).toFloat().toFloatArray());
    }
    is(b.any(), DType.BOOL, "[]", 1);
    is(b.all(), DType.BOOL, "[]", 0);
  }

  @Test
  void sumsOfManyFloatsKeepTheirDigits() {
    assertThat(Tensor.full(Shape.of(1 << 24), 0.1).sum().item()).isCloseTo(1677721.6, within(1.0));
  }
}
