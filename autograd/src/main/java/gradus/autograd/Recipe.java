package gradus.autograd;

import gradus.tensor.Tensor;
import java.util.function.Supplier;

/**
 * How the gradient of one input is computed from that of the result.
 *
 * @param formula in the words of a textbook: {@code dC · Bᵀ}, where C is the result and A, B … are
 *     the inputs; empty if the input has no gradient
 * @param gradient computes it; called only if somebody needs it
 */
record Recipe(String formula, Supplier<Tensor> gradient) {
  /** An input through which no gradient flows, such as an index. */
  static final Recipe NONE = new Recipe("0", () -> null);

  static Recipe d(String formula, Supplier<Tensor> gradient) {
    return new Recipe(formula, gradient);
  }

  /** The formula: what there is to be seen in a debugger. */
  @Override
  public String toString() {
    return formula;
  }
}
