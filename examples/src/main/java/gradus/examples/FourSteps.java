package gradus.examples;

import gradus.tensor.Tensor;
import gradus.text.vectors.ScoredWord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The lesson's four steps from static to contextual, each with what the small model did. */
final class FourSteps {

  private static final String BANK = "bank";
  private static final int GUESSES = 4;

  private FourSteps() {}

  /**
   * Tells the four steps.
   *
   * @param money a sentence of money with "bank" in it
   * @param river one of rivers
   * @param before the cosine of the two "bank" before the training
   * @param losses of every batch, in order
   * @param epochs how many times the sentences were gone through
   */
  static void tell(
      Story story,
      ContextModel model,
      String money,
      String river,
      double before,
      List<Double> losses,
      int epochs) {
    story.heading("The lesson's four steps, and ours");
    story.explain(
        """
        The lesson tells in four steps how contextual embeddings work. Here they are, with what our
        small model did. For the last one we ask the model which hidden word <em>bank</em> now guesses,
        and by how much more than <em>bank</em> does when it stands alone.""");
    var row = model.staticVector(BANK);
    int pass = losses.size() / epochs;
    var rows = new ArrayList<List<String>>();
    rows.add(
        List.of(
            "1",
            "start with static embeddings",
            "one row for both sentences: cosine " + Figures.three(Figures.cosine(row, row))));
    rows.add(
        List.of(
            "2",
            "let each token look at the other tokens",
            "%s; %s".formatted(looks(model, money), looks(model, river))));
    rows.add(
        List.of(
            "3",
            "update by what helps to predict the context",
            String.format(
                Locale.ROOT,
                "loss %.2f → %.2f; cosine of the two banks %s",
                mean(losses.subList(0, pass)),
                mean(losses.subList(losses.size() - pass, losses.size())),
                Figures.change(before, Figures.cosine(bank(model, money), bank(model, river))))));
    rows.add(
        List.of(
            "4",
            "near “money”: financial features",
            "%s: guesses %s".formatted(ending(money), Words.joined(guesses(model, money)))));
    rows.add(
        List.of(
            "",
            "near “river”: geographic features",
            "%s: guesses %s".formatted(ending(river), Words.joined(guesses(model, river)))));
    story.table(List.of("step", "the lesson", "our model"), rows);
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  private static String ending(String sentence) {
    return "“…" + sentence.substring(sentence.indexOf(BANK) + BANK.length()) + "”";
  }

  private static Tensor bank(ContextModel model, String sentence) {
    List<String> words = List.of(sentence.split(" "));
    return model.read(words).output().select(0, words.indexOf(BANK));
  }

  /** The two words that "bank" looks at most. */
  private static String looks(ContextModel model, String sentence) {
    List<String> words = List.of(sentence.split(" "));
    Tensor weights = model.read(words).weights().select(0, words.indexOf(BANK));
    long[] most = weights.topk(2).indices().toLongArray();
    var parts = new ArrayList<String>();
    for (long place : most) {
      double share = 100 * weights.get((int) place);
      parts.add(String.format(Locale.ROOT, "%s %.0f %%", words.get((int) place), share));
    }
    return "bank → " + String.join(", ", parts);
  }

  /** The words whose chance, guessed by "bank", grows most by the sentence it stands in. */
  private static List<ScoredWord> guesses(ContextModel model, String sentence) {
    List<String> words = List.of(sentence.split(" "));
    Tensor here = model.guesses(words, BANK);
    Tensor growth = here.sub(model.guesses(List.of(BANK), BANK));
    var top = growth.topk(GUESSES);
    List<ScoredWord> result = new ArrayList<>();
    for (int i = 0; i < GUESSES; i++) {
      String word = model.word((int) top.indices().toLongArray()[i]);
      result.add(new ScoredWord(word, top.values().get(i)));
    }
    return result;
  }
}
