package gradus.bench.compare;

import gradus.tensor.Tensor;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * An input of a row.
 *
 * @param floating whether it can have a gradient
 * @param maker makes it
 */
record Input(boolean floating, Supplier<Tensor> maker) {

  /** Normal random numbers. */
  static Input normal(int... shape) {
    return new Input(true, () -> Tensor.randn(shape));
  }

  /** Random whole numbers below a bound. */
  static Input ids(int bound, int... shape) {
    return new Input(false, () -> Tensor.randint(0, bound, shape));
  }

  /** All of them, made. */
  static Tensor[] make(Input... inputs) {
    return Arrays.stream(inputs).map(i -> i.maker().get()).toArray(Tensor[]::new);
  }
}
