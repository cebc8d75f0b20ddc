package gradus.tensor.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gradus.tensor.DType;
import gradus.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsTest {
  private static final Path NAME = Path.of("x.safetensors");

  @TempDir Path folder;

  /** The two resources were written by the reference, safetensors for Python. */
  @Test
  void readsWhatTheReferenceWrote() {
    Map<String, Tensor> read =
        Safetensors.load(NAME, SharedFiles.resource("reference.safetensors"));
    assertThat(read.get("a.f32").toFloatArray())
        .containsExactly(1.5f, -2.25f, Float.POSITIVE_INFINITY, 3e-45f);
    assertThat(read.get("a.f32").shape()).hasToString("[2, 2]");
    assertThat(read.get("b.i64").toLongArray()).containsExactly(1, -2, 1L << 62);
    assertThat(read.get("h").toFloatArray()).containsExactly(1, -65504, 5.9604645e-8f);
    assertThat(read.get("bf").toFloatArray()).containsExactly(1, Float.NEGATIVE_INFINITY);
    assertThat(read.get("u8").toIntArray()).containsExactly(0, 255);
    assertThat(read.get("i8").toIntArray()).containsExactly(-128, 127);
    assertThat(read.get("i16").toIntArray()).containsExactly(-32768, 32767);
    assertThat(read.get("i32").toIntArray()).containsExactly(Integer.MIN_VALUE);
    assertThat(read.get("f64").toDoubleArray()).containsExactly(0.1);
    assertThat(read.get("bool").toBooleanArray()).containsExactly(true, false);
    assertThat(read.get("empty").shape()).hasToString("[0, 4]");
    assertThat(read.get("scalar \"q\" é").shape()).hasToString("[]");
    assertThat(read.get("scalar \"q\" é").item()).isEqualTo(2.5);
    assertThat(read.get("u8").dtype()).isEqualTo(DType.INT32);
  }

  @Test
  void writesTheBytesOfTheReference() throws IOException {
    for (String name : List.of("reference.safetensors", "unsigned.safetensors")) {
      Path copy = Files.write(folder.resolve(name), SharedFiles.resource(name));
      try (var file = Safetensors.open(copy)) {
        Path again = folder.resolve("again-" + name);
        Safetensors.save(Safetensors.load(copy), again, file.metadata(), file.dtypes());
        assertThat(again).hasSameBinaryContentAs(copy);
      }
    }
  }

  @Test
  void readsUnsignedNumbers() {
    Map<String, Tensor> read = Safetensors.load(NAME, SharedFiles.resource("unsigned.safetensors"));
    assertThat(read.get("u16").toIntArray()).containsExactly(65535);
    assertThat(read.get("u32").toLongArray()).containsExactly(4294967295L);
    assertThat(read.get("u64").toLongArray()).containsExactly(Long.MAX_VALUE);
    byte[] beyond = file("{\"a\":{\"dtype\":\"U64\",\"shape\":[1],\"data_offsets\":[0,8]}}", 8);
    beyond[beyond.length - 1] = (byte) 0x80;
    assertThatThrownBy(() -> Safetensors.load(NAME, beyond))
        .isInstanceOf(FormatException.class)
        .hasMessage(
            "x.safetensors, tensor \"a\": element 0 is 9223372036854775808, beyond the largest INT64. U64 is loaded as INT64.");
  }

  @Test
  void theSharedFileGivesItsValuesAndComesBack() throws IOException {
    Path path = SharedFiles.format("safetensors/mixed.safetensors");
    Tensor f4 = Safetensors.load(path).get("f32");
    assertThat(f4.shape()).hasToString("[3, 4]");
    assertThat(f4.get(0, 0)).isEqualTo(1.764052391052246);
    try (var file = Safetensors.open(path)) {
      assertThat(file.names()).containsExactly("f32", "f16", "bf16", "i64", "bool", "scalar0");
      assertThat(file.metadata()).isEqualTo(Map.of("format", "pt", "note", "fixture"));
      assertThat(file.tensor("f16").get(0, 0)).isEqualTo(1.763671875);
      assertThat(file.tensor("bf16").get(0, 0)).isEqualTo(1.7578125);
      assertThat(file.tensor("i64").dtype()).isEqualTo(DType.INT64);
      assertThat(file.tensor("bool").dtype()).isEqualTo(DType.BOOL);
      assertThat(file.shape("scalar0")).hasToString("[0, 5]");
      // Its header was not written by the reference: only that layout gives the same bytes.
      Path again = folder.resolve("mixed.safetensors");
      file.rewrite(Safetensors.load(path), again);
      assertThat(again).hasSameBinaryContentAs(path);
    }
  }

  @Test
  void roundTripsEveryStoredType() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    Map<String, StoredDType> types = new LinkedHashMap<>();
    for (StoredDType type : StoredDType.values()) {
      Tensor values =
          type == StoredDType.BOOL
              ? Tensor.of(true, false)
              : type == StoredDType.F8_E8M0
                  ? Tensor.of(0.5f, 8)
                  : Tensor.of(3.0, 0, 1).to(type.dtype());
      tensors.put(type.name(), values);
      types.put(type.name(), type);
    }
    Path path = folder.resolve("all.safetensors");
    Safetensors.save(tensors, path, Map.of(), types);
    Map<String, Tensor> again = Safetensors.load(path);
    tensors.forEach(
        (name, tensor) -> {
          assertThat(again.get(name).dtype()).as(name).isEqualTo(tensor.dtype());
          assertThat(again.get(name).equal(tensor)).as(name).isTrue();
        });
  }

  @Test
  void whatDoesNotFitIsNotWrittenAndLeavesTheOldFile() throws IOException {
    Path path = Files.writeString(folder.resolve("old"), "old");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Safetensors.save(
                    Map.of("a", Tensor.of(1, 256)), path, Map.of(), Map.of("a", StoredDType.U8)))
        .withMessage("save: element 1 is 256, which U8 does not hold. It holds 0 to 255.");
    assertThat(path).hasContent("old");
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void smallFloatsAreRoundedToTheNearest() {
    for (StoredDType type : List.of(StoredDType.F8_E4M3, StoredDType.F8_E5M2)) {
      float[] values = SmallFloats.values(type);
      for (int b = 0; b < 256; b++) {
        if (!Float.isNaN(values[b])) {
          assertThat(SmallFloats.toByte(values[b], type)).isEqualTo((byte) b);
        }
      }
    }
    assertThat(SmallFloats.values(StoredDType.F8_E4M3)[0x7e]).isEqualTo(448);
    assertThat(SmallFloats.values(StoredDType.F8_E4M3)[1]).isEqualTo(0x1p-9f);
    assertThat(SmallFloats.values(StoredDType.F8_E5M2)[0x7b]).isEqualTo(57344);
    assertThat(SmallFloats.toByte(464, StoredDType.F8_E4M3)).isEqualTo((byte) 0x7e);
    assertThat(SmallFloats.toByte(465, StoredDType.F8_E4M3)).isEqualTo((byte) 0x7f);
    assertThat(SmallFloats.toByte(61440, StoredDType.F8_E5M2)).isEqualTo((byte) 0x7c);
    assertThat(SmallFloats.toBfloat16(1.00390625f)).isEqualTo((short) 0x3f80);
    assertThat(SmallFloats.toBfloat16(1.01171875f)).isEqualTo((short) 0x3f82);
  }

  @Test
  void lyingHeadersAreRefused() {
    String a = "\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}";
    refused("{" + a + "," + a + "}", 8, "has \"a\" twice");
    refused(
        "{" + a + ",\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}", 8, "overlap");
    refused(
        "{" + a + ",\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[12,16]}}", 16, "gap");
    refused("{" + a + "}", 9, "the tensors take 8 bytes, but the file has 9");
    refused("{" + a + "}", 7, "Is it cut short?");
    refused("{" + a.replace("[2]", "[3]") + "}", 8, "takes 12 bytes, but its offsets span 8");
    refused("{" + a.replace("[2]", "[4294967296,4294967296]") + "}", 8, "claims the shape");
    refused("{" + a.replace("[2]", "[-2]") + "}", 8, "a whole number, 0 or more");
    refused("{" + a.replace("[2]", "[2.0]") + "}", 8, "a whole number, 0 or more");
    refused("{" + a.replace("8]", "99999999999999999999]") + "}", 8, "beyond 2^63");
    refused("{" + a.replace("F32", "F31") + "}", 8, "its dtype F31 is none of");
    refused("{" + a.replace("\"shape\":[2],", "") + "}", 8, "must give its dtype, its shape");
    refused("{" + a + "} x", 8, "goes on after its end");
    refused("{" + a.replace("\"a\"", "\"\\ud800\"") + "}", 8, "half a surrogate pair");
    refused("[]", 0, "must begin with {");
    refused("{\"x\":" + "[".repeat(1000) + "}", 0, "where { must stand");
    refused("{\"a\":{\"more\":" + "[".repeat(1000) + "}}", 0, "nested deeper than 64 levels");
    byte[] latin1 = file("{" + a.replace("a", "#") + "}", 8);
    latin1[10] = (byte) 0xe9;
    assertThatThrownBy(() -> Safetensors.load(NAME, latin1)).hasMessageContaining("not in UTF-8");
  }

  @Test
  void theSharedBadFileIsRefused() {
    Path path = SharedFiles.format("bad/header_len_beyond_file.safetensors");
    assertThatThrownBy(() -> Safetensors.load(path))
        .isInstanceOf(FormatException.class)
        .hasMessageEndingWith(
            "byte 0: the header claims 10000 bytes, but the file has 68 after it; at most 100000000 are allowed.");
  }

  private static void refused(String header, int data, String why) {
    assertThatThrownBy(() -> Safetensors.load(NAME, file(header, data)))
        .isInstanceOf(FormatException.class)
        .hasMessageStartingWith("x.safetensors, ")
        .hasMessageContaining(why);
  }

  private static byte[] file(String header, int data) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + json.length + data)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(json.length)
        .put(json)
        .array();
  }

  @Test
  void tenThousandDamagedFilesAreRefusedOrRead() {
    Mutations.check(
        11,
        List.of(
            SharedFiles.resource("reference.safetensors"),
            SharedFiles.resource("unsigned.safetensors")),
        bytes -> Safetensors.load(NAME, bytes));
  }

  @Test
  void shardsAreFoundThroughTheirIndex() throws IOException {
    Safetensors.save(Map.of("a", Tensor.of(1.0, 2)), folder.resolve("model-1.safetensors"));
    Safetensors.save(Map.of("b", Tensor.of(3)), folder.resolve("model-2.safetensors"));
    Path index =
        index(
            """
            {"metadata": {"total_size": 16, "x": [1.5e3, null, {"y": true}]},
             "weight_map": {"b": "model-2.safetensors", "a": "model-1.safetensors"}}
            """);
    Map<String, Tensor> tensors = TensorFiles.load(index);
    assertThat(tensors.keySet()).containsExactly("b", "a");
    assertThat(tensors.get("a").toFloatArray()).containsExactly(1, 2);
    for (String[] bad :
        new String[][] {
          {"{\"weight_map\": {\"a\": \"model-3.safetensors\"}}", "is not beside the index"},
          {"{\"weight_map\": {\"c\": \"model-1.safetensors\"}}", "but it is not"},
          {"{\"weight_map\": {\"a\": \"../x/model-1.safetensors\"}}", "no name of a file beside"},
          {"{\"weight_map\": {\"a\": \"/etc/passwd\"}}", "no name of a file beside"},
          {"{\"weights\": {}}", "it is no index of safetensors"},
          {"{\"weight_map\": {\"a\": \"model-1.safetensors\"", "its end"}
        }) {
      Path wrong = index(bad[0]);
      assertThatThrownBy(() -> TensorFiles.load(wrong))
          .isInstanceOf(FormatException.class)
          .hasMessageContaining(bad[1]);
    }
  }

  private Path index(String json) throws IOException {
    return Files.writeString(folder.resolve("model.safetensors.index.json"), json);
  }

  @Test
  void tenThousandDamagedIndexesAreRefusedOrRead() {
    byte[] index =
        """
        {"metadata": {"total_size": 16, "t": "a\\u00e9\\n", "x": [1.5e3, null, true, {}]},
         "weight_map": {"b.weight": "model-2.safetensors", "a": "model-1.safetensors"}}
        """
            .getBytes(StandardCharsets.UTF_8);
    Mutations.check(
        12,
        List.of(index),
        bytes -> {
          try (var file = FileBytes.of(Path.of("index.json"), bytes)) {
            SafetensorsIndex.read(file);
          }
        });
  }

  @Test
  void aFileOfNoKnownKindIsRefusedWithAListOfThoseThatAre() throws IOException {
    Path text = Files.writeString(folder.resolve("notes.txt"), "hello, world");
    assertThatThrownBy(() -> TensorFiles.load(text))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("no file of tensors that is known. Known are safetensors, ");
    Path empty = Files.createFile(folder.resolve("empty.pt"));
    assertThatThrownBy(() -> TensorFiles.load(empty))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("the file is empty");
    assertThatThrownBy(() -> TensorFiles.load(folder.resolve("none")))
        .isInstanceOf(java.io.UncheckedIOException.class)
        .hasMessageEndingWith("none cannot be read: there is no such file.");
    assertThatThrownBy(() -> TensorFiles.load(folder))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("this folder is no SavedModel. Name the file in it.");
    assertThatThrownBy(
            () -> Npy.save(gradus.tensor.Tensor.of(1.0), folder.resolve("none").resolve("a.npy")))
        .isInstanceOf(java.io.UncheckedIOException.class)
        .hasMessageEndingWith("a.npy cannot be written: there is no such folder.");
  }

  /** A file without content on the disk, whose length is real. */
  @Test
  void aTensorLargerThanTheHeapIsRefusedNotFatal() throws IOException {
    long bytes = 8L * (Integer.MAX_VALUE - 8);
    org.junit.jupiter.api.Assumptions.assumeTrue(Runtime.getRuntime().maxMemory() < bytes);
    String header =
        "{\"a\":{\"dtype\":\"F64\",\"shape\":[%d],\"data_offsets\":[0,%d]}}"
            .formatted(bytes / 8, bytes);
    Path path = Files.write(folder.resolve("huge"), file(header, 0));
    try (var channel =
        java.nio.channels.FileChannel.open(path, java.nio.file.StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[1]), 8 + header.length() + bytes - 1);
    }
    assertThatThrownBy(() -> Safetensors.load(path))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("tensor \"a\": 17,179,869,112 bytes do not fit into the heap of ");
  }

  @Test
  void everySharedFileIsLoadedOrRefused() throws IOException {
    Path all = SharedFiles.format("npy").getParent();
    try (var files = Files.walk(all)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        boolean bad = file.getParent().endsWith("bad");
        boolean tensors = file.toString().matches(".*\\.(npy|npz|safetensors)");
        try {
          assertThat(TensorFiles.load(file)).as(file.toString()).isNotEmpty();
          assertThat(tensors && !bad).as(file.toString()).isTrue();
        } catch (FormatException e) {
          assertThat(!tensors || bad).as(file + " " + e).isTrue();
        }
      }
    }
  }
}
