package gradus.text.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import gradus.tensor.io.FormatException;
import gradus.tensor.io.LoadProgress;
import gradus.text.fasttext.FastText;
import gradus.text.fasttext.TinyFastText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first rows of a file (gensim's {@code limit}), and what is left out with a warning. */
class LimitTest {

  @TempDir Path folder;

  private WordVectors load(byte[] bytes, int limit) throws IOException {
    Path file = Files.write(folder.resolve("v"), bytes);
    return WordVectors.load(file, limit, UnicodeErrors.STRICT, LoadProgress.silent());
  }

  private WordVectors load(String text, int limit) throws IOException {
    return load(text.getBytes(StandardCharsets.UTF_8), limit);
  }

  private void holds(WordVectors table, String words) {
    assertThat(String.join(" ", table.vocabulary().words())).isEqualTo(words);
    for (int row = 0; row < table.size(); row++) {
      assertThat(table.row(row)[0]).isEqualTo(row + 1);
    }
  }

  /** facebookresearch/fastText #452: wiki-news-300d-1M-subword.vec lacks its last row. */
  @Test
  void theRowsBeforeWhereAFileWasCut() throws IOException {
    String cut = "3 2\nthe 1 2\nof 2 4\n";
    holds(load(cut, 2), "the of");
    holds(load(cut, 1), "the");
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> load(cut, 3))
        .withMessageContaining("the file ends after 2 words, line 1 says there are 3.")
        .withMessageContaining("WordVectors.load(path, 2) takes those that are there");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> load(cut, 0))
        .withMessage("load: a limit of 0 words. It must be at least 1.");
  }

  /** A damaged row after the limit is nobody's. */
  @Test
  void everyKindOfFile() throws IOException {
    String rows = "a 1 .5\nb 2 .5\nc 3 .5\n";
    for (String text : List.of("4 2\n" + rows + "d x\n", rows + "d x\n", rows)) {
      for (byte[] bytes :
          List.of(
              text.getBytes(StandardCharsets.UTF_8),
              TextVectorsTest.packed(text.getBytes(StandardCharsets.UTF_8)))) {
        holds(load(bytes, 3), "a b c");
        holds(load(bytes, 2), "a b");
      }
    }
    byte[] binary = BinaryVectorsTest.bytes("3 2\n", true);
    assertThat(load(binary, 2).vocabulary().words()).containsExactly("the", "naïve");
    assertThat(load(Arrays.copyOf(binary, binary.length - 12), 2).size()).isEqualTo(2);
    assertThat(load(TextVectorsTest.packed(binary), 1).size()).isEqualTo(1);
    byte[] model = new TinyFastText().bytes();
    WordVectors all = load(model, 100);
    assertThat(load(model, 2).vocabulary().words())
        .isEqualTo(all.vocabulary().words().subList(0, 2));
    assertThat(load(TextVectorsTest.packed(model), 2).get(all.vocabulary().word(1)).toFloatArray())
        .isEqualTo(all.row(1));
  }

  /** BioSentVec #23: 16,545,452 rows of 200 numbers; here a file with holes instead of them. */
  @Test
  void moreNumbersThanAnArrayHolds() throws IOException {
    assertThat(load("16545452 200\n" + ("a" + " 1".repeat(200) + "\n").repeat(3), 2).size())
        .as("of two rows of one word the first counts")
        .isEqualTo(1);
    Path file = folder.resolve("large.bin");
    try (var out = new java.io.RandomAccessFile(file.toFile(), "rw")) {
      out.writeBytes("3000000 1000\na ");
      out.setLength(out.length() + 4000);
      out.seek(out.length());
      out.writeBytes("b ");
      out.setLength(13L << 30);
    }
    WordVectors two = WordVectors.load(file, 2, UnicodeErrors.STRICT, LoadProgress.silent());
    assertThat(two.vocabulary().words()).containsExactly("a", "b");
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> WordVectors.load(file, LoadProgress.silent()))
        .withMessageContaining("3,000,000 rows of 1,000 numbers are more than a Java array holds")
        .withMessageContaining("WordVectors.load(path, 2147483) takes the first of them.");
    Files.delete(file);
  }

  /** gensim reads as many rows as the counts say, and no further. */
  @Test
  void whatFollowsIsLeftOut() throws IOException {
    int all = Integer.MAX_VALUE;
    holds(load("1 1\na 1\n\nb 2\n", all), "a");
    holds(load("2 1\na 1\nb 2\nno row at all\n", all), "a b");
    byte[] binary = BinaryVectorsTest.bytes("2 2\n", false);
    assertThat(load(binary, all).vocabulary().words()).containsExactly("the", "naïve");
    byte[] model = new TinyFastText().bytes();
    WordVectors whole = load(model, all);
    assertThat(load(Arrays.copyOf(model, model.length + 3), all).vectors().toFloatArray())
        .isEqualTo(whole.vectors().toFloatArray());
    FastText again =
        FastText.load(
            Files.write(folder.resolve("m"), Arrays.copyOf(model, model.length + 3)),
            LoadProgress.silent());
    assertThat(again.words()).isEqualTo(whole.vocabulary().words());
  }

  @Test
  void noWordsAreATable() throws IOException {
    for (String text : List.of("0 3\n", "0 3", "0 3\na 1 2 3\n")) {
      WordVectors none = load(text, Integer.MAX_VALUE);
      assertThat(none.size()).isZero();
      assertThat(none.vectorSize()).isEqualTo(3);
      assertThat(none.contains("a")).isFalse();
      assertThat(none.similarByVector(gradus.tensor.Tensor.ones(3), 2)).isEmpty();
    }
  }
}
