package gradus.examples;

import gradus.tensor.Tensor;
import gradus.text.vectors.WordVectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Why calculating with vectors works at all: what they are trained to predict is linear. */
final class LinearSection {

  private LinearSection() {}

  static void tell(Story story, Company company, WordVectors before, WordVectors after) {
    story.heading("Why directions mean something: the task is roughly linear");
    story.explain(
        """
        The lesson says that linear structure emerges because the prediction task is roughly linear:
        “what word is likely to appear near X?” In skip-gram that is built in. How well word X goes
        with neighbour c is scored by a dot product, <code>x·c</code>, and a dot product is linear: the
        score of <code>king − man + woman</code> with any c is the score of king, less that of man, plus
        that of woman. So the vectors can calculate if the company of words itself adds up. Does it?
        Take the rows of counts of chapter 2, no vectors and no training, and calculate with them.""");
    WordVectors counted = company.vectors();
    var rows = new ArrayList<List<String>>();
    for (String[] a : new String[][] {{"man", "king", "woman"}, {"king", "queen", "prince"}}) {
      rows.add(
          List.of(
              "%s − %s + %s".formatted(a[1], a[0], a[2]),
              Words.joined(counted.analogy(a[0], a[1], a[2], 3)),
              Words.joined(after.analogy(a[0], a[1], a[2], 3))));
    }
    story.table(List.of("question", "by rows of counts alone", "by the trained vectors"), rows);
    story.explain(
        """
        Now the other way round: can a word's whole company be read from its %d numbers by one linear
        layer, <code>Linear(%d, %d)</code>? We take the best such layer there is (least squares) and see
        which share of the company's variance it explains. Vectors of chance show what it would do by
        luck."""
            .formatted(after.vectorSize(), after.vectorSize(), after.size()));
    Tensor wanted = inOrder(company, after);
    story.claim(
        "company explained by a linear layer, vectors of chance", share(before.vectors(), wanted));
    story.claim(
        "company explained by a linear layer, trained vectors", share(after.vectors(), wanted));
    story.explain(
        """
        Roughly linear, then, and not more: a few numbers carry a good part of a word's company, by
        adding and scaling alone. The rest is what so few numbers cannot hold, and what is not
        linear.""");
  }

  /** The rows of counts in the order of the vectors' words. */
  private static Tensor inOrder(Company company, WordVectors vectors) {
    return company.vectors().getAll(vectors.vocabulary().words());
  }

  /**
   * The share of the variance of the wanted rows that the best linear layer explains.
   *
   * <p>The columns of the vectors are made orthonormal one after the other (Gram–Schmidt); what the
   * layer can reach is then what lies along them.
   */
  private static String share(Tensor vectors, Tensor wanted) {
    Tensor input = vectors.sub(vectors.mean(0)).transpose(0, 1);
    Tensor target = wanted.sub(wanted.mean(0));
    List<Tensor> axes = new ArrayList<>();
    for (int column = 0; column < input.size(0); column++) {
      Tensor axis = input.select(0, column);
      for (Tensor other : axes) {
        axis = axis.sub(other.mul(other.dot(axis)));
      }
      axes.add(axis.div(axis.norm()));
    }
    Tensor reached = Tensor.stack(axes, 0).matmul(target);
    double explained = reached.square().sum().item() / target.square().sum().item();
    return String.format(Locale.ROOT, "%.0f %%", 100 * explained);
  }
}
