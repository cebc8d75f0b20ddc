package gradus.tensor.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Writes a file wholly or not at all: into a new file beside it, which takes its place at the end.
 */
public final class AtomicFile {
  private AtomicFile() {}

  /** Writes what belongs into the file. */
  @FunctionalInterface
  public interface Content {
    /** Writes all of it to the channel, which is at its beginning. */
    void write(FileChannel channel) throws IOException;
  }

  /**
   * Writes a file; if that fails, what was there before is still there.
   *
   * @param path the file; its folder must exist
   * @param content what is to be in it
   * @throws UncheckedIOException if it cannot be written
   */
  public static void write(Path path, Content content) {
    try {
      // A link stays a link: what it points to is replaced.
      Path target = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
      String unique = Long.toHexString(ThreadLocalRandom.current().nextLong());
      Path beside = target.resolveSibling("." + target.getFileName() + "." + unique + ".tmp");
      try {
        try (FileChannel channel =
            FileChannel.open(beside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
          content.write(channel);
        }
        replace(beside, target);
      } finally {
        Files.deleteIfExists(beside);
      }
    } catch (IOException e) {
      throw FileErrors.writing(path, e);
    }
  }

  private static void replace(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
