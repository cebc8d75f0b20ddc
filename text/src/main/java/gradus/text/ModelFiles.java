package gradus.text;

import gradus.nn.StateDict;
import gradus.tensor.io.FormatException;
import gradus.tensor.io.LoadProgress;
import gradus.text.tokenizer.Tokenizer;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ProviderNotFoundException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipException;
import tools.jackson.core.JacksonException;
import tools.jackson.jr.ob.JSON;

/**
 * The files of a model, in a folder or in a jar; a file may have the model's name in front. Where
 * there are none of Hugging Face's, TensorFlow's SavedModel is looked for.
 */
final class ModelFiles implements AutoCloseable {

  /** The weights, the first that is there. */
  private static final List<String> WEIGHTS =
      List.of("model.safetensors", "model.safetensors.index.json", ".safetensors", ".onnx");

  /** Files of settings are small: what claims not to be is a packed bomb. */
  private static final int MOST_JSON = 16 << 20;

  private final Path path;
  private final FileSystem zip;
  private final Path root;

  private ModelFiles(Path path, FileSystem zip, Path root) {
    this.path = path;
    this.zip = zip;
    this.root = root;
  }

  static ModelFiles open(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      return new ModelFiles(path, null, path);
    }
    try {
      FileSystem zip = FileSystems.newFileSystem(path);
      return new ModelFiles(path, zip, zip.getPath("/"));
    } catch (ProviderNotFoundException e) {
      throw new IOException("it is neither a jar nor a folder", e);
    } catch (ZipException e) {
      throw new FormatException(path, "the archive", "damaged: " + e.getMessage(), e);
    }
  }

  /** The weights by name. */
  Map<String, gradus.tensor.Tensor> tensors(LoadProgress progress) throws IOException {
    for (String name : WEIGHTS) {
      Optional<Path> file = find(root, name);
      if (file.isPresent()) {
        return name.equals(".onnx")
            ? OnnxInitializers.read(file.get(), progress).stateDict()
            : StateDict.load(file.get(), progress);
      }
    }
    if (SavedModelFiles.isThere(path)) {
      return SavedModel.load(path, progress);
    }
    throw new FileNotFoundException("there is no *.safetensors and no *.onnx in it");
  }

  OnnxInitializers onnx() throws IOException {
    return OnnxInitializers.read(ending(".onnx"), LoadProgress.console());
  }

  Tokenizer tokenizer() throws IOException {
    Path file = find(root, "tokenizer.json").orElse(null);
    file = file == null ? find(root, "vocab.txt").orElse(null) : file;
    if (file == null && SavedModelFiles.isThere(path)) {
      try (SavedModelFiles model = SavedModelFiles.open(path);
          InputStream in = model.open("assets/vocab.txt")) {
        return Tokenizer.read(in, path.resolve("vocab.txt").toString());
      }
    }
    if (file == null) {
      throw new FileNotFoundException("there is no *tokenizer.json and no *vocab.txt in it");
    }
    try (InputStream in = Files.newInputStream(file)) {
      return Tokenizer.read(in, path.resolve(file.getFileName().toString()).toString());
    }
  }

  /** The value in a JSON file such as {@code config.json}, if it is there. */
  Optional<Object> json(String name) throws IOException {
    Path file = root.resolve(name);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MOST_JSON + 1);
      if (bytes.length > MOST_JSON) {
        throw new FormatException(
            path.resolve(name), "its end", "more than %,d bytes.".formatted(MOST_JSON));
      }
      return parsed(path.resolve(name), bytes);
    }
  }

  /** The value in a JSON file; none if it says null. */
  static Optional<Object> parsed(Path file, byte[] bytes) {
    try {
      return Optional.ofNullable(JSON.std.anyFrom(bytes));
    } catch (JacksonException e) {
      throw new FormatException(file, "JSON", "not valid: " + e.getMessage(), e);
    }
  }

  private Path ending(String suffix) throws IOException {
    return find(root, suffix)
        .orElseThrow(() -> new FileNotFoundException("there is no *" + suffix + " in it"));
  }

  /** The file at the top whose name ends so: the shortest, which is the name itself. */
  private static Optional<Path> find(Path folder, String suffix) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(suffix))
          .min(
              Comparator.comparing((Path file) -> file.getFileName().toString().length())
                  .thenComparing(Comparator.naturalOrder()));
    }
  }

  @Override
  public void close() throws IOException {
    if (zip != null) {
      zip.close();
    }
  }
}
