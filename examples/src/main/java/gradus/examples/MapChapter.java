package gradus.examples;

import gradus.examples.picture.ScatterPicture;
import gradus.studio.Studio;
import gradus.tensor.Tensor;
import gradus.text.encoder.SentenceEncoder;
import gradus.text.projection.Pca;
import gradus.text.vectors.WordVectors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.IntStream;

/** Chapter 5: a flat map of the 384-dimensional space. */
final class MapChapter {

  /** Pairs that make the gender axis; none of them is drawn on the map it makes. */
  private static final String[][] AXIS = {
    {"father", "mother"}, {"brother", "sister"}, {"husband", "wife"}, {"actor", "actress"}
  };

  private static final String[][] DRAWN = {
    {"man", "woman"},
    {"king", "queen"},
    {"prince", "princess"},
    {"boy", "girl"},
    {"son", "daughter"},
    {"uncle", "aunt"},
    {"nephew", "niece"}
  };

  /** So many are in the page beside the lesson's: a page of five megabytes. */
  private static final int WORDS_ON_THE_MAP = 2500;

  private MapChapter() {}

  private static SequencedMap<String, List<String>> groups() {
    var groups = new LinkedHashMap<String, List<String>>();
    groups.put("royalty", words("king queen prince princess royal emperor throne"));
    groups.put("gender", words("man woman boy girl father mother son daughter"));
    groups.put("animals", words("cat dog horse wolf lion tiger bear elephant"));
    groups.put("food", words("bread cheese soup cake rice salad meat butter"));
    return groups;
  }

  private static List<String> words(String text) {
    return List.of(text.split(" "));
  }

  static void tell(Story story, WordVectors words, SentenceEncoder encoder) {
    story.chapter("A map of meaning");
    story.explain(
        """
        384 numbers cannot be drawn, two can. <em>Principal component analysis</em> looks for the flat
        map that keeps as much of the spread as possible: its first axis points where the words differ
        most, its second where they differ most at a right angle to the first. All vectors are brought
        to length one before. Nobody told the map which word belongs to which group; the colours were
        put on afterwards.""");
    SequencedMap<String, List<String>> groups = groups();
    List<String> all = groups.values().stream().flatMap(List::stream).toList();
    Tensor vectors = Figures.unit(words.getAll(all));
    Pca pca = Pca.of(vectors, 2);
    Tensor places = pca.project(vectors);
    var picture = new ScatterPicture("Words on a flat map", List.copyOf(groups.keySet()));
    List<Integer> groupOf = groupOf(groups);
    for (int i = 0; i < all.size(); i++) {
      picture.point(places.get(i, 0), places.get(i, 1), all.get(i), groupOf.get(i));
    }
    story.picture(picture.draw(), "The real vectors on their first two principal axes.");
    story.claim("share of the spread that the two axes keep", pca.shares());
    int inSpace = sameGroup(vectors, groupOf);
    int onMap = sameGroup(places, groupOf);
    story.claim("nearest is of the same group, in 384 dimensions", inSpace + " of " + all.size());
    story.claim("nearest is of the same group, on the map", onMap + " of " + all.size());
    story.explain(
        """
        Four fifths of the spread are not on this map. Two words that lie side by side on it may be far
        apart in the space: trust a map for the large picture, the cosine for the details.""");
    directions(story, words);
    LessonMap.tell(story, words, encoder);
    story.studio(
        "words.html",
        "The %,d most frequent words: find one, ask for its neighbours, draw an analogy, choose axes of your own."
            .formatted(WORDS_ON_THE_MAP),
        file -> Studio.save(mostFrequent(words), file));
  }

  /** The first of the table, which is ordered roughly by frequency, that are words, not signs. */
  private static WordVectors mostFrequent(WordVectors words) {
    List<String> all = words.vocabulary().words();
    int[] rows =
        IntStream.range(0, all.size())
            .filter(row -> all.get(row).matches("[a-z]{2,}"))
            .limit(WORDS_ON_THE_MAP)
            .toArray();
    return WordVectors.of(
        IntStream.of(rows).mapToObj(all::get).toList(),
        words.vectors().indexSelect(0, Tensor.of(rows)));
  }

  /** A map with an axis of our own choice: the mean step from male to female words. */
  private static void directions(Story story, WordVectors words) {
    story.heading("An axis of one's own: the gender direction");
    story.explain(
        """
        An axis need not be found, it can be chosen. Here the horizontal one is the mean step of
        father → mother, brother → sister, husband → wife and actor → actress. The words drawn had no
        part in it, and yet every arrow goes to the right.""");
    Tensor axis = Tensor.zeros(words.vectorSize());
    for (String[] pair : AXIS) {
      axis = axis.add(step(words, pair));
    }
    axis = axis.div(axis.norm());
    List<String> all = new ArrayList<>();
    for (String[] pair : DRAWN) {
      all.addAll(List.of(pair));
    }
    Tensor vectors = Figures.unit(words.getAll(all));
    Tensor along = vectors.mv(axis);
    Tensor rest = vectors.sub(along.outer(axis));
    Tensor up = Pca.of(rest, 1).project(rest).select(1, 0);
    var picture = new ScatterPicture("The gender direction", List.of("male", "female"));
    int right = 0;
    for (int pair = 0; pair < DRAWN.length; pair++) {
      for (int side = 0; side < 2; side++) {
        int row = 2 * pair + side;
        picture.point(along.get(row), up.get(row), all.get(row), side);
      }
      picture.arrow(DRAWN[pair][0], DRAWN[pair][1], 2);
      right += along.get(2 * pair + 1) > along.get(2 * pair) ? 1 : 0;
    }
    story.picture(
        picture.draw(),
        "Left to right: the gender direction. Bottom to top: where the words differ most otherwise.");
    story.claim("arrows that go to the right", right + " of " + DRAWN.length);
  }

  private static Tensor step(WordVectors words, String[] pair) {
    Tensor step = words.get(pair[1]).sub(words.get(pair[0]));
    return step.div(step.norm());
  }

  private static List<Integer> groupOf(SequencedMap<String, List<String>> groups) {
    List<Integer> result = new ArrayList<>();
    int group = 0;
    for (List<String> members : groups.values()) {
      for (int i = 0; i < members.size(); i++) {
        result.add(group);
      }
      group++;
    }
    return result;
  }

  /** For how many points the nearest other point is of their own group. */
  private static int sameGroup(Tensor points, List<Integer> groupOf) {
    int same = 0;
    for (int i = 0; i < groupOf.size(); i++) {
      Tensor distances = points.sub(points.select(0, i)).norm(2, 1);
      int nearest = -1;
      for (int j = 0; j < groupOf.size(); j++) {
        if (j != i && (nearest < 0 || distances.get(j) < distances.get(nearest))) {
          nearest = j;
        }
      }
      same += groupOf.get(nearest).equals(groupOf.get(i)) ? 1 : 0;
    }
    return same;
  }
}
