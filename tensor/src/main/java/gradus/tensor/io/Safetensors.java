package gradus.tensor.io;

import gradus.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Reads and writes {@code .safetensors}: named tensors, a header in JSON and then their plain
 * bytes.
 *
 * <pre>{@code
 * Safetensors.save(model.stateDict(), path);
 * model.loadStateDict(Safetensors.load(path));
 * }</pre>
 *
 * <p>Every type the format defines is read, widened to a type of tensors ({@link StoredDType}).
 * What is written is what the reference writes, byte for byte: the widest types first, then by
 * name; a compact header, padded to a multiple of eight.
 *
 * <p>Hugging Face: {@code safetensors.torch.load_file}, {@code save_file}; the format is described
 * at <a href="https://github.com/huggingface/safetensors">github.com/huggingface/safetensors</a>.
 */
public final class Safetensors {
  private Safetensors() {}

  /**
   * An open file, whose tensors are read one by one.
   *
   * @return the file, to be closed
   * @throws FormatException if its header is damaged or does not describe the bytes that are there
   */
  public static SafetensorsFile open(Path path) {
    return new SafetensorsFile(FileBytes.open(path));
  }

  /**
   * All tensors of a file by name, in its order.
   *
   * @throws FormatException if the file is damaged; then nothing is loaded
   */
  public static Map<String, Tensor> load(Path path) {
    return load(path, LoadProgress.console());
  }

  /** The same, telling {@code progress} how far it is. */
  public static Map<String, Tensor> load(Path path, LoadProgress progress) {
    return load(FileBytes.open(path), progress);
  }

  /**
   * All tensors of a file that is given as its bytes.
   *
   * @param name what errors call it
   * @param bytes the bytes
   */
  public static Map<String, Tensor> load(Path name, byte[] bytes) {
    FileErrors.given("load", "the name", name);
    return load(
        FileBytes.of(name, FileErrors.given("load", "the file", bytes)), LoadProgress.silent());
  }

  private static Map<String, Tensor> load(FileBytes bytes, LoadProgress progress) {
    FileErrors.given("load", "the progress", progress);
    try (var file = new SafetensorsFile(bytes)) {
      return Heap.reading(bytes.path(), "its tensors", () -> file.tensors(progress));
    }
  }

  /**
   * Writes tensors as they are, wholly or not at all.
   *
   * @param tensors the tensors by name
   * @param path the file, replaced if it is there
   */
  public static void save(Map<String, Tensor> tensors, Path path) {
    save(tensors, path, Map.of(), Map.of());
  }

  /**
   * Writes tensors with notes, in chosen types.
   *
   * @param tensors the tensors by name
   * @param path the file, replaced if it is there
   * @param metadata strings to note beside them, such as {@code format} = {@code pt}
   * @param types how to store some of them, such as {@code F16}, rounded to the nearest
   * @throws IllegalArgumentException if a whole number does not fit the chosen type, or a name
   *     would not come back
   */
  public static void save(
      Map<String, Tensor> tensors,
      Path path,
      Map<String, String> metadata,
      Map<String, StoredDType> types) {
    Writable.check(tensors);
    FileErrors.given("save", "the metadata", metadata);
    FileErrors.given("save", "the map of types", types);
    List<Named> sorted = new ArrayList<>();
    tensors.forEach(
        (name, tensor) -> {
          var type = types.getOrDefault(name, StoredDType.of(tensor.dtype()));
          sorted.add(new Named(name, Writable.utf8("the name", name), tensor, type));
        });
    sorted.sort(
        Comparator.comparing(Named::type)
            .reversed()
            .thenComparing(Named::utf8, Arrays::compareUnsigned));
    byte[] header = header(sorted, metadata);
    AtomicFile.write(
        path,
        channel -> {
          ByteBuffer start = ByteBuffer.allocate(8 + header.length).order(ByteOrder.LITTLE_ENDIAN);
          start.putLong(header.length).put(header).flip();
          ElementWriter.writeFully(channel, start);
          for (Named named : sorted) {
            ElementWriter.write(channel, named.tensor, named.type, ByteOrder.LITTLE_ENDIAN);
          }
        });
  }

  private record Named(String name, byte[] utf8, Tensor tensor, StoredDType type) {}

  private static byte[] header(List<Named> sorted, Map<String, String> metadata) {
    List<String> members = new ArrayList<>();
    if (!metadata.isEmpty()) {
      List<String> notes = new ArrayList<>();
      metadata.forEach(
          (key, value) -> {
            FileErrors.given("save", "a key of the metadata", key);
            FileErrors.given("save", "a value of the metadata", value);
            notes.add(quoted(key) + ":" + quoted(value));
          });
      members.add(quoted(SafetensorsHeader.METADATA) + ":{" + String.join(",", notes) + "}");
    }
    long offset = 0;
    for (Named named : sorted) {
      if (named.name.equals(SafetensorsHeader.METADATA)) {
        throw new IllegalArgumentException(
            "safetensors: a tensor cannot be named " + named.name + ". The format uses that name.");
      }
      long end = offset + (long) named.tensor.numel() * named.type.bytes();
      members.add(
          "%s:{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
              .formatted(
                  quoted(named.name),
                  named.type,
                  named.tensor.shape().toString().replace(" ", ""),
                  offset,
                  end));
      offset = end;
    }
    byte[] json = Writable.utf8("the header", "{" + String.join(",", members) + "}");
    if (json.length > SafetensorsHeader.LONGEST - 8) {
      throw new IllegalArgumentException(
          "save: names and metadata take %,d bytes; safetensors has room for %,d. Shorten them."
              .formatted(json.length, SafetensorsHeader.LONGEST));
    }
    byte[] padded = Arrays.copyOf(json, json.length + (-json.length & 7));
    Arrays.fill(padded, json.length, padded.length, (byte) ' ');
    return padded;
  }

  /** A JSON string: only what must be escaped is. */
  private static String quoted(String text) {
    var out = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      if (c >= 32 && c != '"' && c != '\\') {
        out.append(c);
        continue;
      }
      int plain = "\"\\\b\f\n\r\t".indexOf(c);
      out.append(plain < 0 ? "\\u%04x".formatted((int) c) : "\\" + "\"\\bfnrt".charAt(plain));
    }
    return out.append('"').toString();
  }
}
