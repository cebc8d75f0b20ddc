package gradus.tensor.io;

import gradus.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** Loads tensors from a file of any known kind, told apart by what is in it. */
public final class TensorFiles {
  private TensorFiles() {}

  /** The kinds that are known: those of this module, and what other modules provide. */
  public static List<TensorFormat> formats() {
    List<TensorFormat> formats = new ArrayList<>(BuiltInFormats.ALL);
    ServiceLoader.load(TensorFormat.class, TensorFiles.class.getClassLoader())
        .forEach(formats::add);
    return formats;
  }

  /**
   * All tensors of a file by name, in its order.
   *
   * @param path a file or folder of a known kind
   * @throws FormatException if it is of no known kind, or damaged; then nothing is loaded
   * @throws UncheckedIOException if it cannot be opened
   */
  public static Map<String, Tensor> load(Path path) {
    return load(path, LoadProgress.console());
  }

  /** The same, telling {@code progress} how far it is. */
  public static Map<String, Tensor> load(Path path, LoadProgress progress) {
    return format(path).load(path, progress);
  }

  /**
   * The kind of a file.
   *
   * @param path a file or folder
   * @return its kind
   * @throws FormatException if it is of no known kind
   */
  public static TensorFormat format(Path path) {
    byte[] start = start(FileErrors.given("load", "the path", path));
    List<TensorFormat> formats = formats();
    return formats.stream()
        .filter(format -> format.recognises(path, start))
        .findFirst()
        .orElseThrow(
            () ->
                new FormatException(
                    path,
                    "byte 0",
                    ("%s Known are %s. Files of word vectors are loaded by WordVectors.load; module "
                            + "gradus.text adds ONNX and TensorFlow.")
                        .formatted(
                            unknown(path, start),
                            formats.stream()
                                .map(TensorFormat::name)
                                .collect(Collectors.joining(", ")))));
  }

  private static String unknown(Path path, byte[] start) {
    if (Files.isDirectory(path)) {
      return "this folder is no SavedModel. Name the file in it.";
    }
    return start.length == 0 ? "the file is empty." : "this is no file of tensors that is known.";
  }

  private static byte[] start(Path path) {
    if (Files.isDirectory(path)) {
      return new byte[0];
    }
    try (InputStream in = Files.newInputStream(path)) {
      return in.readNBytes(TensorFormat.SHOWN);
    } catch (IOException e) {
      throw FileErrors.reading(path, e);
    }
  }
}
