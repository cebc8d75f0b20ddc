package gradus.examples;

import gradus.examples.picture.ScatterPicture;
import gradus.tensor.Tensor;
import gradus.text.projection.Pca;
import gradus.text.vectors.WordVectors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Words that belong together, and whether vectors know it.
 *
 * @param members the words of each group by its name
 */
record WordGroups(SequencedMap<String, List<String>> members) {

  static final WordGroups OF_THE_LESSON = ofTheLesson();

  private static WordGroups ofTheLesson() {
    var groups = new LinkedHashMap<String, List<String>>();
    groups.put(
        "royalty", List.of("king", "queen", "prince", "princess", "crown", "throne", "kingdom"));
    groups.put("people", List.of("man", "woman", "boy", "girl", "father", "mother", "friend"));
    groups.put("animals", List.of("cat", "dog", "horse", "cow", "sheep", "wolf", "rabbit"));
    groups.put("food", List.of("bread", "cheese", "soup", "cake", "rice", "apple", "honey"));
    groups.put("movement", List.of("walk", "run", "swim", "climb", "ride", "travel"));
    return new WordGroups(groups);
  }

  private List<String> all() {
    return members.values().stream().flatMap(List::stream).toList();
  }

  /** How many words there are. */
  int size() {
    return all().size();
  }

  /** For how many words the nearest of the others is of their own group. */
  int together(WordVectors vectors) {
    WordVectors some = vectors.only(all()::contains);
    int same = 0;
    for (List<String> group : members.values()) {
      for (String word : group) {
        same += group.contains(some.mostSimilar(word, 1).getFirst().word()) ? 1 : 0;
      }
    }
    return same;
  }

  /** All of them on a flat map. */
  String map(String title, WordVectors vectors) {
    Tensor rows = vectors.getAll(all());
    float[] places = Pca.of(rows, 2).project(rows).toFloatArray();
    var picture = new ScatterPicture(title, List.copyOf(members.keySet()));
    int at = 0;
    int number = 0;
    for (List<String> group : members.values()) {
      for (String word : group) {
        picture.point(places[2 * at], places[2 * at + 1], word, number);
        at++;
      }
      number++;
    }
    return picture.draw();
  }

  /** The neighbours of some words, among all of the vocabulary. */
  void neighbours(Story story, WordVectors before, WordVectors after, String... words) {
    var rows = new ArrayList<List<String>>();
    for (String word : words) {
      rows.add(
          List.of(
              word,
              Words.joined(before.mostSimilar(word, 3)),
              Words.joined(after.mostSimilar(word, 3))));
    }
    story.table(List.of("word", "nearest before", "nearest after"), rows);
  }
}
