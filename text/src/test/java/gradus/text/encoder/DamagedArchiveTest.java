package gradus.text.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.fail;

import gradus.tensor.io.FormatException;
import gradus.text.tokenizer.Tokenizer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives that are damaged, hostile, or do not end in .jar: one error, which says where. */
class DamagedArchiveTest {

  private static final Map<String, Consumer<Path>> DOORS =
      Map.of(
          "Tokenizer.load", Tokenizer::load,
          "SentenceEncoder.load", SentenceEncoder::load,
          "SentenceEncoder.load of parts", path -> SentenceEncoder.load(path, 2, Pooling.MEAN),
          "FillMask.load", path -> FillMask.load(path, 2),
          "PretrainedTable.miniLm", PretrainedTable::miniLm);

  @TempDir Path folder;

  private static byte[] zip(Map<String, byte[]> files) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      for (var file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue());
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] vocab() {
    var text = new StringBuilder("[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\n");
    var random = new Random(3);
    for (int i = 0; i < 500; i++) {
      text.append(Long.toString(random.nextLong(), 36)).append('\n');
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] noise() {
    byte[] noise = new byte[3000];
    new Random(4).nextBytes(noise);
    for (int i = 0; i < noise.length; i++) {
      noise[i] &= 0x3f; // it can be packed
    }
    return noise;
  }

  private static Map<String, byte[]> files() {
    var files = new LinkedHashMap<String, byte[]>();
    files.put("vocab.txt", vocab());
    files.put(
        "config.json",
        "{\"model_type\": \"bert\", \"num_attention_heads\": 2}".getBytes(StandardCharsets.UTF_8));
    files.put("model.onnx", noise());
    return files;
  }

  private void refused(String door, Path path, String... parts) {
    assertThatExceptionOfType(FormatException.class)
        .as(door)
        .isThrownBy(() -> DOORS.get(door).accept(path))
        .withMessageStartingWith(path.toString())
        .satisfies(e -> assertThat(e.getMessage()).contains(parts));
  }

  @Test
  void cutShortWhateverItsName() throws IOException {
    byte[] whole = zip(files());
    for (String name : List.of("model.jar", "model.bin", "model")) {
      Path path = Files.write(folder.resolve(name), Arrays.copyOf(whole, whole.length - 30));
      for (String door : DOORS.keySet()) {
        refused(door, path, "the archive: damaged");
      }
    }
  }

  @Test
  void namesThatLeadOutOfIt() throws IOException {
    var files = new LinkedHashMap<>(files());
    files.put("../outside.txt", new byte[] {1});
    for (String name : List.of("model.jar", "model.bin")) {
      Path path = Files.write(folder.resolve(name), zip(files));
      for (String door : DOORS.keySet()) {
        refused(door, path, "the archive: ");
      }
    }
  }

  @Test
  void brokenDeflateNamesTheArchiveAndTheFile() throws IOException {
    byte[] whole = zip(files());
    // The first file's data begins after its header of 30 bytes and its name.
    for (int at = 30 + "vocab.txt".length(); at < 60; at++) {
      byte[] broken = whole.clone();
      Arrays.fill(broken, at, at + 40, (byte) 0xff);
      Path path = Files.write(folder.resolve("model.jar"), broken);
      for (String door : DOORS.keySet()) {
        if (door.equals("Tokenizer.load") || door.equals("PretrainedTable.miniLm")) {
          refused(door, path, "model.jar/vocab.txt, its bytes: damaged in the archive");
        }
      }
    }
  }

  @Test
  void aFaultInAFileNamesTheArchiveToo() throws IOException {
    Path path = Files.write(folder.resolve("model.jar"), zip(files()));
    refused("PretrainedTable.miniLm", path, "model.jar/model.onnx, ");
    refused("FillMask.load", path, "model.jar/model.onnx, ");
    var files = files();
    files.remove("model.onnx");
    files.put("model.safetensors", noise());
    refused(
        "SentenceEncoder.load",
        Files.write(folder.resolve("other"), zip(files)),
        "other/model.safetensors, ");
    files.put("vocab.txt", "a\nb\n".getBytes(StandardCharsets.UTF_8));
    refused(
        "Tokenizer.load", Files.write(folder.resolve("third"), zip(files)), "third/vocab.txt, ");
  }

  /** Any byte of it. */
  @Test
  void nothingButTheOneError() throws IOException {
    byte[] whole = zip(files());
    IntStream.range(0, 3000).parallel().forEach(turn -> read(turn, damaged(whole, turn)));
  }

  private static byte[] damaged(byte[] whole, int turn) {
    var random = new Random(turn);
    byte[] bytes = whole.clone();
    for (int i = 0; i <= turn % 3; i++) {
      int at = random.nextInt(bytes.length);
      if (turn % 2 == 0) {
        at = random.nextBoolean() ? at % 100 : bytes.length - 1 - at % 300;
      }
      bytes[at] = (byte) random.nextInt();
    }
    return bytes;
  }

  private void read(int turn, byte[] damaged) {
    Path path = folder.resolve("damaged" + turn);
    try {
      Files.write(path, damaged);
      for (var door : DOORS.entrySet()) {
        try {
          door.getValue().accept(path);
        } catch (FormatException e) {
          assertThat(e).hasMessageStartingWith(path.toString());
        } catch (IllegalArgumentException e) {
          // A file that has lost its name is missing.
          assertThat(e).hasMessageContaining("there is no");
        } catch (java.io.UncheckedIOException e) {
          assertThat(e).hasMessageContaining("there is no");
        } catch (RuntimeException | Error e) {
          fail("turn " + turn + ", " + door.getKey() + ": " + e, e);
        }
      }
      Files.delete(path);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
