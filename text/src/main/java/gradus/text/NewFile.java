package gradus.text;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;

/** Writes a file beside its place and moves it there when it is complete. */
final class NewFile {

  private NewFile() {}

  /** Writes the contents. */
  @FunctionalInterface
  interface Writer {
    void to(OutputStream out) throws IOException;
  }

  /** Writes a file, packed if its name ends in {@code .gz}; leaves nothing behind if that fails. */
  static void write(Path path, Writer writer) {
    try {
      // Not a file of createTempFile: nobody else could read that.
      Path unfinished =
          path.resolveSibling("." + path.getFileName() + "." + UUID.randomUUID() + ".part");
      try {
        try (OutputStream out = open(unfinished, path.getFileName().toString().endsWith(".gz"))) {
          writer.to(out);
        }
        move(unfinished, path);
      } finally {
        Files.deleteIfExists(unfinished);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(path + " cannot be written: " + e.getMessage(), e);
    }
  }

  private static OutputStream open(Path path, boolean packed) throws IOException {
    OutputStream out =
        Files.newOutputStream(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    return new BufferedOutputStream(packed ? new GZIPOutputStream(out, 1 << 16) : out, 1 << 16);
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
