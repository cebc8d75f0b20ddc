package gradus.nn.functional;

import gradus.tensor.DType;
import gradus.tensor.Op;
import gradus.tensor.Tensor;
import java.util.List;

/**
 * −(t·log x + (1 − t)·log(1 − x)) element by element, logarithms at least −100.
 *
 * <p>An op of its own, since at 0 and 1 its derivative is not that of its parts: there 0 · ∞ would
 * be NaN, where PyTorch divides by at least 1e-12.
 */
public final class CrossEntropyOfTwo extends Op.Custom {
  private static final CrossEntropyOfTwo LOSS = new CrossEntropyOfTwo();
  private static final Slope SLOPE = new Slope();
  private static final double LEAST = 1e-12;

  private CrossEntropyOfTwo() {}

  /** The loss of probabilities and targets of one shape. */
  public static Tensor of(Tensor input, Tensor target) {
    DType dtype = target.dtype() == DType.FLOAT64 ? DType.FLOAT64 : input.dtype();
    return LOSS.apply(input.to(dtype), target.to(dtype));
  }

  @Override
  public Tensor forward(Tensor... inputs) {
    Tensor x = inputs[0];
    Tensor t = inputs[1];
    return not(x).mul(t.sub(1)).sub(log(x).mul(t));
  }

  @Override
  public List<Tensor> backward(Tensor gradient, List<Tensor> inputs, Tensor output) {
    Tensor x = inputs.get(0);
    Tensor slope = SLOPE.apply(x, inputs.get(1));
    return List.of(gradient.mul(slope), gradient.mul(not(x).sub(log(x))));
  }

  /** log x, at least −100. */
  private static Tensor log(Tensor x) {
    return x.log().clampMin(-100);
  }

  /** log(1 − x), at least −100. */
  private static Tensor not(Tensor x) {
    return x.neg().log1p().clampMin(-100);
  }

  /** (x − t) / max(x(1 − x), 1e-12), whose own slope is bounded in the same way. */
  private static final class Slope extends Op.Custom {
    @Override
    public Tensor forward(Tensor... inputs) {
      return inputs[0].sub(inputs[1]).div(spread(inputs[0]));
    }

    @Override
    public List<Tensor> backward(Tensor gradient, List<Tensor> inputs, Tensor output) {
      Tensor x = inputs.get(0);
      Tensor t = inputs.get(1);
      Tensor spread = spread(x);
      Tensor slope = x.square().sub(x.mul(t).mul(2)).add(t).div(spread).div(spread);
      return List.of(gradient.mul(slope), gradient.div(spread).neg());
    }

    private static Tensor spread(Tensor x) {
      return x.mul(x.rsub(1)).clampMin(LEAST);
    }
  }
}
