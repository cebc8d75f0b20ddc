package gradus.text.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import gradus.tensor.Tensor;
import gradus.tensor.io.FormatException;
import gradus.text.fasttext.FastText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.jr.ob.JSON;

/** Test sets of every kind, told by their content. */
class TestSetFilesTest {

  @TempDir Path folder;

  private final WordVectors table =
      WordVectors.of(
          List.of("man", "woman", "king", "queen", "boy", "prime_minister"),
          Tensor.of(
              new float[][] {
                {1, 0, 0.1f}, {1, 1, 0.1f}, {1, 0, 2}, {1, 1, 2}, {1, -0.2f, 0}, {-1, 0.3f, 0}
              }));

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  @Test
  void tablesOfColumns() throws IOException {
    Path file =
        write(
            "msr.csv",
            """
            ,type,word1,word2,word3,target
            0,ROYAL,man,king,woman,queen
            1,GENDER,"man",woman,king,queen
            2,ROYAL,man , king ,woman,boy
            3,ROYAL,man,king,woman,prime minister
            """);
    assertThat(table.evaluateWordAnalogies(file).sections())
        .containsExactly(
            new AnalogyReport.Section("ROYAL", 1, 3, 3),
            new AnalogyReport.Section("GENDER", 1, 1, 1));
    Path plain = write("plain.csv", "word1,word2,word3,target\nman,king,woman,queen\n");
    assertThat(table.evaluateWordAnalogies(plain).sections())
        .containsExactly(new AnalogyReport.Section("plain.csv", 1, 1, 1));
    Path ragged = write("ragged.csv", "word1,word2,word3,target\nman,king,woman\n");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> table.evaluateWordAnalogies(ragged))
        .withMessage(
            "analogies: line 2 of ragged.csv has 3 cells. The header has 4, and each line as many.");
  }

  @Test
  void cellsInQuotes() {
    assertThat(CsvLine.cells("a, \"b, \"\"c\"\"\" ,,d", ','))
        .containsExactly("a", "b, \"c\"", "", "d");
  }

  /** Of three lines every ordered two are a question; that of an unknown word is not covered. */
  @Test
  void batsAsksEveryTwoLines() throws IOException {
    write("bats/1_Inflection/I01 [male - female].txt", "man\twoman\nking\tqueen\nduke\tduchess\n");
    write("bats/4_Lexical/L01 [any].txt", "man\tking\nwoman\tboy/queen\n");
    write("bats/metadata.json", "{}");
    write("bats/.DS_Store", "\0");
    AnalogyReport report = table.evaluateWordAnalogies(folder.resolve("bats"));
    assertThat(report.sections())
        .containsExactly(
            new AnalogyReport.Section("I01 [male - female]", 2, 2, 6),
            new AnalogyReport.Section("L01 [any]", 2, 2, 2));
    assertThat(report.oovRatio()).isCloseTo(50, within(1e-9));
    assertThat(report.accuracyOfAll()).isCloseTo(4 / 8.0, within(1e-9));
  }

  /** The first answer is the one that is asked with, and must be known; any one is right. */
  @Test
  void theFirstOfSeveralAnswersMustBeKnown() throws IOException {
    Path file = write("L.txt", "man king\nwoman duchess/queen\n");
    assertThat(table.evaluateWordAnalogies(file).covered()).isZero();
    Path known = write("L2.txt", "man king\nwoman boy/duchess/queen\n");
    assertThat(table.evaluateWordAnalogies(known).sections())
        .containsExactly(new AnalogyReport.Section("L2", 2, 2, 2));
    Path empty = write("L3.txt", "man\tking\nwoman\tqueen//boy\n");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> table.evaluateWordAnalogies(empty))
        .withMessage(
            "analogies: line 2 of L3.txt is no pair. A line holds word<TAB>answer1/answer2.");
  }

  @Test
  void foldersWithoutTestsAndFilesThatAreNoText() throws IOException {
    write("none/readme.md", "nothing");
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> table.evaluateWordAnalogies(folder.resolve("none")))
        .withMessageContaining(
            "none, its files: none holds analogies in a .txt, .csv or .tsv file.");
    Path bytes = Files.write(folder.resolve("bytes.bin"), new byte[] {(byte) 0xff, 0, 1});
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> table.evaluateWordPairs(bytes))
        .withMessageEndingWith(
            "bytes.bin, its text: not UTF-8. A test set is text; save it in UTF-8.");
  }

  @Test
  void pathsThatAreNull() {
    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            () -> table.evaluateWordAnalogies(null),
            () -> table.evaluateWordPairs(null),
            () -> PairReport.recognises(null))) {
      assertThatIllegalArgumentException()
          .isThrownBy(call)
          .withMessage("test set: the path is null. Give one.");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FastText.recognises(null))
        .withMessage("recognises: the path is null. Give one.");
  }

  @Test
  void pairsAreToldFromAnalogies() throws IOException {
    assertThat(PairReport.recognises(write("a", "# title\nword1,word2,score\na,b,1\n"))).isTrue();
    assertThat(PairReport.recognises(write("b", "a b 1\n"))).isTrue();
    for (String other :
        List.of(
            "", ": s\na b 1 d\n", "a b c d\n", "a\tb/c\n", "word1,word2,word3,target\na,b,c,d\n")) {
      assertThat(PairReport.recognises(write("c", other))).as(other).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "man\tboy\t9\nking\tqueen\t7\nboy\tqueen\t1\nking\tx\t5\n",
        "man boy 9\nking queen 7\nboy queen 1\nking x 5\n",
        "word1,word2,score\nman,boy,9\nking,queen,7\nboy,queen,1\nking,x,5\n",
        ",word1,word2,similarity\n0,man,boy,9\n1,king,queen,7\n2,boy,queen,1\n3,king,x,5\n",
        "word1;word2;score\r\nman;boy;9\r\nking;queen;7\r\n\r\nboy;queen;1\r\nking;x;5\r\n",
        "word1\tword2\tPOS\tSimLex999\tother\nman\tboy\tN\t9\t1\nking\tqueen\tN\t7\t2\n"
            + "boy\tqueen\tN\t1\t3\nking\tx\tN\t5\t4\n",
        "# Word 1\tWord 2\tHuman (mean)\nman\tboy\t9\nking\tqueen\t7\nboy\tqueen\t1\nking\tx\t5\n"
      })
  void pairsOfEveryForm(String text) throws IOException {
    PairReport report = table.evaluateWordPairs(write("pairs", text));
    assertThat(report.covered()).isEqualTo(3);
    assertThat(report.total()).isEqualTo(4);
    assertThat(report.spearman()).isCloseTo(1, within(1e-9));
    assertThat(report.spearmanOfAll()).isCloseTo(0.8, within(1e-9));
    assertThat(report.oovRatio()).isCloseTo(25, within(1e-9));
  }

  @Test
  void aLineWithoutAFigureIsNamed() throws IOException {
    for (String text :
        List.of("a\tb\t1\nman\tboy\tmuch\n", "a\tb\t1\nman\tboy\n", "a b\nman boy\n")) {
      Path file = write("bad.tsv", text);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> table.evaluateWordPairs(file))
          .withMessage(
              "word pairs: line 2 of bad.tsv is not a pair. A line holds two words and a figure.");
    }
  }

  @Test
  void reportsAsJson() throws IOException {
    Path questions = write("q.txt", ": \"royal\"\nman king woman queen\nman king woman duchess\n");
    Map<String, Object> analogies =
        JSON.std.mapFrom(table.evaluateWordAnalogies(questions).toJson());
    assertThat(analogies)
        .containsEntry("accuracy", 1.0)
        .containsEntry("accuracyOfAll", 0.5)
        .containsEntry("oovRatio", 50.0)
        .containsEntry("total", 2);
    assertThat(analogies.get("sections"))
        .isEqualTo(
            List.of(
                Map.of(
                    "name",
                    "\"royal\"",
                    "accuracy",
                    1.0,
                    "accuracyOfAll",
                    0.5,
                    "correct",
                    1,
                    "covered",
                    1,
                    "total",
                    2)));
    Path pairs = write("p.txt", "man duke 3\nking duke 4\n");
    Map<String, Object> report = JSON.std.mapFrom(table.evaluateWordPairs(pairs).toJson());
    assertThat(report).containsEntry("spearman", null).containsEntry("covered", 0);
  }
}
