package gradus.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import gradus.tensor.DType;
import gradus.tensor.GradMode;
import gradus.tensor.Tensor;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EmbeddingTest {
  @Test
  void theLessonsSnippet() {
    var embedding = new Embedding(50_000, 768);
    var inputTokens = Tensor.of(new int[][] {{1, 45, 892}, {23, 1, 3345}});
    assertThat(embedding.forward(inputTokens).shape()).hasToString("[2, 3, 768]");
    assertThat(embedding.weight.shape()).hasToString("[50000, 768]");
    assertThat(embedding.weight.requiresGrad()).isTrue();
  }

  @Test
  void startsWithPyTorchsNumbers() {
    Tensor.manualSeed(0); // torch.manual_seed(0); nn.Embedding(10, 3)
    float[] weight = new Embedding(10, 3).weight.toFloatArray();
    double[] expected = {-1.1258, -1.1524, -0.2506, -0.4339, 0.8487, 0.6920};
    for (int i = 0; i < expected.length; i++) {
      assertThat(weight[i]).isCloseTo((float) expected[i], within(5e-5f));
    }
  }

  @Test
  void looksUpRowsLikeOneHotTimesTable() {
    var embedding = new Embedding(5, 3);
    Tensor ids = Tensor.of(4, 0, 4);
    Tensor oneHot = F.oneHot(ids, 5).to(DType.FLOAT32);
    assertThat(embedding.forward(ids).equal(oneHot.matmul(embedding.weight))).isTrue();
  }

  @Test
  void aRowUsedTwiceGetsBothGradients() {
    var embedding = new Embedding(3, 2);
    embedding.forward(Tensor.of(1, 1, 2)).sum().backward();
    assertThat(embedding.weight.grad().toFloatArray()).containsExactly(0, 0, 2, 2, 1, 1);
  }

  @Test
  void thePaddingRowIsZeroAndGetsNoGradientButMayBeSet() {
    var embedding = new Embedding(3, 2, -1);
    assertThat(embedding.paddingIdx).hasValue(2);
    assertThat(embedding.weight.select(0, 2).toFloatArray()).containsExactly(0, 0);
    embedding.forward(Tensor.of(0, 2)).sum().backward();
    assertThat(embedding.weight.grad().toFloatArray()).containsExactly(1, 1, 0, 0, 0, 0);
    try (var _ = GradMode.noGrad()) {
      embedding.weight.select(0, 2).fill_(7);
    }
    assertThat(embedding.forward(Tensor.of(2)).toFloatArray()).containsExactly(7, 7);
  }

  @Test
  void maxNormShortensTheRowsLookedUpInTheTable() {
    var embedding = new Embedding(5, 2, o -> o.maxNorm(1));
    Init.constant_(embedding.weight, 3);
    Tensor out = embedding.forward(Tensor.of(1, 1));
    assertThat(out.select(0, 0).norm().item()).isCloseTo(1, within(1e-6));
    assertThat(embedding.weight.select(0, 1).norm().item()).isCloseTo(1, within(1e-6));
    assertThat(embedding.weight.select(0, 0).toFloatArray()).containsExactly(3, 3);
  }

  @Test
  void scaleGradByFreqDividesByTheCount() {
    var embedding = new Embedding(5, 2, o -> o.scaleGradByFreq(true));
    embedding.forward(Tensor.of(1, 1, 1, 4)).sum().backward();
    assertThat(embedding.weight.grad().toFloatArray())
        .containsExactly(0, 0, 1, 1, 0, 0, 0, 0, 1, 1);
  }

  @Test
  void fromPretrainedSharesTheTableAndFreezesIt() {
    Tensor table = Tensor.ones(3, 2);
    var frozen = Embedding.fromPretrained(table, o -> o.paddingIdx(0));
    assertThat(frozen.weight.requiresGrad()).isFalse();
    assertThat(frozen.weight.toFloatArray()).containsOnly(1);
    table.fill_(5);
    assertThat(frozen.forward(Tensor.of(1)).toFloatArray()).containsOnly(5);
    assertThat(Embedding.fromPretrained(table, false).weight.requiresGrad()).isTrue();
    assertThatThrownBy(() -> Embedding.fromPretrained(Tensor.ones(3)))
        .hasMessage(
            "fromPretrained: the table is [3]. Embeddings parameter is expected to be 2-dimensional: [rows, dim].");
  }

  @Test
  void aBadIdIsNamedWithItsPosition() {
    assertThatThrownBy(() -> new Embedding(10, 3).forward(Tensor.of(new int[][] {{1, 2, 3, 10}})))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage(
            "embedding: index 10 at position [0, 3] is outside the table of 10 rows; valid are 0..9.");
  }

  @Test
  void aWrongIdTypeNamesTheCure() {
    assertThatThrownBy(() -> new Embedding(10, 3).forward(Tensor.of(1.0, 2.0)))
        .hasMessage(
            "embedding: index must be INT64 but is FLOAT32. Use Tensor.of(1, 2, 3) or x.toLong().");
  }

  @Test
  void aPaddingRowOutsideTheTableIsRefused() {
    for (int row : new int[] {5, -6}) {
      assertThatThrownBy(() -> new Embedding(5, 3, row))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "embedding: paddingIdx "
                  + row
                  + " is outside the table of 5 rows; valid are -5..4. Padding_idx must be within num_embeddings.");
    }
  }

  @Test
  void anEmptyBatchAndAScalarIdWork() {
    var embedding = new Embedding(5, 3);
    assertThat(embedding.forward(Tensor.zeros(DType.INT64, 0)).shape()).hasToString("[0, 3]");
    assertThat(embedding.forward(Tensor.zeros(DType.INT64)).shape()).hasToString("[3]");
  }

  @Test
  void bagsAreSumsMeansAndMaxima() {
    Tensor table = Tensor.of(new double[][] {{1, 5}, {2, 4}, {3, 3}, {9, 9}});
    Tensor ids = Tensor.of(0, 2, 1);
    Tensor offsets = Tensor.of(0, 2, 3);
    for (var row :
        Map.of(
                "sum",
                new float[] {4, 8, 2, 4, 0, 0},
                "mean",
                new float[] {2, 4, 2, 4, 0, 0},
                "max",
                new float[] {3, 5, 2, 4, 0, 0})
            .entrySet()) {
      Tensor out = F.embeddingBag(ids, table, o -> o.offsets(offsets).mode(row.getKey()));
      assertThat(out.toFloatArray()).as(row.getKey()).containsExactly(row.getValue());
    }
  }

  @Test
  void bagsLeavePaddingOutAndWeighSamples() {
    Tensor table = Tensor.of(new double[][] {{1, 5}, {2, 4}, {3, 3}}).requiresGrad(true);
    Tensor ids = Tensor.of(new int[][] {{0, 2}, {1, 1}});
    var mean = EmbeddingBag.fromPretrained(table, o -> o.freeze(false).paddingIdx(2));
    assertThat(mean.forward(ids).toFloatArray()).containsExactly(1, 5, 2, 4);
    var sum = EmbeddingBag.fromPretrained(table, o -> o.freeze(false).mode("sum"));
    Tensor factors = Tensor.of(new double[][] {{2, 0}, {1, -1}});
    assertThat(sum.forward(ids, null, factors).toFloatArray()).containsExactly(2, 10, 0, 0);
    assertThatThrownBy(() -> mean.forward(ids, null, factors))
        .hasMessage(
            "embeddingBag: perSampleWeights with mode mean. Weights are only supported for mode sum. Use mode sum.");
  }

  @Test
  void bagsWithoutOffsetsAreRefused() {
    assertThatThrownBy(() -> new EmbeddingBag(5, 3).forward(Tensor.of(1, 2)))
        .hasMessage(
            "embeddingBag: input [2] without offsets. input has to be [B, N], or [n] with offsets. Give one of them.");
  }
}
