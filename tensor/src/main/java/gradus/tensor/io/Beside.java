package gradus.tensor.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/**
 * The path of a new file or folder until it takes its place: beside that, by a name that says what
 * it is. When this is closed, or the process ends before, what is still there is removed.
 */
final class Beside implements AutoCloseable {
  /** File systems have names of 255 bytes. */
  private static final int LONGEST = 50;

  private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

  static {
    try {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> OPEN.forEach(Beside::tryDelete)));
    } catch (IllegalStateException e) {
      // The process is already ending: then only close() removes.
    }
  }

  private final Path path;

  private Beside(Path path) {
    this.path = path;
    OPEN.add(path);
  }

  /** Beside a file or folder: {@code .model.pt.gradus-5f3a.tmp}. */
  static Beside of(Path target) {
    String name = target.getFileName().toString();
    String start = name.substring(0, name.offsetByCodePoints(0, shown(name)));
    return new Beside(target.resolveSibling("." + start + unique()));
  }

  private static int shown(String name) {
    return Math.min(LONGEST, name.codePointCount(0, name.length()));
  }

  /** In a folder. */
  static Beside in(Path folder) {
    return new Beside(folder.resolve(unique()));
  }

  private static String unique() {
    return ".gradus-" + Long.toHexString(ThreadLocalRandom.current().nextLong()) + ".tmp";
  }

  Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    try {
      delete(path);
    } finally {
      OPEN.remove(path);
    }
  }

  private static void tryDelete(Path path) {
    try {
      delete(path);
    } catch (IOException e) {
      // Nobody is left to be told.
    }
  }

  private static void delete(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      for (Path file : below(path).reversed()) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(path);
  }

  /** A folder and all in it, folders before what they hold. */
  static List<Path> below(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.toList();
    }
  }
}
