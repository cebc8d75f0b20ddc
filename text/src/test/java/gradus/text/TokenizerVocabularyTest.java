package gradus.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenizerVocabularyTest {

  private static List<String> read(String json) throws IOException {
    return TokenizerVocabulary.read(
        new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void ordersTokensByTheirIds() throws IOException {
    assertThat(read("{\"model\": {\"vocab\": {\"b\": 1, \"##ü\": 2, \"a\": 0}}}"))
        .containsExactly("a", "b", "##ü");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"model\": {\"vocab\": {\"a\": 0, \"b\": 0}}}",
        "{\"model\": {\"vocab\": {\"a\": 0, \"b\": 2}}}",
        "{\"model\": {\"vocab\": {\"a\": -1}}}",
        "{\"model\": {\"vocab\": {\"a\": \"0\"}}}",
        "{\"model\": {\"vocab\": {\"a\": 4294967296}}}",
        "{\"model\": {\"vocab\": [\"a\"]}}",
        "{\"model\": 3}",
        "[]",
        "{\"model\": {\"vocab\": {",
        "no json"
      })
  void refusesWhatIsNoVocabulary(String json) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(json))
        .withMessageStartingWith("tokenizer.json: ");
  }

  @Test
  void tellsWholeWordsFromPieces() {
    assertThat(List.of("cat", "##s", "[CLS]", "[unused0]", "[", "##", "#"))
        .filteredOn(PretrainedTable::isWholeWord)
        .containsExactly("cat", "[", "##", "#");
  }
}
