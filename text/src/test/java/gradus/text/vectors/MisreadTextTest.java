package gradus.text.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import gradus.tensor.io.FormatException;
import gradus.tensor.io.LoadProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Text whose lines would be read as other words than they hold. */
class MisreadTextTest {

  @TempDir Path folder;

  private WordVectors load(String text) throws IOException {
    return WordVectors.load(
        Files.writeString(folder.resolve("v.vec"), text), LoadProgress.silent());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'2.5 3\na 1 2 3\nb 4 5 6\n' | every word ends in a number, as \"a 1 2\" does",
        "'words 3\na 1 2 3\nb 4 5 6\n' | every word ends in a number, as \"a 1 2\" does",
        "'2 2\na 1 2 3\nb 4 5 6\n' | every word ends in a number, as \"a 1\" does",
        "'2 3\ra 1 2 3\rb 4 5 6\r' | a carriage return in the middle of the line",
        "'a 1 2 3\rb 4 5 6\r' | a carriage return in the middle of the line",
        "'2 3\na 1 2 3\rb 4 5 6\rc 1 2 3\n' | a carriage return in the middle of the line",
      })
  void isRefused(String text, String problem) {
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> load(text))
        .withMessageContaining("v.vec, line ")
        .withMessageContaining(problem);
  }

  /** As some files pad their words. */
  @Test
  void twoBlanksAfterAWord() throws IOException {
    for (String counts : new String[] {"", "3 2\n"}) {
      assertThat(load(counts + "look  1 2\nsee 3 4\n. .   5 6\n").vocabulary().words())
          .containsExactly("look", "see", ". .");
    }
  }

  /** A name of megabytes does not come along. */
  @Test
  void messagesAreShort() {
    String word = "x".repeat(3_000_000);
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> load("1 1\n" + word + " 1 2\n"))
        .satisfies(e -> assertThat(e.getMessage().length()).isLessThan(1000));
  }
}
