package gradus.studio;

import static gradus.tensor.spi.Given.given;

import gradus.tensor.Tensor;
import gradus.tensor.spi.Door;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The door of the studio.
 *
 * <pre>{@code
 * Studio.save(loss, Path.of("steps.html"));   // one page, to be opened anywhere
 * }</pre>
 */
@Door
public final class Studio {
  /** Where the page keeps the place for its recording. */
  private static final String PLACE = "/*RECORDING*/null";

  private Studio() {}

  /**
   * Writes one page that holds everything: it needs no network and no server, and can be mailed.
   *
   * @param loss a scalar that requires gradients and whose history was not freed
   * @param file the page, such as {@code Path.of("steps.html")}; one that exists is replaced
   * @return the file
   * @throws UncheckedIOException if it cannot be written
   */
  public static Path save(Tensor loss, Path file) {
    return save(Recording.of(given(loss, "loss")), given(file, "file"));
  }

  /**
   * Writes one page that holds everything: it needs no network and no server, and can be mailed.
   *
   * @param recording what was recorded
   * @param file the page, such as {@code Path.of("steps.html")}; one that exists is replaced
   * @return the file
   * @throws UncheckedIOException if it cannot be written
   */
  public static Path save(Recording recording, Path file) {
    given(recording, "recording");
    given(file, "file");
    try {
      return Files.writeString(file, page(recording));
    } catch (IOException e) {
      throw new UncheckedIOException("save: %s cannot be written.".formatted(file), e);
    }
  }

  /** The page with a recording in it. */
  static String page(Recording recording) {
    return template().replace(PLACE, inScript(RecordingJson.of(recording)));
  }

  private static String template() {
    try (InputStream in = Studio.class.getResourceAsStream("page.html")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * JSON that ends no script: these signs stand in strings only, where the escape means the same.
   */
  static String inScript(String json) {
    return json.replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029");
  }
}
