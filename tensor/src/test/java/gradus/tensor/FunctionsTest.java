package gradus.tensor;

import static gradus.tensor.Check.invalid;
import static gradus.tensor.Check.is;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Functions at the borders of their domains, and activations, as PyTorch gives them. */
class FunctionsTest {
  private static final double NAN = Double.NaN;
  private static final double INF = Double.POSITIVE_INFINITY;

  private static void borders(DType dtype, UnaryOperator<Tensor> f, double... expected) {
    Tensor x = Tensor.of(0.0, -1, 1, 2, -INF, INF, NAN).to(dtype);
    assertThat(f.apply(x).toDoubleArray()).containsExactly(expected, within(1e-6));
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"FLOAT32", "FLOAT64"})
  void borders(DType dtype) {
    borders(dtype, Tensor::acos, Math.PI / 2, Math.PI, 0, NAN, NAN, NAN, NAN);
    borders(dtype, Tensor::log, -INF, NAN, 0, Math.log(2), NAN, INF, NAN);
    borders(dtype, Tensor::sqrt, 0, NAN, 1, Math.sqrt(2), NAN, INF, NAN);
    borders(dtype, Tensor::lgamma, INF, INF, 0, 0, INF, INF, NAN);
    borders(dtype, Tensor::digamma, -INF, NAN, -0.5772156649, 0.4227843351, NAN, INF, NAN);
    borders(dtype, Tensor::erfinv, 0, -INF, INF, NAN, NAN, NAN, NAN);
    borders(dtype, Tensor::ndtri, -INF, NAN, INF, NAN, NAN, NAN, NAN);
    borders(dtype, Tensor::atanh, 0, -INF, INF, NAN, NAN, NAN, NAN);
    borders(dtype, Tensor::rsqrt, INF, NAN, 1, Math.sqrt(0.5), NAN, 0, NAN);
    borders(dtype, Tensor::logit, -INF, NAN, INF, NAN, NAN, NAN, NAN);
    borders(dtype, Tensor::sigmoid, 0.5, 0.2689414214, 0.7310585786, 0.8807970780, 0, 1, NAN);
    borders(dtype, Tensor::tanh, 0, -0.7615941560, 0.7615941560, 0.9640275801, -1, 1, NAN);
    borders(dtype, Tensor::erf, 0, -0.8427007929, 0.8427007929, 0.9953222650, -1, 1, NAN);
    borders(dtype, Tensor::exp, 1, Math.exp(-1), Math.E, Math.exp(2), 0, INF, NAN);
    borders(dtype, Tensor::relu, 0, 0, 1, 2, 0, INF, NAN);
    borders(dtype, x -> x.clamp(-0.5, 1.5), 0, -0.5, 1, 1.5, -0.5, 1.5, NAN);
  }

  @Test
  void rounding() {
    is(Tensor.of(0.5, 1.5, 2.5, -0.5, -1.5).round(), "[5]", 0, 2, 2, -0.0, -2);
    is(Tensor.of(1.75, -1.75).frac(), "[2]", 0.75, -0.75);
    is(Tensor.of(1.75, -1.75).trunc(), "[2]", 1, -1);
    is(Tensor.of(1.25, -1.25).floor(), "[2]", 1, -2);
    is(Tensor.of(3, -4).floor(), DType.INT64, "[2]", 3, -4);
    is(Tensor.of(NAN, -3, INF).sign(), "[3]", 0, -1, 1);
  }

  @Test
  void wholeNumbersBecomeFloat32() {
    is(Tensor.of(0, 4).sqrt(), DType.FLOAT32, "[2]", 0, 2);
    is(Tensor.of(true, false).exp(), DType.FLOAT32, "[2]", (float) Math.E, 1);
    is(Tensor.of(1, 5).clamp(2, 3), DType.INT64, "[2]", 2, 3);
  }

  @Test
  void activations() {
    Tensor one = Tensor.of(1.0);
    assertThat(one.gelu().item()).isCloseTo(0.8413447, within(1e-6));
    assertThat(one.gelu("tanh").item()).isCloseTo(0.8411920, within(1e-6));
    assertThat(one.silu().item()).isCloseTo(0.7310586, within(1e-6));
    assertThat(one.mish().item()).isCloseTo(0.8650984, within(1e-6));
    assertThat(one.hardswish().item()).isCloseTo(2.0 / 3, within(1e-6));
    assertThat(one.hardsigmoid().item()).isCloseTo(2.0 / 3, within(1e-6));
    is(Tensor.of(-2.0, 3.0).leakyRelu(0.5), "[2]", -1, 3);
    is(Tensor.of(-2.0, 3.0).threshold(0, 7), "[2]", 7, 3);
    is(Tensor.of(0.0, 30.0).softplus(), "[2]", (float) Math.log(2), 30);
    assertThat(Tensor.of(-200.0).softplus().item()).isZero();
    assertThat(Tensor.of(-200.0).logsigmoid().item()).isEqualTo(-200);
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"FLOAT32", "FLOAT64"})
  void softmaxDoesNotOverflow(DType dtype) {
    is(Tensor.of(1000.0, 1000, -INF).to(dtype).softmax(0), dtype, "[3]", 0.5, 0.5, 0);
    is(Tensor.of(-INF, -INF).to(dtype).softmax(0), dtype, "[2]", NAN, NAN);
    is(Tensor.of(1000.0, 0).to(dtype).logSoftmax(0), dtype, "[2]", 0, -1000);
    is(Tensor.of(3.0).to(dtype).squeeze().softmax(0), dtype, "[]", 1);
    is(Tensor.zeros(dtype, 2, 4).softmax(0), "[2, 4]", 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5);
  }

  @Test
  void fusedOpsCheckTheirArguments() {
    Tensor x = Tensor.ones(2, 3);
    invalid(
        () -> Tensor.layerNorm(x, new int[] {2}, null, null, 1e-5),
        "layerNorm: the input [2, 3] does not end in normalizedShape [2]. Its last sizes must equal"
            + " it.");
    invalid(
        () -> Tensor.layerNorm(x, new int[] {3}, Tensor.ones(2), null, 1e-5),
        "layerNorm: weight is FLOAT32[2] but normalizedShape is [3] and the input FLOAT32. They"
            + " must agree.");
    invalid(
        () -> Tensor.embedding(Tensor.ones(3), Tensor.of(0), -1, false, false),
        "embedding: the table is [3]. It must be [rows, dim].");
    Check.outside(
        () -> Tensor.embedding(x, Tensor.of(new int[][] {{0}, {-1}}), -1, false, false),
        "embedding: index -1 at position [1, 0] is outside the table of 2 rows; valid are 0..1.");
    invalid(
        () -> Tensor.crossEntropyRows(x, Tensor.of(0), -100),
        "crossEntropyRows: logits [2, 3] and target [1] do not fit. Give [n, classes] and [n].");
    Check.outside(
        () -> Tensor.crossEntropyRows(x, Tensor.of(0, 3), -100),
        "crossEntropyRows: target 3 at position [1] is outside of 3 classes; valid are 0..2, or"
            + " ignoreIndex -100.");
    invalid(
        () -> Tensor.crossEntropyRows(x, Tensor.of(0.0, 1.0), -100),
        "crossEntropyRows: target must be INT64 but is FLOAT32. Use Tensor.of(1, 2, 3) or"
            + " x.toLong().");
  }

  @Test
  void polygammaCountsDerivatives() {
    Check.invalid(
        () -> Tensor.of(1.0).polygamma(-1),
        "polygamma: n is -1. It counts derivatives, 0 to 1000: n! is infinite from 171 on.");
  }

  /** In FLOAT32 too, whose 2p − 1 has no digits left. */
  @Test
  void ndtriKeepsItsDigitsInTheTail() {
    double[] found = Tensor.of(1e-10f, 1e-30f, 0.975f, 0.5f).ndtri().toDoubleArray();
    assertThat(found)
        .containsExactly(new double[] {-6.361341, -11.464025, 1.9599639, 0}, within(2e-6));
    assertThat(Tensor.fromArray(new double[] {1e-300}, 1).ndtri().item())
        .isCloseTo(-37.0471, within(1e-4));
  }
}
