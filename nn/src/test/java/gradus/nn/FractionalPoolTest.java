package gradus.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import gradus.autograd.GradCheck;
import gradus.tensor.DType;
import gradus.tensor.Tensor;
import gradus.tensor.ValuesIndices;
import org.junit.jupiter.api.Test;

/** Windows at drawn places beside PyTorch, same seed; and random slopes. */
class FractionalPoolTest {
  @Test
  void imagesAreSeenWherePyTorchSeesThem() {
    Tensor.manualSeed(2);
    Tensor x = Tensor.randn(1, 2, 7, 6);
    ValuesIndices y =
        F.fractionalMaxPool2dWithIndices(x, new int[] {2, 3}, o -> o.outputSize(4, 3));
    assertThat(y.values().shape()).hasToString("[1, 2, 4, 3]");
    assertThat(y.indices().flatten().toLongArray())
        .containsExactly(
            1, 1, 5, 12, 19, 22, 31, 27, 27, 31, 33, 33, 7, 9, 9, 13, 9, 9, 19, 19, 22, 32, 39, 40);
    Tensor there = x.flatten(2).gather(2, y.indices().flatten(2));
    assertThat(there.reshape(1, 2, 4, 3).equal(y.values())).isTrue();
  }

  @Test
  void volumesToo() {
    Tensor.manualSeed(2);
    Tensor x = Tensor.randn(2, 5, 5, 6);
    var layer = new FractionalMaxPool3d(2, o -> o.outputRatio(0.7, 0.7, 0.5));
    assertThat(layer.forwardWithIndices(x).indices().flatten().toLongArray())
        .containsExactly(
            31, 33, 5, 12, 9, 40, 55, 27, 53, 31, 33, 40, 72, 69, 40, 79, 51, 88, 91, 99, 125, 103,
            134, 100, 144, 147, 148, 6, 33, 11, 6, 45, 11, 19, 57, 23, 36, 33, 35, 36, 45, 41, 84,
            57, 89, 96, 99, 95, 96, 99, 106, 108, 116, 148);
    assertThat(layer.forward(x).shape()).hasToString("[2, 3, 3, 3]");
  }

  @Test
  void theGradientGoesToTheLargest() {
    Tensor samples = Tensor.rand(DType.FLOAT64, 2, 2, 2);
    Tensor x = Tensor.randn(DType.FLOAT64, 2, 2, 5, 6).requiresGrad(true);
    GradCheck.check(
        in -> F.fractionalMaxPool2d(in.getFirst(), 2, o -> o.outputSize(3).randomSamples(samples)),
        x);
  }

  @Test
  void whatDoesNotFitIsTold() {
    Tensor x = Tensor.ones(1, 2, 5, 5);
    assertThatThrownBy(() -> F.fractionalMaxPool2d(x, 2, _ -> {}))
        .hasMessageContaining("requires specifying either an output_size or an output_ratio");
    assertThatThrownBy(() -> F.fractionalMaxPool2d(x, 2, o -> o.outputSize(5)))
        .hasMessage(
            "fractionalMaxPool2d: [5, 5] windows of [2, 2] do not fit into [1, 2, 5, 5], one further on each. Ask for fewer, or smaller ones.");
    assertThatThrownBy(() -> F.fractionalMaxPool2d(x, 2, o -> o.outputRatio(1.5)))
        .hasMessageContaining("output_ratio must be between 0 and 1");
    assertThatThrownBy(() -> F.fractionalMaxPool2d(x.toLong(), 2, o -> o.outputSize(2)))
        .hasMessageStartingWith(
            "fractionalMaxPool2d: input must be FLOAT32 or FLOAT64 but is INT64.");
    assertThatThrownBy(
            () -> F.fractionalMaxPool3d(x, 2, o -> o.outputSize(2).randomSamples(Tensor.ones(3))))
        .hasMessageContaining("There must be 3 samples for each plane");
  }

  @Test
  void randomSlopesArePyTorchs() { // torch.manual_seed(1); F.rrelu(torch.randn(2, 4), 0.1, 0.5,
    // True)
    Tensor.manualSeed(1);
    Tensor x = Tensor.randn(2, 4);
    Tensor y = new RReLU(0.1, 0.5).forward(x);
    assertThat(y.toFloatArray())
        .containsExactly(
            0.66135216f,
            0.26692411f,
            0.06167726f,
            0.62131733f,
            -0.14999233f,
            -0.049617603f,
            -0.46315014f,
            0.38168392f);
    assertThat(Tensor.rand(1).item()).isCloseTo(0.4162, within(5e-5));
    var evaluated = new RReLU();
    evaluated.eval();
    assertThat(evaluated.forward(x).equal(F.rrelu(x))).isTrue();
    assertThat(evaluated).hasToString("RReLU(lower=0.125, upper=0.3333333333333333)");
  }
}
