package gradus.text.io;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Files that are too large or not ours to lie in the project. */
public final class SharedFiles {

  private SharedFiles() {}

  /** A file of {@code data/formats}; the test is left out if it is not there. */
  public static Path format(String name) {
    Path file =
        Path.of(System.getProperty("gradus.shared", "")).resolve("data/formats").resolve(name);
    Assumptions.assumeTrue(Files.exists(file), () -> "left out: " + file + " is not there");
    return file;
  }
}
