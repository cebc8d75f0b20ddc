package gradus.text.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import gradus.tensor.io.FormatException;
import gradus.text.vectors.AnalogyReport;
import gradus.text.vectors.WordVectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real table: what the lesson says of real vectors must hold for it. */
class PretrainedTableTest {

  private static PretrainedTable pretrained;
  private static WordVectors words;

  @TempDir Path folder;

  @BeforeAll
  static void load() {
    pretrained = PretrainedTable.miniLm();
    words = pretrained.wordVectors();
  }

  @Test
  void holdsTheWholeModelTable() {
    assertThat(pretrained.weight().shape()).hasToString("[30522, 384]");
    assertThat(pretrained.tokens())
        .hasSize(30522)
        .startsWith("[PAD]")
        .element(101)
        .isEqualTo("[CLS]");
    assertThat(words.size()).isEqualTo(23695);
  }

  @Test
  void solvesTheLessonsAnalogies() {
    assertThat(words.rankOf("queen", List.of("king", "woman"), List.of("man"))).isEqualTo(1);
    assertThat(words.rankOf("rome", List.of("paris", "italy"), List.of("france")))
        .isLessThanOrEqualTo(3);
    assertThat(words.rankOf("swimming", List.of("walking", "swim"), List.of("walk"))).isEqualTo(1);
    assertThat(words.rankOf("smaller", List.of("bigger", "small"), List.of("big"))).isEqualTo(1);
  }

  @Test
  void findsCapitalisedWordsWhereAsked() {
    assertThat(words.contains("Paris")).isFalse();
    assertThat(words.vocabulary().findIgnoringCase("Paris"))
        .isEqualTo(words.vocabulary().find("paris"));
    assertThat(words.doesntMatch(List.of("breakfast", "cereal", "dinner", "lunch")))
        .isEqualTo("cereal");
  }

  @Test
  void solvesThreeQuartersOfTheGoogleAnalogies() throws IOException {
    AnalogyReport report = words.evaluateWordAnalogies(shared("questions-words.txt"));
    assertThat(report.covered()).isEqualTo(12154);
    assertThat(report.accuracy()).isCloseTo(0.755, within(0.002));
  }

  @Test
  void ranksPairsLikePeople() throws IOException {
    assertThat(words.evaluateWordPairs(shared("wordsim353.tsv")).spearman())
        .isCloseTo(0.775, within(0.001));
    assertThat(words.evaluateWordPairs(shared("simlex999.txt")).spearman())
        .isCloseTo(0.495, within(0.001));
  }

  @Test
  void saysWhatIsWrongWithAFile() throws IOException {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PretrainedTable.miniLm(folder.resolve("none.jar")))
        .withMessageContaining("there is no file");
    Path text = Files.writeString(folder.resolve("text.jar"), "no jar");
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> PretrainedTable.miniLm(text))
        .withMessageContaining("text.jar, the archive: damaged");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PretrainedTable.miniLm(folder))
        .withMessageContaining("there is no *tokenizer.json and no *vocab.txt in it");
  }

  @Test
  void tellsWholeWordsFromPieces() {
    assertThat(List.of("cat", "##s", "[CLS]", "[unused0]", "[", "##", "#"))
        .filteredOn(PretrainedTable::isWholeWord)
        .containsExactly("cat", "[", "##", "#");
  }

  private static Path shared(String name) {
    Path file = Path.of(System.getProperty("gradus.shared", "")).resolve("data/eval").resolve(name);
    Assumptions.assumeTrue(Files.exists(file), () -> "left out: " + file + " is not there");
    return file;
  }
}
