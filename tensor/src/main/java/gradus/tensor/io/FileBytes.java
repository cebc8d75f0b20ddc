package gradus.tensor.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BiFunction;

/**
 * The bytes of a file, read where they are asked for.
 *
 * <p>They are not mapped into memory: if another program cuts a mapped file short, looking at it is
 * a fault of the machine, which Java may not survive. Here it is a {@link FormatException}.
 */
final class FileBytes implements AutoCloseable {
  private final Path path;
  private final long size;
  private final FileChannel channel;
  private final byte[] memory;
  private volatile boolean closed;

  private FileBytes(Path path, long size, FileChannel channel, byte[] memory) {
    this.path = path;
    this.size = size;
    this.channel = channel;
    this.memory = memory;
  }

  /**
   * Opens a file. One inside a jar (a path of a zip file system) is read into memory.
   *
   * @throws FormatException if it lies in a damaged archive, or does not fit into the heap
   * @throws UncheckedIOException if it cannot be opened
   */
  static FileBytes open(Path path) {
    FileErrors.given("load", "the path", path);
    try {
      if (path.getFileSystem() != FileSystems.getDefault()) {
        return of(path, Heap.reading(path, "its bytes", () -> Files.readAllBytes(path)));
      }
      FileChannel channel = FileChannel.open(path);
      try {
        return new FileBytes(path, channel.size(), channel, null);
      } catch (IOException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw FileErrors.reading(path, e);
    }
  }

  /** Bytes in memory under the name of a file. */
  static FileBytes of(Path name, byte[] bytes) {
    return new FileBytes(name, bytes.length, null, bytes);
  }

  /**
   * What is made of a whole file, which is open meanwhile.
   *
   * @throws FormatException if that does not fit into the heap
   */
  static <T> T reading(
      Path path, LoadProgress progress, BiFunction<FileBytes, LoadProgress, T> reader) {
    FileErrors.given("load", "the progress", progress);
    try (FileBytes file = open(path)) {
      return Heap.reading(path, "its tensors", () -> reader.apply(file, progress));
    }
  }

  Path path() {
    return path;
  }

  /** How many bytes there were when it was opened. */
  long size() {
    return size;
  }

  /** The bytes from a place on, as a stream. */
  FileInput input(long at, long length) {
    return new FileInput(this, at, length);
  }

  /** Some bytes, in memory that lasts as long as the arena. */
  MemorySegment read(long at, long length, Arena arena) {
    MemorySegment bytes = arena.allocate(length);
    long piece = 1 << 20;
    for (long done = 0; done < length; done += piece) {
      read(at + done, bytes.asSlice(done, Math.min(piece, length - done)).asByteBuffer());
    }
    return bytes;
  }

  /**
   * Fills a buffer with the bytes from a place on.
   *
   * @throws FormatException if the file has become shorter since it was opened
   */
  void read(long at, ByteBuffer to) {
    if (closed) {
      throw new IllegalStateException("load: " + path + " is closed. Read from it before close().");
    }
    if (memory != null) {
      to.put(memory, Math.toIntExact(at), to.remaining());
      return;
    }
    try {
      for (long from = at; to.hasRemaining(); ) {
        int n = channel.read(to, from);
        if (n < 0) {
          throw new FormatException(
              path,
              "byte " + from,
              "nothing is here any more; the file had %,d bytes when it was opened. Does another program write it? Load it when that is done."
                  .formatted(size));
        }
        from += n;
      }
    } catch (IOException e) {
      throw FileErrors.reading(path, e);
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      throw FileErrors.reading(path, e);
    }
  }
}
