package gradus.text.tokenizer;

import gradus.tensor.io.FileErrors;
import gradus.tensor.io.FormatException;
import gradus.tensor.io.Heap;
import gradus.text.io.Archive;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Finds the file of a tokenizer and tells by its content what it is. */
final class TokenizerFiles {

  /** No tokenizer is as large as this: what claims to be is a packed bomb. */
  private static final int MOST_BYTES = 512 << 20;

  private static final int FREE_BYTES = 16 << 20;

  private static final List<String> NAMES = List.of("tokenizer.json", "vocab.txt");

  private TokenizerFiles() {}

  static Tokenizer load(Path path) {
    try {
      Path file = Files.isDirectory(path) ? find(path, path) : path;
      try (InputStream in = Files.newInputStream(file)) {
        byte[] head = in.readNBytes(4);
        if (head.length == 4 && head[0] == 'P' && head[1] == 'K' && head[2] == 3 && head[3] == 4) {
          return inZip(file);
        }
      }
      try (InputStream in = Files.newInputStream(file)) {
        return read(in, file);
      }
    } catch (IOException e) {
      throw FileErrors.reading(path, e);
    }
  }

  private static Tokenizer inZip(Path path) throws IOException {
    try (Archive archive = Archive.open(path)) {
      return archive.read(
          find(archive.root(), path),
          (file, named) -> {
            try (InputStream in = Files.newInputStream(file)) {
              return read(in, named);
            }
          });
    }
  }

  private static Path find(Path folder, Path named) throws IOException {
    for (String name : NAMES) {
      try (Stream<Path> files = Files.list(folder)) {
        Optional<Path> file =
            files.filter(f -> f.getFileName().toString().endsWith(name)).sorted().findFirst();
        if (file.isPresent()) {
          return file.get();
        }
      }
    }
    throw new FormatException(
        named,
        "its files",
        "none is named like tokenizer.json or vocab.txt. Name the file itself.");
  }

  static Tokenizer read(InputStream in, String name) throws IOException {
    Path file;
    try {
      file = Path.of(name);
    } catch (InvalidPathException e) {
      file = Path.of("stream");
    }
    return read(in, file);
  }

  private static Tokenizer read(InputStream in, Path file) throws IOException {
    return Heap.reading(file, "its tokens", () -> inMemory(in, file));
  }

  private static Tokenizer inMemory(InputStream in, Path file) throws IOException {
    byte[] bytes = all(in, file, MOST_BYTES);
    if (bytes.length > 2 && bytes[0] == 0x1F && (bytes[1] & 255) == 0x8B) {
      try {
        // JSON shrinks to a tenth at best.
        int most = (int) Math.min(MOST_BYTES, FREE_BYTES + 100L * bytes.length);
        bytes = all(new GZIPInputStream(new ByteArrayInputStream(bytes)), file, most);
      } catch (IOException e) {
        throw new FormatException(file, "gzip", "damaged: " + e.getMessage(), e);
      }
    }
    return isObject(bytes) ? TokenizerJson.read(file, bytes) : VocabTxt.read(file, bytes);
  }

  private static byte[] all(InputStream in, Path file, int most) throws IOException {
    byte[] bytes = in.readNBytes(most + 1);
    if (bytes.length > most) {
      throw new FormatException(
          file, "its end", "more than %,d bytes. No tokenizer is so large.".formatted(most));
    }
    return bytes;
  }

  /**
   * Whether an object of JSON begins here. A list of tokens may begin with a brace too: then its
   * line ends, and what follows is no key.
   */
  private static boolean isObject(byte[] bytes) {
    int at = nextSign(bytes, 0);
    if (at == bytes.length || bytes[at] != '{') {
      return false;
    }
    int next = nextSign(bytes, at + 1);
    boolean key = next == bytes.length || bytes[next] == '"' || bytes[next] == '}';
    return key || bytes[at + 1] != '\n';
  }

  private static int nextSign(byte[] bytes, int from) {
    int at = from;
    while (at < bytes.length && bytes[at] >= 0 && bytes[at] <= ' ') {
      at++;
    }
    return at;
  }
}
