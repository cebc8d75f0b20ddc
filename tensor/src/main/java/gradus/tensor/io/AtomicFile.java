package gradus.tensor.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Writes a file wholly or not at all: into a new file beside it, which takes its place at the end.
 */
public final class AtomicFile {
  /** As systems do, which take longer chains for circles. */
  private static final int MOST_LINKS = 40;

  /** Characters of the name that the new file's begins with: the whole stays short enough. */
  private static final int LONGEST = 50;

  private AtomicFile() {}

  /** Writes what belongs into the file. */
  @FunctionalInterface
  public interface Content {
    /** Writes all of it to the channel, which is at its beginning. */
    void write(FileChannel channel) throws IOException;
  }

  /** Files being written: what the program's end interrupts is removed. */
  private static final Set<Path> UNFINISHED = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(AtomicFile::removeUnfinished));
  }

  private static void removeUnfinished() {
    for (Path file : UNFINISHED) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        // Its name tells whose it is.
      }
    }
  }

  /**
   * Writes a file; if that fails, what was there before is still there. A link is followed, and the
   * permissions of a file that is replaced are kept. While it is written the new file stands beside
   * the old one, as {@code .NAME.gradus-….tmp}; before it takes its place it is on the disk.
   *
   * @param path the file; its folder must exist
   * @param content what is to be in it
   * @throws UncheckedIOException if it cannot be written, or is a folder, a pipe or a device
   */
  public static void write(Path path, Content content) {
    try {
      Path target = target(path);
      Path beside = beside(target);
      UNFINISHED.add(beside);
      try {
        try (FileChannel channel =
            FileChannel.open(beside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
          content.write(channel);
          channel.force(true);
        }
        keepPermissions(target, beside);
        replace(beside, target);
      } finally {
        Files.deleteIfExists(beside);
        UNFINISHED.remove(beside);
      }
    } catch (IOException e) {
      throw FileErrors.writing(path, e);
    }
  }

  /** The file that is replaced: at the end of all links. */
  private static Path target(Path path) throws IOException {
    Path target = path.toAbsolutePath();
    for (int links = 0; links < MOST_LINKS && Files.isSymbolicLink(target); links++) {
      target = target.resolveSibling(Files.readSymbolicLink(target)).normalize();
    }
    if (Files.isDirectory(target) || target.getFileName() == null) {
      throw new FileSystemException(path.toString(), null, "it is a folder. Name a file in it");
    }
    if (Files.exists(target) && !Files.isRegularFile(target)) {
      throw new FileSystemException(
          path.toString(), null, "it is a pipe or a device, which cannot be replaced. Name a file");
    }
    return target;
  }

  private static Path beside(Path target) {
    String name = target.getFileName().toString();
    String unique = Long.toHexString(ThreadLocalRandom.current().nextLong());
    String start = name.length() > LONGEST ? name.substring(0, LONGEST) : name;
    return target.resolveSibling("." + start + ".gradus-" + unique + ".tmp");
  }

  private static void keepPermissions(Path from, Path to) throws IOException {
    if (Files.exists(from)
        && Files.getFileStore(from).supportsFileAttributeView(PosixFileAttributeView.class)) {
      Files.setPosixFilePermissions(to, Files.getPosixFilePermissions(from));
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
