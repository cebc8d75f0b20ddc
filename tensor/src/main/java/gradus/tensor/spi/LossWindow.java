package gradus.tensor.spi;

import gradus.tensor.Tensor;

/**
 * What a tensor asks of the studio: to show how it came to be. Bound by {@link
 * java.util.ServiceLoader}, and only where somebody asks.
 */
public interface LossWindow {
  /**
   * Prints how a loss came to be, and its gradients, step by step.
   *
   * @param loss a scalar that requires gradients
   */
  void explain(Tensor loss);

  /**
   * Opens how a loss came to be in a browser.
   *
   * @param loss a scalar that requires gradients
   */
  void show(Tensor loss);
}
