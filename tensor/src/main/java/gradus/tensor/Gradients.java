package gradus.tensor;

import static gradus.tensor.spi.Given.given;

import java.util.function.UnaryOperator;

/** Starting the walk back, and what it leaves behind: the face of autograd on a tensor. */
public sealed interface Gradients permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /**
   * Walks back from this scalar and adds the gradient of every leaf to it. PyTorch: {@code
   * loss.backward()}.
   */
  default void backward() {
    backward(null, false, false);
  }

  /**
   * Walks back, starting with the given gradient of this tensor. PyTorch: {@code
   * y.backward(gradient)}.
   *
   * @param gradient of this tensor's shape
   */
  default void backward(Tensor gradient) {
    backward(gradient, false, false);
  }

  /**
   * Walks back from this scalar. PyTorch: {@code loss.backward(retain_graph=…, create_graph=…)}.
   *
   * @param retainGraph keeps the history for another walk
   * @param createGraph records the walk itself, so that gradients can be differentiated again
   */
  default void backward(boolean retainGraph, boolean createGraph) {
    backward(null, retainGraph, createGraph);
  }

  /**
   * Walks back from this tensor. PyTorch: {@code y.backward(gradient, retain_graph, create_graph)}.
   *
   * @param gradient the gradient to start with, of this tensor's shape; null for 1 at a scalar
   * @param retainGraph keeps the history for another walk
   * @param createGraph records the walk itself, so that gradients can be differentiated again
   */
  default void backward(Tensor gradient, boolean retainGraph, boolean createGraph) {
    BackwardHook.get().backward(self(), gradient, retainGraph || createGraph, createGraph);
  }

  /**
   * Prints how this scalar came to be and how each gradient follows, step by step: the formula, the
   * same with the numbers in it, the line of the source. In a terminal Enter goes on and b back;
   * elsewhere all comes at once. Nothing is changed: {@link #backward()} can follow.
   *
   * <pre>{@code
   * Tensor loss = x.mul(x).sum();
   * loss.explain();
   * }</pre>
   *
   * @throws IllegalStateException if the module {@code gradus.studio} is not there, or as {@link
   *     #backward()} would
   */
  default void explain() {
    BackwardHook.window("explain").explain(self());
  }

  /**
   * The gradient that backward left at this tensor; never null.
   *
   * @return a tensor of this shape (row-sparse for {@code Embedding(sparse = true)})
   * @throws IllegalStateException with the reason if there is none: see {@link #hasGrad()}.
   *     PyTorch: {@code x.grad}, which is None then
   */
  default Tensor grad() {
    if (hasGrad()) {
      Region.seen(self().storedGrad());
      return self().storedGrad();
    }
    if (!self().isLeaf()) {
      throw Errors.gradOfResult(self().gradientNode().op());
    }
    throw self().requiresGrad() ? Errors.noGradYet() : Errors.gradNotRequired("grad");
  }

  /** Whether a gradient has arrived here. PyTorch: {@code x.grad is not None}. */
  default boolean hasGrad() {
    return self().storedGrad() != null;
  }

  /**
   * Sets the gradient by hand. PyTorch: {@code x.grad = g}.
   *
   * @param gradient a tensor of this shape and dtype
   * @throws IllegalArgumentException if shape or dtype differ
   */
  default void setGrad(Tensor gradient) {
    if (gradient == self()) {
      throw Errors.invalid(
          "setGrad",
          "the gradient is the tensor itself. Can't assign a tensor as its own gradient. Use"
              + " x.detach().clone().");
    }
    if (!given(gradient).shape().equals(self().shape()) || gradient.dtype() != self().dtype()) {
      throw Errors.invalid(
          "setGrad",
          ("the gradient is %s%s but the tensor is %s%s. A gradient has the shape and dtype "
                  + "of its tensor.")
              .formatted(gradient.dtype(), gradient.shape(), self().dtype(), self().shape()));
    }
    Region.outlive(gradient);
    self().storeGrad(gradient);
  }

  /**
   * Forgets the gradient, so that the next backward starts from nothing. PyTorch: {@code x.grad =
   * None}.
   */
  default void zeroGrad() {
    Tensor gradient;
    synchronized (self()) { // a walk of another thread may be adding to it
      gradient = self().storedGrad();
      self().storeGrad(null);
    }
    if (gradient != null) {
      Region.forget(gradient);
    }
  }

  /**
   * Keeps the gradient of a result too, when backward passes it; those of several walks add up, as
   * at a leaf. PyTorch: {@code x.retain_grad()}.
   */
  default Tensor retainGrad() {
    if (!self().requiresGrad()) {
      throw Errors.gradNotRequired("retainGrad");
    }
    if (!self().isLeaf()) {
      self().gradientNode().retain(self());
    }
    return self();
  }

  /**
   * Calls {@code hook} with the gradient of this tensor whenever backward has computed it; what the
   * hook returns takes the gradient's place. PyTorch: {@code x.register_hook(hook)}.
   *
   * @param hook gets the gradient, returns it or another one of its shape
   * @return closes to remove the hook
   */
  default GradMode.Scope registerHook(UnaryOperator<Tensor> hook) {
    if (!self().requiresGrad()) {
      throw Errors.gradNotRequired("registerHook");
    }
    given(hook, "hook");
    Node at = self().gradientNode();
    at.addHook(hook);
    return () -> at.removeHook(hook);
  }
}
