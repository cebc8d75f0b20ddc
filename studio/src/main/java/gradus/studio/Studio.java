package gradus.studio;

import static gradus.tensor.spi.Given.given;

import gradus.nn.Layer;
import gradus.tensor.Tensor;
import gradus.tensor.spi.Door;
import gradus.text.encoder.SentenceEncoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * The door of the studio.
 *
 * <pre>{@code
 * Studio.show(loss);                          // opens in the browser
 * Studio.show(() -> loss(model, x), model);   // and runs again with what is edited there
 * Studio.save(loss, Path.of("steps.html"));   // one page, to be opened anywhere
 * }</pre>
 */
@Door
public final class Studio {
  /** How long the page waits for a browser. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** How long a page may be away, as when it is loaded again, before it counts as closed. */
  private static final Duration AWAY = Duration.ofSeconds(3);

  private static final Duration FOREVER = Duration.ofDays(3650);

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
    return write(page(recording), file);
  }

  private static Path write(String page, Path file) {
    try {
      return Files.writeString(file, page);
    } catch (IOException e) {
      throw new UncheckedIOException("save: %s cannot be written.".formatted(file), e);
    }
  }

  /**
   * Writes one page that compares two recordings, such as before and after a training step: the
   * one, the other, and the difference.
   *
   * @param before what was recorded first
   * @param after what was recorded then, of the same program
   * @param file the page; one that exists is replaced
   * @return the file
   * @throws UncheckedIOException if it cannot be written
   */
  public static Path save(Recording before, Recording after, Path file) {
    return write(page(given(before, "before").compare(given(after, "after"))), given(file, "file"));
  }

  /**
   * Opens the page of a function in a browser: there, numbers can be edited, edges cut, gradients
   * checked, and the function runs again each time; see {@link #show(Recording)}.
   *
   * <pre>{@code
   * Studio.show(() -> F.crossEntropy(net.forward(x), target), net);
   * }</pre>
   *
   * @param loss computes a scalar that requires gradients
   * @return the address that the page had
   */
  public static URI show(Supplier<Tensor> loss) {
    return show(Recording.of(given(loss, "loss")));
  }

  /**
   * Opens the page of a function in a browser, parameters named as those of a layer; see {@link
   * #show(Supplier)}.
   *
   * @param loss computes a scalar that requires gradients
   * @param layer the model
   * @return the address that the page had
   */
  public static URI show(Supplier<Tensor> loss, Layer layer) {
    return show(Recording.of(given(loss, "loss"), given(layer, "layer")));
  }

  /**
   * Opens a page that compares two recordings; see {@link #save(Recording, Recording, Path)} and
   * {@link #show(Recording)}.
   *
   * @param before what was recorded first
   * @param after what was recorded then, of the same program
   * @return the address of the page
   */
  public static URI show(Recording before, Recording after) {
    return open(
        PageServer.start(page(given(before, "before").compare(given(after, "after")))), false);
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
   * <p>Of a function, the page asks the program to run it again. So this returns when the page was
   * closed in every browser: meanwhile the program changes nothing of what the function reads.
   *
   * <p>{@code -Dgradus.studio.browser=none} opens none, another value names the program to open it
   * with.
   *
   * @param recording what was recorded
   * @return the address of the page
   */
  public static URI show(Recording recording) {
    return given(recording, "recording").program().isEmpty()
        ? open(PageServer.start(page(recording)), false)
        : open(LiveRecording.serve(recording), true);
  }

  private static URI open(PageServer server, boolean live) {
    URI address = server.address();
    System.out.println("studio: " + address);
    Browser.open(address);
    if (live) {
      server.keep(PATIENCE, AWAY);
    }
    if (!server.awaitFetched(PATIENCE)) {
      System.out.println(
          "studio: no browser came. Open the address above while the program runs, or use"
              + " Studio.save(loss, Path.of(\"steps.html\")).");
    } else if (live) {
      server.awaitClosed(FOREVER);
    }
    return address;
  }

  // ---- attention

  /**
   * Opens a page that shows where each head of each layer of an encoder looks in texts. There,
   * tokens can be hidden or masked, the encoder runs again, and the page shows what that changed;
   * see {@link #show(Recording)}.
   *
   * <pre>{@code
   * SentenceEncoder encoder = SentenceEncoder.load(PretrainedModel.ALL_MINILM_L6_V2);
   * Studio.show(encoder, "He asked the bank for a loan.", "We sat on the bank of the river.");
   * }</pre>
   *
   * @param encoder the encoder
   * @param texts at least one, each of at most {@link AttendedText#MOST_TOKENS} tokens
   * @return the address that the page had
   */
  public static URI show(SentenceEncoder encoder, String... texts) {
    return open(AttentionPage.serve(given(encoder, "encoder"), some("show", "texts", texts)), true);
  }

  /**
   * Opens a page that shows where the heads of any model looked; see {@link #show(Recording)}.
   *
   * @param texts at least one
   * @return the address of the page
   */
  public static URI show(AttendedText... texts) {
    return open(PageServer.start(AttentionPage.saved(some("show", "texts", texts))), false);
  }

  /**
   * Writes the page of {@link #show(SentenceEncoder, String...)} into a file; hiding tokens needs
   * the program, all else works.
   *
   * @param encoder the encoder
   * @param file the page; one that exists is replaced
   * @param texts at least one
   * @return the file
   * @throws UncheckedIOException if it cannot be written
   */
  public static Path save(SentenceEncoder encoder, Path file, String... texts) {
    given(encoder, "encoder");
    var attended =
        some("save", "texts", texts).stream()
            .map(text -> AttentionPage.attended(encoder, text))
            .toArray(AttendedText[]::new);
    return save(file, attended);
  }

  /**
   * Writes the page of {@link #show(AttendedText...)} into a file.
   *
   * @param file the page; one that exists is replaced
   * @param texts at least one
   * @return the file
   * @throws UncheckedIOException if it cannot be written
   */
  public static Path save(Path file, AttendedText... texts) {
    return write(AttentionPage.saved(some("save", "texts", texts)), given(file, "file"));
  }

  private static <T> List<T> some(String method, String name, T[] given) {
    List<T> all = List.of(given(given, name));
    if (all.isEmpty()) {
      throw new IllegalArgumentException(
          "%s: %s is empty. Give at least one.".formatted(method, name));
    }
    return all;
  }

  /** The page with a recording in it. */
  static String page(Recording recording) {
    return PageTemplate.of("page", RecordingJson.of(recording), false);
  }

  private static String page(Comparison comparison) {
    return PageTemplate.of("page", RecordingJson.of(comparison), false);
  }
}
