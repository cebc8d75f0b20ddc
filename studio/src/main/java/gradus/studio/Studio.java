package gradus.studio;

import static gradus.tensor.spi.Given.given;

import gradus.tensor.Tensor;
import gradus.tensor.spi.Door;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The door of the studio.
 *
 * <pre>{@code
 * Studio.show(loss);                          // opens in the browser
 * Studio.save(loss, Path.of("steps.html"));   // one page, to be opened anywhere
 * }</pre>
 */
@Door
public final class Studio {
  /** How long the page waits for a browser. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

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

  /**
   * Opens the page in a browser; see {@link #show(Recording)}.
   *
   * @param loss a scalar that requires gradients and whose history was not freed
   * @return the address of the page
   */
  public static URI show(Tensor loss) {
    return show(Recording.of(given(loss, "loss")));
  }

  /**
   * Opens the page in a browser, from a server that only this machine reaches and only by the
   * address that is printed. Returns once a browser has fetched the page, or after half a minute;
   * the page then needs the program no longer, and the program may end.
   *
   * <p>{@code -Dgradus.studio.browser=none} opens none, another value names the program to open it
   * with.
   *
   * @param recording what was recorded
   * @return the address of the page
   */
  public static URI show(Recording recording) {
    PageServer server = PageServer.start(page(given(recording, "recording")));
    URI address = server.address();
    System.out.println("studio: " + address);
    Browser.open(address);
    if (!server.awaitFetched(PATIENCE)) {
      System.out.println(
          "studio: no browser came. Open the address above while the program runs, or use"
              + " Studio.save(loss, Path.of(\"steps.html\")).");
    }
    return address;
  }

  /** The page with a recording in it. */
  static String page(Recording recording) {
    return PageTemplate.of("page", RecordingJson.of(recording), false);
  }
}
