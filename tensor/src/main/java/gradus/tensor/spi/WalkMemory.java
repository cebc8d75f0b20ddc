package gradus.tensor.spi;

import gradus.tensor.Tensor;
import java.util.function.Supplier;

/**
 * The memory of one backward walk, of the thread that opened it: gradients are handed back as soon
 * as they have been passed on, and with them everything else the walk has computed.
 */
public interface WalkMemory extends AutoCloseable {
  /** The gradient is in flight once more: some node waits for it. */
  void hold(Tensor gradient);

  /** The gradient has arrived; what is no longer in flight is dead after {@link #sweep()}. */
  void drop(Tensor gradient);

  /**
   * Lets a leaf have the gradient for its own.
   *
   * @return whether nobody else holds it; if not, the leaf needs a copy
   */
  boolean giveToLeaf(Tensor gradient);

  /** Whether the gradient lies in memory that nobody will hand back. */
  boolean lasts(Tensor gradient);

  /** Somebody outside of the walk gets to see the gradient: the walk no longer owns it. */
  void show(Tensor gradient);

  /** Ends a step: hands back what it computed and what nobody waits for. */
  void sweep();

  /** Runs a user's code: what that computes is none of the walk's. */
  <T> T outside(Supplier<T> foreign);

  @Override
  void close();
}
