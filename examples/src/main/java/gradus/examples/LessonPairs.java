package gradus.examples;

import gradus.tensor.Tensor;
import gradus.text.encoder.SentenceEncoder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The five pairs of the lesson's table of cosines, measured in the table and by the encoder. */
final class LessonPairs {

  /**
   * A pair and its three cosines.
   *
   * @param lesson what the lesson says
   * @param table between the rows of the table of input embeddings
   * @param encoder between what the encoder makes of each word as a text of its own
   */
  record Pair(
      String a, String b, String relationship, double lesson, double table, double encoder) {

    String name() {
      return a + " – " + b;
    }
  }

  private record Claim(String a, String b, double cosine, String relationship) {}

  private static final List<Claim> CLAIMS =
      List.of(
          new Claim("king", "queen", 0.72, "related (royalty)"),
          new Claim("king", "man", 0.58, "related (male)"),
          new Claim("king", "apple", 0.12, "unrelated"),
          new Claim("hot", "cold", 0.45, "antonyms (but related)"),
          new Claim("cat", "feline", 0.81, "synonyms"));

  private final Map<String, List<String>> pieces = new LinkedHashMap<>();
  private final List<Pair> pairs = new ArrayList<>();

  private LessonPairs() {}

  static LessonPairs measured(SentenceEncoder encoder) {
    var result = new LessonPairs();
    List<String> words =
        CLAIMS.stream()
            .flatMap(claim -> List.of(claim.a(), claim.b()).stream())
            .distinct()
            .toList();
    Tensor encoded = encoder.encode(words);
    Map<String, Tensor> rows = new LinkedHashMap<>();
    for (String word : words) {
      var cut = encoder.tokenizer().encode(word, false);
      result.pieces.put(word, cut.tokens());
      Tensor table = encoder.model.embeddings.wordEmbeddings.weight.detach();
      rows.put(word, table.indexSelect(0, Tensor.of(cut.ids())).mean(0));
    }
    for (Claim claim : CLAIMS) {
      double table = Figures.cosine(rows.get(claim.a()), rows.get(claim.b()));
      Tensor a = encoded.select(0, words.indexOf(claim.a()));
      Tensor b = encoded.select(0, words.indexOf(claim.b()));
      result.pairs.add(
          new Pair(
              claim.a(),
              claim.b(),
              claim.relationship(),
              claim.cosine(),
              table,
              Figures.cosine(a, b)));
    }
    return result;
  }

  /** The five, in the lesson's order. */
  List<Pair> pairs() {
    return pairs;
  }

  void tell(Story story) {
    story.heading("The lesson's five pairs");
    story.explain(
        """
        Here are the figures the lesson gives, and beside them ours, twice: from the <em>table</em>,
        one row for each word, and from the <em>encoder</em>, the whole model with the word as a text
        of its own. The angle stands behind each cosine. No model gives the lesson's figures to the
        digit: they depend on what a model was trained on.""");
    var rows = new ArrayList<List<String>>();
    for (Pair pair : pairs) {
      rows.add(
          List.of(
              pair.name(),
              pair.relationship(),
              String.format(
                  Locale.ROOT, "%.2f (%s)", pair.lesson(), Figures.degrees(pair.lesson())),
              Figures.withAngle(pair.table()),
              Figures.withAngle(pair.encoder())));
    }
    story.table(List.of("pair", "relationship", "the lesson", "the table", "the encoder"), rows);
    pieces.forEach(
        (word, cut) -> {
          if (cut.size() > 1) {
            story.claim(
                "no row of the table is “%s”: mean of the rows of".formatted(word),
                String.join(" + ", cut));
          }
        });
    ordered(story);
    story.explain(
        """
        Where ours are far from the lesson's, there are reasons to be seen. The pieces of <em>feline</em>
        occur in many words, so the mean of their rows says little about cats; the encoder has layers
        above the table that put the pieces together again. In this table <em>king</em> and
        <em>man</em> share little: its rows were trained to serve the layers above, not to stand alone,
        and what a king shares with men is a small part of what the row says. The encoder finds even
        <em>king</em> and <em>apple</em> somewhat alike: it was made to compare sentences, and two
        single words without a sentence are much the same kind of text.""");
  }

  /** Whether the pairs come in the same order by our figures as by the lesson's. */
  private void ordered(Story story) {
    story.claim("nearest first, the lesson", order(Pair::lesson));
    story.claim("nearest first, the table", order(Pair::table));
    story.claim("nearest first, the encoder", order(Pair::encoder));
  }

  private String order(ToDoubleFunction<Pair> figure) {
    return String.join(
        ", ",
        pairs.stream().sorted(Comparator.comparingDouble(figure).reversed()).map(Pair::b).toList());
  }
}
