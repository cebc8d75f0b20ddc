package gradus.text.corpus;

import gradus.text.io.Given;
import gradus.text.training.WordTable;
import java.nio.file.Path;
import java.util.Map;

/**
 * Phrases and their scores, without the counts they come from (gensim's {@code FrozenPhrases}).
 *
 * <pre>{@code
 * FrozenPhrases phrases = Phrases.of(corpus).freeze();
 * phrases.save(Path.of("phrases.txt"));
 * FrozenPhrases.load(Path.of("phrases.txt")).apply(List.of("new", "york"));   // new_york
 * }</pre>
 *
 * <p>Never changes and may be shared between threads.
 */
public final class FrozenPhrases extends PhrasesTransformation {

  private final WordTable phrases;
  private final ScoreList scores;

  FrozenPhrases(PhrasesOptions options, WordTable phrases, ScoreList scores) {
    super(options);
    this.phrases = phrases;
    this.scores = scores;
  }

  @Override
  double score(PhraseLine line, int first, int last) {
    int phrase = line.find(phrases, first, last);
    return phrase < 0 ? Double.NaN : scores.get(phrase);
  }

  /** How many phrases there are. */
  public int size() {
    return phrases.size();
  }

  /** All phrases with their scores (gensim: {@code phrasegrams}). */
  public Map<String, Double> phrases() {
    return map(phrases, scores);
  }

  /**
   * Writes options, phrases and scores as text, one phrase a line; packed if the name ends in
   * {@code .gz}. The file appears under its name only when it is complete.
   *
   * @throws java.io.UncheckedIOException if it cannot be written
   */
  public void save(Path path) {
    PhraseFile.save(path, options, phrases, scores);
  }

  /**
   * What {@link #save} wrote.
   *
   * @throws gradus.tensor.io.FormatException if the file is something else, or damaged
   * @throws java.io.UncheckedIOException if it cannot be read
   */
  public static FrozenPhrases load(Path path) {
    return PhraseFile.loadFrozen(Given.notNull("phrases", "the path", path));
  }

  /** {@code FrozenPhrases(1234 phrases, minCount 5, threshold 10.0)}. */
  @Override
  public String toString() {
    return "FrozenPhrases(%d phrases, minCount %d, threshold %s)"
        .formatted(phrases.size(), options.minCount, options.threshold);
  }
}
