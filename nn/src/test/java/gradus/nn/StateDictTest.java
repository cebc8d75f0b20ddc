package gradus.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gradus.tensor.Tensor;
import gradus.tensor.io.FormatException;
import gradus.tensor.io.Npz;
import gradus.tensor.io.Safetensors;
import gradus.tensor.io.TensorFiles;
import gradus.tensor.io.TorchFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateDictTest {
  private static Sequential model() {
    return new Sequential(new Linear(2, 3), new ReLU(), new Linear(3, 1));
  }

  @Test
  void aRoundTripGivesTheSameOutputs() {
    var first = model();
    var second = model();
    Tensor x = Tensor.randn(4, 2);
    assertThat(second.forward(x).allclose(first.forward(x))).isFalse();
    second.loadStateDict(first.stateDict());
    assertThat(second.forward(x).equal(first.forward(x))).isTrue();
  }

  @Test
  void theStateIsOrderedDetachedAndSharesMemory() {
    var linear = new Linear(2, 1);
    StateDict state = linear.stateDict();
    assertThat(state.keySet()).containsExactly("weight", "bias");
    assertThat(state.get("weight").requiresGrad()).isFalse();
    Init.ones_(linear.weight);
    assertThat(state.get("weight").toFloatArray()).containsExactly(1, 1);
    assertThatThrownBy(() -> state.put("more", Tensor.ones(1)))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void aCopyOfTheStateStaysAsItWas() {
    var linear = new Linear(2, 1);
    StateDict state = linear.stateDict().copy();
    Init.ones_(linear.weight);
    assertThat(state.get("weight").toFloatArray()).isNotEqualTo(new float[] {1, 1});
  }

  @Test
  void missingUnexpectedAndMismatchedKeysAreAllNamedAndNothingIsLoaded() {
    var linear = new Linear(2, 1);
    Init.ones_(linear.weight);
    var wrong = new LinkedHashMap<String, Tensor>();
    wrong.put("weight", Tensor.zeros(1, 3));
    wrong.put("scale", Tensor.zeros(1));
    assertThatThrownBy(() -> linear.loadStateDict(wrong))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            Error(s) in loading state_dict for Linear:
            \tMissing key(s) in state_dict: "bias".
            \tUnexpected key(s) in state_dict: "scale".
            \tsize mismatch for weight: copying a param with shape [1, 3] from checkpoint, \
            the shape in current model is [1, 2].""");
    assertThat(linear.weight.toFloatArray()).containsExactly(1, 1);
  }

  @Test
  void aSizeMismatchLeavesEverythingAsItWasEvenWhenNotStrict() {
    var linear = new Linear(2, 1);
    Init.ones_(linear.weight);
    var wrong = Map.of("weight", Tensor.zeros(1, 2), "bias", Tensor.zeros(7));
    assertThatThrownBy(() -> linear.loadStateDict(wrong, false))
        .hasMessageContaining("size mismatch for bias");
    assertThat(linear.weight.toFloatArray()).containsExactly(1, 1);
  }

  @Test
  void withoutStrictWhatFitsIsLoaded() {
    var linear = new Linear(2, 1);
    var keys =
        linear.loadStateDict(Map.of("weight", Tensor.ones(1, 2), "other", Tensor.ones(1)), false);
    assertThat(keys).isEqualTo(new IncompatibleKeys(List.of("bias"), List.of("other")));
    assertThat(linear.weight.toFloatArray()).containsExactly(1, 1);
  }

  @Test
  void aWeightedLossKeepsItsWeightAsABuffer() {
    assertThat(new CrossEntropyLoss(Tensor.ones(3)).stateDict().keySet()).containsExactly("weight");
    assertThat(new CrossEntropyLoss().stateDict()).isEmpty();
  }

  @Test
  void aSavedStateComesBackBitForBitFromEveryKindOfFile(@TempDir Path folder) {
    var first = model();
    Path safetensors = folder.resolve("a");
    Path npz = folder.resolve("b");
    Path pt = folder.resolve("c");
    Safetensors.save(first.stateDict(), safetensors);
    Npz.save(first.stateDict(), npz);
    TorchFile.save(Map.of("model_state_dict", first.stateDict(), "epoch", 3), pt);
    for (Path file : List.of(safetensors, npz, pt)) {
      var second = model();
      second.loadStateDict(StateDict.load(file));
      first
          .stateDict()
          .forEach(
              (name, tensor) -> assertThat(second.stateDict().get(name).equal(tensor)).isTrue());
    }
  }

  @Test
  void theNameSaysWhichKindOfFileIsWritten(@TempDir Path folder) {
    var state = model().stateDict();
    for (String name : List.of("a.pt", "a.PTH", "a.npz", "a.safetensors")) {
      Path file = folder.resolve(name);
      state.save(file);
      String kind = TensorFiles.format(file).name();
      String expected =
          name.endsWith("npz")
              ? "NumPy .npz"
              : name.toLowerCase(Locale.ROOT).contains(".pt") ? "PyTorch .pt/.pth" : "safetensors";
      assertThat(kind).as(name).isEqualTo(expected);
      assertThat(StateDict.load(file).keySet()).isEqualTo(state.keySet());
    }
    for (String name : List.of("a.bin", "a", "a.npy", "a.onnx", "pt")) {
      assertThatThrownBy(() -> state.save(folder.resolve(name)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("Name the file .safetensors, .pt, .pth or .npz.");
      assertThat(folder.resolve(name)).doesNotExist();
    }
    assertThatThrownBy(() -> state.save(folder.resolve("a.onnx")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "save: a state is not written as a.onnx. Name the file .safetensors, .pt, .pth or .npz.");
  }

  @Test
  void aFileOfNoKnownKindIsRefused(@TempDir Path folder) throws IOException {
    Path text = Files.writeString(folder.resolve("x.safetensors"), "hello");
    assertThatThrownBy(() -> StateDict.load(text))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("Known are safetensors, ")
        .hasMessageContaining("NumPy .npz, PyTorch .pt/.pth");
  }
}
