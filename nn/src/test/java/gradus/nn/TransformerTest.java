package gradus.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import gradus.tensor.Tensor;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Decoder and whole transformer beside PyTorch, same seed. */
class TransformerTest {
  private static final Tensor PADDING = Tensor.of(new double[][] {{0, 0, 0}, {0, 0, 1}}).gt(0);

  private static void first(Tensor actual, double absolute, double... expected) {
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual.detach().reshape(-1).get(i)).isCloseTo(expected[i], within(2e-5));
    }
    assertThat(actual.detach().abs().sum().item()).isCloseTo(absolute, within(1e-4 * absolute));
  }

  private static Transformer small(boolean normFirst) {
    return new Transformer(
        8,
        2,
        o ->
            o.numEncoderLayers(2)
                .numDecoderLayers(2)
                .dimFeedforward(16)
                .dropout(0)
                .activation(normFirst ? "gelu" : "relu")
                .batchFirst(true)
                .normFirst(normFirst));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void pyTorchsNumbersBothWays(boolean normFirst) {
    Tensor.manualSeed(3);
    Transformer model = small(normFirst);
    Tensor src = Tensor.randn(2, 3, 8).requiresGrad(true);
    Tensor tgt = Tensor.randn(2, 4, 8).requiresGrad(true);
    Consumer<MaskOptions> padded = o -> o.srcKeyPaddingMask(PADDING).memoryKeyPaddingMask(PADDING);
    Tensor mask = Transformer.generateSquareSubsequentMask(4);
    Tensor out = model.forward(src, tgt, padded.andThen(o -> o.tgtMask(mask)));
    out.mul(Tensor.arange(64.0).reshape(2, 4, 8).div(64)).sum().backward();
    Tensor inner =
        model
            .decoder
            .layers
            .get(1, TransformerDecoderLayer.class)
            .multiheadAttn
            .inProjWeight
            .orElseThrow();
    if (normFirst) {
      first(out, 53.90493, 0.466894, -2.052621, 0.099486, 1.222023, 0.94316, 0.514012);
      first(src.grad(), 1.32319, -0.00257, -0.090399, -0.049775, -0.054058);
      first(tgt.grad(), 2.96467, -0.038024, -0.062088, -0.103239, 0.011346);
      first(inner.grad(), 5.65628, -0.003367, 0.005484, -0.006966, -0.014053);
    } else {
      first(out, 53.81026, 0.650584, -1.873771, 0.472869, 1.265991, 0.565159, 0.607789);
      first(src.grad(), 0.80587, -0.006359, -0.024036, 0.010749, -0.028501);
      first(tgt.grad(), 2.22322, -0.057765, -0.055815, 0.035969, -0.065635);
      first(inner.grad(), 4.43731, -0.014556, -0.004937, 0.003003, -0.01335);
    }
    Tensor causal = model.forward(src, tgt, padded.andThen(o -> o.tgtIsCausal(true)));
    assertThat(causal.allclose(out, 1e-5, 1e-6)).isTrue();
  }

  @Test
  void theDecoderDropsAsPyTorchDoes() {
    Tensor.manualSeed(5);
    var layer = new TransformerDecoderLayer(4, 2, o -> o.dimFeedforward(8).dropout(0.5));
    Tensor tgt = Tensor.randn(3, 1, 4);
    Tensor memory = Tensor.randn(2, 1, 4);
    first(
        layer.forward(tgt, memory),
        10.77268,
        1.270934,
        -1.433152,
        0.479621,
        -0.317403,
        -0.869485,
        -1.122385);
    layer.eval();
    first(
        layer.forward(tgt, memory),
        9.80827,
        0.583233,
        -1.664705,
        0.930463,
        0.151008,
        0.076486,
        -1.29607);
    var copy = layer.copy();
    assertThat(copy.forward(tgt, memory).equal(layer.forward(tgt, memory))).isTrue();
    assertThat(copy.linear1.weight).isNotSameAs(layer.linear1.weight);
    assertThat(layer.toString())
        .startsWith(
            """
            TransformerDecoderLayer(
              (self_attn): MultiheadAttention(
                (out_proj): NonDynamicallyQuantizableLinear(in_features=4, out_features=4, bias=True)
              )
              (multihead_attn): MultiheadAttention(""");
  }

  @Test
  void namesAndOrderArePyTorchs() {
    assertThat(small(false).stateDict().keySet())
        .hasSize(64)
        .startsWith("encoder.layers.0.self_attn.in_proj_weight")
        .containsSubsequence(
            "encoder.norm.weight",
            "encoder.norm.bias",
            "decoder.layers.0.self_attn.in_proj_weight",
            "decoder.layers.0.self_attn.in_proj_bias",
            "decoder.layers.0.self_attn.out_proj.weight",
            "decoder.layers.0.self_attn.out_proj.bias",
            "decoder.layers.0.multihead_attn.in_proj_weight",
            "decoder.layers.0.multihead_attn.out_proj.bias",
            "decoder.layers.0.linear1.weight",
            "decoder.layers.0.norm3.bias",
            "decoder.norm.bias");
    assertThat(
            new Transformer(4, 1, o -> o.bias(false).numEncoderLayers(1).numDecoderLayers(0))
                .stateDict()
                .keySet())
        .noneMatch(name -> name.contains("bias"));
  }

  @Test
  void aCausalEncoderSeesNothingToCome() {
    var layer = new TransformerEncoderLayer(4, 2, o -> o.dropout(0).batchFirst(true));
    var encoder = new TransformerEncoder(layer, 2);
    Tensor x = Tensor.randn(1, 5, 4);
    Tensor out = encoder.forward(x, o -> o.isCausal(true));
    Tensor begin = encoder.forward(x.narrow(1, 0, 3), o -> o.isCausal(true));
    assertThat(out.narrow(1, 0, 3).allclose(begin, 1e-5, 1e-6)).isTrue();
    assertThat(layer.forward(x, o -> o.isCausal(true)).shape()).hasToString("[1, 5, 4]");
    var attention = layer.selfAttn;
    Tensor weights = attention.forward(x, x, x, o -> o.isCausal(true)).weights();
    assertThat(weights.triu(1).abs().sum().item()).isZero();
  }

  @Test
  void whatDoesNotFitIsTold() {
    Transformer model = small(false);
    assertThatThrownBy(() -> model.forward(Tensor.ones(2, 3, 8), Tensor.ones(1, 3, 8)))
        .hasMessage(
            "Transformer: src is [2, 3, 8] and tgt [1, 3, 8]. Both must be [N, L, dModel] with one batch and dModel 8.");
    assertThatThrownBy(() -> model.encoder.forward(Tensor.ones(1, 3, 8), o -> o.tgtMask(null)))
        .hasMessage(
            "TransformerEncoder.forward: there is no option tgtMask. It has mask, srcKeyPaddingMask, isCausal, outputHiddenStates, outputAttentions.");
    assertThatThrownBy(() -> new TransformerEncoderLayer(4, 2, o -> o.numDecoderLayers(3)))
        .hasMessageStartingWith("TransformerEncoderLayer: there is no option numDecoderLayers.");
    assertThatThrownBy(() -> new Transformer(4, 2, o -> o.activation("tanh")))
        .hasMessage("Transformer: activation should be relu/gelu, not tanh. Or pass a function.");
  }
}
