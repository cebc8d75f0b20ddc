package gradus.tensor.spi;

import gradus.tensor.Tensor;

/**
 * What a tensor asks of autograd: run the backward pass. Bound by {@link java.util.ServiceLoader}.
 */
public interface BackwardEngine {
  /**
   * Walks back from {@code root} and accumulates gradients at the leaves.
   *
   * @param root where to start
   * @param gradient its gradient, or null for 1 at a scalar
   * @param retainGraph whether the history stays
   * @param createGraph whether the walk is recorded itself
   */
  void backward(Tensor root, Tensor gradient, boolean retainGraph, boolean createGraph);
}
