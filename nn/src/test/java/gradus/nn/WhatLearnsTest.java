package gradus.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** What a layer holds is trained and saved, wherever it is held; what never learns is said. */
class WhatLearnsTest {

  /** What is logged while {@code code} runs. */
  private static <T> List<String> warnings(Supplier<T> code) {
    var lines = new ArrayList<String>();
    var handler =
        new Handler() {
          @Override
          public void publish(LogRecord record) {
            lines.add(record.getMessage());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger logger = Logger.getLogger("gradus.nn");
    logger.addHandler(handler);
    try {
      code.get();
    } finally {
      logger.removeHandler(handler);
    }
    return lines;
  }

  private record Pair(Linear left, Linear right) {}

  private record Deep(Pair pair, String name, List<Object> more) {}

  private static final class Scattered extends Layer {
    final Pair pair = new Pair(new Linear(1, 1), new Linear(1, 1));
    final Object hidden = new Linear(1, 1);
    final List<Object> things = List.of("text", new Linear(1, 1), 3);
    final Map<String, Object> named = Map.of("key", new Linear(1, 1));
    final Deep deep =
        new Deep(new Pair(new Linear(1, 1), new Linear(1, 1)), "deep", List.of(new Linear(1, 1)));

    @SuppressWarnings("rawtypes")
    final List raw = List.of(new Linear(1, 1));
  }

  @Test
  void layersAreFoundWhereverTheyAre() {
    assertThat(new Scattered().namedChildren().keySet())
        .containsExactly(
            "pair.left",
            "pair.right",
            "hidden",
            "things.1",
            "named.key",
            "deep.pair.left",
            "deep.pair.right",
            "deep.more.0",
            "raw.0");
    assertThat(new Scattered().parameters()).hasSize(18);
    assertThat(new Scattered().stateDict().keySet()).contains("deep.pair.left.weight");
  }

  private static final class Forgotten extends Layer {
    final Tensor weight = Tensor.ones(2);
    final Tensor learned = parameter(Tensor.ones(2));
    final Tensor asked = Tensor.ones(2).requiresGrad(true);
    final Tensor frozen = Tensor.ones(2).requiresGrad(false);
    @RegisterBuffer final Tensor mean = Tensor.zeros(2);
    final transient Tensor positions = Tensor.ones(2);
    final Tensor ids = Tensor.of(1, 2);
    private Tensor last;

    @Override
    public Tensor forward(Tensor x) {
      last = x.detach().mul(2);
      return last;
    }
  }

  @Test
  void aTensorThatNobodyMadeAParameterIsNoneAndThatIsSaidOnce() {
    var layer = new Forgotten();
    layer.forward(Tensor.ones(2));
    List<String> said = warnings(() -> List.of(layer.parameters(), layer.stateDict()));
    assertThat(said).hasSize(1);
    assertThat(said.getFirst())
        .contains("Forgotten.weight is neither trained nor saved. Make it parameter(...)");
    assertThat(layer.namedParameters().keySet()).containsExactly("learned", "asked", "frozen");
    assertThat(layer.stateDict().keySet()).containsExactly("learned", "asked", "frozen", "mean");
    assertThat(warnings(new Forgotten()::parameters)).isEmpty();
    layer.requiresGrad_(false);
    assertThat(layer.parameters()).hasSize(3);
  }

  /** As attention tutorials write it: what forward saw is kept to be looked at. */
  private static final class Watching extends Layer {
    final Linear W_Q = new Linear(2, 2);
    final Tensor C = parameter(Tensor.ones(2, 2));
    final Linear fc_out = new Linear(2, 2);
    final Linear Wk = new Linear(2, 2);
    final Tensor projBias = parameter(Tensor.ones(2));
    final List<Tensor> history = new ArrayList<>();
    Tensor lastAttention;
    Tensor scale = parameter(Tensor.ones(2));

    @Override
    public Tensor forward(Tensor x) {
      lastAttention = W_Q.forward(x).matmul(C).softmax(-1);
      history.add(lastAttention);
      return fc_out.forward(lastAttention).mul(scale);
    }
  }

  @Test
  void whatForwardKeepsIsNoParameter() {
    var layer = new Watching();
    var names = List.copyOf(layer.stateDict().keySet());
    assertThat(names)
        .containsExactly(
            "C",
            "proj_bias",
            "scale",
            "W_Q.weight",
            "W_Q.bias",
            "fc_out.weight",
            "fc_out.bias",
            "Wk.weight",
            "Wk.bias");
    for (int step = 0; step < 2; step++) {
      layer.forward(Tensor.randn(3, 2));
      assertThat(layer.namedParameters().keySet()).containsExactlyInAnyOrderElementsOf(names);
      assertThat(layer.stateDict().keySet()).containsExactlyElementsOf(names);
    }
    layer.loadStateDict(new Watching().stateDict());
  }

  @Test
  void aParameterThatAResultReplacesIsMissed() {
    var layer = new Watching();
    assertThat(layer.parameters()).hasSize(9);
    layer.scale = layer.scale.mul(0.9);
    assertThatThrownBy(layer::parameters)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith(
            "Layer: the field Watching.scale held a parameter and now holds a result (of Mul).");
    layer.scale = Tensor.ones(2);
    assertThatThrownBy(layer::stateDict)
        .hasMessageContaining("now holds a tensor that is none. Assigning replaced the parameter");
    layer.scale = Tensor.ones(2).requiresGrad(true);
    assertThat(layer.parameters()).hasSize(9);
  }

  /** PyTorch warns too: 16 differences where 4 were meant. */
  @Test
  void shapesThatOnlyBroadcastAreSaidOnce() {
    Tensor column = Tensor.ones(4, 1);
    Tensor row = Tensor.zeros(4);
    assertThat(warnings(() -> F.mseLoss(column, row)))
        .containsExactly(
            "mseLoss: input [4, 1] and target [4] differ and are broadcast: each element is"
                + " compared with several. Give both one shape, such as target.viewAs(input).");
    assertThat(warnings(() -> F.mseLoss(column, row))).isEmpty();
    assertThat(warnings(() -> F.l1Loss(column, row))).hasSize(1);
    assertThat(warnings(() -> F.smoothL1Loss(column, row))).hasSize(1);
    assertThat(warnings(() -> F.huberLoss(column, row))).hasSize(1);
    assertThat(warnings(() -> F.mseLoss(column, column))).isEmpty();
  }
}
