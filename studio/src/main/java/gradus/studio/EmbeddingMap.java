package gradus.studio;

import static gradus.tensor.spi.Given.given;
import static gradus.tensor.spi.Given.givenAll;

import gradus.nn.Embedding;
import gradus.tensor.Tensor;
import gradus.tensor.spi.Door;
import gradus.tensor.spi.Internals;
import gradus.text.encoder.SentenceEncoder;
import gradus.text.projection.Pca;
import gradus.text.projection.Tsne;
import gradus.text.vectors.WordVectors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What the page of embeddings shows: words, their vectors, and what else is known of them.
 *
 * <pre>{@code
 * var map = EmbeddingMap.of(vectors).column("part of speech", tags).tsne(new Tsne());
 * Studio.show(map);                              // opens in the browser
 * Studio.save(map, Path.of("map.html"));         // one page, to be opened anywhere
 * }</pre>
 *
 * <p>Vectors that change are shown as several moments, between which a slider moves: the layers of
 * {@link #senses}, or the epochs of {@link EmbeddingWatch}.
 */
@Door
public final class EmbeddingMap {
  private static final int TSNE_AXES = 50;

  /**
   * The vectors at one moment.
   *
   * @param name such as {@code epoch 3}
   * @param vectors the same words in each moment
   * @param numbers what was measured, such as the loss, by name
   */
  record Moment(String name, WordVectors vectors, Map<String, Double> numbers) {}

  /**
   * What is known of the words beside their vectors.
   *
   * @param name what it is called
   * @param values one a word
   */
  record Column(String name, List<String> values) {}

  private final List<Moment> moments = new CopyOnWriteArrayList<>();
  private final List<Column> columns = new CopyOnWriteArrayList<>();
  private final List<int[]> arrows = new CopyOnWriteArrayList<>();
  private final List<Integer> chosen = new CopyOnWriteArrayList<>();
  private String title = "Map of embeddings";
  private Tensor tsne;

  EmbeddingMap(Moment first) {
    if (first.vectors().size() < 2 || first.vectors().vectorSize() < 1) {
      throw new IllegalArgumentException(
          "EmbeddingMap: the table is %s. A map needs two words with a number each at least."
              .formatted(first.vectors().vectors().shape()));
    }
    moments.add(first);
  }

  /**
   * A map of word vectors.
   *
   * @param vectors the words and their vectors, shared and not copied
   * @return the map
   */
  public static EmbeddingMap of(WordVectors vectors) {
    return new EmbeddingMap(new Moment("", given(vectors, "vectors"), Map.of()));
  }

  /**
   * A map of an embedding's table as it is now.
   *
   * @param embedding the layer; its table is copied
   * @param words the words of its rows, each once
   * @return the map
   * @throws IllegalArgumentException if there is not one word for each row
   */
  public static EmbeddingMap of(Embedding embedding, List<String> words) {
    Tensor table = given(embedding, "embedding").weight.detach().toFloat().clone();
    Internals.get().outlive(table); // whatever scope the program is in
    return of(WordVectors.of(givenAll(words), table));
  }

  /**
   * Reads what the Embedding Projector and its kind exchange: {@code vectors.tsv}, a row of numbers
   * a point, and {@code metadata.tsv}, a line for each. Metadata of several columns begin with
   * their names; the first column is the word. A word that stands there again gets a number.
   *
   * @param folder where both files lie
   * @return the map
   * @throws gradus.tensor.io.FormatException if a file is damaged, or they do not fit; the message
   *     names the line
   * @throws java.io.UncheckedIOException if one cannot be read
   */
  public static EmbeddingMap load(Path folder) {
    return ProjectorFiles.load(given(folder, "folder"));
  }

  /**
   * Words in different sentences: each a point, with an arrow from the static vector of the word,
   * and a slider from what goes into the first layer to what comes out of the last.
   *
   * <pre>{@code
   * Studio.show(EmbeddingMap.senses(encoder, List.of("bank"), List.of(
   *     "the bank lends money", "we sat on the bank of the river")));
   * }</pre>
   *
   * <p>The static vector is the mean of what goes into the first layer, which knows nothing of the
   * other words. It stays while the slider moves.
   *
   * @param encoder what reads the sentences
   * @param words the words, written as in the sentences
   * @param sentences the sentences; each word stands in one at least
   * @return the map
   * @throws IllegalArgumentException if a word stands in no sentence
   */
  public static EmbeddingMap senses(
      SentenceEncoder encoder, List<String> words, List<String> sentences) {
    return Senses.of(given(encoder, "encoder"), givenAll(words), givenAll(sentences));
  }

  /** The title of the page. */
  public EmbeddingMap title(String title) {
    this.title = given(title, "title");
    return this;
  }

  /**
   * A column of metadata, to colour by: words or numbers.
   *
   * @param name what it is called
   * @param values one for each word, in their order; told by {@code toString}
   * @throws IllegalArgumentException if there are not as many as words
   */
  public EmbeddingMap column(String name, List<?> values) {
    given(name, "name");
    if (given(values, "values").size() != size()) {
      throw new IllegalArgumentException(
          "column: \"%s\" has %d values and there are %d words. Give one for each word, in their order."
              .formatted(name, values.size(), size()));
    }
    columns.add(new Column(name, values.stream().map(String::valueOf).toList()));
    return this;
  }

  /**
   * An arrow from one word to another. The page lists arrows by how far they go.
   *
   * @throws IllegalArgumentException if a word is not on the map
   */
  public EmbeddingMap arrow(String from, String to) {
    arrows.add(new int[] {row(given(from, "from")), row(given(to, "to"))});
    return this;
  }

  /**
   * Words whose neighbours the page shows from the beginning.
   *
   * @throws IllegalArgumentException if a word is not on the map
   */
  public EmbeddingMap choose(String... words) {
    Arrays.stream(givenAll(words)).map(this::row).forEach(chosen::add);
    return this;
  }

  /**
   * Computes a t-SNE of the last moment now, so that a saved page has it too; that takes about a
   * second for a thousand words. Vectors of more than 50 numbers are brought down to 50 by their
   * principal axes before.
   *
   * @throws IllegalArgumentException if its perplexity is too much for so few words
   */
  public EmbeddingMap tsne(Tsne tsne) {
    this.tsne = given(tsne, "tsne").fitTransform(brief(last().vectors().vectors()));
    Internals.get().outlive(this.tsne);
    return this;
  }

  /** Vectors of at most 50 numbers that lie as these do. */
  static Tensor brief(Tensor vectors) {
    return vectors.size(1) <= TSNE_AXES ? vectors : Pca.of(vectors, TSNE_AXES).project(vectors);
  }

  /**
   * Writes {@code vectors.tsv} and {@code metadata.tsv} of the last moment, for the Embedding
   * Projector and its kind.
   *
   * @param folder is made if it is not there
   * @return the folder
   * @throws java.io.UncheckedIOException if they cannot be written
   */
  public Path saveTsv(Path folder) {
    return ProjectorFiles.save(this, given(folder, "folder"));
  }

  /** How many words there are. */
  public int size() {
    return last().vectors().size();
  }

  /** The words, the most frequent first where the table was ordered so. */
  public List<String> words() {
    return last().vectors().vocabulary().words();
  }

  String title() {
    return title;
  }

  List<Moment> moments() {
    return moments;
  }

  Moment last() {
    return moments.getLast();
  }

  void add(Moment moment) {
    moments.add(moment);
  }

  List<Column> columns() {
    return columns;
  }

  List<int[]> arrows() {
    return arrows;
  }

  List<Integer> chosen() {
    return chosen;
  }

  Optional<Tensor> tsne() {
    return Optional.ofNullable(tsne);
  }

  private int row(String word) {
    return last().vectors().vocabulary().indexOf(word);
  }

  /** Words each once: those that come again get a number. */
  static List<String> distinct(List<String> words) {
    var seen = new HashSet<String>();
    var distinct = new ArrayList<String>();
    var taken = new HashSet<>(words);
    for (String word : words) {
      String own = word;
      for (int i = 2; !seen.add(own); i++) {
        String next = "%s (%d)".formatted(word, i);
        own = taken.contains(next) ? own : next;
      }
      distinct.add(own);
    }
    return distinct;
  }

  /** For example {@code EmbeddingMap(500 words, 32 numbers each)}. */
  @Override
  public String toString() {
    return "EmbeddingMap(%d words, %d numbers each%s)"
        .formatted(
            size(),
            last().vectors().vectorSize(),
            moments.size() == 1 ? "" : ", %d moments".formatted(moments.size()));
  }
}
