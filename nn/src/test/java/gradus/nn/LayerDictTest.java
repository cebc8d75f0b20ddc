package gradus.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gradus.tensor.Tensor;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Layers by name, what they are, how much they learn, and forms of forward. */
class LayerDictTest {

  static final class Heads extends Layer {
    final LayerDict heads =
        new LayerDict().put("words", new Linear(3, 5)).put("tags", new Linear(3, 2));

    public Tensor forward(Tensor x, String task) {
      return heads.get(task).forward(x);
    }
  }

  @Test
  void layersInItLearnAndPrintAsInPyTorch() {
    var model = new Heads();
    assertThat(model.namedParameters().keySet())
        .containsExactly(
            "heads.words.weight", "heads.words.bias", "heads.tags.weight", "heads.tags.bias");
    assertThat(model.numel()).isEqualTo(15 + 5 + 6 + 2);
    assertThat(model.heads.toString())
        .isEqualTo(
            """
            ModuleDict(
              (words): Linear(in_features=3, out_features=5, bias=True)
              (tags): Linear(in_features=3, out_features=2, bias=True)
            )""");
    assertThat(model.forward(Tensor.ones(4, 3), "tags").shape().toArray()).containsExactly(4, 2);
    assertThat(model.heads.get("tags", Linear.class).weight.size(0)).isEqualTo(2);
    assertThat(model.heads.copy().keys()).containsExactly("words", "tags");
    assertThat(new LayerList(new Linear(2, 3)).get(0, Linear.class).weight.size(0)).isEqualTo(3);
  }

  @Test
  void whatIsNotThereIsNamed() {
    var dict = new LayerDict(Map.of("a", new Linear(1, 1)));
    assertThatThrownBy(() -> dict.get("b"))
        .hasMessage("LayerDict: there is no layer \"b\". There are [a].");
    assertThatThrownBy(() -> dict.put("a.b", new Linear(1, 1))).hasMessageContaining("holds a dot");
    assertThat(dict.contains("a")).isTrue();
    assertThat(dict.size()).isEqualTo(1);
  }

  @Test
  void aLayerCalledWronglyListsItsForms() {
    assertThatThrownBy(() -> new Heads().forward(Tensor.ones(1, 3)))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage(
            "Heads.forward: this layer does not take one tensor. It has forward(Tensor x, String task).");
  }
}
