package gradus.text.vectors;

import gradus.text.io.JsonText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How many analogies of a test set a table solves by 3CosAdd.
 *
 * <p>A question counts as covered if the table holds all four of its words; it counts as solved if
 * the expected word comes first once the three words asked with, however they are spelt, are left
 * out of the five nearest. This is how gensim scores. Of several expected words, as BATS lists
 * them, each counts as solved, and the table must hold the first.
 *
 * @param sections the test set's sections in order
 */
public record AnalogyReport(List<Section> sections) {

  /**
   * The score of one section.
   *
   * @param name the section's name
   * @param correct how many covered questions are solved
   * @param covered how many questions the table holds all words of
   * @param total how many questions there are
   */
  public record Section(String name, int correct, int covered, int total) {

    /** The solved share of the covered questions, 0..1; 0 when none is covered. */
    public double accuracy() {
      return share(correct, covered);
    }

    /** The solved share of all questions, 0..1 (gensim's {@code dummy4unknown=True}). */
    public double accuracyOfAll() {
      return share(correct, total);
    }
  }

  /** The questions solved in all sections. */
  public int correct() {
    return sections.stream().mapToInt(Section::correct).sum();
  }

  /** The questions covered in all sections. */
  public int covered() {
    return sections.stream().mapToInt(Section::covered).sum();
  }

  /** The questions in the file. */
  public int total() {
    return sections.stream().mapToInt(Section::total).sum();
  }

  /** The solved share of the covered questions, 0..1; 0 when none is covered. */
  public double accuracy() {
    return share(correct(), covered());
  }

  /**
   * The solved share of all questions, 0..1: those that are not covered count as not solved
   * (gensim's {@code dummy4unknown=True}).
   */
  public double accuracyOfAll() {
    return share(correct(), total());
  }

  /** The share of the questions that are not covered, in percent, as gensim logs it. */
  public double oovRatio() {
    return 100 * share(total() - covered(), total());
  }

  private static double share(int part, int whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }

  static AnalogyReport of(WordVectors table, TestWords words, Path path) throws IOException {
    var score = new AnalogyScore(table, words);
    return new AnalogyReport(AnalogyFile.read(path).stream().map(score::of).toList());
  }

  /**
   * The report as JSON: an object with the figures of all questions, named as the methods here, and
   * {@code sections}, a list of objects with those of one section and its {@code name}.
   */
  public String toJson() {
    return JsonText.write(
        JsonText.object(
            "accuracy",
            accuracy(),
            "accuracyOfAll",
            accuracyOfAll(),
            "correct",
            correct(),
            "covered",
            covered(),
            "total",
            total(),
            "oovRatio",
            oovRatio(),
            "sections",
            sections.stream().map(AnalogyReport::json).toList()));
  }

  private static Map<String, Object> json(Section section) {
    return JsonText.object(
        "name",
        section.name(),
        "accuracy",
        section.accuracy(),
        "accuracyOfAll",
        section.accuracyOfAll(),
        "correct",
        section.correct(),
        "covered",
        section.covered(),
        "total",
        section.total());
  }

  /** One line per section and one for all, as a table. */
  @Override
  public String toString() {
    var text = new StringBuilder();
    for (Section section : sections) {
      line(text, section.name(), section.correct(), section.covered(), section.total());
    }
    line(text, "all", correct(), covered(), total());
    return text.toString();
  }

  private static void line(StringBuilder text, String name, int correct, int covered, int total) {
    text.append(
        String.format(
            Locale.ROOT,
            "%-30s %5.1f %%  (%d of %d covered, %d asked)%n",
            name,
            100 * share(correct, covered),
            correct,
            covered,
            total));
  }
}
