package gradus.autograd;

/**
 * What the methods of {@link Functional} can be told by name; each method sets one option and
 * returns this.
 *
 * <pre>{@code
 * Functional.jacobian(Tensor::exp, x, o -> o.createGraph(true));
 * }</pre>
 */
public final class FunctionalOptions {
  boolean createGraph;
  boolean strict;

  FunctionalOptions() {}

  /**
   * Whether the result can be differentiated itself, by the tensors that were given; it cannot if
   * not told. PyTorch: {@code create_graph}.
   */
  public FunctionalOptions createGraph(boolean createGraph) {
    this.createGraph = createGraph;
    return this;
  }

  /**
   * Whether an output that does not depend on an input is an error instead of zeros. PyTorch:
   * {@code strict}.
   */
  public FunctionalOptions strict(boolean strict) {
    this.strict = strict;
    return this;
  }
}
