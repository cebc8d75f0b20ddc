package gradus.text.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gradus.tensor.Tensor;
import gradus.tensor.io.LoadProgress;
import gradus.text.io.NewFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class WordVectorSaveTest {

  @TempDir private Path folder;

  private final WordVectors table =
      WordVectors.of(
          List.of("the", "naïve", "東京"),
          Tensor.fromArray(new float[] {1, -0.5f, 2.6336e-05f, 0, 1e20f, 0.1f}, 3, 2));

  private String saved(WordVectorFormat format) throws IOException {
    Path file = folder.resolve("v");
    table.save(file, format);
    return Files.readString(file);
  }

  @Test
  void textIsAsTheProgramsWriteIt() throws IOException {
    assertThat(saved(WordVectorFormat.WORD2VEC_TEXT))
        .isEqualTo("3 2\nthe 1.0 -0.5\nnaïve 2.6336e-05 0.0\n東京 1e+20 0.1\n");
    assertThat(saved(WordVectorFormat.GLOVE_TEXT))
        .isEqualTo("the 1 -0.5\nnaïve 2.6336e-05 0\n東京 1e+20 0.1\n");
    assertThat(saved(WordVectorFormat.FASTTEXT_VEC))
        .isEqualTo("3 2\nthe 1 -0.5 \nnaïve 2.6336e-05 0 \n東京 1e+20 0.1 \n");
    assertThat(saved(WordVectorFormat.WORD2VEC_C_TEXT))
        .startsWith("3 2\nthe 1.000000 -0.500000 \nnaïve 0.000026 0.000000 \n");
  }

  /** More rows than are written at a time, from a tensor that is a view. */
  @ParameterizedTest
  @EnumSource(
      value = WordVectorFormat.class,
      names = {
        "WORD2VEC_TEXT",
        "WORD2VEC_BINARY",
        "WORD2VEC_C_BINARY",
        "GLOVE_TEXT",
        "FASTTEXT_VEC"
      })
  void everyBitComesBack(WordVectorFormat format) {
    int rows = 2500;
    var random = new SplittableRandom(9);
    float[] values = new float[rows * 6];
    List<String> words = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      float value = Float.intBitsToFloat(random.nextInt());
      values[i] = Float.isNaN(value) ? Float.POSITIVE_INFINITY : value;
      words.add("w" + i);
    }
    Tensor view = Tensor.fromArray(values, rows, 6).narrow(1, 1, 4);
    WordVectors many = WordVectors.of(words.subList(0, rows), view);
    for (String name : List.of("v.any", "v.any.gz")) {
      many.save(folder.resolve(name), format);
      WordVectors again = WordVectors.load(folder.resolve(name), LoadProgress.silent());
      assertThat(again.vocabulary().words()).isEqualTo(many.vocabulary().words());
      assertThat(again.vectors().toFloatArray()).isEqualTo(view.toFloatArray());
    }
  }

  @Test
  void forTheProjector() throws IOException {
    WordVectors tabs =
        WordVectors.of(List.of("a\tb", "c d"), Tensor.fromArray(new float[] {1, 2, 3, 4}, 2, 2));
    tabs.save(folder.resolve("new/p"), WordVectorFormat.EMBEDDING_PROJECTOR);
    assertThat(folder.resolve("new/p/vectors.tsv")).hasContent("1.0\t2.0\n3.0\t4.0\n");
    assertThat(folder.resolve("new/p/metadata.tsv")).hasContent("a b\nc d\n");
  }

  @ParameterizedTest
  @CsvSource({
    "'new york', WORD2VEC_BINARY",
    "'\nx', WORD2VEC_BINARY",
    "'a\nb', WORD2VEC_TEXT",
    "'a\nb', GLOVE_TEXT",
    "'area 51', GLOVE_TEXT"
  })
  void refusesWordsThatAFormatCannotHold(String word, WordVectorFormat format) {
    WordVectors one = WordVectors.of(List.of(word), Tensor.zeros(1, 2));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> one.save(folder.resolve("v"), format))
        .withMessageStartingWith("save: \"" + word + "\" cannot stand in " + format)
        .withMessageContaining("choose another format");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void replacesAFileOnlyWhenComplete() throws IOException {
    Path file = folder.resolve("v");
    Files.writeString(file, "old");
    assertThatThrownBy(
            () ->
                NewFile.write(
                    file,
                    out -> {
                      out.write(1);
                      throw new IOException("disk full");
                    }))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("v cannot be written: disk full");
    assertThat(file).hasContent("old");
    table.save(file, WordVectorFormat.GLOVE_TEXT);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
    assertThatThrownBy(() -> table.save(folder.resolve("no/v"), WordVectorFormat.GLOVE_TEXT))
        .isInstanceOf(UncheckedIOException.class);
  }
}
