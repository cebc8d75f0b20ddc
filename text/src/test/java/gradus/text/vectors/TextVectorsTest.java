package gradus.text.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gradus.tensor.io.FormatException;
import gradus.tensor.io.LoadProgress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of text, with counts and without. */
class TextVectorsTest {

  @TempDir private Path folder;

  private Path file(String text) {
    return file(text.getBytes(StandardCharsets.UTF_8));
  }

  private Path file(byte[] bytes) {
    try {
      return Files.write(folder.resolve("v.txt"), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] packed(byte[] bytes) {
    var packed = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  private WordVectors load(String text) {
    return WordVectors.load(file(text), LoadProgress.silent());
  }

  private void fails(String text, String... parts) {
    assertThatThrownBy(() -> load(text))
        .isInstanceOf(FormatException.class)
        .message()
        .startsWith(folder.resolve("v.txt").toString())
        .contains(parts);
  }

  @Test
  void readsWithCountsAndWithout() {
    WordVectors word2vec = load("2 3\nthe 1 2 3\nof -0.5 1e-05 4\n");
    assertThat(word2vec.vocabulary().words()).containsExactly("the", "of");
    assertThat(word2vec.vectors().toFloatArray()).containsExactly(1, 2, 3, -0.5f, 1e-5f, 4);
    WordVectors glove = load("the 1 2 3\nof -0.5 1e-05 4\n");
    assertThat(glove.vocabulary().words()).containsExactly("the", "of");
    assertThat(glove.vectors().toFloatArray()).containsExactly(1, 2, 3, -0.5f, 1e-5f, 4);
  }

  @Test
  void takesWindowsLinesTrailingBlanksEmptyLinesAndNoLastNewline() {
    WordVectors table = load("\uFEFF2 2\r\n\r\na 1 2 \r\n  \nb 3 4\t");
    assertThat(table.vocabulary().words()).containsExactly("a", "b");
    assertThat(table.vectors().toFloatArray()).containsExactly(1, 2, 3, 4);
  }

  @Test
  void wordsMayHoldBlanksAndNumbers() {
    WordVectors table = load("the .1 .2\n. . .3 .4\nin 1999 .5 .6\n7 .7 .8\n .9 1\n");
    assertThat(table.vocabulary().words()).containsExactly("the", ". .", "in 1999", "7", "");
    assertThat(table.vectors().toFloatArray())
        .containsExactly(.1f, .2f, .3f, .4f, .5f, .6f, .7f, .8f, .9f, 1f);
    assertThat(load("1999 .5 .6\nb 1 2\n").vocabulary().words()).containsExactly("1999", "b");
    assertThat(load(". . . 5 6\nb 1 2\n").vocabulary().words()).containsExactly(". . .", "b");
  }

  @Test
  void onlyBlanksAndNewlinesPart() {
    WordVectors table = load("3 1\na\u00a0b 1\nc\u2028d\u0085 2\ne\tf 3\n");
    assertThat(table.vocabulary().words()).containsExactly("a\u00a0b", "c\u2028d\u0085", "e\tf");
  }

  @Test
  void firstOfTwoEqualWordsCounts() {
    WordVectors table = load("4 1\na 1\nb 2\na 3\nc 4\n");
    assertThat(table.vocabulary().words()).containsExactly("a", "b", "c");
    assertThat(table.vectors().toFloatArray()).containsExactly(1, 2, 4);
    assertThat(table.vectors().shape().toArray()).containsExactly(3, 1);
    assertThat(table.get("c").toFloatArray()).containsExactly(4);
    assertThat(table.vocabulary().findIgnoringCase("B")).hasValue(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | byte 0 | empty",
        "'\n\n' | line 3 | no word with numbers",
        "'only words here\nand here' | line 1 | no word with numbers",
        "'2 3\na 1 2 3\nb 1 2\n' | line 3 | 2 numbers where the first line says 3",
        "'2 3\na 1 2 3\nb 1 2 3 4' | line 3 | ''",
        "'2 3\na 1 2 3\n\nb 1 x 3' | line 4 | a field among the last 3 is no number",
        "'2 3\na 1  2 3\nb 1 2 3' | line 2 | parted by single blanks",
        "'2 3\na 1 2 3' | line 2 | 'ends after 1 words, line 1 says there are 2'",
        "'a 1 2\nb 1\n' | line 2 | 1 numbers where the first line says 2",
        "'2 -3\na 1 2 3' | line 1 | 2 words of -3 numbers",
        "'2 0\na\nb\n' | line 1 | the numbers 1..",
        "'99999999999999999999 3\na 1 2 3' | line 1 | The words must be at least 0",
        "'2000000 2000000\na 1 2 3' | line 2 | 3 numbers where the first line says 2000000",
        "'2000000000 1\na 1\n' | line 2 | ends after 1 words",
        "'1 2000000000\na 1\n' | line 2 | 1 numbers where the first line says 2000000000"
      })
  void saysWhatIsWrongAndWhere(String text, String place, String problem) {
    if (text.startsWith("2 3\na 1 2 3\nb 1 2 3 4")) {
      // Four numbers: the first belongs to the word, as in glove.840B.
      assertThat(load(text).vocabulary().words()).containsExactly("a", "b 1");
    } else {
      fails(text, place, problem);
    }
  }

  @Test
  void wordsThatAreNotUtf8() {
    byte[] latin = "2 1\nok 1\ncaf\u00e9 2\n".getBytes(StandardCharsets.ISO_8859_1);
    Path file = file(latin);
    assertThatThrownBy(() -> WordVectors.load(file, LoadProgress.silent()))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("line 3: the word (bytes 63 61 66 e9) is not UTF-8");
    assertThat(words(file, UnicodeErrors.REPLACE)).containsExactly("ok", "caf\ufffd");
    assertThat(words(file, UnicodeErrors.IGNORE)).containsExactly("ok", "caf");
  }

  private static List<String> words(Path file, UnicodeErrors errors) {
    return WordVectors.load(file, errors, LoadProgress.silent()).vocabulary().words();
  }

  @Test
  void fileThatIsNotThere() {
    assertThatThrownBy(() -> WordVectors.load(folder.resolve("none"), LoadProgress.silent()))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageEndingWith("none cannot be read: there is no such file.");
  }

  /** Of several pieces, so that borders between them fall everywhere. */
  @Test
  void manyPiecesGiveTheSameAsOne() {
    int rows = 30_011;
    var random = new SplittableRandom(5);
    float[] values = new float[rows * 12];
    List<String> words = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (int row = 0; row < rows; row++) {
      words.add((row % 3 == 2 ? "wörd " : "word") + row);
      text.append(words.get(row));
      for (int i = 0; i < 12; i++) {
        values[row * 12 + i] = random.nextFloat() - 0.5f;
        text.append(' ').append(values[row * 12 + i]);
      }
      text.append(row % 7 == 0 ? "\r\n" : "\n");
    }
    assertThat(text.length()).isGreaterThan(3 << 20);
    String counts = rows + " 12\n";
    byte[] glove = text.toString().getBytes(StandardCharsets.UTF_8);
    byte[] word2vec = (counts + text).getBytes(StandardCharsets.UTF_8);
    for (byte[] bytes : List.of(glove, word2vec, packed(glove), packed(word2vec))) {
      WordVectors table = WordVectors.load(file(bytes), LoadProgress.silent());
      assertThat(table.vocabulary().words()).isEqualTo(words);
      assertThat(table.vectors().toFloatArray()).isEqualTo(values);
    }
    int last = text.lastIndexOf(" ");
    fails(text.substring(0, last) + "\n" + text, "line " + rows, "11 numbers where");
    assertThat(load(counts + text + "extra 1 2 3 4 5 6 7 8 9 10 11 12\n").size()).isEqualTo(rows);
    fails(counts + text.substring(0, last), "line " + (rows + 1), "11 numbers where");
  }

  @Test
  void tellsHowFarItHasCome() {
    StringBuilder text = new StringBuilder();
    for (int row = 0; row < 200_000; row++) {
      text.append("word").append(row).append(" 0.25 0.5\n");
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    for (byte[] file : List.of(bytes, packed(bytes))) {
      List<Long> seen = new ArrayList<>();
      WordVectors.load(
          file(file),
          (path, done, total) -> {
            assertThat(total).isEqualTo(file.length);
            seen.add(done);
          });
      assertThat(seen).isSorted().endsWith((long) file.length).hasSizeGreaterThan(3);
      assertThat(seen.stream().filter(done -> done == file.length)).hasSize(1);
    }
  }

  @Test
  void packedDataThatIsDamaged() throws IOException {
    byte[] whole = packed("2 1\na 1\nb 2\n".getBytes(StandardCharsets.UTF_8));
    byte[] cut = java.util.Arrays.copyOf(whole, whole.length - 9);
    assertThatThrownBy(() -> WordVectors.load(file(cut), LoadProgress.silent()))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("the gzip data is damaged or cut short");
    byte[] bomb = packed(new byte[80 << 20]);
    bomb = concat(packed("9 9\na 1 2 3 4 5 6 7 8 9\n".getBytes(StandardCharsets.UTF_8)), bomb);
    Path file = file(bomb);
    assertThatThrownBy(() -> WordVectors.load(file, LoadProgress.silent()))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("this is a bomb");
  }

  private static byte[] concat(byte[] a, byte[] b) {
    byte[] both = java.util.Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }
}
