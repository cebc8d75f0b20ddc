package gradus.text.savedmodel;

import gradus.tensor.Tensor;
import gradus.tensor.io.ElementSink;
import gradus.tensor.io.FileErrors;
import gradus.tensor.io.FormatException;
import gradus.tensor.io.Heap;
import gradus.tensor.io.LoadProgress;
import gradus.tensor.io.Quoted;
import gradus.text.tokenizer.Tokenizer;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import java.util.zip.ZipException;

/**
 * The variables of a TensorFlow model, read as data: no graph is run.
 *
 * <pre>{@code
 * Map<String, Tensor> variables = SavedModel.load(Path.of("bert"));
 * variables.get("module/bert/embeddings/word_embeddings");   // [30522, 768]
 * }</pre>
 *
 * <p>Names and layouts are TensorFlow's: a dense layer's {@code kernel} is {@code [in, out]}.
 * TensorFlow: {@code tf.train.load_checkpoint(path).get_tensor(name)}.
 */
public final class SavedModel {
  static final String INDEX = "variables/variables.index";
  private static final String DATA = "variables/variables.data-%05d-of-%05d";
  private static final int LONGEST_INDEX = 256 << 20;
  private static final String VOCABULARY = "assets/vocab.txt";

  private SavedModel() {}

  /**
   * All variables that are numbers, by name, in order of the names.
   *
   * @param path the folder of a SavedModel; or a zip archive of it; or a jar that holds such an
   *     archive
   * @throws FormatException if it is none of these, or damaged; then nothing is loaded
   * @throws UncheckedIOException if it cannot be read
   */
  public static Map<String, Tensor> load(Path path) {
    return load(path, LoadProgress.console());
  }

  /** The same, telling {@code progress} how far it is. */
  public static Map<String, Tensor> load(Path path, LoadProgress progress) {
    return reading(path, files -> load(path, files, true, progress));
  }

  /** Whether a model is there: its folder, or an archive that holds it. */
  public static boolean isThere(Path path) {
    try (SavedModelFiles files = SavedModelFiles.open(path)) {
      return files instanceof SavedModelFiles.Archive || Files.exists(path.resolve(INDEX));
    } catch (IOException | IllegalArgumentException e) {
      return false;
    }
  }

  /** The tokenizer that lies beside the variables. */
  public static Tokenizer tokenizer(Path path) {
    return reading(
        path,
        files -> {
          try (InputStream in = files.open(VOCABULARY)) {
            return Tokenizer.read(in, path.resolve("vocab.txt").toString());
          }
        });
  }

  @FunctionalInterface
  private interface Reading<T> {
    T from(SavedModelFiles files) throws IOException;
  }

  private static <T> T reading(Path path, Reading<T> reading) {
    try (SavedModelFiles files = SavedModelFiles.open(path)) {
      return Heap.reading(path, "its variables", () -> reading.from(files));
    } catch (ZipException | IllegalArgumentException e) {
      throw new FormatException(path, "byte 0", "the archive is damaged: " + e.getMessage(), e);
    } catch (NoSuchFileException e) {
      throw new FormatException(
          path,
          "file \"" + Quoted.of(e.getFile()) + "\"",
          "the model needs it, but it is not there.",
          e);
    } catch (EOFException e) {
      throw new FormatException(path, "its end", "the archive is cut short.", e);
    } catch (IOException e) {
      throw FileErrors.reading(path, e);
    }
  }

  /** The same of files wherever they are; without checksums for tests of all that comes after. */
  static Map<String, Tensor> load(
      Path path, SavedModelFiles files, boolean checksums, LoadProgress progress)
      throws IOException {
    byte[] bytes;
    try (InputStream in = files.open(INDEX)) {
      bytes = in.readNBytes(LONGEST_INDEX + 1);
    }
    if (bytes.length > LONGEST_INDEX) {
      throw new FormatException(
          path,
          INDEX,
          "more than %,d bytes. No honest index is so large.".formatted(LONGEST_INDEX));
    }
    TensorBundleIndex index = TensorBundleIndex.read(path, bytes, checksums);
    long total = index.entries().values().stream().mapToLong(TensorBundleIndex.Entry::size).sum();
    var read = new TreeMap<String, Tensor>();
    long done = 0;
    for (var shard : index.byShard().entrySet()) {
      try (InputStream in = files.open(DATA.formatted(shard.getKey(), index.shards()))) {
        long at = 0;
        for (var named : shard.getValue()) {
          progress.at(path, done, total);
          TensorBundleIndex.Entry entry = named.getValue();
          at = skip(path, named.getKey(), in, at, entry.offset());
          read.put(named.getKey(), variable(path, named.getKey(), entry, index, checksums, in));
          at += entry.size();
          done += entry.size();
        }
      }
    }
    progress.at(path, total, total);
    return new LinkedHashMap<>(read);
  }

  private static long skip(Path path, String name, InputStream in, long at, long offset)
      throws IOException {
    if (offset < at) {
      throw TensorBundleIndex.error(path, name, "its bytes overlap those of another variable.");
    }
    for (long left = offset - at; left > 0; ) {
      long skipped = in.skip(left);
      if (skipped <= 0 && in.read() < 0) {
        throw TensorBundleIndex.error(path, name, "the data file ends before it. Is it cut short?");
      }
      left -= skipped <= 0 ? 1 : skipped;
    }
    return offset;
  }

  private static Tensor variable(
      Path path,
      String name,
      TensorBundleIndex.Entry entry,
      TensorBundleIndex index,
      boolean checksums,
      InputStream in)
      throws IOException {
    String place = TensorBundleIndex.place(name);
    var summed = new Summed(in);
    var sink = new ElementSink(path, place, entry.type(), index.order());
    sink.add(summed, entry.size());
    int crc = LevelDbTable.masked((int) summed.crc.getValue());
    if (checksums && crc != entry.crc()) {
      throw new FormatException(path, place, "its checksum is wrong: the bytes are damaged.");
    }
    return sink.finish(place, entry.shape());
  }

  /** Takes the checksum of what is read. */
  private static final class Summed extends FilterInputStream {
    private final CRC32C crc = new CRC32C();

    Summed(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] to, int from, int length) throws IOException {
      int n = super.read(to, from, length);
      if (n > 0) {
        crc.update(to, from, n);
      }
      return n;
    }
  }
}
