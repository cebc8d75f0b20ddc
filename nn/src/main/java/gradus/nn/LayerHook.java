package gradus.nn;

import gradus.tensor.Tensor;

/**
 * What runs after a layer was called, or after backward passed it; see {@link
 * Layer#registerForwardHook} and {@link Layer#registerFullBackwardHook}.
 */
@FunctionalInterface
public interface LayerHook {
  /**
   * Looks at what went in and came out, and may put something else in place of the result.
   *
   * @param layer which layer it was
   * @param input its input; or its gradient, null if it wants none
   * @param output its output; or its gradient
   * @return what takes the place of the output (forward) or of the gradient of the input
   *     (backward); null to leave it
   */
  Tensor apply(Layer layer, Tensor input, Tensor output);
}
