package gradus.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gradus.autograd.Autograd;
import gradus.tensor.DType;
import gradus.tensor.Memory;
import gradus.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A state is loaded wholly or not at all, whatever is wrong with one of its values. */
class LoadWhollyTest {
  private static final int N = 60;

  /** A state whose weight, the first to be loaded, is good, and whose bias is {@code bias}. */
  private static Map<String, Tensor> state(Tensor bias) {
    var state = new LinkedHashMap<String, Tensor>();
    state.put("weight", Tensor.full(gradus.tensor.Shape.of(N, N), 7, DType.FLOAT32));
    state.put("bias", bias);
    return state;
  }

  private static void refused(Map<String, Tensor> state, String text) {
    for (boolean strict : new boolean[] {true, false}) {
      var net = new Linear(N, N);
      float[] weight = net.weight.detach().toFloatArray();
      assertThatThrownBy(() -> net.loadStateDict(state, strict))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("Error(s) in loading state_dict for Linear:")
          .hasMessageContaining(text);
      assertThat(net.weight.detach().toFloatArray()).isEqualTo(weight);
    }
  }

  @Test
  void aValueThatCannotBeRead() {
    refused(state(null), "the value of bias is null, not a tensor.");
    Tensor lost;
    try (var _ = Memory.scope()) {
      lost = Tensor.ones(N, N).mul(2).select(0, 1);
    }
    Tensor gone = lost;
    refused(state(gone), "the value of bias cannot be read: memory: this tensor was made inside");
    refused(state(Tensor.ones(3)), "size mismatch for bias");
    Tensor table = Tensor.ones(N, 2).requiresGrad(true);
    Tensor loss = Tensor.embedding(table, Tensor.of(0L), -1, false, true).sum();
    Tensor sparse = Autograd.grad(loss, table).getFirst();
    var rows = new LinkedHashMap<String, Tensor>();
    rows.put("weight", sparse);
    var net = new Linear(2, N, false);
    assertThatThrownBy(() -> net.loadStateDict(rows)).hasMessageContaining("row-sparse");
  }

  @Test
  @SuppressWarnings("unchecked")
  void aValueThatIsNoTensor() {
    Map<String, Object> mixed = new LinkedHashMap<>(state(Tensor.ones(N)));
    mixed.put("bias", 3L);
    refused((Map<String, Tensor>) (Map<?, ?>) mixed, "the value of bias is a Long, not a tensor.");
  }

  /** Its second parameter is one number seen many times. */
  private static final class Shared extends Layer {
    final Tensor first = parameter(Tensor.zeros(3));
    final Tensor second = parameter(Tensor.zeros(1).expand(3));
  }

  @Test
  void aParameterThatIsExpanded() {
    var layer = new Shared();
    assertThatThrownBy(
            () -> layer.loadStateDict(Map.of("first", Tensor.ones(3), "second", Tensor.ones(3))))
        .hasMessageContaining("second of the current model is expanded");
    assertThat(layer.first.detach().toFloatArray()).containsExactly(0, 0, 0);
  }

  @Test
  void anExpandedValueIsGood() {
    var net = new Linear(N, N);
    net.loadStateDict(state(Tensor.of(2f).expand(N)));
    assertThat(net.bias.orElseThrow().detach().sum().item()).isEqualTo(2 * N);
    assertThat(net.weight.detach().sum().item()).isEqualTo(7 * N * N);
  }
}
