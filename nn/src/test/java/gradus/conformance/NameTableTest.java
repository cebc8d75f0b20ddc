package gradus.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The page of PyTorch's names says what the code says. */
class NameTableTest {
  private final NameTable names = new NameTable();

  @Test
  void whatIsSpelledByHandExists() {
    assertThat(names.missing()).isEmpty();
    assertThat(names.unknown()).isEmpty();
    assertThat(NameTable.exists("x.noSuchMethod()")).isFalse();
    assertThat(NameTable.exists("NoSuchType")).isFalse();
    assertThat(NameTable.exists("x.add()")).isTrue();
  }

  @Test
  void thePageIsUpToDate() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "pytorch.md"));
    assertThat(page).as("docs/pytorch.md; written anew by: mvn -q -Pnames").isEqualTo(names.page());
  }
}
