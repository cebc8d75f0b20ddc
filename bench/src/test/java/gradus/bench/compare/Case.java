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
