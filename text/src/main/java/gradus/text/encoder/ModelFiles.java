package gradus.text.encoder;

import gradus.nn.StateDict;
import gradus.tensor.Tensor;
import gradus.tensor.io.FormatException;
import gradus.tensor.io.LoadProgress;
import gradus.text.io.Archive;
import gradus.text.io.JsonText;
import gradus.text.onnx.OnnxInitializers;
import gradus.text.savedmodel.SavedModel;
import gradus.text.tokenizer.Tokenizer;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files of a model, in a folder or in a jar; a file may have the model's name in front. Where
 * there are none of Hugging Face's, TensorFlow's SavedModel is looked for.
 */
final class ModelFiles implements AutoCloseable {

  private static final List<String> WEIGHTS =
      List.of("model.safetensors", "model.safetensors.index.json", ".safetensors", ".onnx");

  /** Files of settings are small: what claims not to be is a packed bomb. */
  private static final int MOST_JSON = 16 << 20;

  private final Path path;
  private final Archive archive; // null where it is a folder

  private ModelFiles(Path path, Archive archive) {
    this.path = path;
    this.archive = archive;
  }

  static ModelFiles open(Path path) throws IOException {
    return new ModelFiles(path, Files.isDirectory(path) ? null : Archive.open(path));
  }

  private Path root() {
    return archive == null ? path : archive.root();
  }

  private <T> T read(Path file, Archive.Reading<T> reading) throws IOException {
    return archive == null ? reading.from(file, file) : archive.read(file, reading);
  }

  Map<String, Tensor> tensors(LoadProgress progress) throws IOException {
    for (String name : WEIGHTS) {
      Optional<Path> found = find(name);
      if (found.isPresent()) {
        return read(
            found.get(),
            (file, named) ->
                name.equals(".onnx")
                    ? onnx(file, named, progress).stateDict()
                    : StateDict.load(file, progress));
      }
    }
    if (SavedModel.isThere(path)) {
      return SavedModel.load(path, progress);
    }
    throw new FileNotFoundException("there is no *.safetensors and no *.onnx in it");
  }

  OnnxInitializers onnx() throws IOException {
    Path found =
        find(".onnx").orElseThrow(() -> new FileNotFoundException("there is no *.onnx in it"));
    return read(found, (file, named) -> onnx(file, named, LoadProgress.console()));
  }

  private static OnnxInitializers onnx(Path file, Path named, LoadProgress progress)
      throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return OnnxInitializers.read(named, in, Files.size(file), progress);
    }
  }

  Tokenizer tokenizer() throws IOException {
    Path found = find("tokenizer.json").orElse(null);
    found = found == null ? find("vocab.txt").orElse(null) : found;
    if (found == null && SavedModel.isThere(path)) {
      return SavedModel.tokenizer(path);
    }
    if (found == null) {
      throw new FileNotFoundException("there is no *tokenizer.json and no *vocab.txt in it");
    }
    return read(
        found,
        (file, named) -> {
          try (InputStream in = Files.newInputStream(file)) {
            return Tokenizer.read(in, named.toString());
          }
        });
  }

  /** The value in a JSON file such as {@code config.json}, if it is there. */
  Optional<Object> json(String name) throws IOException {
    Path found = root().resolve(name);
    if (!Files.exists(found)) {
      return Optional.empty();
    }
    return read(
        found,
        (file, named) -> {
          try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_JSON + 1);
            if (bytes.length > MOST_JSON) {
              throw new FormatException(
                  named, "its end", "more than %,d bytes.".formatted(MOST_JSON));
            }
            return Optional.ofNullable(JsonText.read(named, bytes));
          }
        });
  }

  /** The file at the top whose name ends so: the shortest, which is the name itself. */
  private Optional<Path> find(String suffix) throws IOException {
    try (Stream<Path> files = Files.list(root())) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(suffix))
          .min(
              Comparator.comparing((Path file) -> file.getFileName().toString().length())
                  .thenComparing(Comparator.naturalOrder()));
    }
  }

  @Override
  public void close() throws IOException {
    if (archive != null) {
      archive.close();
    }
  }
}
