package gradus.tensor.io;

import gradus.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads and writes {@code .npz}: named arrays of NumPy in a zip archive.
 *
 * <pre>{@code
 * Npz.save(Map.of("weight", weight), path);   // the bytes np.savez writes
 * Tensor weight = Npz.load(path).get("weight");
 * }</pre>
 *
 * <p>NumPy: {@code np.load}, {@code np.savez}, {@code np.savez_compressed}.
 */
public final class Npz {
  private static final String SUFFIX = ".npy";

  private Npz() {}

  /**
   * All arrays of a file by name, in its order.
   *
   * @param path the file
   * @return the tensors
   * @throws FormatException if the file is damaged, holds something else than arrays of numbers, or
   *     grows like a zip bomb; then nothing is loaded
   */
  public static Map<String, Tensor> load(Path path) {
    return load(path, LoadProgress.console());
  }

  /** The same, telling {@code progress} how far it is. */
  public static Map<String, Tensor> load(Path path, LoadProgress progress) {
    try (FileBytes file = FileBytes.open(path)) {
      return read(file, progress);
    }
  }

  static Map<String, Tensor> read(FileBytes file, LoadProgress progress) {
    var zip = new ZipBytes(file);
    var tensors = new LinkedHashMap<String, Tensor>();
    long done = 0;
    for (ZipBytes.Entry entry : zip.entries().values()) {
      String place = "entry \"" + entry.name() + "\"";
      if (!entry.name().endsWith(SUFFIX)) {
        throw new FormatException(
            file.path(), place, "an .npz file holds .npy files only. This is something else.");
      }
      progress.at(file.path(), done, file.size());
      tensors.put(
          entry.name().substring(0, entry.name().length() - SUFFIX.length()),
          array(file, zip, entry, place));
      done += entry.packed();
    }
    progress.at(file.path(), file.size(), file.size());
    return tensors;
  }

  private static Tensor array(FileBytes file, ZipBytes zip, ZipBytes.Entry entry, String place) {
    if (!entry.deflated()) {
      zip.check(entry);
      return Npy.read(file.path(), place, zip.stored(entry));
    }
    try (CheckedInput in = zip.stream(entry)) {
      NpyHeader header = NpyHeader.read(file.path(), place, in);
      long bytes = header.bytes(file.path(), place);
      if (bytes > entry.size()) {
        throw new FormatException(
            file.path(),
            place,
            "the array takes %d bytes, but the entry has %d.".formatted(bytes, entry.size()));
      }
      var sink = new ElementSink(file.path(), place, header.dtype(), header.order());
      sink.add(in, bytes);
      in.end();
      return Npy.inOrder(sink.finish(place, Npy.stored(header)), header.fortranOrder());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Writes tensors uncompressed, wholly or not at all. NumPy: {@code np.savez}.
   *
   * @param tensors the tensors by name
   * @param path the file, replaced if it is there
   */
  public static void save(Map<String, Tensor> tensors, Path path) {
    save(tensors, path, false);
  }

  /** Writes tensors compressed, wholly or not at all. NumPy: {@code np.savez_compressed}. */
  public static void saveCompressed(Map<String, Tensor> tensors, Path path) {
    save(tensors, path, true);
  }

  private static void save(Map<String, Tensor> tensors, Path path, boolean deflated) {
    AtomicFile.write(
        path,
        channel -> {
          var zip = ZipWriter.likePython(channel, deflated);
          for (var named : tensors.entrySet()) {
            Tensor tensor = named.getValue();
            zip.add(named.getKey() + SUFFIX, out -> Npy.write(out, tensor, Npy.header(tensor)));
          }
          zip.finish();
        });
  }
}
