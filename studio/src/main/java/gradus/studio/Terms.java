package gradus.studio;

import static gradus.tensor.spi.Given.given;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What an element is the sum of, with the numbers plugged in.
 *
 * <p>Of more than eight terms the four largest are kept, the rest as a count and a sum. In an op
 * whose tensors were too large to be kept whole, or were overwritten, the terms are not known.
 *
 * @param shown the terms
 * @param more how many there are besides
 * @param rest the sum of those
 */
public record Terms(List<Term> shown, int more, double rest) {
  private static final int ALL = 8;
  private static final int LARGEST = 4;

  static Terms of(List<Term> terms) {
    if (terms.size() <= ALL) {
      return new Terms(List.copyOf(terms), 0, 0);
    }
    List<Term> sorted =
        terms.stream()
            .sorted(Comparator.comparingDouble((Term t) -> Math.abs(t.value())).reversed())
            .toList();
    List<Term> rest = sorted.subList(LARGEST, sorted.size());
    return new Terms(
        List.copyOf(sorted.subList(0, LARGEST)),
        rest.size(),
        rest.stream().mapToDouble(Term::value).sum());
  }

  /** The element. */
  public double sum() {
    return shown.stream().mapToDouble(Term::value).sum() + rest;
  }

  /**
   * What an element of a share is the sum of.
   *
   * @param step a step back
   * @param input which input of the node, one that gets a share
   * @param index the element, one number a dimension
   */
  public static Optional<Terms> backward(RecordedStep step, int input, List<Integer> index) {
    return BackwardTerms.of(given(step, "step"), input)
        .map(t -> t.at(Places.flat(t.shape(), index)));
  }

  /**
   * What each element of a share is the sum of, in row-major order.
   *
   * @param step a step back
   * @param input which input of the node, one that gets a share
   */
  public static Optional<List<Terms>> backward(RecordedStep step, int input) {
    return BackwardTerms.of(given(step, "step"), input)
        .map(t -> IntStream.range(0, t.shape().numel()).mapToObj(t::at).toList());
  }

  /**
   * What an element of a result is the sum of.
   *
   * @param node a node that an op made
   * @param index the element, one number a dimension
   */
  public static Optional<Terms> forward(RecordedNode node, List<Integer> index) {
    return ForwardTerms.of(given(node, "node"))
        .map(t -> t.at(Places.flat(node.value().shape(), index)));
  }

  /**
   * What each element of a result is the sum of, in row-major order.
   *
   * @param node a node that an op made
   */
  public static Optional<List<Terms>> forward(RecordedNode node) {
    return ForwardTerms.of(given(node, "node"))
        .map(t -> IntStream.range(0, node.value().shape().numel()).mapToObj(t::at).toList());
  }
}
