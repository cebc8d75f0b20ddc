package gradus.tensor.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes a folder of files: a new one appears as a whole; in one that is there, file after file is
 * replaced when all are written, as {@link AtomicFile} does, and what else is in it stays.
 */
public final class AtomicFolder {
  private AtomicFolder() {}

  /** Writes what belongs into the folder. */
  @FunctionalInterface
  public interface Content {
    /** Writes all of it into the folder, which is empty. */
    void write(Path folder) throws IOException;
  }

  /**
   * Writes a folder; if writing the files fails, what was there before is still there.
   *
   * @param folder the folder; those around it are made too
   * @param content what is to be in it
   * @throws UncheckedIOException if it cannot be written, or is something else than a folder
   */
  public static void write(Path folder, Content content) {
    FileErrors.given("save", "the folder", folder);
    try {
      Path target = AtomicFile.target(folder);
      boolean there = Files.exists(target);
      if (there && !Files.isDirectory(target)) {
        throw new IOException("it is no folder. Name one, or a new one.");
      }
      if (target.getFileName() == null) {
        throw new IOException("it is the root of all folders. Name one in it.");
      }
      Files.createDirectories(target.getParent());
      // In the folder itself, since that may be a disk of its own.
      try (Beside beside = there ? Beside.in(target) : Beside.of(target)) {
        Files.createDirectory(beside.path());
        content.write(beside.path());
        if (there) {
          replaceAll(beside.path(), target);
        } else {
          Files.move(beside.path(), target);
        }
      }
    } catch (IOException e) {
      throw FileErrors.writing(folder, e);
    }
  }

  private static void replaceAll(Path from, Path to) throws IOException {
    Map<Path, Path> files = new LinkedHashMap<>();
    for (Path file : Beside.below(from)) {
      Path place = to.resolve(from.relativize(file));
      if (Files.isDirectory(file)) {
        Files.createDirectories(place);
      } else {
        Path target = AtomicFile.target(place);
        AtomicFile.check(target);
        files.put(file, target);
      }
    }
    for (var file : files.entrySet()) {
      AtomicFile.replace(file.getKey(), file.getValue());
    }
  }
}
