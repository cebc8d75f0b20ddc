package gradus.text.vectors;

import gradus.tensor.FlatIndex;
import gradus.tensor.Metric;
import gradus.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How many analogies of a test set a table solves by 3CosAdd.
 *
 * <p>A question counts as covered if the table holds all four of its words; it counts as solved if
 * the expected word comes first once the three words asked with, however they are spelt, are left
 * out of the five nearest. This is how gensim scores.
 *
 * @param sections the file's sections in order
 */
public record AnalogyReport(List<Section> sections) {

  /** How many questions are answered in one matrix product. */
  private static final int BATCH = 256;

  /** So many of the nearest words are looked at, besides the three asked with, as in gensim. */
  private static final int ANSWERS = 5;

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
      return covered == 0 ? 0 : (double) correct / covered;
    }
  }

  /**
   * One question.
   *
   * @param rows of the four words
   * @param asked how the first three are spelt: none of them is an answer
   */
  private record Question(int[] rows, Set<String> asked) {

    boolean isAsked(int row) {
      return row == rows[0] || row == rows[1] || row == rows[2];
    }

    /** Nearest to b - a + c. */
    WordQuery query(WordVectors table) {
      return new WordQuery(table, new int[] {rows[1], rows[2]}, new int[] {rows[0]});
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
    return covered() == 0 ? 0 : (double) correct() / covered();
  }

  static AnalogyReport of(WordVectors table, TestWords words, Path path) throws IOException {
    var answers = FlatIndex.of(table.vectors().narrow(0, 0, words.size()), Metric.COSINE);
    List<Section> sections = new ArrayList<>();
    List<Question> questions = new ArrayList<>();
    String name = path.getFileName().toString();
    int total = 0;
    int number = 0;
    for (String line : QuestionFile.lines(path)) {
      number++;
      if (line.startsWith(":")) {
        addSection(sections, name, solved(table, words, answers, questions), questions, total);
        name = line.substring(1).strip();
        questions.clear();
        total = 0;
      } else if (!line.isBlank()) {
        String[] asked = line.strip().split("\\s+");
        if (asked.length != 4) {
          throw new IllegalArgumentException(
              "analogies: line %d of %s has %d words. A question has four: a b c d."
                  .formatted(number, path.getFileName(), asked.length));
        }
        total++;
        addQuestion(questions, words, asked);
      }
    }
    addSection(sections, name, solved(table, words, answers, questions), questions, total);
    return new AnalogyReport(List.copyOf(sections));
  }

  private static void addQuestion(List<Question> questions, TestWords words, String[] asked) {
    int[] rows = new int[4];
    for (int i = 0; i < 4; i++) {
      OptionalInt row = words.find(asked[i]);
      if (row.isEmpty()) {
        return;
      }
      rows[i] = row.getAsInt();
    }
    Set<String> spellings =
        Arrays.stream(rows, 0, 3).mapToObj(words::spelling).collect(Collectors.toSet());
    questions.add(new Question(rows, spellings));
  }

  private static void addSection(
      List<Section> sections, String name, int correct, List<Question> asked, int total) {
    if (total > 0) {
      sections.add(new Section(name, correct, asked.size(), total));
    }
  }

  /** Counts the solved questions, a batch of them in one search. */
  private static int solved(
      WordVectors table, TestWords words, FlatIndex answers, List<Question> questions) {
    int correct = 0;
    for (int from = 0; from < questions.size(); from += BATCH) {
      List<Question> batch = questions.subList(from, Math.min(from + BATCH, questions.size()));
      Tensor directions =
          WordQuery.directions(batch.stream().map(question -> question.query(table)));
      int k = Math.min(words.size(), ANSWERS + 3);
      long[] found = answers.search(directions, k).indices().toLongArray();
      for (int i = 0; i < batch.size(); i++) {
        Question question = batch.get(i);
        correct +=
            Arrays.stream(found, i * k, (i + 1) * k)
                    .mapToInt(row -> (int) row)
                    .filter(row -> row >= 0 && !question.isAsked(row))
                    .limit(ANSWERS)
                    .mapToObj(words::spelling)
                    .filter(answer -> !question.asked().contains(answer))
                    .limit(1)
                    .anyMatch(words.spelling(question.rows()[3])::equals)
                ? 1
                : 0;
      }
    }
    return correct;
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
    double percent = covered == 0 ? 0 : 100.0 * correct / covered;
    text.append(
        String.format(
            Locale.ROOT,
            "%-30s %5.1f %%  (%d of %d covered, %d asked)%n",
            name,
            percent,
            correct,
            covered,
            total));
  }
}
