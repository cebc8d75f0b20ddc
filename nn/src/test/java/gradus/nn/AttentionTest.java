package gradus.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import gradus.autograd.GradCheck;
import gradus.tensor.DType;
import gradus.tensor.Tensor;
import org.junit.jupiter.api.Test;

class AttentionTest {
  private static Tensor bools(double[][] values) {
    return Tensor.of(values).gt(0);
  }

  @Test
  void weightsAreSharesOfEveryRow() {
    var attended = new Attention(4).attend(Tensor.randn(2, 3, 4));
    assertThat(attended.output().shape()).hasToString("[2, 3, 4]");
    assertThat(attended.weights().shape()).hasToString("[2, 3, 3]");
    assertThat(attended.weights().sum(-1).allclose(Tensor.ones(2, 3))).isTrue();
  }

  @Test
  void causalAttentionDoesNotSeeTheFuture() {
    var attention = new Attention(4, true);
    Tensor x = Tensor.randn(3, 4);
    Tensor weights = attention.attend(x).weights();
    assertThat(weights.triu(1).abs().sum().item()).isZero();
    assertThat(weights.get(0, 0)).isEqualTo(1);
    Tensor changed = x.clone();
    changed.select(0, 2).fill_(9);
    assertThat(
            attention
                .forward(changed)
                .narrow(0, 0, 2)
                .allclose(attention.forward(x).narrow(0, 0, 2)))
        .isTrue();
  }

  @Test
  void isScaledDotProductAttentionOfItsThreeMaps() {
    var attention = new Attention(4, 3, true);
    Tensor x = Tensor.randn(2, 5, 4);
    Tensor expected =
        F.scaledDotProductAttention(
            attention.query.forward(x), attention.key.forward(x), attention.value.forward(x), true);
    assertThat(attention.forward(x).allclose(expected, 1e-5, 1e-6)).isTrue();
    assertThat(attention.namedParameters().keySet())
        .containsExactly(
            "query.weight", "query.bias", "key.weight", "key.bias", "value.weight", "value.bias");
  }

  @Test
  void aBoolMaskIsTrueWhereAttentionIsAllowedAndAFullyMaskedRowIsZeros() {
    Tensor x = Tensor.randn(2, 4);
    Tensor mask = bools(new double[][] {{0, 1}, {0, 0}});
    Tensor out = F.scaledDotProductAttention(x, x, x, o -> o.attnMask(mask));
    assertThat(out.select(0, 0).allclose(x.select(0, 1))).isTrue();
    assertThat(out.select(0, 1).eq(0).all().itemBoolean()).isTrue();
    assertThatThrownBy(
            () -> F.scaledDotProductAttention(x, x, x, o -> o.attnMask(mask).isCausal(true)))
        .hasMessageContaining("Explicit attn_mask should not be set when is_causal=True");
  }

  @Test
  void attentionGradientsAgreeWithDifferences() {
    Tensor q = Tensor.randn(DType.FLOAT64, 2, 3, 4).requiresGrad(true);
    Tensor k = Tensor.randn(DType.FLOAT64, 2, 5, 4).requiresGrad(true);
    Tensor v = Tensor.randn(DType.FLOAT64, 2, 5, 2).requiresGrad(true);
    GradCheck.check(in -> F.scaledDotProductAttention(in.get(0), in.get(1), in.get(2)), q, k, v);
    GradCheck.checkSecond(
        in -> F.scaledDotProductAttention(in.get(0), in.get(1), in.get(2)), q, k, v);
  }

  @Test
  void oneHeadOfMultiheadAttentionIsAttention() {
    var multi = new MultiheadAttention(4, 1, true);
    Tensor x = Tensor.randn(2, 3, 4);
    Tensor all = F.linear(x, multi.inProjWeight.orElseThrow(), multi.inProjBias.orElseThrow());
    Tensor expected =
        multi.outProj.forward(
            F.scaledDotProductAttention(
                all.narrow(-1, 0, 4), all.narrow(-1, 4, 4), all.narrow(-1, 8, 4)));
    assertThat(multi.forward(x, x, x).output().allclose(expected, 1e-5, 1e-6)).isTrue();
  }

  @Test
  void theBatchIsSecondUnlessAskedFor() {
    Tensor.manualSeed(3);
    var second = new MultiheadAttention(8, 2);
    Tensor.manualSeed(3);
    var first = new MultiheadAttention(8, 2, true);
    Tensor x = Tensor.randn(5, 2, 8);
    Tensor y = x.transpose(0, 1);
    Tensor a = second.forward(x, x, x).output();
    assertThat(a.shape()).hasToString("[5, 2, 8]");
    assertThat(a.transpose(0, 1).allclose(first.forward(y, y, y).output(), 1e-5, 1e-6)).isTrue();
    Tensor one = x.select(1, 0);
    assertThat(first.forward(one, one, one).output().allclose(a.select(1, 0), 1e-5, 1e-6)).isTrue();
  }

  @Test
  void masksAreTrueWhereAttentionIsNotAllowed() {
    var attention = new MultiheadAttention(4, 2, true);
    Tensor x = Tensor.randn(1, 3, 4);
    Tensor padding = bools(new double[][] {{0, 0, 1}});
    Tensor pairs = bools(new double[][] {{0, 1, 1}, {0, 0, 1}, {0, 0, 0}});
    var attended =
        attention.forward(
            x, x, x, o -> o.keyPaddingMask(padding).attnMask(pairs).averageAttnWeights(false));
    Tensor weights = attended.weights();
    assertThat(weights.shape()).hasToString("[1, 2, 3, 3]");
    assertThat(weights.select(-1, 2).abs().sum().item()).isZero();
    assertThat(weights.get(0, 1, 0, 0)).isEqualTo(1);
    assertThat(weights.get(0, 1, 1, 1)).isPositive();
  }

  @Test
  void weightsAreThereOnlyOnRequest() {
    var attention = new MultiheadAttention(4, 2, true);
    Tensor x = Tensor.randn(1, 3, 4);
    var attended = attention.forward(x, x, x, o -> o.needWeights(false));
    assertThat(attended.hasWeights()).isFalse();
    assertThatThrownBy(attended::weights)
        .hasMessage(
            "weights: they were not asked for (needWeights(false)). They are kept only on request."
                + " Use forward(q, k, v, o -> o.needWeights(true)), or leave it out.");
    assertThat(attention.forward(x, x, x).weights().sum(-1).allclose(Tensor.ones(1, 3))).isTrue();
  }

  @Test
  void headsMustDivideTheDimension() {
    assertThatThrownBy(() -> new MultiheadAttention(7, 2))
        .hasMessage(
            "MultiheadAttention: embedDim 7 and 2 heads. embed_dim must be divisible by num_heads.");
  }

  @Test
  void otherSizesOfKeysHaveWeightsOfTheirOwn() {
    var attention =
        new MultiheadAttention(8, 4, o -> o.addBiasKv(true).addZeroAttn(true).kdim(3).vdim(7));
    assertThat(attention.stateDict().keySet())
        .containsExactly(
            "q_proj_weight",
            "k_proj_weight",
            "v_proj_weight",
            "in_proj_bias",
            "bias_k",
            "bias_v",
            "out_proj.weight",
            "out_proj.bias");
    var attended =
        attention.forward(Tensor.randn(3, 2, 8), Tensor.randn(5, 2, 3), Tensor.randn(5, 2, 7));
    assertThat(attended.weights().shape()).hasToString("[2, 3, 7]");
  }

  @Test
  void theEncoderCopiesItsLayer() {
    var layer =
        new TransformerEncoderLayer(
            8,
            2,
            o ->
                o.dimFeedforward(16)
                    .dropout(0.0)
                    .activation("gelu")
                    .batchFirst(true)
                    .normFirst(true));
    var encoder = new TransformerEncoder(layer, 3, new LayerNorm(8));
    assertThat(encoder.stateDict().keySet())
        .contains("layers.0.self_attn.in_proj_weight", "layers.2.norm2.bias", "norm.weight")
        .hasSize(3 * 12 + 2);
    assertThat(encoder.layers.get(0).parameters()).doesNotContainAnyElementsOf(layer.parameters());
    Tensor src = Tensor.randn(2, 5, 8);
    assertThat(encoder.forward(src).shape()).hasToString("[2, 5, 8]");
    Tensor causal = Tensor.ones(5, 5).triu(1).gt(0);
    Tensor changed = src.clone();
    changed.select(1, 4).fill_(1);
    Tensor a = encoder.forward(src, causal).narrow(1, 0, 4);
    assertThat(encoder.forward(changed, causal).narrow(1, 0, 4).allclose(a, 1e-5, 1e-6)).isTrue();
    assertThat(encoder.forward(changed).narrow(1, 0, 4).allclose(a, 1e-3, 1e-4)).isFalse();
  }

  @Test
  void anEncoderLearnsEverywhere() {
    var encoder =
        new TransformerEncoder(
            new TransformerEncoderLayer(
                4, 2, o -> o.dimFeedforward(8).dropout(0.1).batchFirst(true)),
            2);
    encoder.forward(Tensor.randn(2, 3, 4)).square().sum().backward();
    assertThat(encoder.parameters()).hasSize(24).allMatch(Tensor::hasGrad);
    assertThat(encoder.parameters().getFirst().grad().abs().sum().item())
        .isNotCloseTo(0, within(1e-12));
  }

  @Test
  void anInputNeedsPositions() {
    assertThatThrownBy(() -> new Attention(4).forward(Tensor.ones(4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Attention: input is [4]. It must be [*, L, 4]");
  }
}
