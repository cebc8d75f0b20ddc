package gradus.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import gradus.tensor.GradMode;
import gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayerHooksTest {
  private final Linear linear = new Linear(2, 2);
  private final Sequential model = new Sequential(linear, new Tanh());
  private final Tensor x = Tensor.of(new double[][] {{0.1, -0.2}}).toFloat().requiresGrad(true);

  LayerHooksTest() {
    try (var _ = GradMode.noGrad()) {
      linear.weight.copy_(Tensor.of(new double[][] {{1, 2}, {3, 4}}));
      linear.bias.orElseThrow().zero_();
    }
  }

  private static void near(Tensor actual, double... expected) {
    assertThat(actual.detach().flatten().toDoubleArray()).containsExactly(expected, within(1e-4));
  }

  @Test
  void hooksRunAroundTheCallAndNotAroundForward() throws Exception {
    var order = new ArrayList<String>();
    try (var _ =
            linear.registerForwardPreHook(
                (layer, in) -> {
                  order.add("before " + layer.extraRepr());
                  return null;
                });
        var _ =
            linear.registerForwardHook(
                (layer, in, out) -> {
                  order.add("after " + in.shape() + out.shape());
                  return null;
                })) {
      near(model.call(x), -0.2913, -0.4621);
      assertThat(order)
          .containsExactly("before in_features=2, out_features=2, bias=True", "after [1, 2][1, 2]");
      linear.forward(x);
      assertThat(order).hasSize(2);
    }
    model.call(x);
    assertThat(order).hasSize(2);
  }

  @Test
  void whatTheyReturnTakesThePlace() {
    linear.registerForwardPreHook((_, in) -> in.mul(2));
    RemovableHandle hundred = linear.registerForwardHook((_, in, out) -> out.add(100));
    near(linear.call(x), 99.4, 99.0);
    hundred.remove();
    near(linear.call(x), -0.6, -1);
  }

  @Test
  void theAttentionsOfATransformerAreCalled() {
    var seen = new ArrayList<String>();
    var encoder = new TransformerEncoderLayer(4, 2, o -> o.dimFeedforward(3));
    var decoder = new TransformerDecoderLayer(4, 2, o -> o.dimFeedforward(3));
    for (Layer layer : List.of(encoder.selfAttn, decoder.selfAttn, decoder.multiheadAttn)) {
      layer.registerForwardHook(
          (_, in, out) -> {
            seen.add(in.shape() + " to " + out.shape());
            return out.mul(Double.NaN);
          });
    }
    Tensor memory = encoder.call(Tensor.ones(5, 1, 4));
    assertThat(memory.isnan().all().itemBoolean()).isTrue();
    decoder.call(Tensor.ones(2, 1, 4), t -> decoder.forward(t, Tensor.ones(5, 1, 4)));
    assertThat(seen)
        .containsExactly(
            "[5, 1, 4] to [5, 1, 4]", "[2, 1, 4] to [2, 1, 4]", "[2, 1, 4] to [2, 1, 4]");
  }

  /** The numbers are PyTorch's. */
  @Test
  void backwardHooksSeeWhatPassesTheLayerAlone() {
    var seen = new ArrayList<Tensor>();
    linear.registerFullBackwardHook(
        (_, gradInput, gradOutput) -> {
          seen.addAll(List.of(gradInput, gradOutput));
          return gradInput.mul(10);
        });
    model.call(x).sum().add(x.sum()).backward();
    near(seen.get(0), 3.2745, 4.9761);
    near(seen.get(1), 0.9151, 0.7864);
    near(x.grad(), 33.7448, 50.7606);
    near(linear.weight.grad(), 0.0915, -0.1830, 0.0786, -0.1573);
  }

  @Test
  void anInputWithoutGradientHasNone() {
    var seen = new ArrayList<Tensor>();
    linear.registerFullBackwardHook(
        (_, gradInput, gradOutput) -> {
          assertThat(gradInput).isNull();
          seen.add(gradOutput);
          return null;
        });
    linear.call(x.detach()).sum().backward();
    near(seen.getFirst(), 1, 1);
    try (var _ = GradMode.noGrad()) {
      assertThat(linear.call(x).requiresGrad()).isFalse();
    }
  }

  @Test
  void otherFormsOfForwardAreCalledWithHooksToo() {
    var layer = new TransformerEncoderLayer(4, 2, o -> o.dropout(0).dimFeedforward(8));
    var encoder = new TransformerEncoder(layer, 2);
    var seen = new ArrayList<String>();
    encoder
        .layers()
        .forEach(
            each ->
                each.registerForwardHook(
                    (l, in, out) -> {
                      seen.add(l.name());
                      return null;
                    }));
    encoder.call(Tensor.ones(3, 1, 4));
    assertThat(seen.stream().filter(name -> name.equals("TransformerEncoderLayer"))).hasSize(2);
    assertThat(seen.stream().filter(name -> name.equals("LayerNorm"))).hasSize(4);
    assertThat(seen.getLast()).isEqualTo("TransformerEncoder");
    near(linear.call(x, in -> linear.forward(in).mul(0)), 0, 0);
  }

  @Test
  void copiesHaveNoHooks() {
    var tanh = new Tanh();
    tanh.registerForwardHook((_, _, out) -> out.mul(0));
    near(tanh.copy().call(Tensor.of(1.0)), 0.7616);
    near(tanh.call(Tensor.of(1.0)), 0);
  }

  @Test
  void inSegmentsTheGradientsAreTheSame() {
    model.call(x).sum().backward();
    float[] whole = x.grad().toFloatArray();
    x.zeroGrad();
    model.checkpointSequential(2, x).sum().backward();
    assertThat(x.grad().toFloatArray()).containsExactly(whole);
  }
}
