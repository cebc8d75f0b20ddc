package gradus.studio;

import static gradus.tensor.spi.Given.given;

import java.util.List;

/**
 * A change with which a recorded function runs once more; nodes go by their number in its first
 * recording.
 *
 * <pre>{@code
 * Recording what = Recording.of(() -> loss(model, x), model);
 * Recording ifSo = what.again(new Edit.Number(w.id(), List.of(0, 1), 0.5), new Edit.Cut(7, 0));
 * }</pre>
 */
public sealed interface Edit {
  /**
   * Another number in a tensor: a parameter, data, or the result of an op, behind which the program
   * goes on with it.
   *
   * @param node the number of the node
   * @param index the element, one number a dimension
   * @param value what stands there instead; true is 1
   */
  record Number(int node, List<Integer> index, double value) implements Edit {
    /** Keeps a copy of the index. */
    public Number {
      index = List.copyOf(given(index, "index"));
    }
  }

  /**
   * Another number in the gradient of a node, once all of it has arrived.
   *
   * @param node the number of the node
   * @param index the element, one number a dimension
   * @param value what stands there instead
   */
  record Gradient(int node, List<Integer> index, double value) implements Edit {
    /** Keeps a copy of the index. */
    public Gradient {
      index = List.copyOf(given(index, "index"));
    }
  }

  /**
   * A gradient of zeros at a node, once all of it has arrived.
   *
   * @param node the number of the node
   */
  record ZeroGradient(int node) implements Edit {}

  /**
   * No gradient along an edge: what {@code detach()} would do there.
   *
   * @param node the number of the node that would hand it on
   * @param input which input of it would get it
   */
  record Cut(int node, int input) implements Edit {}

  /**
   * Other random numbers, as {@code Tensor.manualSeed(seed)} gives them.
   *
   * @param seed any number
   */
  record Seed(long seed) implements Edit {}
}
