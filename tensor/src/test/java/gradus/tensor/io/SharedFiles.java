package gradus.tensor.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** The files the tests of this package read. */
final class SharedFiles {
  private SharedFiles() {}

  /** A file of the shared data, or the test is left out. */
  static Path format(String name) {
    Path file =
        Path.of(System.getProperty("gradus.shared", "")).resolve("data/formats").resolve(name);
    Assumptions.assumeTrue(Files.exists(file), () -> "left out: " + file + " is not there");
    return file;
  }

  /** The bytes of a small file beside this class. */
  static byte[] resource(String name) {
    try (InputStream in = SharedFiles.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
