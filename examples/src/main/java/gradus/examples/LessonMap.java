package gradus.examples;

import gradus.examples.picture.ScatterPicture;
import gradus.tensor.Tensor;
import gradus.text.encoder.SentenceEncoder;
import gradus.text.projection.Pca;
import gradus.text.vectors.WordVectors;
import java.util.ArrayList;
import java.util.List;

/** The lesson's own picture in two dimensions: its words, and gender as an arrow. */
final class LessonMap {

  private static final List<List<String>> GROUPS =
      List.of(
          List.of("king", "queen", "prince", "princess"),
          List.of("cat", "dog", "pet"),
          List.of("pizza", "pasta", "food"));

  private static final List<String> NAMES = List.of("royalty", "animals", "food");

  private static final List<List<String>> ARROWS =
      List.of(List.of("man", "woman"), List.of("king", "queen"), List.of("prince", "princess"));

  private LessonMap() {}

  static void tell(Story story, WordVectors words, SentenceEncoder encoder) {
    story.heading("The lesson's words, and gender as an arrow");
    story.explain(
        """
        The lesson draws ten words in three groups, and gender as an arrow. Here they are where the
        table really puts them. The groups lie apart, as the lesson says. Gender is short on this map:
        the two axes keep what the ten words differ in most, and that is the groups. In the picture
        above, on an axis of its own, it is plain to see.""");
    List<String> all = GROUPS.stream().flatMap(List::stream).toList();
    Tensor vectors = Figures.unit(words.getAll(all));
    Pca pca = Pca.of(vectors, 2);
    Tensor places = pca.project(vectors);
    var picture = new ScatterPicture("The lesson's words on a flat map", NAMES);
    for (int group = 0; group < GROUPS.size(); group++) {
      for (String word : GROUPS.get(group)) {
        int at = all.indexOf(word);
        picture.point(places.get(at, 0), places.get(at, 1), word, group);
      }
    }
    ARROWS.stream()
        .filter(all::containsAll)
        .forEach(arrow -> picture.arrow(arrow.getFirst(), arrow.getLast(), 4));
    story.picture(
        picture.draw(),
        "The lesson's words on their first two principal axes, with the steps from male to female.");
    story.claim("share of the spread that the two axes keep", pca.shares());
    parallel(story, words, encoder);
  }

  private static void parallel(Story story, WordVectors words, SentenceEncoder encoder) {
    List<String> all = ARROWS.stream().flatMap(List::stream).toList();
    Tensor inTable = words.getAll(all);
    Tensor inEncoder = encoder.encode(all);
    var rows = new ArrayList<List<String>>();
    for (int i = 0; i < ARROWS.size(); i++) {
      for (int j = i + 1; j < ARROWS.size(); j++) {
        rows.add(
            List.of(
                String.join(" → ", ARROWS.get(i)),
                String.join(" → ", ARROWS.get(j)),
                Figures.withAngle(Figures.cosine(step(inTable, i), step(inTable, j))),
                Figures.withAngle(Figures.cosine(step(inEncoder, i), step(inEncoder, j)))));
      }
    }
    story.table(List.of("arrow", "arrow", "cosine in the table", "in the encoder"), rows);
    story.explain(
        """
        The lesson says the gender direction is roughly the same for all pairs. Parallel arrows would
        have a cosine of 1. In the space of 384 dimensions they do lean the same way, above the 0 of
        arrows that have nothing to do with each other, but they are far from parallel: each also
        carries what else differs between its two words. An analogy needs no more than that lean, for
        it only asks which word is nearest.""");
  }

  /** An arrow, from the rows of the words of all arrows. */
  private static Tensor step(Tensor vectors, int arrow) {
    return vectors.select(0, 2 * arrow + 1).sub(vectors.select(0, 2 * arrow));
  }
}
