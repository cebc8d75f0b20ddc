package gradus.text.vectors;

import gradus.tensor.io.Quoted;
import gradus.text.io.Given;
import gradus.text.io.WordIndex;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/**
 * The words of a table and their row numbers.
 *
 * <p>A word is looked up as a whole and as it is written, as in gensim: {@code polish} and {@code
 * Polish} are two words. Without regard to case looks {@link #findIgnoringCase} only.
 */
public final class Vocabulary {

  private static final int SUGGESTIONS = 3;
  private static final int FARTHEST_SUGGESTION = 2;
  private static final int LONGEST_SUGGESTION = 100;

  private final List<String> words;
  private final WordIndex rows;

  /** Made when a word is first looked for in another spelling; racing threads make the same. */
  private volatile WordIndex caselessRows;

  private Vocabulary(List<String> words, WordIndex rows) {
    this.words = words;
    this.rows = rows;
  }

  /**
   * The vocabulary whose i-th word has row i.
   *
   * @param words the words in row order
   * @throws IllegalArgumentException if a word stands there twice
   */
  public static Vocabulary of(List<String> words) {
    for (String word : words) {
      Given.notNull("vocabulary", "a word", word);
    }
    List<String> copy = List.copyOf(words);
    WordIndex rows = new WordIndex(copy, copy.size(), UnaryOperator.identity());
    for (int row = 0; row < copy.size(); row++) {
      int earlier = rows.add(row);
      if (earlier >= 0) {
        throw new IllegalArgumentException(
            "vocabulary: \"%s\" stands in row %d and again in row %d. Each word has one row."
                .formatted(Quoted.of(copy.get(row)), earlier, row));
      }
    }
    return new Vocabulary(copy, rows);
  }

  /** The vocabulary of words that nobody changes any more, with their index. */
  static Vocabulary of(List<String> words, WordIndex rows) {
    return new Vocabulary(words, rows);
  }

  /** The words in row order. */
  public List<String> words() {
    return words;
  }

  /** The number of words. */
  public int size() {
    return words.size();
  }

  /** Whether the word, exactly so, has a row (gensim's {@code word in wv}). */
  public boolean contains(String word) {
    return find(word).isPresent();
  }

  /** The word in a row, which must be in {@code 0..size()-1}. */
  public String word(int row) {
    if (row < 0 || row >= words.size()) {
      throw new IndexOutOfBoundsException(
          "vocabulary: row %d is outside the table of %d words; valid are 0..%d."
              .formatted(row, words.size(), words.size() - 1));
    }
    return words.get(row);
  }

  /** The row of a word, exactly so, or nothing if it has none. */
  public OptionalInt find(String word) {
    int row = rows.find(Given.notNull("word vectors", "the word", word));
    return row < 0 ? OptionalInt.empty() : OptionalInt.of(row);
  }

  /**
   * The row of a word as it is written, else of the first in the table that differs from it in case
   * only: so {@code Paris} is found among words of small letters.
   */
  public OptionalInt findIgnoringCase(String word) {
    OptionalInt exactly = find(word);
    if (exactly.isPresent()) {
      return exactly;
    }
    int row = caseless().find(word);
    return row < 0 ? OptionalInt.empty() : OptionalInt.of(row);
  }

  private WordIndex caseless() {
    WordIndex index = caselessRows;
    if (index == null) {
      index = new WordIndex(words, words.size(), word -> word.toLowerCase(Locale.ROOT));
      for (int row = 0; row < words.size(); row++) {
        index.add(row);
      }
      caselessRows = index;
    }
    return index;
  }

  /**
   * The row of a word (gensim's {@code key_to_index}).
   *
   * @throws IllegalArgumentException if it has none; the message names close spellings
   */
  public int indexOf(String word) {
    return find(word).orElseThrow(() -> new IllegalArgumentException(unknown(word)));
  }

  /** The rows of several words; every one must be known. */
  int[] indicesOf(Collection<String> several) {
    return several.stream().mapToInt(this::indexOf).toArray();
  }

  private String unknown(String word) {
    var message =
        new StringBuilder()
            .append(
                "word vectors: \"%s\" is not among the %,d words."
                    .formatted(Quoted.of(word), size()))
            .append(" Words are matched whole and as they are written.");
    List<String> close = closest(word);
    if (!close.isEmpty()) {
      message.append(" Did you mean ").append(String.join(", ", close)).append('?');
    }
    return message.toString();
  }

  /** Up to three words that few changes of letters turn the given one into, closest first. */
  private List<String> closest(String word) {
    if (word.length() > LONGEST_SUGGESTION) {
      return List.of(); // comparing costs the square of the length
    }
    String wanted = word.toLowerCase(Locale.ROOT);
    int farthest = Math.min(FARTHEST_SUGGESTION, wanted.length() / 2);
    List<List<String>> byDistance = new ArrayList<>();
    for (int distance = 0; distance <= farthest; distance++) {
      byDistance.add(new ArrayList<>());
    }
    for (String candidate : words) {
      if (Math.abs(candidate.length() - wanted.length()) <= farthest) {
        int distance = EditDistance.between(wanted, candidate.toLowerCase(Locale.ROOT));
        if (distance <= farthest) {
          byDistance.get(distance).add(candidate);
        }
      }
    }
    return byDistance.stream().flatMap(List::stream).limit(SUGGESTIONS).toList();
  }
}
