package gradus.text.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import gradus.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportsTest {

  @TempDir Path folder;

  private final WordVectors table =
      WordVectors.of(
          List.of("man", "woman", "king", "queen", "boy"),
          Tensor.fromArray(
              new float[] {1, 0, 0.1f, 1, 1, 0.1f, 1, 0, 2, 1, 1, 2, 1, -0.2f, 0}, 5, 3));

  @Test
  void countsSolvedAndCoveredQuestionsPerSection() throws IOException {
    Path file = folder.resolve("questions.txt");
    Files.writeString(
        file,
        """
        : family
        Man King Woman Queen
        man king woman boy
        man king woman duchess
        : reversed
        king man queen woman
        """);
    AnalogyReport report = table.evaluateWordAnalogies(file);
    assertThat(report.sections())
        .containsExactly(
            new AnalogyReport.Section("family", 1, 2, 3),
            new AnalogyReport.Section("reversed", 1, 1, 1));
    assertThat(report.accuracy()).isCloseTo(2 / 3.0, within(1e-9));
    assertThat(report.total()).isEqualTo(4);
    assertThat(report.toString()).contains("family", "50.0 %", "all", "66.7 %");
  }

  @Test
  void readsPackedFiles() throws IOException {
    Path plain = Files.writeString(folder.resolve("plain.txt"), "man king woman queen\n");
    Path packed = folder.resolve("packed.txt.gz");
    try (var out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      Files.copy(plain, out);
    }
    assertThat(table.evaluateWordAnalogies(packed).correct())
        .isEqualTo(table.evaluateWordAnalogies(plain).correct())
        .isEqualTo(1);
  }

  @Test
  void aLineThatIsNoQuestionIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("bad.txt"), ": s\nman king woman queen\na b c\n");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> table.evaluateWordAnalogies(file))
        .withMessage("analogies: line 3 of bad.txt has 3 words. A question has four: a b c d.");
  }

  @Test
  void ranksPairsLikePeople() throws IOException {
    Path file = folder.resolve("pairs.tsv");
    Files.writeString(
        file, "# a title\nman\tboy\t9\nking\tqueen\t7\nboy\tqueen\t1\nking\tunknown\t5\n");
    PairReport report = table.evaluateWordPairs(file);
    assertThat(report.covered()).isEqualTo(3);
    assertThat(report.total()).isEqualTo(4);
    assertThat(report.spearman()).isCloseTo(1, within(1e-9));
    assertThat(report.toString()).contains("3 of 4 pairs");
  }

  @Test
  void aLineThatIsNoPairIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("bad.tsv"), "man\tboy\tmuch\n");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> table.evaluateWordPairs(file))
        .withMessage(
            "word pairs: line 1 of bad.tsv is not a pair. A line holds two words and a figure.");
  }

  @Test
  void equalFiguresShareTheirRank() {
    assertThat(Correlation.ranks(new double[] {5, 1, 5, 3})).containsExactly(3.5, 1, 3.5, 2);
  }

  /** scipy 1.10: {@code pearsonr} of points with these correlations. */
  @Test
  void chanceOfACorrelation() {
    assertThat(Correlation.pValue(0.6, 5)).isCloseTo(0.28475697986529375, within(1e-12));
    assertThat(Correlation.pValue(-0.6, 5)).isCloseTo(0.28475697986529375, within(1e-12));
    assertThat(Correlation.pValue(0, 12)).isCloseTo(1, within(1e-12));
    assertThat(Correlation.pValue(1, 12)).isZero();
    assertThat(Correlation.pValue(0.5, 4)).isCloseTo(0.5, within(1e-12)); // 1 - |r| for four points
    assertThat(Correlation.pValue(0.9, 2)).isNaN();
  }

  @Test
  void correlationsHaveTheirTextbookValues() {
    double[] x = {1, 2, 3, 4, 5};
    double[] y = {2, 1, 4, 3, 100};
    assertThat(Correlation.spearman(x, y)).isCloseTo(0.8, within(1e-12));
    assertThat(Correlation.pearson(x, new double[] {3, 5, 7, 9, 11})).isCloseTo(1, within(1e-12));
    assertThat(Correlation.pearson(x, new double[] {4, 4, 4, 4, 4})).isNaN();
  }
}
