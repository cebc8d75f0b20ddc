package gradus.tensor.io;

import gradus.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * Reads and writes PyTorch's checkpoints, {@code .pt} and {@code .pth}, as {@code torch.save}
 * writes them since PyTorch 1.6.
 *
 * <pre>{@code
 * TorchMap checkpoint = TorchFile.loadMap(path);
 * long epoch = checkpoint.getLong("epoch");
 * model.loadStateDict(checkpoint.getMap("model_state_dict"));
 *
 * model.loadStateDict(StateDict.load(path));   // finds the state dict in it
 * }</pre>
 *
 * <p>A checkpoint is a pickle: a small program. Ours understands only what tensors, dicts, lists,
 * tuples, numbers and strings need; anything else is refused by its name, and nothing is ever run.
 *
 * <p>PyTorch: {@code torch.load(path, weights_only=True)}, {@code torch.save}.
 */
public final class TorchFile {
  static final int LONGEST_PICKLE = 16 << 20;

  private TorchFile() {}

  /**
   * What was saved: tensors, and around them {@code Map} (dict, in its order), {@code List} (list
   * and tuple), {@code String}, {@code Long} (or {@code BigInteger}), {@code Double}, {@code
   * Boolean}, and null for None. Tensors that shared memory share it again.
   *
   * @return the object, null for None
   * @throws FormatException if the file is damaged, holds anything else, or is older than PyTorch
   *     1.6
   */
  public static Object load(Path path) {
    return load(path, LoadProgress.console());
  }

  /** The same, telling {@code progress} how far it is. */
  public static Object load(Path path, LoadProgress progress) {
    return FileBytes.reading(path, progress, TorchFile::read);
  }

  /**
   * The dict that was saved, as most checkpoints are one.
   *
   * @return its values by name
   * @throws FormatException as {@link #load(Path)}
   * @throws IllegalArgumentException if there is something else in it
   */
  public static TorchMap loadMap(Path path) {
    return loadMap(path, LoadProgress.console());
  }

  /** The same, telling {@code progress} how far it is. */
  public static TorchMap loadMap(Path path, LoadProgress progress) {
    return TorchMap.of("TorchFile, " + path, load(path, progress));
  }

  static Object read(FileBytes file, LoadProgress progress) {
    if (isBarePickle(file)) {
      throw new FormatException(
          file.path(),
          "byte 0",
          "this is a bare pickle, as PyTorch wrote before version 1.6. Write it anew in Python:"
              + " torch.save(torch.load(file), file).");
    }
    var zip = new ZipBytes(file);
    ZipBytes.Entry pickle =
        zip.entries().values().stream()
            .filter(entry -> entry.name().endsWith("/data.pkl"))
            .findFirst()
            .orElseThrow(
                () ->
                    new FormatException(
                        file.path(), "byte 0", "the archive has no data.pkl: no checkpoint."));
    String folder = pickle.name().substring(0, pickle.name().length() - "data.pkl".length());
    byte[] program = small(file, zip, pickle, LONGEST_PICKLE);
    var storages = new TorchStorages(file, zip, folder, progress);
    Object root = new Unpickler(file.path(), program, storages).load();
    TorchTree.check(file.path(), root, program.length);
    progress.at(file.path(), file.size(), file.size());
    return root;
  }

  private static boolean isBarePickle(FileBytes file) {
    return file.size() > 1 && file.input(0, 1).read() == 0x80;
  }

  /** The bytes of an entry that is known to be small. */
  static byte[] small(FileBytes file, ZipBytes zip, ZipBytes.Entry entry, long atMost) {
    try (CheckedInput in = zip.stream(entry)) {
      return in.all(atMost);
    } catch (IOException e) {
      throw FileErrors.reading(file.path(), e);
    }
  }

  /**
   * The state dict in a checkpoint: the whole of it, or the one dict of tensors in it, of which
   * {@code state_dict}, {@code model_state_dict} and {@code model} come first; otherwise all its
   * tensors by dotted names.
   *
   * @param progress hears how far it is
   * @return the tensors by name
   * @throws FormatException if the file is damaged, or it is unclear which dict is meant
   */
  public static Map<String, Tensor> loadStateDict(Path path, LoadProgress progress) {
    return TorchTree.stateDict(path, load(path, progress));
  }

  /**
   * Writes a checkpoint that {@code torch.load(path, weights_only=True)} reads, wholly or not at
   * all.
   *
   * @param object a tensor, a map (such as a state dict), a list, a number, a string, a truth value
   *     or null, nested as you like
   * @param path the file, replaced if it is there
   * @throws IllegalArgumentException if there is anything else in it, or what would not come back:
   *     keys that are one in Python (1 and true), half of a surrogate pair, more than 16 MB apart
   *     from the tensors
   */
  public static void save(Object object, Path path) {
    var pickler = new Pickler();
    byte[] pickle = pickler.dump(object);
    AtomicFile.write(
        path,
        channel -> {
          var zip = ZipWriter.aligned(channel);
          zip.add("archive/data.pkl", out -> out.write(ByteBuffer.wrap(pickle)));
          zip.add("archive/byteorder", text("little"));
          int key = 0;
          for (Tensor tensor : pickler.tensors()) {
            zip.add(
                "archive/data/" + key++,
                out ->
                    ElementWriter.write(
                        out, tensor, StoredDType.of(tensor.dtype()), ByteOrder.LITTLE_ENDIAN));
          }
          zip.add("archive/version", text("3\n"));
          zip.finish();
        });
  }

  private static ZipWriter.Content text(String text) {
    byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
    return out -> out.write(ByteBuffer.wrap(ascii));
  }
}
