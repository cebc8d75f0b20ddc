package gradus.examples;

import gradus.examples.picture.HeatPicture;
import gradus.text.encoder.TokenVectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** The part of chapter 8 on attention: which heads carry the context to "bank". */
final class HeadSection {

  /** A sentence, and the word in it that tells the sense of "bank". */
  private record Case(int sentence, String tell, int colour) {}

  private static final List<Case> CASES = List.of(new Case(2, "loan", 1), new Case(4, "river", 2));

  private HeadSection() {}

  static void tell(Story story, Banks banks) {
    story.heading("Where do the heads let bank look?");
    story.explain(
        """
        In each layer every head looks in its own way. The table of heads shows how much each of them
        lets <em>bank</em> look at the word that tells its sense; the arcs show the one that does so
        most, found by computing, not by choice. <em>[CLS]</em> and <em>[SEP]</em> are the signs the
        model puts around a text; a head that finds nothing often looks there.""");
    for (Case shown : CASES) {
      show(story, banks.inside().get(shown.sentence()), shown);
    }
    elsewhere(story, banks);
  }

  private static void show(Story story, TokenVectors inside, Case shown) {
    double[][] weights = Head.weights(inside, Banks.WORD, shown.tell());
    Head head = Head.lookingMost(inside, Banks.WORD, shown.tell());
    story.claim(
        "the head where bank looks most at " + shown.tell(),
        String.format(
            Locale.ROOT, "%s: %.0f %%", head, 100 * weights[head.layer() - 1][head.number() - 1]));
    story.picture(
        HeatPicture.draw(
            "Weight of %s for bank, head by head".formatted(shown.tell()),
            numbers("layer ", weights.length),
            numbers("", weights[0].length),
            weights,
            true),
        "How much each head lets “bank” look at “%s” in “%s” Across: the heads."
            .formatted(shown.tell(), inside.text()));
    double[] shares = head.weights(inside, Banks.WORD);
    List<String> tokens = inside.tokens();
    story.picture(
        ArcPicture.draw(tokens, tokens.indexOf(Banks.WORD), shares, shown.colour()),
        "The attention of “bank” in %s.".formatted(head));
    var line = new StringBuilder();
    for (int i = 0; i < shares.length; i++) {
      line.append(String.format(Locale.ROOT, "%s %.0f %%  ", tokens.get(i), 100 * shares[i]));
    }
    story.line(line.toString().strip());
  }

  private static List<String> numbers(String name, int count) {
    return IntStream.rangeClosed(1, count).mapToObj(i -> name + i).toList();
  }

  /** The same heads in all eight sentences: what they were not chosen by. */
  private static void elsewhere(Story story, Banks banks) {
    List<Head> heads =
        CASES.stream()
            .map(
                shown ->
                    Head.lookingMost(
                        banks.inside().get(shown.sentence()), Banks.WORD, shown.tell()))
            .toList();
    story.explain("The same heads in all eight sentences: the two tokens <em>bank</em> sees most.");
    var rows = new ArrayList<List<String>>();
    for (TokenVectors inside : banks.inside()) {
      var row = new ArrayList<String>(List.of(inside.text()));
      heads.forEach(head -> row.add(most(inside, head.weights(inside, Banks.WORD))));
      rows.add(row);
    }
    var names = new ArrayList<String>(List.of("sentence"));
    heads.forEach(head -> names.add(head.toString()));
    story.table(names, rows);
  }

  private static String most(TokenVectors inside, double[] shares) {
    List<Integer> order =
        IntStream.range(0, shares.length)
            .boxed()
            .sorted((a, b) -> Double.compare(shares[b], shares[a]))
            .limit(2)
            .toList();
    List<String> parts = new ArrayList<>();
    for (int token : order) {
      parts.add(
          String.format(
              Locale.ROOT, "%s %.0f %%", inside.tokens().get(token), 100 * shares[token]));
    }
    return String.join(", ", parts);
  }
}
