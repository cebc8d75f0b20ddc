package gradus.bench.compare;

import gradus.nn.optim.Optimizer;
import gradus.tensor.Tensor;
import gradus.tensor.ValuesIndices;
import java.util.List;
import java.util.function.Supplier;

/**
 * A row made ready to run.
 *
 * @param inputs what both contenders start from; the peer takes copies before the first step
 * @param step what Gradus does: gives a tensor, a list of tensors, or values with indices
 */
record Case(List<Tensor> inputs, Supplier<?> step) {

  /** Whether a step gives the same whenever it is done: it trains nothing. */
  boolean repeatable() {
    Object first = step.get();
    Object second = step.get();
    List<float[]> a = results(first).stream().map(t -> t.toFloat().toFloatArray()).toList();
    List<float[]> b = results(second).stream().map(t -> t.toFloat().toFloatArray()).toList();
    for (int i = 0; i < a.size(); i++) {
      if (!java.util.Arrays.equals(a.get(i), b.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** The tensors a step gave, in the order in which the peer's script gives them. */
  static List<Tensor> results(Object result) {
    return switch (result) {
      case Tensor t -> List.of(t);
      case ValuesIndices v -> List.of(v.values(), v.indices());
      case List<?> list -> list.stream().map(Tensor.class::cast).toList();
      default -> throw new IllegalArgumentException("no result: " + result);
    };
  }

  /** One training step on a loss: gradients, update, gradients forgotten. */
  static Tensor train(Tensor loss, Optimizer optimizer) {
    loss.backward();
    optimizer.step();
    optimizer.zeroGrad();
    return loss;
  }
}
