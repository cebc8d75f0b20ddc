package gradus.text.io;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Files that are too large or not ours to lie in the project. */
public final class SharedFiles {

  private SharedFiles() {}

  /** A file of {@code data/formats}; the test is left out if it is not there. */
  public static Path format(String name) {
    return file("data/formats", name);
  }

  /** A test set of {@code data/eval}; the test is left out if it is not there. */
  public static Path eval(String name) {
    return file("data/eval", name);
  }

  private static Path file(String folder, String name) {
    Path file = Path.of(System.getProperty("gradus.shared", "")).resolve(folder).resolve(name);
    Assumptions.assumeTrue(Files.exists(file), () -> "left out: " + file + " is not there");
    return file;
  }
}
