package gradus.text.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VocabularyTest {

  private final Vocabulary words = Vocabulary.of(List.of("queen", "polish", "Polish", "queue"));

  /** gensim: {@code "POLISH" in wv} is false. */
  @Test
  void findsAWordAsWrittenOnly() {
    assertThat(words.indexOf("Polish")).isEqualTo(2);
    assertThat(words.indexOf("polish")).isEqualTo(1);
    assertThat(words.find("POLISH")).isEmpty();
    assertThat(words.contains("QUEEN")).isFalse();
    assertThat(words.contains("quee")).isFalse();
  }

  @Test
  void findsAnotherSpellingWhereAsked() {
    assertThat(words.findIgnoringCase("Polish")).hasValue(2);
    assertThat(words.findIgnoringCase("POLISH")).hasValue(1);
    assertThat(words.findIgnoringCase("QUEEN")).hasValue(0);
    assertThat(words.findIgnoringCase("quee")).isEmpty();
  }

  @Test
  void nullIsNoWord() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> words.find(null))
        .withMessage("word vectors: the word is null. Give one.");
  }

  /** Many words, some of which differ in case only, and as many that are not there. */
  @Test
  void findsEveryWordOfMany() {
    List<String> many = IntStream.range(0, 50_000).mapToObj(VocabularyTest::word).toList();
    Vocabulary vocabulary = Vocabulary.of(many);
    for (int row = 0; row < many.size(); row++) {
      assertThat(vocabulary.indexOf(many.get(row))).isEqualTo(row);
      assertThat(vocabulary.contains(many.get(row) + "-")).isFalse();
      // Neither spelling of the table: the first of the two counts.
      assertThat(vocabulary.findIgnoringCase("aB" + row / 2)).hasValue(row - row % 2);
    }
  }

  /** ab12, AB12, ab13, ... */
  private static String word(int row) {
    String word = "ab" + row / 2;
    return row % 2 == 0 ? word : word.toUpperCase(Locale.ROOT);
  }

  @Test
  void unknownWordNamesCloseSpellings() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> words.indexOf("quene"))
        .withMessage(
            "word vectors: \"quene\" is not among the 4 words. Words are matched whole and"
                + " as they are written. Did you mean queen, queue?");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> words.indexOf("Queen"))
        .withMessageEndingWith("Did you mean queen, queue?");
  }

  @Test
  void wordLikeNoOtherGetsNoSuggestion() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> words.indexOf("zzz"))
        .withMessageEndingWith("written.");
  }

  @Test
  void refusesAWordWithTwoRows() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Vocabulary.of(List.of("a", "b", "a")))
        .withMessage(
            "vocabulary: \"a\" stands in row 0 and again in row 2. Each word has one row.");
  }

  @Test
  void refusesARowOutsideTheTable() {
    assertThatThrownBy(() -> words.word(4))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessageContaining("valid are 0..3");
  }

  @ParameterizedTest
  @CsvSource({
    "queen, queen, 0",
    "quene, queen, 1",
    "queen, queens, 1",
    "kitten, sitting, 3",
    "'', abc, 3",
    "ca, abc, 3",
    "abcd, badc, 2"
  })
  void editDistanceCountsChangesOfLetters(String a, String b, int expected) {
    assertThat(EditDistance.between(a, b)).isEqualTo(expected);
    assertThat(EditDistance.between(b, a)).isEqualTo(expected);
  }
}
