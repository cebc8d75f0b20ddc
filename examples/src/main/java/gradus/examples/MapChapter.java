package gradus.examples;

import gradus.tensor.Tensor;
import gradus.text.WordVectors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;

/** Chapter 5: a flat map of the 384-dimensional space. */
final class MapChapter {

  private MapChapter() {}

  private static SequencedMap<String, List<String>> groups() {
    var groups = new LinkedHashMap<String, List<String>>();
    groups.put("royalty", List.of("king", "queen", "prince", "princess", "throne", "crown", "palace"));
    groups.put("gender", List.of("man", "woman", "boy", "girl", "father", "mother", "son", "daughter"));
    groups.put("animals", List.of("cat", "dog", "horse", "cow", "sheep", "lion", "rabbit", "wolf"));
    groups.put("food", List.of("bread", "cheese", "soup", "cake", "rice", "milk", "butter", "apple"));
    return groups;
  }

  static void tell(Story story, WordVectors words) {
    story.chapter("A map of meaning");
    story.explain(
        """
        384 numbers cannot be drawn, two can. <em>Principal component analysis</em> looks for the flat
        map that keeps as much of the spread as possible: its first axis points where the words differ
        most, its second where they differ most at a right angle to the first. Nobody told the map
        which word belongs to which group; the colours were put on afterwards.""");
    SequencedMap<String, List<String>> groups = groups();
    List<String> all = groups.values().stream().flatMap(List::stream).toList();
    Tensor vectors = words.getAll(all);
    Pca pca = Pca.of(vectors, 2);
    float[] places = pca.project(vectors).toFloatArray();
    var picture = new ScatterPicture("Words on a flat map", List.copyOf(groups.keySet()));
    int at = 0;
    int group = 0;
    for (List<String> members : groups.values()) {
      for (String word : members) {
        picture.point(places[2 * at], places[2 * at + 1], word, group);
        at++;
      }
      group++;
    }
    picture.arrow("man", "woman", 4).arrow("king", "queen", 4).arrow("prince", "princess", 4);
    picture.arrow("boy", "girl", 4).arrow("father", "mother", 4).arrow("son", "daughter", 4);
    story.picture(
        picture.draw(),
        "PCA of the real vectors. Arrows go from the male to the female word of a pair.");
    story.claim(
        "share of the spread that the two axes keep",
        String.format(
            Locale.ROOT,
            "%.0f %% + %.0f %%",
            100 * pca.explained()[0],
            100 * pca.explained()[1]));
    separation(story, words, groups, places);
  }

  /** How much more alike words are inside their group, in the space and on the map. */
  private static void separation(
      Story story, WordVectors words, SequencedMap<String, List<String>> groups, float[] places) {
    List<Integer> groupOf = new ArrayList<>();
    List<String> all = new ArrayList<>();
    int group = 0;
    for (List<String> members : groups.values()) {
      for (String word : members) {
        groupOf.add(group);
        all.add(word);
      }
      group++;
    }
    int sameInSpace = 0;
    int sameOnMap = 0;
    for (int i = 0; i < all.size(); i++) {
      int nearest = -1;
      int nearestOnMap = -1;
      for (int j = 0; j < all.size(); j++) {
        if (j == i) {
          continue;
        }
        if (nearest < 0
            || words.similarity(all.get(i), all.get(j))
                > words.similarity(all.get(i), all.get(nearest))) {
          nearest = j;
        }
        if (nearestOnMap < 0 || apart(places, i, j) < apart(places, i, nearestOnMap)) {
          nearestOnMap = j;
        }
      }
      sameInSpace += groupOf.get(nearest).equals(groupOf.get(i)) ? 1 : 0;
      sameOnMap += groupOf.get(nearestOnMap).equals(groupOf.get(i)) ? 1 : 0;
    }
    story.claim("nearest word is of the same group, in 384 dimensions", sameInSpace + " of " + all.size());
    story.claim("nearest word is of the same group, on the map", sameOnMap + " of " + all.size());
    story.explain(
        """
        The second figure is smaller: a map must squeeze, and some neighbours on it are no neighbours
        in the space. Trust a map for the large picture, the cosine for the details.""");
  }

  private static double apart(float[] places, int i, int j) {
    return Math.hypot(places[2 * i] - places[2 * j], places[2 * i + 1] - places[2 * j + 1]);
  }
}
