package gradus.nn.optim;

import gradus.tensor.Tensor;
import gradus.tensor.spi.Internals;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Reads and writes what an optimizer remembers of one parameter. */
final class State {
  private State() {}

  /** The number of this step, from 1 on; counts it. */
  static int nextStep(Map<String, Object> state) {
    int step = state.get("step") instanceof Number n ? n.intValue() + 1 : 1;
    state.put("step", step);
    return step;
  }

  /** A remembered tensor, made when first asked for. */
  static Tensor tensor(Map<String, Object> state, String name, Supplier<Tensor> first) {
    return (Tensor) state.computeIfAbsent(name, _ -> lasting(first.get()));
  }

  /** Remembered from step to step, although it was made inside of one. */
  static Tensor lasting(Tensor tensor) {
    Internals.get().outlive(tensor);
    return tensor;
  }

  /** A remembered tensor of zeros like the parameter. */
  static Tensor zeros(Map<String, Object> state, String name, Tensor param) {
    return tensor(state, name, () -> Tensor.zerosLike(param.detach()));
  }

  /** A remembered number, {@code first} before it was set. */
  static double number(Map<String, Object> state, String name, double first) {
    return switch (state.get(name)) {
      case Number n -> n.doubleValue();
      case Tensor t -> t.item();
      case null, default -> first;
    };
  }

  /** A copy of what is remembered, tensors in lists too. */
  static Object copy(Object value) {
    return switch (value) {
      case Tensor t -> lasting(t.detach().clone());
      case List<?> list -> list.stream().map(State::copy).toList();
      case null, default -> value;
    };
  }
}
