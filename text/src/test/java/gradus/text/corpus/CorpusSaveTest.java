package gradus.text.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A corpus written down again. */
class CorpusSaveTest {

  @TempDir Path folder;

  @Test
  void aSentenceALineAndABlankBetweenWords() throws IOException {
    byte[] bytes = "  the\tking\r\n\nand\0the \u00e9 ".getBytes(StandardCharsets.ISO_8859_1);
    Path file = Files.write(folder.resolve("text.txt"), bytes);
    Corpus.of(file).save(folder.resolve("saved.txt"));
    assertThat(Files.readString(folder.resolve("saved.txt"), StandardCharsets.ISO_8859_1))
        .as("bytes that are no UTF-8 stay as they are")
        .matches("the king\n\n?and the \u00e9\n");
    Corpus.of(List.of(List.of("a", "b"), List.of("c"))).save(folder.resolve("list.gz"));
    try (var in = new GZIPInputStream(Files.newInputStream(folder.resolve("list.gz")))) {
      assertThat(in.readAllBytes()).asString().isEqualTo("a b\nc\n");
    }
  }

  @Test
  void whatCannotBeWrittenOrRead() throws IOException {
    Corpus sentences = Corpus.of(List.of(List.of("a")));
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> sentences.save(folder.resolve("no/a.txt")))
        .withMessageEndingWith("a.txt cannot be written: there is no such folder.");
    Path file = Files.writeString(folder.resolve("gone.txt"), "a b\n");
    Corpus gone = Corpus.of(file);
    Files.delete(file);
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> gone.save(folder.resolve("b.txt")))
        .withMessageContaining("gone.txt cannot be read: there is no such file.");
    assertThat(folder.resolve("b.txt")).doesNotExist();
  }
}
