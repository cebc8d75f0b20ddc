package gradus.examples;

import gradus.examples.picture.HeatPicture;
import gradus.tensor.Tensor;
import gradus.text.vectors.AnalogyMethod;
import gradus.text.vectors.WordVectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Chapter 3: differences between words are directions, so one can calculate with meanings. */
final class AnalogyChapter {

  private record Analogy(String a, String b, String c, String expected) {
    String formula() {
      return "%s − %s + %s".formatted(b, a, c);
    }
  }

  private record Relation(String name, List<String[]> pairs) {}

  private static final List<Analogy> ANALOGIES =
      List.of(
          new Analogy("man", "king", "woman", "queen"),
          new Analogy("france", "paris", "italy", "rome"),
          new Analogy("walk", "walking", "swim", "swimming"),
          new Analogy("big", "bigger", "small", "smaller"));

  private static final List<Relation> RELATIONS =
      List.of(
          relation(
              "gender",
              "man woman, king queen, boy girl, father mother, son daughter, brother sister,"
                  + " husband wife, prince princess"),
          relation(
              "plural",
              "cat cats, dog dogs, car cars, house houses, tree trees, book books, king kings,"
                  + " friend friends"),
          relation(
              "capital",
              "france paris, italy rome, germany berlin, spain madrid, japan tokyo, england london,"
                  + " russia moscow, greece athens"));

  private AnalogyChapter() {}

  private static Relation relation(String name, String pairs) {
    List<String[]> split = new ArrayList<>();
    for (String pair : pairs.split(", *")) {
      split.add(pair.split(" "));
    }
    return new Relation(name, split);
  }

  static void tell(Story story, WordVectors words) {
    story.chapter("Analogies: calculating with meanings");
    story.explain(
        """
        If the step from <em>man</em> to <em>king</em> is a direction, one can take the same step from
        <em>woman</em>. The answer is the word nearest to <code>king − man + woman</code>, the three
        words themselves left out. The lesson gives four such questions; all five best answers are
        shown, right or wrong.""");
    story.code("words.analogy(\"man\", \"king\", \"woman\", 5);   // king − man + woman");
    var rows = new ArrayList<List<String>>();
    for (Analogy analogy : ANALOGIES) {
      int rank =
          words.rankOf(analogy.expected(), List.of(analogy.b(), analogy.c()), List.of(analogy.a()));
      rows.add(
          List.of(
              analogy.formula(),
              "%s: rank %d".formatted(analogy.expected(), rank),
              Words.joined(words.analogy(analogy.a(), analogy.b(), analogy.c(), 5))));
    }
    story.table(List.of("question", "the lesson says", "the five nearest"), rows);
    story.heading("The same, multiplied instead of added (3CosMul)");
    var multiplied = new ArrayList<List<String>>();
    for (Analogy analogy : ANALOGIES) {
      multiplied.add(
          List.of(
              analogy.formula(),
              Words.joined(
                  words.analogy(analogy.a(), analogy.b(), analogy.c(), 5, AnalogyMethod.COS_MUL))));
    }
    story.table(List.of("question", "the five best"), multiplied);
    directions(story, words);
  }

  /** How parallel the steps of one relation are, and how little they share with other relations. */
  private static void directions(Story story, WordVectors words) {
    story.heading("How parallel are the steps?");
    story.explain(
        """
        Take the step of each pair, woman − man, queen − king, and so on, and measure the cosine
        between two steps. If a relation were a single direction, all its steps would be parallel
        (cosine 1); unrelated steps would stand at right angles (cosine 0). The lesson says the gender
        direction is roughly the same for all pairs; the truth lies between: well above zero, far below
        one. Why there are directions at all is tried in chapter 6.""");
    List<float[]> steps = new ArrayList<>();
    List<String> names = new ArrayList<>();
    List<Integer> relationOf = new ArrayList<>();
    for (int relation = 0; relation < RELATIONS.size(); relation++) {
      for (String[] pair : RELATIONS.get(relation).pairs()) {
        Tensor step = words.get(pair[1]).sub(words.get(pair[0]));
        steps.add(step.div(step.norm()).toFloatArray());
        names.add(pair[0] + " → " + pair[1]);
        relationOf.add(relation);
      }
    }
    double[][] cosines = new double[steps.size()][steps.size()];
    for (int i = 0; i < steps.size(); i++) {
      for (int j = 0; j < steps.size(); j++) {
        cosines[i][j] = dot(steps.get(i), steps.get(j));
      }
    }
    var rows = new ArrayList<List<String>>();
    for (int relation = 0; relation < RELATIONS.size(); relation++) {
      rows.add(
          List.of(
              RELATIONS.get(relation).name(),
              String.format(Locale.ROOT, "%.3f", mean(cosines, relationOf, relation, true)),
              String.format(Locale.ROOT, "%.3f", mean(cosines, relationOf, relation, false))));
    }
    story.table(List.of("relation", "mean cosine of its steps", "against the others'"), rows);
    story.picture(
        HeatPicture.draw("Cosines between the steps of 24 word pairs", names, cosines, false),
        "Each square is the cosine of two steps: the bluer, the more parallel. The three blocks on the"
            + " diagonal are gender, plural and capital.");
  }

  private static double mean(
      double[][] cosines, List<Integer> relationOf, int relation, boolean within) {
    double sum = 0;
    int count = 0;
    for (int i = 0; i < cosines.length; i++) {
      for (int j = 0; j < cosines.length; j++) {
        boolean same = relationOf.get(i).equals(relationOf.get(j));
        if (i != j && relationOf.get(i) == relation && same == within) {
          sum += cosines[i][j];
          count++;
        }
      }
    }
    return sum / count;
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
