package gradus.studio;

import gradus.tensor.Tensor;
import gradus.tensor.io.Quoted;
import gradus.text.encoder.SentenceEncoder;
import gradus.text.encoder.TokenVectors;
import gradus.text.vectors.WordVectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Words in sentences, layer by layer, as points of a map. */
final class Senses {
  private Senses() {}

  /**
   * One point.
   *
   * @param word the word
   * @param sentence where it stands; empty for the word by itself
   * @param layers its vector going into the first layer, and coming out of each
   */
  private record Point(String word, String sentence, List<Tensor> layers) {}

  static EmbeddingMap of(SentenceEncoder encoder, List<String> words, List<String> sentences) {
    List<TokenVectors> read = sentences.stream().map(encoder::inspect).toList();
    var points = new ArrayList<Point>();
    var arrows = new ArrayList<int[]>();
    for (String word : words) {
      List<Point> uses =
          read.stream()
              .filter(text -> stands(word, text.text()))
              .map(text -> use(word, text))
              .toList();
      if (uses.isEmpty()) {
        throw new IllegalArgumentException(
            "senses: \"%s\" stands in none of the %d sentences. Give one that holds it, written the same."
                .formatted(Quoted.of(word), sentences.size()));
      }
      Tensor alone =
          Tensor.stack(uses.stream().map(use -> use.layers().getFirst()).toList(), 0).mean(0);
      int from = points.size();
      points.add(new Point(word, "", uses.getFirst().layers().stream().map(_ -> alone).toList()));
      for (Point use : uses) {
        arrows.add(new int[] {from, points.size()});
        points.add(use);
      }
    }
    return map(points, arrows);
  }

  private static boolean stands(String word, String sentence) {
    return Pattern.compile("(?<![\\p{L}\\p{N}])" + Pattern.quote(word) + "(?![\\p{L}\\p{N}])")
        .matcher(sentence)
        .find();
  }

  private static Point use(String word, TokenVectors text) {
    var layers = new ArrayList<Tensor>();
    for (int layer = 0; layer < text.hiddenStates().size(); layer++) {
      layers.add(text.word(word, layer));
    }
    return new Point(word, text.text(), layers);
  }

  private static EmbeddingMap map(List<Point> points, List<int[]> arrows) {
    List<String> names =
        EmbeddingMap.distinct(
            points.stream()
                .map(p -> p.sentence().isEmpty() ? p.word() : p.word() + ": " + p.sentence())
                .toList());
    EmbeddingMap map = null;
    for (int layer = 0; layer < points.getFirst().layers().size(); layer++) {
      int at = layer;
      Tensor table = Tensor.stack(points.stream().map(p -> p.layers().get(at)).toList(), 0);
      var moment =
          new EmbeddingMap.Moment(
              layer == 0 ? "before the first layer" : "after layer " + layer,
              WordVectors.of(names, table),
              Map.of());
      if (map == null) {
        map = new EmbeddingMap(moment);
      } else {
        map.add(moment);
      }
    }
    map.arrows().addAll(arrows);
    return map.title("Senses in context")
        .column("word", points.stream().map(Point::word).toList())
        .column("sentence", points.stream().map(Point::sentence).toList());
  }
}
