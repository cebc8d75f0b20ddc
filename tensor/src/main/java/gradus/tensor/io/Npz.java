package gradus.tensor.io;

import gradus.tensor.Tensor;
import java.io.IOException;
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
  static final String SUFFIX = ".npy";

  private Npz() {}

  /**
   * All arrays of a file by name, in its order.
   *
   * @throws FormatException if the file is damaged, holds something else than arrays of numbers, or
   *     grows like a zip bomb; then nothing is loaded
   */
  public static Map<String, Tensor> load(Path path) {
    return load(path, LoadProgress.console());
  }

  /** The same, telling {@code progress} how far it is. */
  public static Map<String, Tensor> load(Path path, LoadProgress progress) {
    return FileBytes.reading(path, progress, Npz::read);
  }

  static Map<String, Tensor> read(FileBytes file, LoadProgress progress) {
    var zip = new ZipBytes(file);
    var tensors = new LinkedHashMap<String, Tensor>();
    long done = 0;
    for (ZipBytes.Entry entry : zip.entries().values()) {
      if (!entry.name().endsWith(SUFFIX)) {
        throw new FormatException(
            file.path(),
            entry.place(),
            "an .npz file holds .npy files only. This is something else.");
      }
      progress.at(file.path(), done, file.size());
      tensors.put(
          entry.name().substring(0, entry.name().length() - SUFFIX.length()),
          array(file.path(), zip, entry));
      done += entry.packed();
    }
    progress.at(file.path(), file.size(), file.size());
    return tensors;
  }

  private static Tensor array(Path file, ZipBytes zip, ZipBytes.Entry entry) {
    String place = entry.place();
    try (CheckedInput in = zip.stream(entry)) {
      NpyHeader header = NpyHeader.read(file, place, in);
      Tensor array =
          entry.deflated()
              ? unpacked(file, place, header, in)
              : Npy.array(file, place, header, in, in.left());
      Rest.leftOut(file, place, in.end(), "the array");
      return array;
    } catch (IOException e) {
      throw FileErrors.reading(file, e);
    }
  }

  /** How many bytes come out of packed ones nobody knows before. */
  private static Tensor unpacked(Path file, String place, NpyHeader header, CheckedInput in)
      throws IOException {
    long bytes = header.bytes(file, place);
    if (bytes > in.left()) {
      throw new FormatException(
          file,
          place,
          "the array takes %d bytes, but the entry has %d.".formatted(bytes, in.left()));
    }
    var sink = new ElementSink(file, place, header.dtype(), header.order());
    sink.add(in, bytes);
    return Npy.inOrder(sink.finish(place, Npy.stored(header)), header.fortranOrder());
  }

  /**
   * Writes tensors uncompressed, wholly or not at all. NumPy: {@code np.savez}.
   *
   * @param tensors the tensors by name
   * @param path the file, replaced if it is there
   * @throws IllegalArgumentException if a name would not come back: half of a surrogate pair, a
   *     zero byte, more than 65,531 bytes
   */
  public static void save(Map<String, Tensor> tensors, Path path) {
    save(tensors, path, false);
  }

  /** Writes tensors compressed, wholly or not at all. NumPy: {@code np.savez_compressed}. */
  public static void saveCompressed(Map<String, Tensor> tensors, Path path) {
    save(tensors, path, true);
  }

  private static void save(Map<String, Tensor> tensors, Path path, boolean deflated) {
    Writable.check(tensors);
    tensors.keySet().forEach(Npz::checkName);
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

  private static void checkName(String name) {
    int length = Writable.utf8("the name", name + SUFFIX).length;
    if (length > ZipWriter.LONGEST_NAME || name.indexOf(0) >= 0) {
      String problem =
          length > ZipWriter.LONGEST_NAME
              ? "%,d bytes with .npy; a zip archive has names of %,d"
                  .formatted(length, ZipWriter.LONGEST_NAME)
              : "a zero byte in it, where Python ends a name";
      throw new IllegalArgumentException(
          "save: the name \"%s\" has %s. Choose another, or save as safetensors."
              .formatted(Quoted.of(name), problem));
    }
  }
}
