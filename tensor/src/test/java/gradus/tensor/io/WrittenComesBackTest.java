package gradus.tensor.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gradus.tensor.Tensor;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written comes back as it was, or is refused before anything is written. */
class WrittenComesBackTest {
  private static final Map<String, BiConsumer<Map<String, Tensor>, Path>> SAVERS =
      Map.of(
          "npz", Npz::save,
          "deflated.npz", Npz::saveCompressed,
          "pt", TorchFile::save,
          "safetensors", Safetensors::save);

  @TempDir Path folder;

  private Path path(String kind) {
    return folder.resolve("x." + kind);
  }

  private void comesBack(String kind, Map<String, Tensor> tensors) {
    SAVERS.get(kind).accept(tensors, path(kind));
    Map<String, Tensor> again = TensorFiles.load(path(kind));
    assertThat(again.keySet()).isEqualTo(tensors.keySet());
    tensors.forEach(
        (name, tensor) -> {
          assertThat(again.get(name).shape()).isEqualTo(tensor.shape());
          assertThat(again.get(name).equal(tensor)).isTrue();
        });
  }

  private void refused(String kind, Map<String, Tensor> tensors, String why) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SAVERS.get(kind).accept(tensors, path(kind)))
        .withMessageStartingWith("save: ")
        .withMessageContaining(why)
        .satisfies(e -> assertThat(e.getMessage().length()).isLessThan(400));
    assertThat(folder).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"npz", "deflated.npz", "pt", "safetensors"})
  void emptyStatesAndOddNamesComeBack(String kind) {
    comesBack(kind, Map.of());
    var odd = new LinkedHashMap<String, Tensor>();
    int i = 0;
    for (String name :
        List.of(
            "",
            ".",
            "a.b",
            "a",
            "a/b",
            "../x",
            "n".repeat(60_000),
            "x.npy",
            "data.pkl",
            "é \uD83D\uDE00\n\t\"\\'",
            "\uFEFFbom",
            "tensor")) {
      odd.put(name, Tensor.of(i++ + 0.5, 2));
    }
    comesBack(kind, odd);
    comesBack(kind, Map.of("", Tensor.scalar(3)));
    comesBack(kind, Map.of("n".repeat(5000), Tensor.scalar(3)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"npz", "deflated.npz", "pt", "safetensors"})
  void emptyTensorsOfLargeSizesComeBack(String kind) {
    comesBack(
        kind,
        Map.of(
            "first", Tensor.zeros(0, 1 << 20, 1 << 10, 1 << 20),
            "inner", Tensor.zeros(3, 0, 5),
            "last", Tensor.zeros(1 << 10, 1 << 20, 0)));
  }

  /** Written as question marks, both would be one name. */
  @ParameterizedTest
  @ValueSource(strings = {"npz", "deflated.npz", "pt", "safetensors"})
  void halfASurrogatePairIsRefused(String kind) {
    refused(
        kind,
        Map.of("a\uD800", Tensor.of(1.0), "a\uDC00", Tensor.of(2.0)),
        "\"a\uFFFD\" holds half of a surrogate pair");
  }

  @Test
  void textsThatUtf8DoesNotHaveAreRefusedEverywhere() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TorchFile.save(Map.of("note", List.of("\uDFFF")), path("pt")))
        .withMessageContaining("half of a surrogate pair");
    for (Map<String, String> note : List.of(Map.of("a", "\uD800"), Map.of("\uD800", "a"))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Safetensors.save(Map.of(), path("safetensors"), note, Map.of()))
          .withMessageContaining("half of a surrogate pair");
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void namesLongerThanAnArchiveTakesAreRefused() {
    String longest = "é".repeat(65_530 / 2) + "n";
    comesBack("npz", Map.of(longest, Tensor.of(1.0)));
    comesBack("pt", Map.of(longest + "n".repeat(100_000), Tensor.of(1.0)));
    comesBack("safetensors", Map.of(longest + "n".repeat(100_000), Tensor.of(1.0)));
    folder.resolve("x.npz").toFile().delete();
    folder.resolve("x.pt").toFile().delete();
    folder.resolve("x.safetensors").toFile().delete();
    refused("npz", Map.of(longest + "n", Tensor.of(1.0)), "65,536 bytes with .npy");
    refused("npz", Map.of("a\0b", Tensor.of(1.0)), "a zero byte in it");
  }

  @Test
  void aHeaderLongerThanTheFormatHasIsRefused() {
    refused(
        "safetensors",
        Map.of("n".repeat(100_000_000), Tensor.of(1.0)),
        "safetensors has room for 100,000,000");
  }

  @Test
  void aCheckpointThatWouldNotBeReadIsRefused() {
    Path path = path("pt");
    refusedCheckpoint("x".repeat(17 << 20), "at most 16,777,216 bytes and 1,000,000 objects");
    refusedCheckpoint(Collections.nCopies(1_000_001, List.of()), "1,000,000 objects");
    List<Object> doubled = List.of();
    for (int i = 0; i < 100; i++) {
      doubled = List.of(doubled, doubled);
    }
    refusedCheckpoint(doubled, "1,000,000 objects");
    refusedCheckpoint(Map.of(List.of(1), 2), "the keys of a map are strings or numbers");
    refusedCheckpoint(new HashMap<Object, Object>(Map.of(1, "a", 1L, "b")), "the key 1");
    refusedCheckpoint(Map.of(1, "a", true, "b"), "In Python 1, 1.0 and True are one key");
    refusedCheckpoint(Map.of(0.5f, "a", 0.5, "b"), "the key 0.5");
    refusedCheckpoint(BigInteger.TWO.pow(3000), "is too long");
    var keys = new HashMap<Object, Object>();
    keys.put(null, 1L);
    keys.put("None", 2L);
    keys.put("1", 3L);
    keys.put(1L, 4L);
    keys.put(1.5, 5L);
    keys.put(Double.NaN, 6L);
    TorchFile.save(keys, path);
    assertThat(TorchFile.load(path)).isEqualTo(keys);
  }

  private void refusedCheckpoint(Object object, String why) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TorchFile.save(object, path("pt")))
        .withMessageStartingWith("save: ")
        .withMessageContaining(why)
        .satisfies(e -> assertThat(e.getMessage().length()).isLessThan(400));
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void manyTensorsComeBack() {
    var many = new ArrayList<Tensor>(Collections.nCopies(20_000, Tensor.of(1.0)));
    TorchFile.save(many, path("pt"));
    assertThat((List<?>) TorchFile.load(path("pt"))).hasSize(20_000);
  }

  @Test
  void anEmptyStateInACheckpointIsFoundWhereItIsUsual() {
    TorchFile.save(Map.of("model", Map.of(), "optimizer", Map.of("m", Tensor.of(1.0))), path("pt"));
    assertThat(TensorFiles.load(path("pt"))).isEmpty();
    TorchFile.save(Map.of("epoch", 3), path("pt"));
    assertThatThrownBy(() -> TensorFiles.load(path("pt")))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("holds no tensors");
  }

  @Test
  void dottedNamesThatFallTogetherAreRefused() {
    Object tree = List.of(Map.of("a.b", Tensor.of(1.0), "a", Map.of("b", Tensor.of(2.0))));
    TorchFile.save(tree, path("pt"));
    assertThatThrownBy(() -> TensorFiles.load(path("pt")))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("two tensors have the dotted name \"0.a.b\"");
    TorchFile.save(List.of(Map.of("", List.of(Tensor.of(2.0)))), path("pt"));
    assertThat(TensorFiles.load(path("pt"))).containsOnlyKeys("0..0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"npz", "deflated.npz", "pt", "safetensors"})
  void nullIsRefused(String kind) throws IOException {
    var saver = SAVERS.get(kind);
    Map<String, Tensor> holed = new HashMap<>();
    holed.put("a", null);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> saver.accept(Map.of(), null))
        .withMessage("save: the path is null. Give one.");
    if (!kind.equals("pt")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> saver.accept(null, path(kind)))
          .withMessage("save: the map of tensors is null. Give one.");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> saver.accept(holed, path(kind)))
          .withMessage("save: the tensor \"a\" is null. Give one.");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TensorFiles.load(null))
        .withMessage("load: the path is null. Give one.");
    Files.createFile(path("empty"));
    for (var load :
        List.<java.util.function.Consumer<Path>>of(
            Npy::load, Npz::load, TorchFile::load, Safetensors::load)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> load.accept(null))
          .withMessage("load: the path is null. Give one.");
    }
  }
}
