package gradus.examples;

import gradus.examples.picture.LinePicture;
import gradus.tensor.Tensor;
import gradus.text.vectors.ScoredWord;
import gradus.text.vectors.WordVectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

/** The lesson's three reasons for the cosine, each with a figure of its own. */
final class CosineReasons {

  /** The row of "the": before it stand single letters and signs. */
  private static final int FIRST_WORD = 997;

  private static final int STRETCH = 1000;
  private static final int NEAREST = 10;
  private static final int RANDOM_PAIRS = 2000;
  private static final List<String> PROBES =
      List.of("king", "paris", "swim", "cat", "bread", "small");

  private CosineReasons() {}

  static void tell(Story story, WordVectors words, LessonPairs lesson) {
    direction(story, words);
    normalisation(story, words);
    interpretability(story, words, lesson);
  }

  private static void direction(Story story, WordVectors words) {
    story.heading("Reason 1: direction matters more than magnitude");
    story.explain(
        """
        The lesson's example: <em>king</em> and <em>kings</em> should be similar despite different
        frequencies. In our table the two lengths differ little, so here both measures find
        <em>kings</em> first. So we try what the reason warns of: make the vector of <em>kings</em>
        longer or shorter and leave its direction alone. Nothing changes for the cosine. By distance a
        <em>kings</em> of twice the length falls far behind words that have nothing to do with a
        king.""");
    Tensor king = words.get("king");
    Tensor kings = words.get("kings");
    double cosine = Figures.cosine(king, kings);
    Tensor all = words.vectors();
    Tensor lengths = all.norm(2, 1);
    float[] angles = all.mv(king).div(lengths).div(king.norm()).neg().toFloatArray();
    float[] distances = all.sub(king).norm(2, 1).toFloatArray();
    var rows = new ArrayList<List<String>>();
    for (double times : new double[] {1, 0.5, 2}) {
      Tensor stretched = kings.mul(times);
      double distance = king.sub(stretched).norm().item();
      rows.add(
          List.of(
              times == 1 ? "as it is" : String.format(Locale.ROOT, "× %.1f", times),
              Figures.three(stretched.norm().item()),
              Figures.three(Figures.cosine(king, stretched)),
              Figures.degrees(Figures.cosine(king, stretched)),
              whole(place(words, angles, -Figures.cosine(king, stretched))),
              Figures.three(distance),
              whole(place(words, distances, distance))));
    }
    int rowOfKing = words.vocabulary().indexOf("king");
    int rowOfKings = words.vocabulary().indexOf("kings");
    story.claim(
        "place by frequency, roughly: king / kings", whole(rowOfKing) + " / " + whole(rowOfKings));
    story.claim("length of king", Figures.three(words.length("king")));
    story.table(
        List.of(
            "kings",
            "length",
            "cosine",
            "angle",
            "place by cosine",
            "distance",
            "place by distance"),
        rows);
    double length = words.length("kings");
    story.picture(
        VectorsPicture.draw(
            new VectorsPicture.Arm("king", words.length("king"), 1),
            new VectorsPicture.Arm("kings", length, cosine),
            new VectorsPicture.Arm("kings × 2", 2 * length, cosine)),
        "king and kings, true to scale. Below, kings at twice its length: the same angle to king, drawn"
            + " on the other side, but a greater distance.");
  }

  private static String whole(int number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** Which place a word of that measure would have among all others, the smallest first. */
  private static int place(WordVectors words, float[] measures, double measure) {
    int king = words.vocabulary().indexOf("king");
    int kings = words.vocabulary().indexOf("kings");
    int before = 0;
    for (int i = 0; i < measures.length; i++) {
      boolean other = i != king && i != kings;
      before += other && measures[i] < measure ? 1 : 0;
    }
    return before + 1;
  }

  private static void normalisation(Story story, WordVectors words) {
    story.heading("Reason 2: common words do not dominate");
    story.explain(
        """
        How long a word's vector is depends on how often the word was seen in training, and says little
        about what it means. The rows of this table are sorted by frequency, roughly, so that can be
        measured. Without the division by the lengths, the plain dot product <em>u·v</em>, long vectors
        come up whatever they mean.""");
    List<Double> lengths = new ArrayList<>();
    Tensor all = words.vectors().norm(2, 1);
    for (int from = FIRST_WORD; from + STRETCH <= words.size(); from += STRETCH) {
      lengths.add(all.narrow(0, from, STRETCH).mean().item());
    }
    story.claim(
        String.format(
            Locale.ROOT, "mean length: %,d most frequent words / %,d rarest", STRETCH, STRETCH),
        Figures.three(lengths.getFirst()) + " / " + Figures.three(lengths.getLast()));
    story.picture(
        LinePicture.draw(
            "Mean length of the vectors",
            lengths,
            "frequent words … rare words (thousands of rows)",
            lengths.size(),
            "mean length"),
        "Mean length of the vectors, a thousand words at a time: the rarer, the shorter.");
    var rows = new ArrayList<List<String>>();
    List<String> byDot = new ArrayList<>();
    List<String> byCosine = new ArrayList<>();
    for (String word : PROBES) {
      List<ScoredWord> dots = byDot(words, word);
      List<ScoredWord> cosines = words.mostSimilar(word, NEAREST);
      byDot.addAll(dots.stream().map(ScoredWord::word).toList());
      byCosine.addAll(cosines.stream().map(ScoredWord::word).toList());
      rows.add(
          List.of(word, Words.joined(cosines.subList(0, 4)), Words.joined(dots.subList(0, 4))));
    }
    story.table(List.of("word", "nearest by cosine", "largest dot product"), rows);
    story.claim(
        "mean length of the ten nearest: by cosine / by dot product",
        Figures.three(meanLength(words, byCosine))
            + " / "
            + Figures.three(meanLength(words, byDot)));
    story.claim(
        "their mean place by frequency: by cosine / by dot product",
        whole(meanPlace(words, byCosine)) + " / " + whole(meanPlace(words, byDot)));
    story.claim(
        "of these %d words, the two lists share".formatted(byDot.size()),
        Integer.toString(shared(byCosine, byDot)));
    story.explain(
        """
        So the reason holds, but mildly here: the dot product prefers longer vectors, yet most of its
        neighbours are the right ones, because this table's lengths lie close together.""");
  }

  /** The words found by both ways, word by word that was asked for. */
  private static int shared(List<String> a, List<String> b) {
    return (int)
        IntStream.range(0, a.size())
            .filter(i -> b.subList(i - i % NEAREST, i - i % NEAREST + NEAREST).contains(a.get(i)))
            .count();
  }

  private static List<ScoredWord> byDot(WordVectors words, String word) {
    Tensor dots = words.vectors().mv(words.get(word));
    long[] best = dots.topk(NEAREST + 1).indices().toLongArray();
    return Arrays.stream(best)
        .mapToInt(Math::toIntExact)
        .mapToObj(i -> new ScoredWord(words.vocabulary().words().get(i), dots.get(i)))
        .filter(scored -> !scored.word().equals(word))
        .limit(NEAREST)
        .toList();
  }

  /** The mean row of some words in the table, whose rows are sorted by frequency, roughly. */
  private static int meanPlace(WordVectors words, List<String> some) {
    return (int)
        Math.round(some.stream().mapToInt(words.vocabulary()::indexOf).average().orElseThrow());
  }

  private static double meanLength(WordVectors words, List<String> some) {
    return some.stream().mapToDouble(words::length).average().orElseThrow();
  }

  private static void interpretability(Story story, WordVectors words, LessonPairs lesson) {
    story.heading("Reason 3: a cosine is an angle");
    story.explain(
        """
        A distance of 1.1 says nothing by itself: one has to know how long vectors are in this table. A
        cosine can be read by anyone: it is an angle between two meanings, and 90° means nothing in
        common. Here are the lesson's five pairs, at the lesson's angle and at ours.""");
    var picture =
        new AnglePicture(
            "The angles of the lesson's five pairs",
            List.of("the lesson", "the table", "the encoder"));
    for (LessonPairs.Pair pair : lesson.pairs()) {
      picture.pair(pair.a(), pair.b(), pair.lesson(), pair.table(), pair.encoder());
      story.line(
          "%-14s lesson %s, table %s, encoder %s"
              .formatted(
                  pair.name(),
                  Figures.degrees(pair.lesson()),
                  Figures.degrees(pair.table()),
                  Figures.degrees(pair.encoder())));
    }
    story.picture(
        picture.draw(),
        "Each pair's first word lies level; the second is turned away by the angle of the cosine.");
    var random = new Random(1);
    Range angles =
        Range.of(
            IntStream.range(0, RANDOM_PAIRS)
                .mapToDouble(_ -> Figures.angle(anyCosine(words, random)))
                .toArray());
    story.claim(
        String.format(Locale.ROOT, "any two words: mean angle of %,d random pairs", RANDOM_PAIRS),
        String.format(
            Locale.ROOT, "%.0f° (%.0f° to %.0f°)", angles.mean(), angles.low(), angles.high()));
    story.explain(
        """
        Two words taken at random stand almost at a right angle. In a space of 384 dimensions there is
        room for that, which is why 50° is close, and why a pair at 90° is simply a pair of
        strangers.""");
  }

  private static double anyCosine(WordVectors words, Random random) {
    List<String> all = words.vocabulary().words();
    int range = all.size() - FIRST_WORD;
    String a = all.get(FIRST_WORD + random.nextInt(range));
    String b = all.get(FIRST_WORD + random.nextInt(range));
    return words.similarity(a, b);
  }
}
