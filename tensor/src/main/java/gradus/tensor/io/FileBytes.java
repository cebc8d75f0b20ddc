package gradus.tensor.io;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipException;

/**
 * All bytes of a file, mapped into memory: nothing is read before it is looked at, and nothing of
 * it lies on the heap.
 *
 * @param path the file, for errors
 * @param bytes its bytes; not to be used once this is closed
 * @param arena what holds the mapping
 */
public record FileBytes(Path path, MemorySegment bytes, Arena arena) implements AutoCloseable {

  /**
   * Opens a file. One inside a jar (a path of a zip file system) is read into memory.
   *
   * @param path the file
   * @return its bytes, to be closed
   * @throws UncheckedIOException if it cannot be opened
   */
  public static FileBytes open(Path path) {
    Arena arena = Arena.ofShared();
    try {
      if (path.getFileSystem() != java.nio.file.FileSystems.getDefault()) {
        return new FileBytes(path, MemorySegment.ofArray(Files.readAllBytes(path)), arena);
      }
      try (FileChannel channel = FileChannel.open(path)) {
        return new FileBytes(path, channel.map(MapMode.READ_ONLY, 0, channel.size(), arena), arena);
      }
    } catch (ZipException | EOFException | OutOfMemoryError e) {
      arena.close();
      throw new FormatException(
          path, "its bytes", "the archive it lies in is damaged, or it is too large to unpack.", e);
    } catch (IOException e) {
      arena.close();
      throw FileErrors.reading(path, e);
    }
  }

  /** Bytes in memory under the name of a file. */
  public static FileBytes of(Path name, byte[] bytes) {
    return new FileBytes(name, MemorySegment.ofArray(bytes).asReadOnly(), Arena.ofShared());
  }

  /** How many bytes there are. */
  public long size() {
    return bytes.byteSize();
  }

  @Override
  public void close() {
    arena.close();
  }
}
