package gradus.studio;

import java.util.List;

/**
 * A gradient checked by trying: one number is moved a little up and a little down, and the function
 * runs each time.
 *
 * <pre>{@code
 * Recording recording = Recording.of(() -> F.mseLoss(net.forward(x), y), net);
 * IO.println(recording.check(0, List.of(0, 1)));   // the number [0, 1] of the first node
 * }</pre>
 *
 * @param node whose number is moved
 * @param index which one
 * @param eps how far it is moved
 * @param lower the loss with the number moved down
 * @param upper the loss with the number moved up
 * @param numeric by how much the loss changes, divided by how far the number was moved in all
 * @param gradient what backprop says
 * @param rounding how uncertain {@code numeric} is because a loss has only so many digits
 */
public record Nudge(
    RecordedNode node,
    List<Integer> index,
    double eps,
    double lower,
    double upper,
    double numeric,
    double gradient,
    double rounding) {
  /** How far both are from each other, beside the larger one; 0 if both are 0. */
  public double relativeError() {
    double larger = Math.max(Math.abs(numeric), Math.abs(gradient));
    return larger == 0 ? 0 : Math.abs(numeric - gradient) / larger;
  }

  /** Whether both are equal within two hundredths, or within what rounding hides. */
  public boolean agrees() {
    return relativeError() <= 0.02 || Math.abs(numeric - gradient) <= rounding;
  }

  /** Such as {@code W[0, 1] ± 0.0078: loss 0.691 … 0.702, slope 0.704; gradient 0.7041}. */
  @Override
  public String toString() {
    return "%s ± %s: loss %s … %s, slope %s; gradient %s"
        .formatted(
            new Term.Factor(node.label(), index, 0),
            Numbers.text(eps),
            Numbers.text(lower),
            Numbers.text(upper),
            Numbers.text(numeric),
            Numbers.text(gradient));
  }
}
