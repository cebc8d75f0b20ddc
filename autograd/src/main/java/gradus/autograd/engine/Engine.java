package gradus.autograd.engine;

import gradus.autograd.Backprop;
import gradus.tensor.Tensor;
import gradus.tensor.spi.BackwardEngine;

/** Runs the whole backward walk for {@link Tensor#backward()}. */
public final class Engine implements BackwardEngine {
  @Override
  public void backward(Tensor root, Tensor gradient, boolean retainGraph, boolean createGraph) {
    Backprop.of(root, gradient, retainGraph, createGraph).run();
  }
}
