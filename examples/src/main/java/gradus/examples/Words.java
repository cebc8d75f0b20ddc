package gradus.examples;

import gradus.text.vectors.ScoredWord;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How lists of words are written in the lesson. */
final class Words {

  private Words() {}

  /** For example {@code queen .500, kings .451}. */
  static String joined(List<ScoredWord> words) {
    return words.stream().map(Words::short3).collect(Collectors.joining(", "));
  }

  private static String short3(ScoredWord word) {
    String score = String.format(Locale.ROOT, "%.3f", word.score());
    return word.word() + " " + (score.startsWith("0.") ? score.substring(1) : score);
  }
}
