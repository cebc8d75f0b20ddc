package gradus.studio;

import static gradus.tensor.spi.Given.given;

import gradus.nn.Embedding;
import gradus.nn.Layer;
import gradus.tensor.Tensor;
import gradus.tensor.spi.Door;
import gradus.text.encoder.SentenceEncoder;
import gradus.text.vectors.WordVectors;
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
 * Studio.show(wordVectors);                   // a map of meaning
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

  /**
   * Opens a map of word vectors in the browser; see {@link #show(EmbeddingMap)}.
   *
   * @param vectors the words and their vectors
   * @return the address that the page had
   */
  public static URI show(WordVectors vectors) {
    return show(EmbeddingMap.of(given(vectors, "vectors")));
  }

  /**
   * Opens a map of an embedding's table in the browser; see {@link #show(EmbeddingMap)}.
   *
   * @param embedding the layer, as it is now
   * @param words the words of its rows, each once
   * @return the address that the page had
   */
  public static URI show(Embedding embedding, List<String> words) {
    return show(EmbeddingMap.of(given(embedding, "embedding"), words));
  }

  /**
   * Opens a map in the browser: by principal axes, t-SNE, UMAP, axes of one's own or two columns;
   * with search, neighbours and analogies over all words. The page asks the program, so this
   * returns when the page was closed in every browser, or after half a minute if none came.
   *
   * @param map what to show
   * @return the address that the page had
   */
  public static URI show(EmbeddingMap map) {
    return open(new EmbeddingPage(given(map, "map")).serve(), true);
  }

  /**
   * Writes a map of word vectors as one page; see {@link #save(EmbeddingMap, Path)}.
   *
   * @param vectors the words and their vectors
   * @param file the page; one that exists is replaced
   * @return the file
   * @throws UncheckedIOException if it cannot be written
   */
  public static Path save(WordVectors vectors, Path file) {
    return save(EmbeddingMap.of(given(vectors, "vectors")), file);
  }

  /**
   * Writes a map as one page that needs no network and no server. It holds the vectors: four
   * million numbers at most, which are 21 MB; of a larger table the first words, and the page says
   * so.
   *
   * @param map what to show
   * @param file the page; one that exists is replaced
   * @return the file
   * @throws UncheckedIOException if it cannot be written
   */
  public static Path save(EmbeddingMap map, Path file) {
    return write(EmbeddingPage.saved(given(map, "map")), given(file, "file"));
  }

  /**
   * Watches an embedding while it is trained, in a page that moves along; see {@link
   * EmbeddingWatch}. Returns once a browser has fetched the page, or after half a minute.
   *
   * @param embedding the layer that is trained
   * @param words the words of its rows, each once
   * @return the watch, to be told when an epoch has ended
   */
  public static EmbeddingWatch watch(Embedding embedding, List<String> words) {
    return opened(EmbeddingWatch.of(given(embedding, "embedding"), words));
  }

  /**
   * Watches word vectors while they are trained; see {@link #watch(Embedding, List)}.
   *
   * @param table the same words each time it is asked, such as {@code word2Vec::vectors} after
   *     {@code buildVocab}
   * @return the watch; {@link EmbeddingWatch#progress} is for {@code Word2Vec.train}
   */
  public static EmbeddingWatch watch(Supplier<WordVectors> table) {
    return opened(EmbeddingWatch.of(given(table, "table")));
  }

  private static EmbeddingWatch opened(EmbeddingWatch watch) {
    PageServer server = watch.serve();
    server.keep(PATIENCE, AWAY);
    open(server, false);
    return watch;
  }
}
