package gradus.text.vectors;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/**
 * The words of a table as test sets see them (gensim's {@code restrict_vocab} and {@code
 * case_insensitive}): the first so many of them, told apart by their capitals or not at all.
 */
final class TestWords {

  static final int RESTRICT_VOCAB = 300_000;

  private final Vocabulary vocabulary;
  private final int size;
  private final UnaryOperator<String> spelling;
  private final Map<String, Integer> rows = new HashMap<>();

  /**
   * The first words of a table.
   *
   * @param op the method that was called, for errors
   * @param vocabulary all words
   * @param restrictVocab how many of them count
   * @param caseInsensitive whether case makes no difference
   */
  TestWords(String op, Vocabulary vocabulary, int restrictVocab, boolean caseInsensitive) {
    if (restrictVocab < 1) {
      throw new IllegalArgumentException(
          "%s: restrictVocab is %d. It must be at least 1.".formatted(op, restrictVocab));
    }
    this.vocabulary = vocabulary;
    this.size = Math.min(restrictVocab, vocabulary.size());
    // By capitals and not by small letters, as gensim: so is STRASSE found where straße stands.
    this.spelling =
        caseInsensitive ? word -> word.toUpperCase(Locale.ROOT) : UnaryOperator.identity();
    for (int row = 0; row < size; row++) {
      rows.putIfAbsent(spelling(row), row);
    }
  }

  /** How many words count. */
  int size() {
    return size;
  }

  /** How a word is compared. */
  String spelling(int row) {
    return spelling.apply(vocabulary.word(row));
  }

  /**
   * The row of a word; of several spellings the first. For a blank in it the table may have a low
   * line, as word2vec joins phrases.
   */
  OptionalInt find(String word) {
    Integer row = rows.get(spelling.apply(word));
    if (row == null && word.indexOf(' ') >= 0) {
      row = rows.get(spelling.apply(word.replace(' ', '_')));
    }
    return row == null ? OptionalInt.empty() : OptionalInt.of(row);
  }
}
