package gradus.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import gradus.autograd.GradCheck;
import gradus.tensor.DType;
import gradus.tensor.Tensor;
import org.junit.jupiter.api.Test;

class LinearTest {
  @Test
  void startsWithPyTorchsNumbers() {
    Tensor.manualSeed(0); // torch.manual_seed(0); nn.Linear(3, 2)
    var linear = new Linear(3, 2);
    float[] weight = linear.weight.toFloatArray();
    double[] expected = {-0.0043, 0.3097, -0.4752, -0.4249, -0.2224, 0.1548};
    for (int i = 0; i < 6; i++) {
      assertThat(weight[i]).isCloseTo((float) expected[i], within(5e-5f));
    }
    float[] bias = linear.bias.orElseThrow().toFloatArray();
    assertThat(bias[0]).isCloseTo(-0.0114f, within(5e-5f));
    assertThat(bias[1]).isCloseTo(0.4578f, within(5e-5f));
  }

  @Test
  void computesXTimesTransposedWeightPlusBias() {
    Tensor weight = Tensor.of(new double[][] {{1, 2}, {3, 4}, {5, 6}});
    Tensor out = F.linear(Tensor.of(new double[][] {{1, 10}}), weight, Tensor.of(0.5, 0, -0.5));
    assertThat(out.toFloatArray()).containsExactly(21.5f, 43, 64.5f);
    assertThat(F.linear(Tensor.of(1.0, 10), weight).shape()).hasToString("[3]");
    assertThat(F.linear(Tensor.ones(5, 4, 2), weight).shape()).hasToString("[5, 4, 3]");
    assertThat(F.linear(Tensor.ones(5, 2), Tensor.of(1.0, 2)).toFloatArray()).containsOnly(3);
  }

  @Test
  void theGradientOfTheBiasCountsRows() {
    var linear = new Linear(2, 3);
    linear.forward(Tensor.ones(4, 5, 2)).sum().backward();
    assertThat(linear.bias.orElseThrow().grad().toFloatArray()).containsOnly(20);
    assertThat(linear.weight.grad().toFloatArray()).containsOnly(20);
  }

  @Test
  void gradientsAgreeWithDifferences() {
    Tensor x = Tensor.randn(DType.FLOAT64, 3, 2).requiresGrad(true);
    Tensor y = Tensor.randn(DType.FLOAT64, 3, 4).requiresGrad(true);
    Tensor w = Tensor.randn(DType.FLOAT64, 5, 2, 4).requiresGrad(true);
    Tensor b = Tensor.randn(DType.FLOAT64, 5).requiresGrad(true);
    GradCheck.check(in -> F.bilinear(in.get(0), in.get(1), in.get(2), in.get(3)), x, y, w, b);
    GradCheck.checkSecond(
        in -> F.linear(in.get(0), in.get(1), null),
        x,
        w.detach().select(2, 0).clone().requiresGrad(true));
  }

  @Test
  void aWrongInputNamesBothShapes() {
    assertThatThrownBy(() -> new Linear(4, 3).forward(Tensor.ones(2, 5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "linear: input [2, 5] and weight [3, 4] do not fit. The last size of the input must be the 4 input"
                + " features of the weight [out, in].");
  }

  @Test
  void layersThatShareAWeightLearnItAsOne() {
    var embedding = new Embedding(5, 3);
    var model = new Sequential(embedding, new Linear(embedding.weight));
    assertThat(model.parameters()).hasSize(1);
    assertThat(new Embedding(new Linear(3, 5).weight).forward(Tensor.of(1, 4)).shape())
        .hasToString("[2, 3]");
    assertThatThrownBy(() -> new Embedding(Tensor.ones(3)))
        .hasMessageContaining("Embeddings parameter is expected to be 2-dimensional");
    assertThat(model.numel()).isEqualTo(15);
    assertThat(model.stateDict().keySet()).containsExactly("0.weight", "1.weight");
    Tensor scores = model.forward(Tensor.of(1, 4));
    assertThat(scores.shape()).hasToString("[2, 5]");
    scores.sum().backward();
    // Each row is a row of the table times the sum of the looked-up ones, and those twice.
    Tensor looked = embedding.weight.detach().indexSelect(0, Tensor.of(1, 4)).sum(0);
    Tensor expected = looked.expand(5, 3).clone();
    Tensor all = embedding.weight.detach().sum(0);
    expected.select(0, 1).add_(all);
    expected.select(0, 4).add_(all);
    assertThat(embedding.weight.grad().allclose(expected)).isTrue();
  }

  @Test
  void aSharedWeightIsAMatrixAndItsBiasFits() {
    assertThat(new Linear(Tensor.ones(2, 3), Tensor.ones(2)).forward(Tensor.ones(3)).toFloatArray())
        .containsExactly(4, 4);
    assertThatThrownBy(() -> new Linear(Tensor.ones(3)))
        .hasMessage("Linear: the weight is [3]. It needs 2 dimensions: [outFeatures, inFeatures].");
    assertThatThrownBy(() -> new Linear(Tensor.ones(2, 3), Tensor.ones(3)))
        .hasMessage(
            "Linear: the bias is [3] for a weight [2, 3]. It needs one number for each row of the weight.");
  }

  @Test
  void bilinearByHand() {
    Tensor weight = Tensor.of(new double[][][] {{{1, 2}, {3, 4}}});
    Tensor out =
        F.bilinear(Tensor.of(new double[][] {{1, 10}}), Tensor.of(new double[][] {{2, 3}}), weight);
    assertThat(out.item()).isEqualTo(1 * 2 + 2 * 3 + 10 * (3 * 2 + 4 * 3));
  }

  @Test
  void sequentialRunsInOrder() {
    var model = new Sequential(new Linear(4, 8), new ReLU(), new Linear(8, 2));
    assertThat(model.forward(Tensor.randn(3, 4)).shape()).hasToString("[3, 2]");
    assertThat(model.get(-1)).isSameAs(model.get(2));
    assertThat(model.size()).isEqualTo(3);
    assertThatThrownBy(() -> model.get(3))
        .hasMessage("Sequential: index 3 is out of range for 3 layers; valid are -3..2.");
  }

  @Test
  void flattenAndUnflattenAreInverse() {
    Tensor x = Tensor.arange(24).reshape(2, 3, 4);
    Tensor flat = new Flatten().forward(x);
    assertThat(flat.shape()).hasToString("[2, 12]");
    assertThat(new Unflatten(1, 3, 4).forward(flat).equal(x)).isTrue();
  }

  @Test
  void inputAndWeightHaveOneDtype() {
    assertThatThrownBy(() -> new Linear(3, 4).forward(Tensor.of(1, 2, 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "linear: input [3] INT64 and weight [4, 3] FLOAT32 differ in dtype. Both must have one."
                + " Use x.to(DType.FLOAT32).");
    assertThatThrownBy(() -> F.dropout(Tensor.of(1, 2)))
        .hasMessage("dropout: input must be FLOAT32 or FLOAT64 but is INT64. Use x.toFloat().");
  }
}
