package gradus.tensor.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gradus.tensor.DType;
import gradus.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyTest {
  private static final Path NAME = Path.of("x.npz");
  private static final float[] F4 = {
    1.764052391052246f, 0.40015721321105957f, 0.978738009929657f, 2.2408931255340576f,
    1.8675580024719238f, -0.9772778749465942f, 0.9500884413719177f, -0.15135720372200012f,
    -0.10321885347366333f, 0.4105985164642334f, 0.14404356479644775f, 1.4542734622955322f
  };

  @TempDir Path folder;

  private static Tensor npy(byte[] bytes) {
    try (var file = FileBytes.of(Path.of("x.npy"), bytes)) {
      return Npy.read(file, LoadProgress.silent());
    }
  }

  private static Map<String, Tensor> npz(byte[] bytes) {
    try (var file = FileBytes.of(NAME, bytes)) {
      return Npz.read(file, LoadProgress.silent());
    }
  }

  /** The files named here were written by NumPy, with the zip headers of Python 3.11.4. */
  @Test
  void readsWhatNumPyWrote() {
    Tensor fortran = npy(SharedFiles.resource("fortran_be.npy"));
    assertThat(fortran.shape()).hasToString("[2, 3]");
    assertThat(fortran.toIntArray()).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(npy(SharedFiles.resource("u8.npy")).toLongArray())
        .containsExactly(1, Long.MAX_VALUE);
    Map<String, Tensor> read = npz(SharedFiles.resource("numpy.npz"));
    assertThat(read.keySet()).containsExactly("weight", "f", "b", "i", "é");
    assertThat(read.get("weight").toFloatArray()).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(read.get("f").toDoubleArray()).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(read.get("b").toBooleanArray()).containsExactly(true, false);
    assertThat(read.get("i").shape()).hasToString("[]");
    assertThat(read.get("é").dtype()).isEqualTo(DType.INT32);
    assertThat(npz(SharedFiles.resource("compressed.npz")).get("i").get(99)).isEqualTo(99);
  }

  @ParameterizedTest
  @ValueSource(strings = {"fortran_be.npy", "u8.npy"})
  void arraysComeBackAsTheSameBytes(String name) throws IOException {
    assertSameAgain(Files.write(folder.resolve(name), SharedFiles.resource(name)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "3d",
        "bool",
        "empty",
        "f2",
        "f4_c",
        "f4_fortran",
        "f8_be",
        "i8",
        "scalar",
        "u1",
        "v3"
      })
  void sharedArraysComeBackAsTheSameBytes(String name) {
    assertSameAgain(SharedFiles.format("npy/" + name + ".npy"));
  }

  private void assertSameAgain(Path path) {
    Path again = folder.resolve("again.npy");
    Npy.save(Npy.load(path), again, Npy.header(path));
    assertThat(again).hasSameBinaryContentAs(path);
  }

  @ParameterizedTest
  @CsvSource({"f4_c, FLOAT32", "f4_fortran, FLOAT32", "f8_be, FLOAT64", "v3, FLOAT32"})
  void sharedArraysHoldTheirValues(String name, DType dtype) {
    Tensor x = Npy.load(SharedFiles.format("npy/" + name + ".npy"));
    assertThat(x.dtype()).isEqualTo(dtype);
    assertThat(x.shape()).hasToString("[3, 4]");
    assertThat(x.toFloatArray()).containsExactly(F4);
  }

  @Test
  void theOtherSharedArraysHoldTheirValues() {
    Tensor cube = Npy.load(SharedFiles.format("npy/3d.npy"));
    assertThat(cube.shape()).hasToString("[2, 3, 4]");
    assertThat(cube.get(0, 0, 0)).isEqualTo(0.7610377251469934);
    assertThat(cube.get(1, 2, 3)).isEqualTo(0.15634896910398005);
    assertThat(Npy.load(SharedFiles.format("npy/f2.npy")).get(0, 1)).isEqualTo(0.400146484375);
    assertThat(Npy.load(SharedFiles.format("npy/i8.npy")).toLongArray())
        .containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(Npy.load(SharedFiles.format("npy/u1.npy")).toIntArray())
        .containsExactly(0, 1, 2, 3, 4);
    assertThat(Npy.load(SharedFiles.format("npy/bool.npy")).toBooleanArray())
        .containsExactly(true, false, true);
    assertThat(Npy.load(SharedFiles.format("npy/scalar.npy")).item()).isEqualTo(3.5);
    assertThat(Npy.load(SharedFiles.format("npy/empty.npy")).shape()).hasToString("[0, 4]");
  }

  @Test
  void archivesComeBackAsTheSameBytes() throws IOException {
    for (String name : List.of("numpy.npz", "compressed.npz")) {
      assertSameArchive(Files.write(folder.resolve(name), SharedFiles.resource(name)), name);
    }
  }

  @Test
  void sharedArchivesHoldTheirValuesAndComeBackAsTheSameBytes() {
    for (String name : List.of("stored", "deflated")) {
      Path path = SharedFiles.format("npy/" + name + ".npz");
      Map<String, Tensor> read = Npz.load(path);
      assertThat(read.get("a").toFloatArray()).containsExactly(F4);
      assertThat(read.get("b").toLongArray()).containsExactly(0, 1, 2, 3);
      assertSameArchive(path, name.equals("deflated") ? "compressed" : "");
    }
  }

  private void assertSameArchive(Path path, String name) {
    Path again = folder.resolve("again.npz");
    if (name.startsWith("compressed")) {
      Npz.saveCompressed(Npz.load(path), again);
    } else {
      Npz.save(Npz.load(path), again);
    }
    assertThat(again).hasSameBinaryContentAs(path);
  }

  @Test
  void formatsAreRecognisedByContent() throws IOException {
    Path npz = Files.write(folder.resolve("a"), SharedFiles.resource("numpy.npz"));
    assertThat(TensorFiles.load(npz)).hasSize(5);
    Path npy = Files.write(folder.resolve("b"), SharedFiles.resource("u8.npy"));
    assertThat(TensorFiles.load(npy)).containsOnlyKeys("arr_0");
  }

  @Test
  void badArraysAreRefused() {
    Path shared = SharedFiles.format("bad/bad_magic.npy");
    assertThatThrownBy(() -> Npy.load(shared))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("begins with \\x93NUMPY");
  }

  @Test
  void lyingArraysAreRefused() {
    refused("'descr': '<f4', 'fortran_order': False, 'shape': (3,)", 8, "takes 12 bytes, but 8");
    refused(
        "'descr': '<f4', 'fortran_order': False, 'shape': (99999999, 99999999)", 8, "claims the");
    refused("'descr': '<f4', 'fortran_order': False, 'shape': (-2,)", 8, "no size of an array");
    refused("'descr': '|O', 'fortran_order': False, 'shape': (2,)", 8, "pickled objects");
    refused("'descr': '<c8', 'fortran_order': False, 'shape': (1,)", 8, "'<c8', which is no type");
    refused("'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2,)", 8, "with fields");
    refused("'descr': '<f4', 'shape': (2,)", 8, "must hold descr, fortran_order and shape");
    refused("'descr': '<f4', 'descr': '<f4'", 8, "has 'descr' twice");
    refused("'x': 1", 8, "unknown key 'x'");
    byte[] long_ = file("'descr': '<f4', 'fortran_order': False, 'shape': (2,)", 8);
    long_[9] = 0x7f;
    assertThatThrownBy(() -> npy(long_)).hasMessageContaining("the header claims 325");
  }

  private static void refused(String header, int data, String why) {
    assertThatThrownBy(() -> npy(file(header, data)))
        .isInstanceOf(FormatException.class)
        .hasMessageStartingWith("x.npy, byte 0: ")
        .hasMessageContaining(why);
  }

  private static byte[] file(String header, int data) {
    String text = "{" + header + ", }\n";
    String whole = NpyHeader.MAGIC + "\1\0" + (char) text.length() + "\0" + text;
    return java.util.Arrays.copyOf(
        whole.getBytes(StandardCharsets.ISO_8859_1), whole.length() + data);
  }

  @Test
  void hostileArchivesAreRefused() throws IOException {
    byte[] good = SharedFiles.resource("numpy.npz");
    byte[] damaged = good.clone();
    damaged[200] ^= 1;
    refused(damaged, "entry \"weight.npy\": its checksum is wrong");
    refused(java.util.Arrays.copyOf(good, good.length - 1), "no directory at its end");
    refused(zip("a.txt", new byte[3]), "holds .npy files only");
    byte[] lying = zip("a.npy", file("'descr': '<f4', 'fortran_order': False, 'shape': (9,)", 8));
    refused(lying, "takes 36 bytes, but the entry has 8");
    refused(zip("a.npy", new byte[130 << 20]), "as a zip bomb does");
    refused(manyBombs(), "the 8 entries grow from");
  }

  private static void refused(byte[] bytes, String why) {
    assertThatThrownBy(() -> npz(bytes))
        .isInstanceOf(FormatException.class)
        .hasMessageStartingWith("x.npz, ")
        .hasMessageContaining(why);
  }

  private static byte[] zip(String name, byte[] content) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(content);
      zip.closeEntry();
    }
    return out.toByteArray();
  }

  /** Each is below what a single entry may grow to. */
  private static byte[] manyBombs() throws IOException {
    var out = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(out)) {
      for (int i = 0; i < 8; i++) {
        zip.putNextEntry(new ZipEntry(i + ".npy"));
        zip.write(new byte[20 << 20]);
        zip.closeEntry();
      }
    }
    return out.toByteArray();
  }

  @Test
  void manyLargeArraysRoundTrip() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (int i = 0; i < 20; i++) {
      tensors.put("t" + i, Tensor.randn(100, 70 + i));
    }
    Path path = folder.resolve("many.npz");
    Npz.saveCompressed(tensors, path);
    Map<String, Tensor> again = Npz.load(path);
    tensors.forEach((name, tensor) -> assertThat(again.get(name).equal(tensor)).isTrue());
  }

  @Test
  void tenThousandDamagedArraysAreRefusedOrRead() {
    Mutations.check(
        21,
        List.of(SharedFiles.resource("fortran_be.npy"), SharedFiles.resource("u8.npy")),
        NpyTest::npy);
  }

  @Test
  void tenThousandDamagedArchivesAreRefusedOrRead() {
    Mutations.check(
        22,
        List.of(SharedFiles.resource("numpy.npz"), SharedFiles.resource("compressed.npz")),
        NpyTest::npz);
  }
}
