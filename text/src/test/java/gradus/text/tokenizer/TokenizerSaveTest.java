package gradus.text.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A tokenizer that is saved and loaded says the same of every text. */
class TokenizerSaveTest {

  private static final List<String> TEXTS =
      List.of(
          "", "Embeddings in détail, 東b", "a ab-b <w> [MASK] c1 22", "\ud83d\ude00 a\u0301 _ab");

  @TempDir Path folder;

  private Tokenizer loaded(String content) throws IOException {
    Path file = folder.resolve("source");
    Files.write(file, content.getBytes(StandardCharsets.UTF_8));
    return Tokenizer.load(file);
  }

  private Tokenizer again(Tokenizer tokenizer) {
    Path file = folder.resolve("tokenizer.json");
    tokenizer.save(file);
    return Tokenizer.load(file);
  }

  private static void assertSame(Tokenizer actual, Tokenizer expected) {
    assertThat(actual.tokens()).isEqualTo(expected.tokens());
    assertThat(actual.addedTokens()).isEqualTo(expected.addedTokens());
    assertThat(actual.truncation()).isEqualTo(expected.truncation());
    assertThat(actual.padding()).isEqualTo(expected.padding());
    for (String text : TEXTS) {
      assertSame(actual.encode(text), expected.encode(text));
      assertSame(actual.encode(text, "a b"), expected.encode(text, "a b"));
      int[] ids = expected.encode(text).ids();
      assertThat(actual.decode(ids)).isEqualTo(expected.decode(ids));
    }
  }

  private static void assertSame(Encoding actual, Encoding expected) {
    assertThat(actual.tokens()).isEqualTo(expected.tokens());
    assertThat(actual.ids()).isEqualTo(expected.ids());
    assertThat(actual.typeIds()).isEqualTo(expected.typeIds());
    assertThat(actual.offsets()).isEqualTo(expected.offsets());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        SmallTokenizers.VOCAB,
        SmallTokenizers.WORD_PIECE,
        SmallTokenizers.BPE,
        SmallTokenizers.UNIGRAM
      })
  void saysTheSame(String source) throws IOException {
    Tokenizer tokenizer = loaded(source);
    assertSame(again(tokenizer), tokenizer);
    assertSame(again(again(tokenizer)), tokenizer);
  }

  @Test
  void capitalsInAVocabTxtStay() throws IOException {
    Tokenizer tokenizer = loaded("[UNK]\n[CLS]\n[SEP]\nBank\nbank\ne\u0301\ne\n");
    Tokenizer again = again(tokenizer);
    assertSame(again, tokenizer);
    assertThat(again.encode("Bank bank").tokens())
        .containsExactly("[CLS]", "Bank", "bank", "[SEP]");
  }

  @Test
  void lengthAndPaddingAreWrittenAsTheyAreNow() throws IOException {
    Tokenizer tokenizer = loaded(SmallTokenizers.WORD_PIECE);
    Tokenizer plain = tokenizer.withoutTruncation().withoutPadding();
    assertSame(again(plain), plain);
    Tokenizer other =
        tokenizer
            .withTruncation(new Truncation(9, Truncation.Strategy.ONLY_SECOND, 2, Direction.RIGHT))
            .withPadding(new Padding(0, 8, 4, 1, "[MASK]", Direction.RIGHT));
    assertThat(again(other).truncation()).isEqualTo(other.truncation());
    assertThat(again(other).padding()).isEqualTo(other.padding());
    assertThat(again(other).encode("a a").ids()).isEqualTo(other.encode("a a").ids());
  }

  @Test
  void leavesNothingWhereItCannotWrite() throws IOException {
    Tokenizer tokenizer = loaded(SmallTokenizers.VOCAB);
    Path nowhere = folder.resolve("none/tokenizer.json");
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> tokenizer.save(nowhere))
        .withMessageContaining("tokenizer.json cannot be written");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(folder.resolve("source"));
    }
  }
}
