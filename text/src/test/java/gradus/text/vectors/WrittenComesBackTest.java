package gradus.text.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import gradus.tensor.Tensor;
import gradus.tensor.io.LoadProgress;
import gradus.text.io.FloatPrinter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is written comes back as it was, or it is refused before anything is written. */
class WrittenComesBackTest {

  private static final List<String> PIECES =
      List.of(
          "a", "word", " ", " ", "\t", "\n", "\r", "\0", "\u0001", "7", "-1.5", "nan", "\uFEFF",
          "\uD83D", "\uDE00", "😀", "é", "東", "\u00A0", "\u2028", "\u0085", ".", "#", "\"", "\\");

  @TempDir Path folder;

  private static WordVectors random(Random random) {
    Set<String> words = new LinkedHashSet<>();
    int size = 1 + random.nextInt(3);
    while (words.size() < size) {
      var word = new StringBuilder();
      for (int i = random.nextInt(4); i >= 0; i--) {
        word.append(random.nextInt(9) == 0 ? "" : PIECES.get(random.nextInt(PIECES.size())));
      }
      words.add(word.toString());
    }
    int dim = 1 + random.nextInt(2);
    float[] values = new float[size * dim];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextBoolean() ? random.nextInt(20) - 5 : random.nextFloat() * 1e-3f;
    }
    return WordVectors.of(new ArrayList<>(words), Tensor.fromArray(values, size, dim));
  }

  @ParameterizedTest
  @EnumSource
  void anyTable(WordVectorFormat format) throws IOException {
    if (format == WordVectorFormat.EMBEDDING_PROJECTOR) {
      return; // not read
    }
    var random = new Random(9);
    int written = 0;
    for (int turn = 0; turn < 20_000; turn++) {
      WordVectors table = random(random);
      Path file = folder.resolve("table");
      try {
        if (turn < 500) {
          table.save(file, format);
        } else { // the same bytes, not waiting until they are on the disk
          var bytes = new ByteArrayOutputStream();
          WordVectorWriter.write(table, bytes, format);
          Files.write(file, bytes.toByteArray());
        }
      } catch (IllegalArgumentException e) {
        assertThat(e).hasMessageStartingWith("save: ");
        assertThat(file).doesNotExist();
        continue;
      }
      written++;
      WordVectors again = WordVectors.load(file, LoadProgress.silent());
      assertThat(again.vocabulary().words()).isEqualTo(table.vocabulary().words());
      if (format.numbers() != FloatPrinter.Numbers.FIXED) {
        assertThat(again.vectors().toFloatArray()).isEqualTo(table.vectors().toFloatArray());
      }
      Files.delete(file);
    }
    assertThat(written).isGreaterThan(2_000);
  }

  @ParameterizedTest
  @CsvSource({
    "GLOVE_TEXT, 'a\0b', it holds a zero byte",
    "GLOVE_TEXT, '\uFEFFa', it begins with a byte order mark",
    "GLOVE_TEXT, '400000', it would be taken for a line of counts",
    "GLOVE_TEXT, 'covid 19', its end would be taken for a number",
    "FASTTEXT_VEC, 'look ', it ends in a blank",
    "WORD2VEC_TEXT, 'a\rb', it holds a newline or carriage return",
    "WORD2VEC_TEXT, 'covid 19', every word ends in a number",
    "WORD2VEC_BINARY, 'a b', it holds a blank or newline",
  })
  void saysWhy(WordVectorFormat format, String word, String reason) {
    WordVectors table = WordVectors.of(List.of(word), Tensor.of(new float[][] {{50}}));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> table.save(folder.resolve("table"), format))
        .withMessageContaining(reason);
  }

  /** Both halves would become a question mark, and the words the same. */
  @ParameterizedTest
  @EnumSource
  void halvesOfSurrogatePairs(WordVectorFormat format) throws IOException {
    WordVectors table =
        WordVectors.of(List.of("a\uD83D", "a\uDE00"), Tensor.of(new float[][] {{1}, {2}}));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> table.save(folder.resolve("table"), format))
        .withMessageContaining("half of a surrogate pair");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void noWords() {
    WordVectors none = WordVectors.of(List.of(), Tensor.zeros(0, 4));
    none.save(folder.resolve("none.vec"), WordVectorFormat.FASTTEXT_VEC);
    WordVectors again = WordVectors.load(folder.resolve("none.vec"), LoadProgress.silent());
    assertThat(again.size()).isZero();
    assertThat(again.vectorSize()).isEqualTo(4);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> none.save(folder.resolve("none.txt"), WordVectorFormat.GLOVE_TEXT));
  }
}
