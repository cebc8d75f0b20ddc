package gradus.nn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gradus.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Options by name: what is not said keeps PyTorch's default, what is not there is refused. */
class OptimizerOptionsTest {
  private static final Consumer<OptimizerOptions> NOTHING = o -> {};

  private static List<Tensor> params() {
    return List.of(Tensor.ones(2).requiresGrad(true));
  }

  /**
   * Made by options, and made by the constructor that takes only parameters (SGD: and PyTorch's
   * rate).
   */
  private static final Map<String, List<Function<Consumer<OptimizerOptions>, Optimizer>>> ALL =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("SGD", List.of(o -> new SGD(params(), o), _ -> new SGD(params(), 1e-3))),
              Map.entry("Adam", List.of(o -> new Adam(params(), o), _ -> new Adam(params()))),
              Map.entry("AdamW", List.of(o -> new AdamW(params(), o), _ -> new AdamW(params()))),
              Map.entry(
                  "RMSprop", List.of(o -> new RMSprop(params(), o), _ -> new RMSprop(params()))),
              Map.entry(
                  "Adagrad", List.of(o -> new Adagrad(params(), o), _ -> new Adagrad(params()))),
              Map.entry("NAdam", List.of(o -> new NAdam(params(), o), _ -> new NAdam(params()))),
              Map.entry("RAdam", List.of(o -> new RAdam(params(), o), _ -> new RAdam(params()))),
              Map.entry("Adamax", List.of(o -> new Adamax(params(), o), _ -> new Adamax(params()))),
              Map.entry(
                  "Adadelta", List.of(o -> new Adadelta(params(), o), _ -> new Adadelta(params()))),
              Map.entry("ASGD", List.of(o -> new ASGD(params(), o), _ -> new ASGD(params()))),
              Map.entry("Rprop", List.of(o -> new Rprop(params(), o), _ -> new Rprop(params()))),
              Map.entry(
                  "SparseAdam",
                  List.of(o -> new SparseAdam(params(), o), _ -> new SparseAdam(params())))));

  @Test
  void whatIsNotSaidKeepsItsDefault() {
    ALL.forEach(
        (name, made) ->
            assertThat(made.get(0).apply(NOTHING).paramGroups().getFirst().options())
                .as(name)
                .isEqualTo(made.get(1).apply(NOTHING).paramGroups().getFirst().options()));
  }

  @Test
  void whatIsSaidIsTaken() {
    var group =
        new AdamW(params(), o -> o.lr(3e-4).betas(0.9, 0.99).weightDecay(0.1).amsgrad(true))
            .paramGroups()
            .getFirst();
    assertThat(group.lr()).isEqualTo(3e-4);
    assertThat(group.pair("betas")).containsExactly(0.9, 0.99);
    assertThat(group.number("weight_decay")).isEqualTo(0.1);
    assertThat(group.flag("amsgrad")).isTrue();
    var sgd =
        new SGD(params(), o -> o.lr(0.1).momentum(0.9).nesterov(true)).paramGroups().getFirst();
    assertThat(sgd.flag("nesterov")).isTrue();
  }

  @Test
  void whatIsNotThereIsRefused() {
    assertThatThrownBy(() -> new SGD(params(), o -> o.betas(0.9, 0.99)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "SGD: there is no option betas. It has lr, momentum, dampening, weightDecay, nesterov, maximize.");
    assertThatThrownBy(() -> new Adam(params(), o -> o.lr(-1)))
        .hasMessageContaining("learning rate");
  }
}
