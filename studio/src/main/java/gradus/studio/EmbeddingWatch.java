package gradus.studio;

import static gradus.tensor.spi.Given.given;
import static gradus.tensor.spi.Given.givenAll;

import gradus.nn.Embedding;
import gradus.nn.Layer;
import gradus.studio.EmbeddingMap.Moment;
import gradus.tensor.Tensor;
import gradus.tensor.spi.Door;
import gradus.tensor.spi.Internals;
import gradus.text.corpus.TrainingProgress;
import gradus.text.corpus.TrainingState;
import gradus.text.vectors.WordVectors;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Watches words find their places while a table is trained: it keeps a copy of their vectors for
 * each epoch, with the loss and the size of the gradients.
 *
 * <pre>{@code
 * try (var watch = Studio.watch(embedding, words)) {
 *   for (int epoch = 1; epoch <= 20; epoch++) {
 *     ...                                   // forward, backward, step
 *     watch.epoch(loss);
 *   }
 * }
 * Studio.save(watch.map(), Path.of("training.html"));
 * }</pre>
 *
 * <p>The page moves along with the training, and afterwards a slider goes through the epochs. All
 * epochs are drawn along the principal axes of the newest, so that a word that moves has moved. The
 * copies are those of the first 2000 words; {@code 2000 · dim · 4} bytes an epoch.
 */
@Door
public final class EmbeddingWatch implements AutoCloseable {
  private static final int MOST_WORDS = 2000;

  private final Supplier<WordVectors> table;
  private final EmbeddingMap map;
  private final EmbeddingPage page;
  private Supplier<Map<String, Double>> gradients;
  private int epochs;

  private EmbeddingWatch(Supplier<WordVectors> table, Supplier<Map<String, Double>> gradients) {
    this.table = table;
    this.gradients = gradients;
    this.map = new EmbeddingMap(new Moment("start", vectors(), Map.of())).title("Training");
    this.page = new EmbeddingPage(map);
  }

  /**
   * Watches an embedding, without opening a page.
   *
   * @param embedding the layer that is trained
   * @param words the words of its rows, each once
   * @return the watch, which has kept how it begins
   * @throws IllegalArgumentException if there is not one word for each row
   */
  public static EmbeddingWatch of(Embedding embedding, List<String> words) {
    Tensor weight = given(embedding, "embedding").weight;
    List<String> all = List.copyOf(givenAll(words));
    return new EmbeddingWatch(() -> WordVectors.of(all, weight.toFloat()), () -> norms(embedding));
  }

  /**
   * Watches word vectors that come from anywhere, without opening a page.
   *
   * @param table the same words each time it is asked, such as {@code word2Vec::vectors} after
   *     {@code buildVocab}
   * @return the watch, which has kept how they begin
   */
  public static EmbeddingWatch of(Supplier<WordVectors> table) {
    return new EmbeddingWatch(given(table, "table"), Map::of);
  }

  /** The lengths of those gradients that are there. */
  private static Map<String, Double> norms(Layer model) {
    var norms = new LinkedHashMap<String, Double>();
    model
        .namedParameters()
        .forEach(
            (name, parameter) -> {
              if (parameter.hasGrad()) {
                norms.put("gradient of " + name, parameter.grad().norm().item());
              }
            });
    return norms;
  }

  private static List<String> some(List<String> words) {
    return words.subList(0, Math.min(3, words.size()));
  }

  /** The first words, with vectors that stay as they are now. */
  private WordVectors vectors() {
    WordVectors now = given(table.get(), "table");
    int count = Math.min(now.size(), MOST_WORDS);
    List<String> words = now.vocabulary().words().subList(0, count);
    if (map != null && !words.equals(map.words())) {
      throw new IllegalArgumentException(
          "epoch: the table has %d words beginning with %s, at the start %d beginning with %s. Give the same words each time."
              .formatted(words.size(), some(words), map.size(), some(map.words())));
    }
    Tensor copy = now.vectors().narrow(0, 0, count).clone();
    Internals.get().outlive(copy); // whatever scope the training runs in
    return WordVectors.of(words, copy);
  }

  /**
   * Measures the gradients of a model too: of each of its parameters that has one when an epoch
   * ends, the length (L2 norm).
   *
   * @param model the layer whose parameters are trained
   * @return this
   */
  public EmbeddingWatch gradients(Layer model) {
    given(model, "model");
    gradients = () -> norms(model);
    return this;
  }

  /**
   * Words whose neighbours the page shows from the beginning.
   *
   * @param words some of those that are kept
   * @return this
   * @throws IllegalArgumentException if a word is not among those kept
   */
  public EmbeddingWatch choose(String... words) {
    map.choose(words);
    return this;
  }

  /**
   * Keeps the vectors at the end of an epoch; the loss is read, see {@link #epoch(double)}.
   *
   * @param loss a scalar
   * @throws IllegalArgumentException if the loss is no scalar, or the words have changed
   */
  public void epoch(Tensor loss) {
    epoch(given(loss, "loss").item());
  }

  /**
   * Keeps the vectors at the end of an epoch, and tells the page. The gradients are those of the
   * last step, if they are still there.
   *
   * @param loss the loss of the epoch
   * @throws IllegalArgumentException if the table has other words than at the start
   */
  public void epoch(double loss) {
    var numbers = new LinkedHashMap<String, Double>();
    numbers.put("loss", loss);
    numbers.putAll(gradients.get());
    map.add(new Moment("epoch " + ++epochs, vectors(), numbers));
    page.moved();
  }

  /**
   * What {@code Word2Vec.train} tells of its progress to: each of its epochs is one here.
   *
   * <pre>{@code
   * word2Vec.buildVocab(corpus);
   * try (var watch = Studio.watch(word2Vec::vectors)) {
   *   word2Vec.train(corpus, watch.progress());
   * }
   * }</pre>
   */
  public TrainingProgress progress() {
    return new TrainingProgress() {
      @Override
      public void at(TrainingState state) {}

      @Override
      public void epochEnded(TrainingState state) {
        epoch(state.loss());
      }
    };
  }

  /** What was kept so far, to be shown or saved. */
  public EmbeddingMap map() {
    return map;
  }

  /** Serves the page. */
  PageServer serve() {
    return page.serve();
  }

  /** Tells the page that the training is over; the page stays until it is closed. */
  @Override
  public void close() {
    page.ended();
  }
}
