package gradus.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import gradus.tensor.Generator;
import gradus.tensor.Tensor;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InitTest {
  @BeforeEach
  void seed() {
    Tensor.manualSeed(7);
  }

  private static void uniform(Tensor tensor, double bound) {
    assertThat(tensor.abs().amax().item()).isLessThanOrEqualTo(bound).isGreaterThan(0.98 * bound);
    assertThat(tensor.std().item()).isCloseTo(bound / Math.sqrt(3), within(0.03 * bound));
  }

  @Test
  void uniformBoundsFollowTheFans() {
    uniform(Init.xavierUniform_(Tensor.empty(100, 50)), Math.sqrt(6.0 / 150));
    uniform(Init.xavierUniform_(Tensor.empty(100, 50), 2), 2 * Math.sqrt(6.0 / 150));
    uniform(Init.kaimingUniform_(Tensor.empty(100, 50)), Math.sqrt(6.0 / 50));
    uniform(
        Init.kaimingUniform_(Tensor.empty(100, 50), 0, "fan_out", "relu"), Math.sqrt(6.0 / 100));
    uniform(
        Init.kaimingUniform_(Tensor.empty(20, 10, 5), 0, "fan_in", "linear"), Math.sqrt(3.0 / 50));
  }

  @Test
  void normalDeviationsFollowTheFans() {
    assertThat(Init.normal_(Tensor.empty(100, 50), 3, 0.5).mean().item())
        .isCloseTo(3, within(0.05));
    assertThat(Init.xavierNormal_(Tensor.empty(100, 50)).std().item())
        .isCloseTo(Math.sqrt(2.0 / 150), within(0.01));
    assertThat(Init.kaimingNormal_(Tensor.empty(100, 50)).std().item())
        .isCloseTo(0.2, within(0.01));
  }

  @Test
  void truncatedNormalStaysWithinItsBounds() {
    Tensor t = Init.truncNormal_(Tensor.empty(100, 100));
    assertThat(t.abs().amax().item()).isLessThanOrEqualTo(2);
    assertThat(t.std().item()).isCloseTo(0.8796, within(0.02));
    Tensor shifted = Init.truncNormal_(Tensor.empty(1000), 0.5, 0.5, 0, 1);
    assertThat(shifted.amin().item()).isGreaterThanOrEqualTo(0);
    assertThat(shifted.amax().item()).isLessThanOrEqualTo(1);
  }

  @Test
  void constantsAndEye() {
    assertThat(Init.ones_(Tensor.empty(2)).toFloatArray()).containsExactly(1, 1);
    assertThat(Init.zeros_(Tensor.empty(2)).toFloatArray()).containsExactly(0, 0);
    assertThat(Init.eye_(Tensor.empty(2, 3)).toFloatArray()).containsExactly(1, 0, 0, 0, 1, 0);
    assertThatThrownBy(() -> Init.eye_(Tensor.empty(2)))
        .hasMessage("eye_: [2] is not a matrix. Only tensors of 2 dimensions fit.");
  }

  @Test
  void aTrainedParameterIsFilledWithoutHistory() {
    Tensor weight = Tensor.zeros(3, 3).requiresGrad(true);
    assertThat(Init.xavierUniform_(weight)).isSameAs(weight);
    assertThat(weight.isLeaf()).isTrue();
    assertThat(weight.requiresGrad()).isTrue();
  }

  @Test
  void gains() {
    assertThat(Init.calculateGain("tanh")).isEqualTo(5.0 / 3);
    assertThat(Init.calculateGain("leaky_relu", 0.2)).isCloseTo(1.3867504905630728, within(1e-15));
    assertThat(Init.calculateGain("leaky_relu")).isCloseTo(1.4141428569978354, within(1e-15));
    assertThatThrownBy(() -> Init.calculateGain("swish"))
        .hasMessage(
            "calculateGain: Unsupported nonlinearity swish. Known are linear, sigmoid, tanh, relu, leaky_relu and selu.");
    assertThatThrownBy(() -> Init.xavierUniform_(Tensor.empty(3)))
        .hasMessage(
            "xavierUniform_: [3] has no fan in and fan out. They need at least 2 dimensions. Use uniform_ or normal_.");
  }

  @Test
  void aGeneratorOfOnesOwnDrawsWhatTheStandardOneWould() {
    List<BiFunction<Tensor, Generator, Tensor>> ways =
        List.of(
            (t, g) -> Init.uniform_(t, -1, 2, g),
            (t, g) -> Init.normal_(t, 1, 2, g),
            (t, g) -> Init.truncNormal_(t, 0, 1, -2, 2, g),
            (t, g) -> Init.xavierUniform_(t, 1, g),
            (t, g) -> Init.xavierNormal_(t, 1, g),
            (t, g) -> Init.kaimingUniform_(t, 0, "fan_in", "relu", g),
            (t, g) -> Init.kaimingNormal_(t, 0, "fan_in", "relu", g),
            (t, g) -> Init.sparse_(t, 0.5, 1, g));
    for (var way : ways) {
      Tensor.manualSeed(7);
      Tensor expected = way.apply(Tensor.empty(6, 5), Generator.standard());
      Tensor before = Tensor.rand(3);
      Tensor.manualSeed(7);
      Tensor own = way.apply(Tensor.empty(6, 5), new Generator().manualSeed(7));
      assertThat(own.equal(expected)).isTrue();
      way.apply(Tensor.empty(6, 5), Generator.standard());
      assertThat(Tensor.rand(3).equal(before)).isTrue(); // the standard one was left alone
    }
  }

  @Test
  void sparseColumnsAreThoseOfPyTorch() { // torch.manual_seed(0); nn.init.sparse_(t, 0.5, 0.1)
    Tensor.manualSeed(0);
    float[] values =
        Init.sparse_(Tensor.empty(4, 3), 0.5, 0.1, Generator.standard()).toFloatArray();
    float[] expected = {0, 0, 0, 0.0568f, 0, 0, 0.0403f, 0.0838f, -0.0719f, 0, -0.0597f, 0.0182f};
    assertThat(values).containsExactly(expected, within(5e-5f));
  }

  @Test
  void diracPassesChannelsOn() {
    assertThat(Init.dirac_(Tensor.empty(4, 2, 3), 2).nonzero().toLongArray())
        .containsExactly(0, 0, 1, 1, 1, 1, 2, 0, 1, 3, 1, 1);
    Tensor x = Tensor.randn(1, 2, 5, 4);
    Tensor kernel = Init.dirac_(Tensor.empty(2, 2, 3, 3));
    assertThat(F.conv2d(x, kernel, null, o -> o.padding(1)).allclose(x)).isTrue();
    assertThatThrownBy(() -> Init.dirac_(Tensor.empty(3, 2, 3), 2))
        .hasMessage("dirac_: 3 output channels and 2 groups. dim 0 must be divisible by groups.");
    assertThatThrownBy(() -> Init.dirac_(Tensor.empty(3, 2)))
        .hasMessageStartingWith("dirac_: [3, 2] is no kernel.");
  }
}
