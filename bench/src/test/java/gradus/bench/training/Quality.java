package gradus.bench.training;

import gradus.tensor.io.LoadProgress;
import gradus.text.vectors.AnalogyReport;
import gradus.text.vectors.WordVectors;
import java.io.IOException;
import java.nio.file.Path;

/**
 * How good word vectors are: Google's analogies by 3CosAdd among the 30,000 most frequent words,
 * and the rank correlation with WordSim-353.
 *
 * @param semantic the share of analogies of meaning that are solved, in per cent
 * @param syntactic of form
 * @param total of all
 * @param wordSim Spearman's correlation
 */
record Quality(double semantic, double syntactic, double total, double wordSim) {

  private static final int MOST_FREQUENT = 30_000;

  /** The quality of the vectors in a file. */
  static Quality of(Path vectors, Path evaluation) throws IOException {
    WordVectors words = WordVectors.load(vectors, LoadProgress.silent());
    AnalogyReport report =
        words.evaluateWordAnalogies(evaluation.resolve("questions-words.txt"), MOST_FREQUENT, true);
    return new Quality(
        percent(report, false),
        percent(report, true),
        100 * report.accuracy(),
        words
            .evaluateWordPairs(evaluation.resolve("wordsim353.tsv"), MOST_FREQUENT, true)
            .spearman());
  }

  private static double percent(AnalogyReport report, boolean syntactic) {
    int correct = 0;
    int covered = 0;
    for (AnalogyReport.Section section : report.sections()) {
      if (section.name().startsWith("gram") == syntactic) {
        correct += section.correct();
        covered += section.covered();
      }
    }
    return covered == 0 ? 0 : 100.0 * correct / covered;
  }
}
