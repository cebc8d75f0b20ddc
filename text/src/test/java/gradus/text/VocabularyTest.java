package gradus.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VocabularyTest {

  private final Vocabulary words = Vocabulary.of(List.of("queen", "polish", "Polish", "queue"));

  @Test
  void findsAWordAsWrittenBeforeAnyOtherSpelling() {
    assertThat(words.indexOf("Polish")).isEqualTo(2);
    assertThat(words.indexOf("polish")).isEqualTo(1);
    assertThat(words.indexOf("POLISH")).isEqualTo(1);
    assertThat(words.contains("QUEEN")).isTrue();
    assertThat(words.contains("quee")).isFalse();
  }

  @Test
  void unknownWordNamesCloseSpellings() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> words.indexOf("quene"))
        .withMessage(
            "word vectors: \"quene\" is not among the 4 words. Words are matched whole, as written"
                + " or without regard to case. Did you mean queen, queue?");
  }

  @Test
  void wordLikeNoOtherGetsNoSuggestion() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> words.indexOf("zzz"))
        .withMessageEndingWith("case.");
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
