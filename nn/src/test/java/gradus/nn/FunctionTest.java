package gradus.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import gradus.autograd.GradCheck;
import gradus.tensor.DType;
import gradus.tensor.Tensor;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FunctionTest {
  /** Each activation with its values at −2, 0.5 and 3, computed by hand. */
  static Stream<Arguments> activations() {
    return Stream.of(
        row("relu", F::relu, 0, 0.5, 3),
        row("relu6", x -> F.relu6(x.mul(3)), 0, 1.5, 6),
        row("gelu", F::gelu, -0.0455003, 0.3457312, 2.9959502),
        row("gelu tanh", x -> F.gelu(x, "tanh"), -0.0454023, 0.3457140, 2.9963627),
        row("silu", F::silu, -0.2384058, 0.3112297, 2.8577224),
        row("mish", F::mish, -0.2525015, 0.3752450, 2.9865351),
        row("tanh", F::tanh, -0.9640276, 0.4621172, 0.9950548),
        row("sigmoid", F::sigmoid, 0.1192029, 0.6224593, 0.9525741),
        row("logsigmoid", F::logsigmoid, -2.1269280, -0.4740770, -0.0485874),
        row("leakyRelu", F::leakyRelu, -0.02, 0.5, 3),
        row("elu", F::elu, -0.8646647, 0.5, 3),
        row("celu", x -> F.celu(x, 2), -1.2642411, 0.5, 3),
        row("selu", F::selu, -1.5201665, 0.5253505, 3.1521030),
        row("softplus", F::softplus, 0.1269280, 0.9740770, 3.0485874),
        row("softsign", F::softsign, -0.6666667, 0.3333333, 0.75),
        row("tanhshrink", F::tanhshrink, -1.0359724, 0.0378828, 2.0049452),
        row("softshrink", F::softshrink, -1.5, 0, 2.5),
        row("hardshrink", F::hardshrink, -2, 0, 3),
        row("hardtanh", F::hardtanh, -1, 0.5, 1),
        row("hardsigmoid", F::hardsigmoid, 0.1666667, 0.5833333, 1),
        row("hardswish", F::hardswish, -0.3333333, 0.2916667, 3),
        row("threshold", x -> F.threshold(x, 1, 9), 9, 9, 3),
        row(
            "prelu",
            x -> F.prelu(x, Tensor.full(gradus.tensor.Shape.of(1), 0.25, x.dtype())),
            -0.5,
            0.5,
            3));
  }

  private static Arguments row(String name, UnaryOperator<Tensor> f, double... expected) {
    return Arguments.of(name, f, expected);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("activations")
  void valuesAndGradients(String name, UnaryOperator<Tensor> f, double[] expected) {
    for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
      double[] out = f.apply(Tensor.of(-2.0, 0.5, 3).to(dtype)).toDoubleArray();
      for (int i = 0; i < 3; i++) {
        assertThat(out[i]).as(name + " " + dtype + " " + i).isCloseTo(expected[i], within(2e-6));
      }
    }
    Tensor x = Tensor.of(-2.2, -0.7, 0.3, 0.8, 2.4).to(DType.FLOAT64).requiresGrad(true);
    GradCheck.check(in -> f.apply(in.getFirst()), x);
    GradCheck.checkSecond(in -> f.apply(in.getFirst()), x);
  }

  @Test
  void softmaxAddsUpToOneAndSoftminTurnsItRound() {
    Tensor x = Tensor.of(new double[][] {{1, 2, 3}, {1000, 1000, 1000}});
    Tensor y = F.softmax(x, 1);
    assertThat(y.get(0, 2)).isCloseTo(0.66524096, within(1e-6));
    assertThat(y.sum(1).toFloatArray()).containsExactly(new float[] {1, 1}, within(1e-6f));
    assertThat(F.softmin(x.neg(), 1).equal(y)).isTrue();
    assertThat(F.logSoftmax(x, 1).get(1, 0)).isCloseTo(-Math.log(3), within(1e-6));
    assertThat(F.softmax(x, 1, DType.FLOAT64).dtype()).isEqualTo(DType.FLOAT64);
  }

  @Test
  void gluGatesOneHalfByTheOther() {
    assertThat(F.glu(Tensor.of(2.0, 4, 0, 0)).toFloatArray()).containsExactly(1, 2);
    assertThatThrownBy(() -> F.glu(Tensor.ones(3)))
        .hasMessage("glu: Halving dimension must be even, but dimension -1 of [3] is size 3.");
  }

  @Test
  void preluChecksItsSlopes() {
    assertThatThrownBy(() -> F.prelu(Tensor.ones(2, 8, 3), Tensor.ones(9)))
        .hasMessage(
            "prelu: Mismatch of parameter numbers and input channel size. Found parameter numbers = 9 and channel size"
                + " = 8.");
    assertThatThrownBy(() -> F.prelu(Tensor.ones(2, 8, 3), Tensor.ones(2, 4)))
        .hasMessage("prelu: Expected `weight` to be a scalar or 1D tensor, but got ndim = 2.");
  }

  @Test
  void shrinkingByLessThanNothingIsRefused() {
    assertThatThrownBy(() -> F.softshrink(Tensor.ones(1), -0.5))
        .hasMessage("softshrink: lambda must be greater or equal to 0, but found to be -0.5.");
  }

  @Test
  void normalizeGivesUnitVectorsAndLeavesZero() {
    Tensor x = Tensor.of(new double[][] {{3, 4}, {0, 0}});
    assertThat(F.normalize(x).toFloatArray())
        .containsExactly(new float[] {0.6f, 0.8f, 0, 0}, within(1e-6f));
  }

  @Test
  void layerNormByHand() {
    Tensor x = Tensor.of(new double[][] {{1, 2, 3}});
    Tensor y = F.layerNorm(x, 3);
    double unit = 1 / Math.sqrt(2.0 / 3 + 1e-5);
    assertThat(y.toFloatArray())
        .containsExactly(new float[] {(float) -unit, 0, (float) unit}, within(1e-6f));
    var layer = new LayerNorm(3);
    Init.constant_(layer.weight.orElseThrow(), 2);
    Init.constant_(layer.bias.orElseThrow(), 1);
    assertThat(layer.forward(x).get(0, 2)).isCloseTo(2 * unit + 1, within(1e-5));
    assertThatThrownBy(() -> layer.forward(Tensor.ones(2, 4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[2, 4]")
        .hasMessageContaining("[3]");
  }

  @Test
  void layerNormGradientsAgreeWithDifferences() {
    Tensor x = Tensor.randn(DType.FLOAT64, 3, 4).requiresGrad(true);
    Tensor w = Tensor.randn(DType.FLOAT64, 4).requiresGrad(true);
    Tensor b = Tensor.randn(DType.FLOAT64, 4).requiresGrad(true);
    GradCheck.check(
        in -> F.layerNorm(in.get(0), new int[] {4}, in.get(1), in.get(2), 1e-5), x, w, b);
  }

  @Test
  void dropoutKeepsTheExpectedValueInTrainingAndEverythingInEvaluation() {
    Tensor.manualSeed(1);
    Tensor x = Tensor.ones(20_000);
    var dropout = new Dropout(0.25);
    Tensor y = dropout.forward(x);
    assertThat(y.eq(0).to(DType.FLOAT32).mean().item()).isCloseTo(0.25, within(0.02));
    assertThat(y.amax().item()).isCloseTo(1 / 0.75, within(1e-6));
    assertThat(y.mean().item()).isCloseTo(1, within(0.03));
    dropout.eval();
    assertThat(dropout.forward(x)).isSameAs(x);
    assertThat(F.dropout(x, 1, true).abs().sum().item()).isZero();
    assertThatThrownBy(() -> new Dropout(1.5))
        .hasMessage("dropout: p is 1.5. A probability has to be between 0 and 1.");
  }

  @Test
  void dropoutsGradientIsItsMask() {
    Tensor x = Tensor.ones(100).requiresGrad(true);
    Tensor y = F.dropout(x, 0.5, true);
    y.sum().backward();
    assertThat(x.grad().equal(y.detach())).isTrue();
  }

  @Test
  void dropoutIsAProductWithADrawnMaskBitForBit() {
    for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
      for (Tensor x : new Tensor[] {Tensor.randn(70, 30), Tensor.randn(30, 70).transpose(0, 1)}) {
        Tensor input = x.to(dtype);
        Tensor.manualSeed(5);
        Tensor actual = F.dropout(input, 0.3, true);
        Tensor.manualSeed(5);
        Tensor keep = Tensor.zerosLike(input).bernoulli_(0.7).div_(0.7);
        assertThat(actual.equal(input.mul(keep))).isTrue();
      }
    }
  }

  @Test
  void oneHotMarksTheClass() {
    assertThat(F.oneHot(Tensor.of(2, 0)).toLongArray()).containsExactly(0, 0, 1, 1, 0, 0);
    assertThat(F.oneHot(Tensor.of(new int[][] {{1}}), 4).shape()).hasToString("[1, 1, 4]");
    assertThatThrownBy(() -> F.oneHot(Tensor.of(1, 7), 5))
        .hasMessage("oneHot: target 7 at position [1] is outside the 5 classes; valid are 0..4.");
  }

  @Test
  void padContinuesABorder() {
    Tensor x = Tensor.of(1.0, 2, 3).reshape(1, 3);
    var expected =
        Map.of(
            "constant", new float[] {0, 0, 1, 2, 3, 0},
            "reflect", new float[] {3, 2, 1, 2, 3, 2},
            "replicate", new float[] {1, 1, 1, 2, 3, 3},
            "circular", new float[] {2, 3, 1, 2, 3, 1});
    expected.forEach(
        (mode, values) ->
            assertThat(F.pad(x, new int[] {2, 1}, mode).toFloatArray())
                .as(mode)
                .containsExactly(values));
    assertThat(F.pad(x, new int[] {-1, 1, 1, 0}, "constant", 9).toFloatArray())
        .containsExactly(9, 9, 9, 2, 3, 9);
    assertThatThrownBy(() -> F.pad(x, new int[] {3, 0}, "reflect"))
        .hasMessage(
            "pad: reflecting dimension 1 of [1, 3]. Padding size should be less than the corresponding input"
                + " dimension.");
  }

  @Test
  void distancesByHand() {
    Tensor a = Tensor.of(new double[][] {{3, 4}, {1, 0}});
    Tensor b = Tensor.of(new double[][] {{6, 8}, {0, 2}});
    assertThat(F.cosineSimilarity(a, b).toFloatArray())
        .containsExactly(new float[] {1, 0}, within(1e-6f));
    assertThat(F.pairwiseDistance(a, b).toFloatArray())
        .containsExactly(new float[] {5, 2.236068f}, within(1e-5f));
    assertThat(F.pdist(a).item()).isCloseTo(Math.sqrt(20), within(1e-5));
    assertThat(new CosineSimilarity(0).forward(a, a).toFloatArray())
        .containsExactly(new float[] {1, 1}, within(1e-6f));
    assertThat(new PairwiseDistance(2, 1e-6, true).forward(a, b).shape()).hasToString("[2, 1]");
    assertThat(F.cosineSimilarity(Tensor.zeros(1, 2), b).toFloatArray()).containsExactly(0, 0);
  }

  @Test
  void gumbelDrawsWhatPyTorchDraws() { // torch.manual_seed(4); F.gumbel_softmax(torch.randn(2, 3),
    // …)
    Tensor.manualSeed(4);
    Tensor scores = Tensor.randn(2, 3).requiresGrad(true);
    Tensor soft = F.gumbelSoftmax(scores, 0.5, false, -1);
    assertThat(soft.detach().toFloatArray())
        .containsExactly(
            new float[] {0.0000214f, 0.0001157f, 0.9998629f, 0.0484331f, 0.9511890f, 0.0003780f},
            within(1e-6f));
    Tensor hard = F.gumbelSoftmax(scores, 1, true, 0);
    assertThat(hard.detach().round().toFloatArray()).containsExactly(0, 1, 1, 1, 0, 0);
    hard.mul(Tensor.of(new double[][] {{1, 2, 3}, {4, 5, 6}})).sum().backward();
    assertThat(scores.grad().abs().sum().item()).isPositive();
    assertThatThrownBy(() -> F.gumbelSoftmax(scores, 0, false, -1))
        .hasMessage("gumbelSoftmax: tau is 0.0. It must be above 0.");
  }
}
