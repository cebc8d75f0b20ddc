package gradus.tensor.io;

import gradus.tensor.Shape;
import gradus.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * An open safetensors file: what is in it is known, the tensors are read when they are asked for.
 *
 * <pre>{@code
 * try (var file = Safetensors.open(path)) {
 *   for (String name : file.names()) IO.println(name + " " + file.shape(name));
 *   Tensor table = file.tensor("embeddings.word_embeddings.weight");
 * }
 * }</pre>
 *
 * <p>Hugging Face: {@code safetensors.safe_open(path)}.
 */
public final class SafetensorsFile implements AutoCloseable {
  private final FileBytes file;
  private final SafetensorsHeader header;

  SafetensorsFile(FileBytes file) {
    this.file = file;
    try {
      this.header = Heap.reading(file.path(), "its header", () -> SafetensorsHeader.read(file));
    } catch (Throwable e) {
      file.close();
      throw e;
    }
  }

  /** The tensors' names, in the order of the header. Hugging Face: {@code keys()}. */
  public Set<String> names() {
    return header.entries().keySet();
  }

  /** What the writer noted beside the tensors. Hugging Face: {@code metadata()}. */
  public Map<String, String> metadata() {
    return header.metadata();
  }

  /** How each tensor is stored: what {@link Safetensors#save(Map, Path, Map, Map)} takes. */
  public Map<String, StoredDType> dtypes() {
    var types = new LinkedHashMap<String, StoredDType>();
    header.entries().forEach((name, entry) -> types.put(name, entry.type()));
    return types;
  }

  /**
   * How a tensor is stored.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public StoredDType dtype(String name) {
    return entry(name).type();
  }

  /**
   * The sizes of a tensor.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public Shape shape(String name) {
    long[] shape = entry(name).shape();
    return Shape.of(Arrays.stream(shape).mapToInt(Math::toIntExact).toArray());
  }

  /**
   * A tensor, read now. Hugging Face: {@code get_tensor(name)}.
   *
   * @return the tensor, of {@link StoredDType#dtype()}
   * @throws IllegalArgumentException if there is none of that name
   * @throws FormatException if it holds a number too large for us
   */
  public Tensor tensor(String name) {
    var entry = entry(name);
    var in = file.input(header.data() + entry.begin(), entry.end() - entry.begin());
    try {
      return ElementSink.read(
          file.path(),
          SafetensorsHeader.place(name),
          in,
          entry.type(),
          ByteOrder.LITTLE_ENDIAN,
          entry.shape());
    } catch (IOException e) {
      throw FileErrors.reading(file.path(), e);
    }
  }

  private SafetensorsHeader.Entry entry(String name) {
    var entry = header.entries().get(name);
    if (entry == null) {
      throw new IllegalArgumentException(
          "safetensors: %s has no tensor \"%s\"; it has %d others."
              .formatted(file.path(), Quoted.of(name), names().size()));
    }
    return entry;
  }

  /** All tensors by name, in the order of the header. */
  Map<String, Tensor> tensors(LoadProgress progress) {
    var tensors = new LinkedHashMap<String, Tensor>();
    long done = header.data();
    for (var named : header.entries().entrySet()) {
      progress.at(file.path(), done, file.size());
      tensors.put(named.getKey(), tensor(named.getKey()));
      done += named.getValue().end() - named.getValue().begin();
    }
    progress.at(file.path(), file.size(), file.size());
    return tensors;
  }

  /**
   * Writes a file of the same layout with other values: the header stays as it is, byte for byte,
   * whoever wrote it.
   *
   * @param tensors the tensors by name, of the same shapes as here
   * @param path the file to write, which may be this one's
   * @throws IllegalArgumentException if names or shapes differ, or a number does not fit
   */
  public void rewrite(Map<String, Tensor> tensors, Path path) {
    if (!tensors.keySet().equals(names())) {
      throw new IllegalArgumentException(
          "rewrite: the tensors must have the names of the file, %s."
              .formatted(Quoted.of(names())));
    }
    tensors.forEach(
        (name, tensor) -> {
          if (!tensor.shape().equals(shape(name))) {
            throw new IllegalArgumentException(
                "rewrite: \"%s\" is %s, but %s in the file."
                    .formatted(Quoted.of(name), tensor.shape(), shape(name)));
          }
        });
    AtomicFile.write(
        path,
        channel -> {
          file.input(0, header.data()).transferTo(Channels.newOutputStream(channel));
          for (var named : header.inOrder()) {
            ElementWriter.write(
                channel,
                tensors.get(named.getKey()),
                named.getValue().type(),
                ByteOrder.LITTLE_ENDIAN);
          }
        });
  }

  /** The path it was opened by. */
  public Path path() {
    return file.path();
  }

  /** Lets go of the file; the tensors stay. */
  @Override
  public void close() {
    file.close();
  }
}
