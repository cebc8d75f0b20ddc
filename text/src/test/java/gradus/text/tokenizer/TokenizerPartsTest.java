package gradus.text.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import gradus.tensor.io.FormatException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parts of Hugging Face's pipeline, worked out from its source. */
class TokenizerPartsTest {

  @TempDir Path folder;

  private static Tokenizer words(String parts, String vocab) {
    return SmallTokenizers.read(
        """
        {%s"model": {"type": "WordLevel", "unk_token": "<unk>", "vocab": {"<unk>": 0%s}}}"""
            .formatted(parts, vocab));
  }

  /** The words a pre-tokenizer makes of a text. */
  private static List<String> cut(String preTokenizer, String text) {
    Encoding encoding = words("\"pre_tokenizer\": " + preTokenizer + ", ", "").encode(text);
    List<String> words = new ArrayList<>();
    encoding.offsets().forEach(span -> words.add(span.of(text)));
    return words;
  }

  @Test
  void wordLevel() {
    Tokenizer tokenizer =
        words("\"pre_tokenizer\": {\"type\": \"Whitespace\"}, ", ", \"a\": 1, \"bc\": 2");
    Encoding encoding = tokenizer.encode("a bc, b");
    assertThat(encoding.ids()).containsExactly(1, 2, 0, 0);
    assertThat(encoding.tokens()).containsExactly("a", "bc", "<unk>", "<unk>");
    assertThat(encoding.offsets().get(1)).isEqualTo(new Span(2, 4));
    tokenizer.save(folder.resolve("tokenizer.json"));
    Tokenizer again = Tokenizer.load(folder.resolve("tokenizer.json"));
    assertThat(again.encode("a bc, b").ids()).containsExactly(1, 2, 0, 0);
    assertThat(again.decode(1, 2)).isEqualTo("a bc");
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(
            () ->
                SmallTokenizers.read(
                    "{\"model\": {\"type\": \"WordLevel\", \"vocab\": {\"a\": 0}}}"))
        .withMessageContaining("the vocabulary has no token \"<unk>\"");
  }

  /** The library's own tests, and what its loop does at the beginning of a text. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "どこで生れ。Yes | どこで生れ/。/Yes",
        "Apples are りんご 林檎 | 'Apples are /りんご 林檎'",
        "' 12 ab' | '12 /ab'",
        "グーーー京a | グーーー京/a",
        "aбγ | a/б/γ",
        "a\uE000b\u0861c | a\uE000b\u0861c",
      })
  void unicodeScripts(String text, String words) {
    assertThat(String.join("/", cut("{\"type\": \"UnicodeScripts\"}", text))).isEqualTo(words);
  }

  @Test
  void unicodeScriptsOfNothing() {
    assertThat(cut("{\"type\": \"UnicodeScripts\"}", "   ")).isEmpty();
    assertThat(cut("{\"type\": \"UnicodeScripts\"}", "")).isEmpty();
  }

  /** Oniguruma's table of one character has ² in it, that of ranges has not; neither a joiner. */
  @ParameterizedTest
  @CsvSource({
    "\\\\w+, a²³¹¼½¾b_c, a²³¹¼½¾b_c",
    "[\\\\w]+, a²³¹¼½¾b_c, a/²³¹¼½¾/b_c",
    "[^\\\\w]+, a²³¹¼½¾b_c, a/²³¹¼½¾/b_c",
    "\\\\W+, a²³¹¼½¾b_c, a²³¹¼½¾b_c",
    "[\\\\W]+, a²³¹¼½¾b_c, a/²³¹¼½¾/b_c",
    "[^\\\\W]+, a²½b c, a/²½/b/ /c",
    "\\\\b, a² b½c, a²/ /b½c",
    "\\\\B, a² b, a/² b",
    "\\\\w+, a\u200Db\u200Cc, a/\u200D/b/\u200C/c",
    "[\\\\w]+, a\u200Db\u200Cc, a/\u200D/b/\u200C/c",
    "\\\\b, a\u200Db, a/\u200D/b",
    "[\\\\w-]+, a-b²c, a-b/²/c",
    "[\\\\w&&[^b]]+, abc, a/b/c",
    "[\\\\]\\\\w]+, a]²b, a]/²/b",
  })
  void wordsInPatterns(String regex, String text, String words) {
    String split =
        "{\"type\": \"Split\", \"behavior\": \"Isolated\", \"invert\": false, \"pattern\": {\"Regex\": \"%s\"}}"
            .formatted(regex);
    assertThat(String.join("/", cut(split, text))).isEqualTo(words);
  }

  /** The text begins where its first character that is left came from. */
  @ParameterizedTest
  @CsvSource({
    "a b, ▁a/▁b",
    "' a b', a/▁b",
    "'  a', a",
    "x, ▁x",
  })
  void metaspaceFirstAfterDroppedCharacters(String text, String tokens) {
    Tokenizer tokenizer =
        words(
            """
            "normalizer": {"type": "Strip"},
            "pre_tokenizer": {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "first"},
            """,
            ", \"a\": 1, \"▁a\": 2, \"▁b\": 3, \"▁x\": 4");
    assertThat(String.join("/", tokenizer.encode(text).tokens())).isEqualTo(tokens);
  }
}
