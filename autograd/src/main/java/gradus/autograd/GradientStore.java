package gradus.autograd;

import gradus.tensor.Node;
import gradus.tensor.Op;
import gradus.tensor.Tensor;
import gradus.tensor.spi.Internals;
import gradus.tensor.spi.WalkMemory;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The gradients on their way: each waits at its node, and grows, until everything computed from
 * that has handed down its share.
 */
final class GradientStore {
  private static final Internals INTERNALS = Internals.get();

  private final Map<Node, Tensor> waiting = new IdentityHashMap<>();

  /** Nodes whose gradient is a sum of ours, which nobody else looks at: it may grow in place. */
  private final Set<Node> sums = Collections.newSetFromMap(new IdentityHashMap<>());

  /**
   * Takes back the gradients that were passed on; null while stepping and while the walk itself is
   * recorded, since then others may keep them.
   */
  WalkMemory memory;

  /** A share arrives. */
  void add(Node node, Tensor share) {
    boolean ours = sums.remove(node);
    Tensor before = remove(node);
    Tensor sum =
        before == null ? share : ours && !share.isSparse() ? before.add_(share) : before.add(share);
    if (before != null && !sum.isSparse()) {
      grows(node);
    }
    waiting.put(node, sum);
    if (memory != null) {
      memory.hold(sum);
    }
  }

  /** What waits there is new memory that nobody else looks at. */
  void grows(Node node) {
    if (memory != null) {
      sums.add(node);
    }
  }

  /** The gradient that the node has waited for, or null. */
  Tensor remove(Node node) {
    Tensor gradient = waiting.remove(node);
    sums.remove(node);
    if (gradient != null && memory != null) {
      memory.drop(gradient);
    }
    return gradient;
  }

  /** Whether the op looks at a part of its input: its gradient is new memory, 0 elsewhere. */
  static boolean isWindow(Op op) {
    return op instanceof Op.Select || op instanceof Op.Slice || op instanceof Op.Diagonal;
  }

  /**
   * Adds the gradient of a part to the sum that waits for the whole, in place: to make a whole for
   * each part would take quadratic time where somebody takes a tensor apart.
   *
   * @return whether there is such a sum
   */
  boolean addInPlace(Node part, Tensor gradient) {
    if (!isWindow(part.op()) || !sums.contains(part.parent(0).get())) {
      return false;
    }
    Tensor sum = waiting.get(part.parent(0).get());
    INTERNALS.view(sum, (Op.ViewOp) part.op()).add_(gradient);
    return true;
  }
}
