package gradus.examples;

import gradus.text.WordVectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Chapter 4: cosine looks at directions only, the straight-line distance also at lengths. */
final class DistanceChapter {

  /** The nearest words among which a disagreement is looked for. */
  private static final int CANDIDATES = 60;

  /** The row of "the": before it stand single letters and signs. */
  private static final int FIRST_WORD = 997;

  /** Two words that cosine and distance put in different order, seen from a third. */
  private record Disagreement(String from, String byCosine, String byDistance, double size) {}

  private DistanceChapter() {}

  static void tell(Story story, WordVectors words) {
    story.chapter("Cosine or Euclid?");
    story.explain(
        """
        Besides the angle one can measure the straight line between the tips of two vectors, Euclid's
        distance. The two belong together by the law of cosines,
        <code>|a − b|² = |a|² + |b|² − 2 |a| |b| cos</code>: for vectors of equal length they always
        agree, because then the distance depends on the angle alone. They can disagree only where
        lengths differ.""");
    story.code(
        """
        words.mostSimilar("king", 5);         // smallest angle first
        words.nearestByDistance("king", 5);   // shortest straight line first
        """);
    var rows = new ArrayList<List<String>>();
    for (String word : List.of("king", "paris", "swim")) {
      rows.add(
          List.of(
              word,
              Words.joined(words.mostSimilar(word, 4)),
              Words.joined(words.nearestByDistance(word, 4))));
    }
    story.table(List.of("word", "nearest by cosine", "nearest by distance"), rows);
    Disagreement found =
        strongest(words, List.of("king", "paris", "swim", "cat", "bread", "small"));
    String a = found.from();
    String b = found.byCosine();
    String c = found.byDistance();
    story.heading("Where they disagree: is %s or %s nearer to %s?".formatted(b, c, a));
    var measured = new ArrayList<List<String>>();
    for (String word : List.of(b, c)) {
      measured.add(
          List.of(
              a + " – " + word,
              figure(words.similarity(a, word)),
              figure(words.euclideanDistance(a, word)),
              figure(words.length(word))));
    }
    story.table(List.of("pair", "cosine", "distance", "length of the second"), measured);
    boolean longer = words.length(b) > words.length(c);
    story.claim(
        "by cosine %s is nearer, by distance %s".formatted(b, c),
        longer ? "because " + b + " is the longer vector" : "lengths " + figure(words.length(b)));
    story.picture(
        vectors(words, a, b, c),
        "Lengths and angles to %s are true to scale, and so are the dashed distances. %s has the smaller angle, but its greater length carries it away."
            .formatted(a, b));
    agreement(story, words);
  }

  private static void agreement(Story story, WordVectors words) {
    story.explain(
        """
        Scale every vector to length one and the disagreement is gone: then
        <code>|a − b|² = 2 − 2 cos</code>. That is why cosine is the usual choice for words: the
        length of a word's vector depends on how often it was seen in training, and says little about
        what it means. In this table the rows are sorted by frequency, roughly, so that can be
        measured.""");
    story.claim(
        "mean length: 2,000 frequent words / 2,000 rare ones",
        figure(meanLength(words, FIRST_WORD))
            + " / "
            + figure(meanLength(words, words.size() - 2000)));
    double cosine = words.similarity("king", "queen");
    double la = words.length("king");
    double lb = words.length("queen");
    double d = words.euclideanDistance("king", "queen");
    double byLaw = Math.sqrt(la * la + lb * lb - 2 * la * lb * cosine);
    story.claim("king – queen: measured distance", figure(d));
    story.claim("the same by the law of cosines", figure(byLaw));
    story.claim("both at length one: √(2 − 2 cos)", figure(Math.sqrt(2 - 2 * cosine)));
  }

  private static double meanLength(WordVectors words, int from) {
    return words.vocabulary().words().subList(from, from + 2000).stream()
        .mapToDouble(words::length)
        .average()
        .orElseThrow();
  }

  /** The pair of near words whose order the two measures turn round most clearly. */
  private static Disagreement strongest(WordVectors words, List<String> from) {
    Disagreement best = new Disagreement(from.getFirst(), "queen", "kings", -1);
    for (String a : from) {
      List<String> near =
          words.mostSimilar(a, CANDIDATES).stream()
              .map(scored -> scored.word())
              .filter(word -> word.length() > 2)
              .toList();
      for (int i = 0; i < near.size(); i++) {
        for (int j = i + 1; j < near.size(); j++) {
          double angle = words.similarity(a, near.get(i)) - words.similarity(a, near.get(j));
          double line =
              words.euclideanDistance(a, near.get(i)) - words.euclideanDistance(a, near.get(j));
          double size = Math.min(angle / 0.5, line);
          if (size > best.size()) {
            best = new Disagreement(a, near.get(i), near.get(j), size);
          }
        }
      }
    }
    return best;
  }

  /** The three vectors, a level, b above it and c below it, each at its true angle and length. */
  private static String vectors(WordVectors words, String a, String b, String c) {
    double la = words.length(a);
    double lb = words.length(b);
    double lc = words.length(c);
    double angleB = Math.acos(words.similarity(a, b));
    double angleC = Math.acos(words.similarity(a, c));
    double up = lb * Math.sin(angleB);
    double down = lc * Math.sin(angleC);
    double far = Math.max(la, Math.max(lb * Math.cos(angleB), lc * Math.cos(angleC)));
    double scale = Math.min(520 / far, 330 / (up + down));
    double x0 = 60;
    double y0 = 30 + up * scale;
    double bx = x0 + scale * lb * Math.cos(angleB);
    double by = y0 - scale * up;
    double cx = x0 + scale * lc * Math.cos(angleC);
    double cy = y0 + scale * down;
    double ax = x0 + scale * la;
    var svg = new Svg(760, y0 + scale * down + 40, "Vectors of %s, %s and %s".formatted(a, b, c));
    svg.line(ax, y0, bx, by, "edge dashed").line(ax, y0, cx, cy, "edge dashed");
    svg.arrow(x0, y0, ax, y0, "arrow stroke3");
    svg.arrow(x0, y0, bx, by, "arrow stroke1");
    svg.arrow(x0, y0, cx, cy, "arrow stroke2");
    svg.text(ax + 8, y0 + 4, "start", "strong", "%s, length %.2f".formatted(a, la));
    svg.text(
        bx + 8,
        by,
        "start",
        "strong",
        "%s, length %.2f, cosine %.2f".formatted(b, lb, Math.cos(angleB)));
    svg.text(
        cx + 8,
        cy + 10,
        "start",
        "strong",
        "%s, length %.2f, cosine %.2f".formatted(c, lc, Math.cos(angleC)));
    svg.text(
        (ax + bx) / 2 + 8,
        (y0 + by) / 2,
        "start",
        "label",
        "distance " + figure(words.euclideanDistance(a, b)));
    svg.text(
        (ax + cx) / 2 + 8,
        (y0 + cy) / 2 + 8,
        "start",
        "label",
        "distance " + figure(words.euclideanDistance(a, c)));
    return svg.toString();
  }

  private static String figure(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
