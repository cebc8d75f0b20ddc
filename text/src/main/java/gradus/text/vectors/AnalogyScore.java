package gradus.text.vectors;

import gradus.tensor.FlatIndex;
import gradus.tensor.Metric;
import gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** Puts the questions of a test set to a table, a batch of them in one search. */
final class AnalogyScore {

  /** How many questions are answered in one matrix product. */
  private static final int BATCH = 256;

  /** So many of the nearest words are looked at, besides the three asked with, as in gensim. */
  private static final int ANSWERS = 5;

  /**
   * A question all of whose words the table holds.
   *
   * @param rows of its three words
   * @param asked how these are spelt: none of them is an answer
   * @param right how the right answers are spelt
   */
  private record Asked(int[] rows, Set<String> asked, Set<String> right) {

    boolean isAsked(int row) {
      return row == rows[0] || row == rows[1] || row == rows[2];
    }

    /** Nearest to b - a + c. */
    WordQuery query(WordVectors table) {
      return new WordQuery(table, new int[] {rows[1], rows[2]}, new int[] {rows[0]});
    }
  }

  private final WordVectors table;
  private final TestWords words;
  private final FlatIndex answers;

  AnalogyScore(WordVectors table, TestWords words) {
    this.table = table;
    this.words = words;
    this.answers = FlatIndex.of(table.vectors().narrow(0, 0, words.size()), Metric.COSINE);
  }

  AnalogyReport.Section of(AnalogySection section) {
    List<Asked> covered = new ArrayList<>();
    for (AnalogyQuestion question : section.questions()) {
      OptionalInt a = words.find(question.a());
      OptionalInt b = words.find(question.b());
      OptionalInt c = words.find(question.c());
      OptionalInt d = words.find(question.answers().getFirst());
      if (a.isPresent() && b.isPresent() && c.isPresent() && d.isPresent()) {
        int[] rows = {a.getAsInt(), b.getAsInt(), c.getAsInt()};
        Set<String> asked =
            Arrays.stream(rows).mapToObj(words::spelling).collect(Collectors.toSet());
        covered.add(new Asked(rows, asked, right(question)));
      }
    }
    return new AnalogyReport.Section(
        section.name(), solved(covered), covered.size(), section.questions().size());
  }

  private Set<String> right(AnalogyQuestion question) {
    return question.answers().stream()
        .map(words::find)
        .filter(OptionalInt::isPresent)
        .map(row -> words.spelling(row.getAsInt()))
        .collect(Collectors.toSet());
  }

  private int solved(List<Asked> questions) {
    int correct = 0;
    for (int from = 0; from < questions.size(); from += BATCH) {
      List<Asked> batch = questions.subList(from, Math.min(from + BATCH, questions.size()));
      Tensor directions =
          WordQuery.directions(batch.stream().map(question -> question.query(table)));
      int k = Math.min(words.size(), ANSWERS + 3);
      long[] found = answers.search(directions, k).indices().toLongArray();
      for (int i = 0; i < batch.size(); i++) {
        Asked question = batch.get(i);
        correct +=
            Arrays.stream(found, i * k, (i + 1) * k)
                    .mapToInt(row -> (int) row)
                    .filter(row -> row >= 0 && !question.isAsked(row))
                    .limit(ANSWERS)
                    .mapToObj(words::spelling)
                    .filter(answer -> !question.asked().contains(answer))
                    .limit(1)
                    .anyMatch(question.right()::contains)
                ? 1
                : 0;
      }
    }
    return correct;
  }
}
