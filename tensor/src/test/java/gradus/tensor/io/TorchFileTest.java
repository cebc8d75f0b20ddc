package gradus.tensor.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gradus.tensor.DType;
import gradus.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files {@code *.pt} beside this class were written by {@code torch.save} of PyTorch 1.13. */
class TorchFileTest {
  private static final Path NAME = Path.of("x.pt");

  @TempDir Path folder;

  private static Object read(byte[] bytes) {
    try (var file = FileBytes.of(NAME, bytes)) {
      return TorchFile.read(file, LoadProgress.silent());
    }
  }

  private Path copy(String name) throws IOException {
    return Files.write(folder.resolve(name), SharedFiles.resource(name));
  }

  @Test
  void readsAStateDict() throws IOException {
    Map<String, Tensor> state = TensorFiles.load(copy("state.pt"));
    assertThat(state.keySet()).containsExactly("0.weight", "0.bias");
    assertThat(state.get("0.weight").shape()).hasToString("[3, 2]");
    assertThat(state.get("0.weight").toFloatArray()).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(state.get("0.bias").toFloatArray()).containsExactly(0.5f, -0.5f, 0.25f);
    assertThat(state.get("0.bias").requiresGrad()).isFalse();
  }

  @Test
  void readsACheckpointAsATree() throws IOException {
    Path path = copy("checkpoint.pt");
    var tree = (Map<?, ?>) TorchFile.load(path);
    assertThat(tree.get("epoch")).isEqualTo(3L);
    assertThat(tree.get("loss")).isEqualTo(0.125);
    assertThat(tree.get("name")).isEqualTo("run é");
    assertThat(tree.get("flags")).isEqualTo(Arrays.asList(true, false, null));
    assertThat(tree.get("pair")).isEqualTo(List.of(1L, -(1L << 40), BigInteger.ONE.shiftLeft(70)));
    assertThat(((Tensor) tree.get("p")).toFloatArray()).containsExactly(7);
    var optimizer = (Map<?, ?>) tree.get("optimizer");
    var first = (Map<?, ?>) ((Map<?, ?>) optimizer.get("state")).get(0L);
    assertThat(((Tensor) first.get("step")).item()).isEqualTo(1);
    Map<String, Tensor> state = TorchFile.loadStateDict(path, LoadProgress.silent());
    assertThat(state.keySet()).containsExactly("0.weight", "0.bias");
  }

  @Test
  void valuesOfADictAreAskedForByWhatTheyAre() throws IOException {
    Path path = copy("checkpoint.pt");
    TorchMap tree = TorchFile.loadMap(path, LoadProgress.silent());
    assertThat(tree.getLong("epoch")).isEqualTo(3);
    assertThat(tree.getDouble("epoch")).isEqualTo(3);
    assertThat(tree.getDouble("loss")).isEqualTo(0.125);
    assertThat(tree.getTensor("p").toFloatArray()).containsExactly(7);
    assertThat(tree.get("name")).isEqualTo("run é");
    assertThat(tree)
        .containsOnlyKeys(((Map<?, ?>) TorchFile.load(path)).keySet().toArray(String[]::new));
    TorchMap optimizer = tree.getMap("optimizer");
    assertThat(optimizer).containsKeys("state", "param_groups").doesNotContainKey("epoch");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> optimizer.getMap("state"))
        .withMessage(
            "checkpoint, \"state\": a key of the dict is 0, not a name."
                + " Take it as a Map<?, ?>, by get(name).");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> optimizer.getMap("model"))
        .withMessage(
            "checkpoint: there is no \"model\". It has [state, param_groups]."
                + " Choose one of them.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tree.getLong("loss"))
        .withMessage(
            "checkpoint: \"loss\" is 0.125 (Double), not a whole number."
                + " Ask for what it is, or get(\"loss\").");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tree.getMap("p"))
        .withMessageContaining("\"p\" is a tensor [1], not a dict.");
    TorchFile.save(List.of(1), path);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TorchFile.loadMap(path, LoadProgress.silent()))
        .withMessageMatching(
            "(?s)TorchFile, .*: it holds \\[1] \\(\\w+\\), not a dict. Take it by TorchFile.load\\(path\\)\\.");
  }

  @Test
  void readsEveryTypeAndLayout() throws IOException {
    Map<String, Tensor> read = TensorFiles.load(copy("types.pt"));
    assertThat(read.get("t").shape()).hasToString("[4, 3]");
    assertThat(read.get("t").toFloatArray()).containsExactly(0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11);
    assertThat(read.get("slice").toFloatArray()).containsExactly(4, 5, 6, 7);
    read.get("shared").add_(1);
    assertThat(read.get("slice").toFloatArray()).containsExactly(5, 6, 7, 8);
    assertThat(read.get("f16").toFloatArray()).containsExactly(1.5f);
    assertThat(read.get("bf16").toFloatArray()).containsExactly(1.5f);
    assertThat(read.get("f64").toDoubleArray()).containsExactly(0.1);
    assertThat(read.get("i8").toIntArray()).containsExactly(-1);
    assertThat(read.get("u8").toIntArray()).containsExactly(255);
    assertThat(read.get("i16").toIntArray()).containsExactly(-2);
    assertThat(read.get("i32").dtype()).isEqualTo(DType.INT32);
    assertThat(read.get("i64").toLongArray()).containsExactly(1L << 40);
    assertThat(read.get("bool").toBooleanArray()).containsExactly(true, false);
    assertThat(read.get("empty").shape()).hasToString("[0, 3]");
    assertThat(read.get("scalar").shape()).hasToString("[]");
    assertThat(read.get("scalar").item()).isEqualTo(2.5);
  }

  @Test
  void writesWhatItReads() {
    Tensor weight = Tensor.randn(3, 5);
    var tree = new LinkedHashMap<String, Object>();
    tree.put("weight", weight);
    tree.put("transposed", weight.transpose(0, 1));
    tree.put("list", Arrays.asList(1L, -5_000_000_000L, 0.5, "é", null, true, weight));
    tree.put("big", BigInteger.TWO.pow(100).negate());
    tree.put("dict", Map.of(7L, Tensor.of(true), "scalar", Tensor.scalar(3)));
    Path path = folder.resolve("written.pt");
    TorchFile.save(tree, path);
    var again = (Map<?, ?>) TorchFile.load(path);
    assertThat(((Tensor) again.get("weight")).equal(weight)).isTrue();
    assertThat(((Tensor) again.get("transposed")).equal(weight.transpose(0, 1))).isTrue();
    var list = (List<?>) again.get("list");
    assertThat(new ArrayList<Object>(list.subList(0, 6)))
        .isEqualTo(Arrays.asList(1L, -5_000_000_000L, 0.5, "é", null, true));
    assertThat(again.get("big")).isEqualTo(BigInteger.TWO.pow(100).negate());
    var dict = (Map<?, ?>) again.get("dict");
    assertThat(((Tensor) dict.get(7L)).toBooleanArray()).containsExactly(true);
    assertThat(((Tensor) dict.get("scalar")).itemLong()).isEqualTo(3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TorchFile.save(Map.of("x", Path.of("y")), path))
        .withMessageContaining("but this is a sun.nio.fs");
    List<Object> self = new ArrayList<>();
    self.add(self);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TorchFile.save(self, path))
        .withMessageContaining("or in themselves");
  }

  @Test
  void severalStateDictsAreNamed() {
    Path path = folder.resolve("two.pt");
    var ema = Map.of("w", Tensor.of(1.0));
    TorchFile.save(Map.of("ema", ema, "live", ema), path);
    assertThatThrownBy(() -> TensorFiles.load(path))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("several state dicts")
        .hasMessageContaining("TorchFile.load");
    TorchFile.save(Map.of("ema", ema, "model", Map.of("m", Tensor.of(2.0))), path);
    assertThat(TensorFiles.load(path)).containsOnlyKeys("m");
    TorchFile.save(List.of(Map.of("a", Tensor.of(1.0)), 3, Tensor.of(2.0)), path);
    assertThat(TensorFiles.load(path)).containsOnlyKeys("0.a", "2");
  }

  // ---------------------------------------------------------------- hostile programs

  private static Object run(String program) {
    return run(program.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static Object run(byte[] program) {
    try (var file = FileBytes.of(NAME, SharedFiles.resource("state.pt"))) {
      var storages = new TorchStorages(file, new ZipBytes(file), "state/", LoadProgress.silent());
      Object root = new Unpickler(NAME, program, storages).load();
      TorchTree.check(NAME, root, program.length);
      return root;
    }
  }

  private static void refused(String program, String why) {
    assertThatThrownBy(() -> run(program))
        .isInstanceOf(FormatException.class)
        .hasMessageStartingWith("x.pt, ")
        .hasMessageContaining(why);
  }

  @Test
  void anythingButDataIsRefusedByName() {
    refused("\u0080\2cbuiltins\neval\n(X\1\0\0\0" + "1tR.", "builtins.eval is not allowed");
    refused("\u0080\2cos\nsystem\n.", "os.system is not allowed");
    refused("\u0080\4\u008c\5posix\u008c\6system\u0093.", "posix.system is not allowed");
    refused("\u0080\2ctorch.nn.modules.linear\nLinear\n)\u0081.", "Linear is not allowed");
    refused("\u0080\2(i__main__\nX\n.", "the instruction INST (0x69) is not allowed");
    refused("\u0080\2)\u0081.", "the instruction NEWOBJ (0x81) is not allowed");
    refused("\u0080\2]}b.", "sets attributes of something that is no dict");
    refused("\u0080\2K\1)R.", "something nameless is called");
    refused("\u0080\2}(]K\1u.", "a key that is neither a string nor a number");
    refused("\u0080\2ccollections\nOrderedDict\n.", "stands where a tensor, number or string");
    refused("\u0080\1.", "protocol 1 is not known");
  }

  @Test
  void damagedProgramsAreRefused() {
    refused("\u0080\2", "cut short");
    refused("\u0080\2X\u00ff\u00ff\u00ff\u00ff.", "cut short");
    refused("\u0080\2.", "takes more than there is");
    refused("\u0080\2(.", "takes more than there is");
    refused("\u0080\2t.", "takes more than there is");
    refused("\u0080\2h\7.", "never there");
    refused("\u0080\2]q\0h\0a.", "contains itself");
    refused("\u0080\2" + "]".repeat(400) + "a".repeat(399) + ".", "nested too deeply");
    refused("\u0080\2" + "0".repeat(3), "takes more than there is");
    refused("\u0080\2" + "]".repeat(1_000_001) + ".", "makes more than 1,000,000 objects");
    // Ten lists of ten lists of ten lists ...: 10^60 of them in a few hundred bytes.
    var laughs = new StringBuilder("\u0080\2]q\0");
    for (int level = 0; level < 60; level++) {
      laughs.append("](").append("h\0".replace('\0', (char) level).repeat(10)).append("e");
      laughs.append('q').append((char) (level + 1));
    }
    refused(laughs + ".", "again and again");
  }

  /** A list of a hundred numbers costs 200 bytes once, and each torch.Size of it a copy for six. */
  @Test
  void copiesOfLongListsAreRefused() {
    String list = "\u0080\2(" + "K\1".repeat(100) + "tq\0";
    refused(list + "ctorch\nSize\nh\0\u0085R.", "torch.Size of 100 sizes; at most 64");
    assertThat(run("\u0080\2ctorch\nSize\nK\2K\3\u0086\u0085R.")).isEqualTo(List.of(2L, 3L));
  }

  @Test
  void aStateDictOfEndlessNamesIsRefused() {
    Tensor one = Tensor.of(1.0);
    Object deep = Map.of("k".repeat(6000), List.of(Map.of("l".repeat(6000), one)), "n", 1L);
    assertThatThrownBy(() -> TorchTree.stateDict(NAME, deep))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("a dotted name is longer than 10,000 characters");
    Object wide = Map.of("k".repeat(9000), java.util.Collections.nCopies(10_000, one), "n", 1L);
    assertThatThrownBy(() -> TorchTree.stateDict(NAME, wide))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("more than 67,108,864 characters of names");
  }

  @Test
  void lyingTensorsAreRefused() {
    refused(tensor("FloatStorage", "0", 6, 0, 3, 3, 3, 1), "ends beyond the 6 elements");
    refused(tensor("FloatStorage", "0", 6, 5, 1, 2, 1, 1), "ends beyond the 6 elements");
    refused(tensor("FloatStorage", "0", 7, 0, 3, 2, 2, 1), "24 bytes, where the checkpoint says 7");
    refused(tensor("FloatStorage", "9", 6, 0, 3, 2, 2, 1), "but it is not there");
    refused(tensor("FloatStorage", "../0", 6, 0, 3, 2, 2, 1), "no name of a storage");
    refused(
        tensor("ComplexFloatStorage", "0", 3, 0, 3, 1, 1, 1), "ComplexFloatStorage is not allo");
    Tensor good = (Tensor) run(tensor("FloatStorage", "0", 6, 1, 2, 2, 2, 1));
    assertThat(good.toFloatArray()).containsExactly(2, 3, 4, 5);
    Tensor again = (Tensor) run(tensor("FloatStorage", "0", 6, 0, 1 << 20, 1 << 10, 0, 0));
    assertThat(again.shape()).hasToString("[1048576, 1024]");
  }

  private static String tensor(String type, String key, int numel, int offset, int... sizes) {
    var out = new StringBuilder("\u0080\2ctorch._utils\n_rebuild_tensor_v2\n((U\7storage");
    out.append("ctorch\n").append(type).append("\nU").append((char) key.length()).append(key);
    out.append("U\3cpu").append(number(numel)).append("tQ").append(number(offset));
    out.append(number(sizes[0])).append(number(sizes[1])).append("\u0086");
    out.append(number(sizes[2])).append(number(sizes[3])).append("\u0086");
    return out.append("\u0089ccollections\nOrderedDict\n)RtR.").toString();
  }

  private static String number(int value) {
    var out = new StringBuilder("J");
    for (int i = 0; i < 4; i++) {
      out.append((char) (value >> 8 * i & 0xff));
    }
    return out.toString();
  }

  @Test
  void oldAndForeignFilesGetTheirOwnAnswer() throws IOException {
    Path legacy =
        Files.write(folder.resolve("old.pt"), new byte[] {(byte) 0x80, 2, (byte) 0x8a, 10});
    assertThatThrownBy(() -> TensorFiles.load(legacy))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("before version 1.6")
        .hasMessageContaining("torch.save(torch.load(file), file)");
    byte[] npz = SharedFiles.resource("numpy.npz");
    assertThatThrownBy(() -> read(npz))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("no data.pkl");
  }

  // ---------------------------------------------------------------- fuzzing

  @Test
  void tenThousandDamagedCheckpointsAreRefusedOrRead() {
    Mutations.check(
        31,
        List.of(SharedFiles.resource("state.pt"), SharedFiles.resource("types.pt")),
        TorchFileTest::read);
  }

  /** Without the checksum that guards the program in the archive. */
  @Test
  void tenThousandDamagedProgramsAreRefusedOrRun() throws IOException {
    var samples = new ArrayList<byte[]>();
    for (String name : List.of("state.pt", "checkpoint.pt")) {
      try (var file = FileBytes.of(NAME, SharedFiles.resource(name))) {
        var zip = new ZipBytes(file);
        var out = new ByteArrayOutputStream();
        zip.stream(zip.entries().get(name.replace(".pt", "/data.pkl"))).transferTo(out);
        samples.add(out.toByteArray());
      }
    }
    Mutations.check(32, samples, TorchFileTest::run);
  }
}
