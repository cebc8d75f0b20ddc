package gradus.examples;

import static org.assertj.core.api.Assertions.assertThat;

import gradus.tensor.GradMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each numbered example compiles as a compact source file and prints what its twin says. */
class LessonsTest {

  private static final CompactFiles LESSONS = new CompactFiles(Path.of("src", "lessons"));

  @TempDir static Path classes;

  static List<String> names() throws IOException {
    return LESSONS.names();
  }

  @BeforeAll
  static void compile() throws IOException {
    LESSONS.compile(classes);
  }

  @Test
  void thereIsAFilePerIdea() throws IOException {
    assertThat(names())
        .containsExactly(
            "E01Embedding",
            "E02OneHot",
            "E03Backward",
            "E04StepThroughBackprop",
            "E05Attention",
            "E06YourOwnOp",
            "E07Analogies",
            "E08Training",
            "E09Memory",
            "E10Fusion",
            "E11SentenceEncoder",
            "E12Contextual",
            "E13FineTuning",
            "E14YourOwnLayer",
            "E15SeedsAndModes",
            "E16SaveAndResume",
            "E17SkipGram",
            "E18Cbow",
            "E19Glove");
  }

  @ParameterizedTest
  @MethodSource("names")
  void printsWhatItShould(String name) throws Exception {
    String expected =
        Files.readString(Path.of("src", "test", "resources", "lessons", name + ".txt"));
    try (var _ = GradMode.traceSources()) {
      assertThat(CompactFiles.run(classes, name)).isEqualToNormalizingNewlines(expected);
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void saysHowToRunItAndWhatItsTwinIs(String name) throws IOException {
    assertThat(LESSONS.text(name))
        .contains("// Run: ./gradus examples/src/lessons/" + name + ".java\n")
        .containsAnyOf("// In PyTorch", "// With gensim");
  }
}
