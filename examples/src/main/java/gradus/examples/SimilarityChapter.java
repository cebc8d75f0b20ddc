package gradus.examples;

import gradus.text.vectors.WordVectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Chapter 2: in a trained table, words of like meaning lie in like directions. */
final class SimilarityChapter {

  /** Two words, and whether their meanings are near. */
  private record Pair(String a, String b, boolean related) {}

  private static final List<Pair> PAIRS =
      List.of(
          new Pair("king", "queen", true),
          new Pair("paris", "france", true),
          new Pair("happy", "glad", true),
          new Pair("cat", "dog", true),
          new Pair("car", "truck", true),
          new Pair("doctor", "nurse", true),
          new Pair("cat", "banana", false),
          new Pair("king", "banana", false),
          new Pair("car", "democracy", false),
          new Pair("dog", "algebra", false));

  private SimilarityChapter() {}

  static void tell(Story story, WordVectors words, LessonPairs lesson) {
    story.chapter("Real vectors: near in meaning, near in direction");
    story.explain(
        """
        From here on the table is a trained one: the embedding layer of a real sentence model,
        all-MiniLM-L6-v2, with 384 numbers for each word.""");
    CompanySection.tell(story, words);
    story.heading("The cosine");
    story.explain(
        """
        How alike two words are is measured by the <em>cosine</em> of the angle between their vectors:
        multiply them place by place and add up (the dot product <em>u·v</em>), then divide by both
        lengths. What is left is the angle, without the lengths: 1 for the same direction (0°), 0 for
        a right angle (90°), −1 for opposite ones (180°).""");
    story.formula("similarity(u, v) = u·v / (‖u‖ ‖v‖) = cos θ");
    story.code(
        """
        import module gradus.text;

        WordVectors words = PretrainedTable.miniLm().wordVectors();
        words.similarity("cat", "dog");
        words.mostSimilar("king", 5);
        """);
    story.claim(
        "whole words in the table, numbers each", words.size() + " × " + words.vectorSize());
    byHand(story, words);
    lesson.tell(story);
    story.heading("More pairs, from the table");
    var rows = new ArrayList<List<String>>();
    for (Pair pair : PAIRS) {
      rows.add(
          List.of(
              pair.a() + " – " + pair.b(),
              pair.related() ? "related" : "unrelated",
              Figures.three(words.similarity(pair.a(), pair.b())),
              Figures.degrees(words.similarity(pair.a(), pair.b()))));
    }
    story.table(List.of("pair", "meaning", "cosine", "angle"), rows);
    double related = bound(words, true);
    double unrelated = bound(words, false);
    story.claim(
        "the least alike related pair is above",
        String.format(
            Locale.ROOT,
            "%.3f > %.3f: %s",
            related,
            unrelated,
            related > unrelated ? "holds" : "does not hold"));
    story.picture(
        bars(words), "Cosine of each pair. Related pairs in blue, unrelated ones in orange.");
    neighbours(story, words);
  }

  /** The formula with its numbers, for one pair. */
  private static void byHand(Story story, WordVectors words) {
    double dot = words.get("king").dot(words.get("queen")).item();
    double king = words.length("king");
    double queen = words.length("queen");
    double cosine = dot / (king * queen);
    story.claim(
        "king, queen: u·v / (‖u‖ ‖v‖)",
        "%s / (%s × %s) = %s, so θ = %s"
            .formatted(
                Figures.three(dot),
                Figures.three(king),
                Figures.three(queen),
                Figures.three(cosine),
                Figures.degrees(cosine)));
  }

  private static double bound(WordVectors words, boolean related) {
    var cosines =
        PAIRS.stream()
            .filter(pair -> pair.related() == related)
            .mapToDouble(pair -> words.similarity(pair.a(), pair.b()));
    return related ? cosines.min().orElseThrow() : cosines.max().orElseThrow();
  }

  private static void neighbours(Story story, WordVectors words) {
    story.heading("Nearest neighbours");
    var rows = new ArrayList<List<String>>();
    for (String word : List.of("king", "cat", "bread", "paris", "swim")) {
      rows.add(List.of(word, Words.joined(words.mostSimilar(word, 5))));
    }
    story.table(List.of("word", "nearest five, with their cosines"), rows);
    List<String> odd = List.of("breakfast", "cereal", "dinner", "lunch");
    story.claim("which does not belong: " + String.join(", ", odd) + "?", words.doesntMatch(odd));
  }

  private static String bars(WordVectors words) {
    var picture = new BarPicture("Cosine similarity of word pairs", 0.25);
    for (Pair pair : PAIRS) {
      picture.bar(
          pair.a() + " – " + pair.b(),
          words.similarity(pair.a(), pair.b()),
          pair.related() ? 1 : 2);
    }
    return picture.draw();
  }
}
