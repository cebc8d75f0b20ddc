package gradus.text;

import gradus.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How many analogies of a test set a table solves by 3CosAdd.
 *
 * <p>A question counts as covered if the table holds all four of its words; it counts as solved if
 * the expected word comes first once the three words asked with are left out. This is how the
 * word2vec program and gensim score, without regard to case.
 *
 * @param sections the file's sections in order
 */
public record AnalogyReport(List<Section> sections) {

  /** How many questions are answered in one matrix product. */
  private static final int BATCH = 256;

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

  private record Question(int[] rows) {

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

  static AnalogyReport of(WordVectors table, Path path) throws IOException {
    List<Section> sections = new ArrayList<>();
    List<Question> questions = new ArrayList<>();
    String name = path.getFileName().toString();
    int total = 0;
    int number = 0;
    for (String line : TestSet.lines(path)) {
      number++;
      if (line.startsWith(":")) {
        addSection(sections, table, name, questions, total);
        name = line.substring(1).strip();
        questions.clear();
        total = 0;
      } else if (!line.isBlank()) {
        String[] words = line.strip().split("\\s+");
        if (words.length != 4) {
          throw new IllegalArgumentException(
              "analogies: line %d of %s has %d words. A question has four: a b c d."
                  .formatted(number, path.getFileName(), words.length));
        }
        total++;
        addQuestion(questions, table, words);
      }
    }
    addSection(sections, table, name, questions, total);
    return new AnalogyReport(List.copyOf(sections));
  }

  private static void addQuestion(List<Question> questions, WordVectors table, String[] words) {
    int[] rows = new int[4];
    for (int i = 0; i < 4; i++) {
      var row = table.vocabulary().find(words[i]);
      if (row.isEmpty()) {
        return;
      }
      rows[i] = row.getAsInt();
    }
    questions.add(new Question(rows));
  }

  private static void addSection(
      List<Section> sections, WordVectors table, String name, List<Question> asked, int total) {
    if (total > 0) {
      sections.add(new Section(name, solved(table, asked), asked.size(), total));
    }
  }

  /** Counts the solved questions, a batch of them in one search. */
  private static int solved(WordVectors table, List<Question> questions) {
    int correct = 0;
    for (int from = 0; from < questions.size(); from += BATCH) {
      List<Question> batch = questions.subList(from, Math.min(from + BATCH, questions.size()));
      Tensor directions =
          WordQuery.directions(batch.stream().map(question -> question.query(table)));
      // The three words asked with may be nearest, and do not count.
      int k = Math.min(table.size(), 4);
      long[] found = table.cosines().search(directions, k).indices().toLongArray();
      for (int i = 0; i < batch.size(); i++) {
        int[] asked = batch.get(i).rows();
        int[] near =
            Arrays.stream(found, i * k, (i + 1) * k)
                .mapToInt(row -> (int) row)
                .filter(row -> row != asked[0] && row != asked[1] && row != asked[2])
                .toArray();
        correct += near.length > 0 && near[0] == asked[3] ? 1 : 0;
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
