package gradus.examples;

import gradus.tensor.Tensor;
import gradus.text.encoder.SentenceEncoder;
import gradus.text.vectors.ScoredWord;
import gradus.text.vectors.WordVectors;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The part of chapter 8 on what "bank" takes from its neighbours: money's words or a river's. */
final class FeatureSection {

  private static final int NEAR = 150;
  private static final int SHOWN = 8;

  /**
   * A word, and by how much "bank" moved towards it.
   *
   * @param money the mean over the sentences of money, cosine less that of "bank" alone
   * @param river the same over the sentences of rivers
   */
  private record Shift(String word, double money, double river) {

    double towardsMoney() {
      return money - river;
    }

    private static String signed(double shift) {
      return String.format(Locale.ROOT, "%+.3f", shift);
    }

    List<String> row() {
      return List.of(word, signed(money), signed(river));
    }
  }

  private FeatureSection() {}

  static void tell(Story story, Banks banks, SentenceEncoder encoder, WordVectors words) {
    int layer = banks.clearestLayer();
    story.heading("Financial features, geographic features");
    story.explain(
        """
        The lesson's last step: “bank” near “money” gets financial features, near “river” geographic
        ones. Can that be seen in the table's words? The nearest row stays that of <em>bank</em>, as we
        saw, so we look at what <em>changes</em>. For every word near <em>bank</em> in the table (the %d
        nearest, without forms of <em>bank</em> and without the words of the eight sentences) we take
        the cosine of its row with <em>bank</em> in a sentence, less its cosine with <em>bank</em> as a
        text of its own, after layer %d. A plus says: this sentence moves <em>bank</em> towards that
        word."""
            .formatted(NEAR, layer));
    List<Shift> shifts = shifts(banks, encoder, words, layer);
    Comparator<Shift> order = Comparator.comparingDouble(Shift::towardsMoney);
    List<Shift> money =
        shifts.stream()
            .filter(shift -> shift.money() > 0)
            .sorted(order.reversed())
            .limit(SHOWN)
            .toList();
    List<Shift> river =
        shifts.stream().filter(shift -> shift.river() > 0).sorted(order).limit(SHOWN).toList();
    List<String> head = List.of("word", "with money", "with a river");
    story.explain(
        """
        The words that money draws <em>bank</em> nearer to, those first for which a river does the
        opposite most:""");
    story.table(head, money.stream().map(Shift::row).toList());
    story.explain("And those for which it is the other way round:");
    story.table(head, river.stream().map(Shift::row).toList());
    var picture = new BarPicture("Shift with money less shift with a river", 0.05);
    money.forEach(shift -> picture.bar(shift.word(), shift.towardsMoney(), 1));
    river.reversed().forEach(shift -> picture.bar(shift.word(), shift.towardsMoney(), 2));
    story.picture(
        picture.draw(),
        "Shift in the sentences of money less that in the sentences of rivers: to the right, words that money draws “bank” to.");
    story.claim("money draws bank to", String.join(", ", names(money)));
    story.claim("a river draws bank to", String.join(", ", names(river)));
    story.explain(
        """
        The financial features are plain: words of money and business gain near money and lose near a
        river. The geographic ones are there, but few, and mixed with other things that one can stand
        beside: this table's row of <em>bank</em> is mostly that of the money house, so few of its
        neighbours lie in a landscape.""");
  }

  private static List<String> names(List<Shift> shifts) {
    return shifts.stream().map(Shift::word).toList();
  }

  private static List<Shift> shifts(
      Banks banks, SentenceEncoder encoder, WordVectors words, int layer) {
    Tensor alone = encoder.inspect(Banks.WORD).word(Banks.WORD, layer);
    Set<String> told = new HashSet<>();
    banks.inside().forEach(inside -> told.addAll(inside.tokens()));
    List<Shift> shifts = new ArrayList<>();
    for (ScoredWord near : words.mostSimilar(Banks.WORD, NEAR)) {
      String word = near.word();
      if (!told.contains(word) && !word.startsWith(Banks.WORD) && word.matches("[a-z]{3,}")) {
        Tensor row = words.get(word);
        double base = Figures.cosine(row, alone);
        double[] sum = new double[2];
        Banks.indices()
            .forEach(
                i -> {
                  int sense = Banks.SENTENCES.get(i).money() ? 0 : 1;
                  sum[sense] += Figures.cosine(row, banks.vector(i, layer)) - base;
                });
        double each = Banks.SENTENCES.size() / 2.0;
        shifts.add(new Shift(word, sum[0] / each, sum[1] / each));
      }
    }
    return shifts;
  }
}
