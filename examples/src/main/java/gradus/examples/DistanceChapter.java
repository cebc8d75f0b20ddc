package gradus.examples;

import gradus.text.vectors.WordVectors;
import java.util.ArrayList;
import java.util.List;

/** Chapter 4: cosine looks at directions only, the straight-line distance also at lengths. */
final class DistanceChapter {

  /** The nearest words among which a disagreement is looked for. */
  private static final int CANDIDATES = 60;

  /** Two words that cosine and distance put in different order, seen from a third. */
  private record Disagreement(String from, String byCosine, String byDistance, double size) {}

  private DistanceChapter() {}

  static void tell(Story story, WordVectors words, LessonPairs lesson) {
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
              Figures.three(words.similarity(a, word)),
              Figures.three(words.euclideanDistance(a, word)),
              Figures.three(words.length(word))));
    }
    story.table(List.of("pair", "cosine", "distance", "length of the second"), measured);
    boolean longer = words.length(b) > words.length(c);
    story.claim(
        "by cosine %s is nearer, by distance %s".formatted(b, c),
        longer
            ? "because " + b + " is the longer vector"
            : "lengths " + Figures.three(words.length(b)));
    story.picture(
        VectorsPicture.draw(arm(words, a, a), arm(words, a, b), arm(words, a, c)),
        "Lengths and angles to %s are true to scale, and so are the dashed distances. %s has the smaller angle, but its greater length carries it away."
            .formatted(a, b));
    agreement(story, words);
    CosineReasons.tell(story, words, lesson);
  }

  private static VectorsPicture.Arm arm(WordVectors words, String level, String word) {
    double cosine = word.equals(level) ? 1 : words.similarity(level, word);
    return new VectorsPicture.Arm(word, words.length(word), cosine);
  }

  private static void agreement(Story story, WordVectors words) {
    story.explain(
        """
        Scale every vector to length one and the disagreement is gone: then
        <code>|a − b|² = 2 − 2 cos</code>.""");
    double cosine = words.similarity("king", "queen");
    double la = words.length("king");
    double lb = words.length("queen");
    double d = words.euclideanDistance("king", "queen");
    double byLaw = Math.sqrt(la * la + lb * lb - 2 * la * lb * cosine);
    story.claim("king – queen: measured distance", Figures.three(d));
    story.claim("the same by the law of cosines", Figures.three(byLaw));
    story.claim("both at length one: √(2 − 2 cos)", Figures.three(Math.sqrt(2 - 2 * cosine)));
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
}
