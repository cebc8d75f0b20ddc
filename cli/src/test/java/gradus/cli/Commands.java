package gradus.cli;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Runs the commands as the program does, with texts for its streams. */
final class Commands {

  /** Four directions, so that neighbours and analogies can be told by hand. */
  static final String WORDS =
      """
      man 1 0 0.1
      woman 1 1 0.1
      king 1 0 2
      queen 1 1 2
      boy 1 -0.2 0
      """;

  record Outcome(int code, String out, String err) {}

  private Commands() {}

  static Outcome gradus(String... args) {
    return withInput("", false, args);
  }

  static Outcome withInput(String in, boolean terminal, String... args) {
    var out = new StringWriter();
    var err = new StringWriter();
    int code = Main.run(Main.commandLine(new StringReader(in), terminal, out, err), args);
    return new Outcome(
        code, out.toString().replace("\r\n", "\n"), err.toString().replace("\r\n", "\n"));
  }

  /** The same, interrupted as by Ctrl-C as soon as something is said on the error stream. */
  static Outcome interruptedAt(String said, String... args) {
    var out = new StringWriter();
    var err =
        new StringWriter() {
          private boolean interrupted;

          @Override
          public void flush() {
            interruptOnce();
          }

          @Override
          public void write(String text, int from, int length) {
            super.write(text, from, length);
            interruptOnce();
          }

          private void interruptOnce() {
            if (!interrupted && toString().contains(said)) {
              interrupted = true;
              Thread.currentThread().interrupt();
            }
          }
        };
    int code = Main.run(Main.commandLine(new StringReader(""), false, out, err), args);
    return new Outcome(
        code, out.toString().replace("\r\n", "\n"), err.toString().replace("\r\n", "\n"));
  }

  /** The file of {@link #WORDS}. */
  static String words(Path folder) throws IOException {
    return Files.writeString(folder.resolve("words.txt"), WORDS).toString();
  }

  /** A file beside the project; the test is left out if it is not there. */
  static String shared(String name) {
    Path file = Path.of(System.getProperty("gradus.shared", "")).resolve("data").resolve(name);
    Assumptions.assumeTrue(Files.exists(file), () -> "left out: " + file + " is not there");
    return file.toString();
  }
}
