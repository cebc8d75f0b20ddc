package gradus.studio;

import static gradus.tensor.spi.Given.given;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Two recordings of one function beside each other, node by node in the order in which nodes came
 * to be, until control flow parts.
 *
 * @param before the first
 * @param after the second
 * @param same how many nodes both have in common: node {@code same} is the first at which the two
 *     went different ways, if any is left
 * @param differences of the nodes that both have
 */
public record Comparison(
    Recording before, Recording after, int same, List<Difference> differences) {
  /**
   * What became of one node.
   *
   * @param before the node in the first
   * @param after the node in the second
   * @param value its numbers in the second minus those in the first; if both were kept whole
   * @param gradient the same of its gradients; if both arrived, and were kept whole
   */
  public record Difference(
      RecordedNode before,
      RecordedNode after,
      Optional<Value.Whole> value,
      Optional<Value.Whole> gradient) {
    /** The farthest that any number or gradient of it has moved. */
    public double largest() {
      return Math.max(largest(value), largest(gradient));
    }

    private static double largest(Optional<Value.Whole> value) {
      double most = 0;
      for (double x : value.map(Value.Whole::data).orElse(new double[0])) {
        most = Math.max(most, Math.abs(x)); // NaN stays
      }
      return most;
    }
  }

  static Comparison of(Recording before, Recording after) {
    int same = same(before, given(after, "other"));
    var differences = new ArrayList<Difference>();
    for (int i = 0; i < same; i++) {
      RecordedNode a = before.nodes().get(i);
      RecordedNode b = after.nodes().get(i);
      differences.add(
          new Difference(
              a,
              b,
              minus(b.value(), a.value()),
              before.gradient(a).flatMap(x -> after.gradient(b).flatMap(y -> minus(y, x)))));
    }
    return new Comparison(before, after, same, List.copyOf(differences));
  }

  private static int same(Recording before, Recording after) {
    int most = Math.min(before.nodes().size(), after.nodes().size());
    int same = 0;
    while (same < most && alike(before.nodes().get(same), after.nodes().get(same))) {
      same++;
    }
    return same;
  }

  static boolean alike(RecordedNode a, RecordedNode b) {
    return a.kind() == b.kind()
        && a.op().getClass() == b.op().getClass()
        && a.value().shape().equals(b.value().shape())
        && a.inputs().equals(b.inputs());
  }

  private static Optional<Value.Whole> minus(Value a, Value b) {
    if (!(a instanceof Value.Whole left && b instanceof Value.Whole right)) {
      return Optional.empty();
    }
    double[] difference = left.data().clone();
    for (int i = 0; i < difference.length; i++) {
      difference[i] -= right.data()[i];
    }
    return Optional.of(new Value.Whole(left.shape(), left.dtype(), difference));
  }

  /** Whether both went different ways. */
  public boolean parted() {
    return same < before.nodes().size() || same < after.nodes().size();
  }

  /** The nodes that moved, those that moved most first. */
  @Override
  public String toString() {
    String moved =
        differences.stream()
            .filter(d -> d.largest() != 0)
            .sorted((a, b) -> Double.compare(b.largest(), a.largest()))
            .map(d -> "%s: by up to %s\n".formatted(d.after(), Numbers.text(d.largest())))
            .collect(Collectors.joining());
    return moved + (parted() ? "other ways from node %s on\n".formatted(same) : "");
  }
}
