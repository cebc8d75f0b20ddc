package gradus.nn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import gradus.tensor.GradMode;
import gradus.tensor.Tensor;
import gradus.tensor.io.TorchFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * States that PyTorch 1.13 saved after three steps, of two groups, with what two steps more made of
 * the parameters.
 */
class TorchStateTest {
  private static final Map<?, ?> SAVED = (Map<?, ?>) TorchFile.load(file());

  private static Path file() {
    try {
      return Path.of(TorchStateTest.class.getResource("torch-1.13.pt").toURI());
    } catch (java.net.URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  static Stream<Arguments> optimizers() {
    return Stream.of(
        row("sgd", p -> new SGD(p, o -> o.lr(1).momentum(0.1))),
        row("adam", p -> new Adam(p, o -> o.amsgrad(true))),
        row("adamw", p -> new AdamW(p)),
        row("rmsprop", p -> new RMSprop(p, o -> o.momentum(0.1).centered(true))));
  }

  private static Arguments row(String name, Function<List<Tensor>, Optimizer> make) {
    return Arguments.of(name, make);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("optimizers")
  void goesOnWherePyTorchStopped(
      String name, Function<List<Tensor>, Optimizer> make, @TempDir Path folder) {
    var saved = (Map<?, ?>) SAVED.get(name);
    Tensor w = ((Tensor) saved.get("w")).clone().requiresGrad(true);
    Tensor b = ((Tensor) saved.get("b")).clone().requiresGrad(true);
    Optimizer optimizer = make.apply(List.of(w));
    optimizer.addParamGroup(List.of(b), Map.of());
    var state = (Map<?, ?>) saved.get("optimizer");
    optimizer.loadStateDict(OptimizerState.of(state));
    Map<String, Object> same = optimizer.stateDict().toMap();
    TorchFile.save(same, folder.resolve("again.pt"));
    for (int i = 0; i < 2; i++) {
      optimizer.zeroGrad();
      w.square().sum().add(b.exp().sum()).backward();
      optimizer.step();
    }
    near(w, saved.get("w_after"));
    near(b, saved.get("b_after"));

    // What PyTorch reads it reads by these names: none is missing, and numbers are in place.
    var again = (Map<?, ?>) TorchFile.load(folder.resolve("again.pt"));
    var groups = (List<?>) again.get("param_groups");
    var expected = (List<?>) state.get("param_groups");
    for (int i = 0; i < 2; i++) {
      var group = (Map<?, ?>) groups.get(i);
      assertThat(group.keySet()).isEqualTo(((Map<?, ?>) expected.get(i)).keySet());
      assertThat(group.get("params")).isEqualTo(List.of((long) i));
      assertThat(((Map<?, ?>) ((Map<?, ?>) again.get("state")).get((long) i)).keySet())
          .isEqualTo(((Map<?, ?>) ((Map<?, ?>) state.get("state")).get((long) i)).keySet());
    }
  }

  private static void near(Tensor actual, Object expected) {
    try (var _ = GradMode.noGrad()) {
      assertThat(actual.flatten().toDoubleArray())
          .containsExactly(((Tensor) expected).flatten().toDoubleArray(), within(1e-7));
    }
  }
}
