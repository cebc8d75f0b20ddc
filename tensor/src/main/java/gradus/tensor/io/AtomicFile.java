package gradus.tensor.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Writes a file wholly or not at all: into a new file beside it ({@code .name.gradus-….tmp}), which
 * is on the disk before it takes its place in one step.
 *
 * <p>A link stays a link, and the file it leads to is replaced; the permissions of that stay as
 * they are. Anything else than a file, such as a folder, a pipe or a device, is refused. Whoever
 * has the old file open keeps it.
 */
public final class AtomicFile {
  private static final int MOST_LINKS = 40;

  private AtomicFile() {}

  /** Writes what belongs into the file. */
  @FunctionalInterface
  public interface Content {
    /** Writes all of it to the channel, which is at its beginning and stays open. */
    void write(FileChannel channel) throws IOException;
  }

  /**
   * Writes a file; if that fails or is interrupted, what was there before is still there.
   *
   * @param path the file; its folder must exist
   * @param content what is to be in it
   * @throws UncheckedIOException if it cannot be written, or is something else than a file
   */
  public static void write(Path path, Content content) {
    FileErrors.given("save", "the path", path);
    FileErrors.given("save", "the content", content);
    try {
      Path target = target(path);
      check(target);
      try (Beside beside = Beside.of(target)) {
        try (FileChannel channel = create(beside.path(), target)) {
          content.write(channel);
          channel.force(true);
        }
        move(beside.path(), target);
      }
    } catch (IOException e) {
      throw FileErrors.writing(path, e);
    }
  }

  /** Where a path leads, even if nothing is there yet. */
  static Path target(Path path) throws IOException {
    Path target = path.toAbsolutePath();
    for (int links = 0; Files.isSymbolicLink(target); links++) {
      if (links == MOST_LINKS) {
        throw new IOException("its links lead in a circle.");
      }
      target = target.resolveSibling(Files.readSymbolicLink(target));
    }
    return target;
  }

  /** Refuses to replace anything but a file that may be written. */
  static void check(Path target) throws IOException {
    BasicFileAttributes there;
    try {
      there = Files.readAttributes(target, BasicFileAttributes.class);
    } catch (NoSuchFileException e) {
      return;
    }
    if (there.isDirectory()) {
      throw new IOException("it is a folder. Name a file in it.");
    }
    if (!there.isRegularFile()) {
      throw new IOException(
          "it is a pipe, socket or device, which a file would replace. Name a file.");
    }
    if (!Files.isWritable(target)) {
      throw new AccessDeniedException(target.toString());
    }
  }

  /** A new file that nobody can read who cannot read the one it is to replace. */
  private static FileChannel create(Path file, Path replaced) throws IOException {
    var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    PosixFileAttributes like = permissions(replaced);
    if (like == null) {
      return FileChannel.open(file, options);
    }
    FileAttribute<?> narrow = PosixFilePermissions.asFileAttribute(like.permissions());
    FileChannel channel = FileChannel.open(file, options, narrow);
    try {
      keepPermissions(file, like);
      return channel;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Null if there is no such file, or it has none of this kind. */
  private static PosixFileAttributes permissions(Path file) throws IOException {
    var view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    return view == null || Files.notExists(file) ? null : view.readAttributes();
  }

  private static void keepPermissions(Path file, PosixFileAttributes like) throws IOException {
    var view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    PosixFileAttributes own = view.readAttributes();
    try {
      if (!own.group().equals(like.group())) {
        view.setGroup(like.group());
      }
      if (!own.owner().equals(like.owner())) {
        view.setOwner(like.owner());
      }
    } catch (IOException e) {
      // Only some may give a file away; the others own what they write.
    }
    view.setPermissions(like.permissions());
  }

  /** Puts a finished file in the place of another, whose permissions it takes. */
  static void replace(Path from, Path to) throws IOException {
    PosixFileAttributes like = permissions(to);
    if (like != null) {
      keepPermissions(from, like);
    }
    move(from, to);
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
