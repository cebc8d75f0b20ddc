package gradus.examples;

import gradus.text.WordVectors;
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

  static void tell(Story story, WordVectors words) {
    story.chapter("Real vectors: near in meaning, near in direction");
    story.explain(
        """
        From here on the table is a trained one: the embedding layer of a real sentence model,
        all-MiniLM-L6-v2, with 384 numbers for each word. How alike two words are is measured by the
        <em>cosine</em> of the angle between their vectors: 1 for the same direction, 0 for a right
        angle.""");
    story.code(
        """
        import module gradus.text;

        WordVectors words = PretrainedTable.miniLm().wordVectors();
        words.similarity("cat", "dog");
        words.mostSimilar("king", 5);
        """);
    story.claim(
        "whole words in the table, numbers each", words.size() + " × " + words.vectorSize());
    var rows = new ArrayList<List<String>>();
    for (Pair pair : PAIRS) {
      rows.add(
          List.of(
              pair.a() + " – " + pair.b(),
              pair.related() ? "related" : "unrelated",
              String.format(Locale.ROOT, "%.3f", words.similarity(pair.a(), pair.b()))));
    }
    story.table(List.of("pair", "meaning", "cosine"), rows);
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
    var svg = new Svg(760, 26 * PAIRS.size() + 26, "Cosine similarity of word pairs");
    double zero = 220;
    double unit = 500;
    for (double tick = 0; tick <= 1.001; tick += 0.25) {
      double x = zero + unit * tick;
      svg.line(x, 0, x, 26 * PAIRS.size(), "grid");
      svg.text(
          x, 26 * PAIRS.size() + 16, "middle", "tick", String.format(Locale.ROOT, "%.2f", tick));
    }
    for (int i = 0; i < PAIRS.size(); i++) {
      Pair pair = PAIRS.get(i);
      double cosine = words.similarity(pair.a(), pair.b());
      double y = 26 * i + 4;
      svg.text(zero - 60, y + 13, "end", "legend", pair.a() + " – " + pair.b());
      double end = zero + unit * cosine;
      svg.rect(
          Math.min(zero, end), y, Math.abs(end - zero), 17, 2, pair.related() ? "fill1" : "fill2");
      svg.text(
          Math.max(zero, end) + 6,
          y + 13,
          "start",
          "label",
          String.format(Locale.ROOT, "%.3f", cosine));
    }
    return svg.toString();
  }
}
