package gradus.nn;

import static org.assertj.core.api.Assertions.assertThat;

import gradus.autograd.Autograd;
import gradus.tensor.DType;
import gradus.tensor.GradMode;
import gradus.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A row of attention that may see nothing gives zeros and takes no part in the gradients, whatever
 * the mask, the element type and the way back: PyTorch since 2.5.
 */
class NothingToAttendTest { // pytorch #103963, #103749, #41508, #40932, PR #133882
  private static final double HIDDEN = Double.NEGATIVE_INFINITY;

  @BeforeEach
  void seed() {
    Tensor.manualSeed(7);
  }

  /** How a mask says that nothing may be seen. */
  enum Mask {
    BOOL,
    ADDED,
    LEARNED;

    Tensor of(DType dtype, double[][] allowed) {
      Tensor seen = Tensor.of(allowed).gt(0);
      if (this == BOOL) {
        return seen;
      }
      Tensor zeros = Tensor.zeros(dtype, allowed.length, allowed[0].length);
      return zeros.maskedFill(seen.logicalNot(), HIDDEN).detach().requiresGrad(this == LEARNED);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "FLOAT32, BOOL", "FLOAT32, ADDED", "FLOAT32, LEARNED",
    "FLOAT64, BOOL", "FLOAT64, ADDED", "FLOAT64, LEARNED"
  })
  void scaledDotProductAttention(DType dtype, Mask kind) {
    Tensor mask = kind.of(dtype, new double[][] {{0, 0, 0}, {1, 0, 1}, {0, 1, 0}});
    Tensor q = Tensor.randn(dtype, 2, 3, 4).requiresGrad(true);
    Tensor k = Tensor.randn(dtype, 2, 3, 4).requiresGrad(true);
    Tensor v = Tensor.randn(dtype, 2, 3, 5).requiresGrad(true);
    Tensor out = attend(q, k, v, mask, 0);
    assertThat(out.select(1, 0).eq(0).all().itemBoolean()).isTrue();
    assertThat(finite(out)).isTrue();
    List<Tensor> recorded = Autograd.grad(out.square().sum(), List.of(q, k, v), true);
    // Without the row that sees nothing.
    Tensor rest = attend(q.narrow(1, 1, 2), k, v, mask.narrow(0, 1, 2), 0);
    List<Tensor> expected = Autograd.grad(rest.square().sum(), List.of(q, k, v), false);
    attend(q, k, v, mask, 0).square().sum().backward();
    List<Tensor> plain = List.of(q.grad(), k.grad(), v.grad());
    for (int i = 0; i < 3; i++) {
      assertThat(plain.get(i).allclose(expected.get(i), 1e-4, 1e-5)).isTrue();
      assertThat(recorded.get(i).allclose(expected.get(i), 1e-4, 1e-5)).isTrue();
    }
    Tensor again = recorded.get(0).square().sum().add(recorded.get(1).square().sum());
    for (Tensor second : Autograd.grad(again, q, k, v)) {
      assertThat(finite(second)).isTrue();
    }
    if (kind == Mask.LEARNED) {
      assertThat(finite(mask.grad())).isTrue();
    }
    assertThat(finite(attend(q, k, v, mask, 0.5))).isTrue();
  }

  private static Tensor attend(Tensor q, Tensor k, Tensor v, Tensor mask, double dropout) {
    return F.scaledDotProductAttention(q, k, v, o -> o.attnMask(mask).dropoutP(dropout));
  }

  private static boolean finite(Tensor x) {
    return x.detach().isfinite().all().itemBoolean();
  }

  @ParameterizedTest
  @CsvSource({
    "FLOAT32, true, true", "FLOAT32, true, false", "FLOAT32, false, true", "FLOAT32, false, false",
    "FLOAT64, true, true", "FLOAT64, true, false", "FLOAT64, false, true", "FLOAT64, false, false"
  })
  void multiheadAttentionWithOnePaddedText(DType dtype, boolean needWeights, boolean joint) {
    var attention = new MultiheadAttention(4, 2, true);
    attention.to(dtype);
    Init.normal_(attention.inProjBias.orElseThrow());
    Tensor x = Tensor.randn(dtype, 2, 3, 4);
    Tensor keys = joint ? x : x.clone();
    Tensor padding = Tensor.of(new double[][] {{1, 1, 1}, {0, 0, 1}}).gt(0);
    Tensor causal = Tensor.ones(3, 3).triu(1).gt(0);
    Attended out =
        attention.forward(
            x,
            keys,
            keys,
            o -> o.keyPaddingMask(padding).needWeights(needWeights).attnMask(causal));
    Tensor bias = attention.outProj.bias.orElseThrow();
    assertThat(out.output().select(0, 0).allclose(bias.expand(3, 4), 1e-5, 1e-6)).isTrue();
    if (needWeights) {
      assertThat(out.weights().select(0, 0).eq(0).all().itemBoolean()).isTrue();
    }
    List<Tensor> together = gradients(attention, out.output());
    Tensor one = x.narrow(0, 1, 1);
    Tensor alone =
        attention
            .forward(
                one,
                one,
                one,
                o ->
                    o.keyPaddingMask(padding.narrow(0, 1, 1))
                        .needWeights(needWeights)
                        .attnMask(causal))
            .output();
    assertThat(out.output().narrow(0, 1, 1).allclose(alone, 1e-4, 1e-5)).isTrue();
    List<Tensor> expected = gradients(attention, alone);
    for (int i = 0; i < expected.size(); i++) {
      // The padded text reaches the bias at the end, and nothing before it.
      if (attention.parameters().get(i) != bias) {
        assertThat(together.get(i).allclose(expected.get(i), 1e-4, 1e-5)).isTrue();
      }
      assertThat(finite(together.get(i))).isTrue();
    }
  }

  private static List<Tensor> gradients(Layer layer, Tensor out) {
    layer.zeroGrad();
    out.square().sum().backward();
    return layer.parameters().stream().map(p -> p.grad().clone()).toList();
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64"})
  void anEncoderLearnsBesideAPaddedText(DType dtype) {
    var block =
        new TransformerEncoderLayer(
            8,
            2,
            o ->
                o.dimFeedforward(16)
                    .dropout(0.1)
                    .activation("gelu")
                    .batchFirst(true)
                    .normFirst(true));
    var encoder = new TransformerEncoder(block, 2);
    encoder.to(dtype);
    Tensor x = Tensor.randn(dtype, 2, 3, 8);
    Tensor padding = Tensor.of(new double[][] {{1, 1, 1}, {0, 0, 1}}).gt(0);
    for (boolean training : new boolean[] {true, false}) {
      encoder.train(training);
      Tensor out = encoder.forward(x, o -> o.srcKeyPaddingMask(padding));
      assertThat(finite(out)).isTrue();
      for (Tensor gradient : gradients(encoder, out)) {
        assertThat(finite(gradient)).isTrue();
      }
    }
    try (var _ = GradMode.noGrad()) {
      Tensor both = encoder.forward(x, o -> o.srcKeyPaddingMask(padding));
      Tensor one = x.narrow(0, 1, 1);
      Tensor alone = encoder.forward(one, o -> o.srcKeyPaddingMask(padding.narrow(0, 1, 1)));
      assertThat(both.narrow(0, 1, 1).allclose(alone, 1e-4, 1e-5)).isTrue();
    }
  }
}
