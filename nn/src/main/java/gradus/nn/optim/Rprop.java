package gradus.nn.optim;

import gradus.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Rprop: only the sign of the gradient counts; a step grows while the sign stays and shrinks when
 * it changes.
 *
 * <p>For full batches. PyTorch: {@code torch.optim.Rprop}; Riedmiller and Braun 1993.
 */
public class Rprop extends Optimizer {
  /** Rprop with first steps of 0.01. */
  public Rprop(List<Tensor> params) {
    this(params, 1e-2);
  }

  /** Rprop with a learning rate. */
  public Rprop(List<Tensor> params, double lr) {
    this(params, lr, new double[] {0.5, 1.2}, new double[] {1e-6, 50}, false);
  }

  /**
   * Rprop with all options.
   *
   * @param etas by what a step shrinks (below 1) and grows (above 1)
   * @param stepSizes the least and the greatest step
   * @param maximize whether to climb instead
   */
  public Rprop(
      List<Tensor> params, double lr, double[] etas, double[] stepSizes, boolean maximize) {
    super(
        params,
        Options.lr(lr)
            .put("etas", etas(Options.two("etas", etas)))
            .put("step_sizes", pair(Options.two("stepSizes", stepSizes)))
            .put("maximize", maximize)
            .map());
  }

  /** Rprop with options by name: {@code new Rprop(params, o -> o.lr(0.01).etas(0.5, 1.2))}. */
  public Rprop(List<Tensor> params, Consumer<OptimizerOptions> options) {
    var o = new OptimizerOptions("Rprop", options, "lr", "etas", "step_sizes", "maximize");
    this(
        o.with(params),
        o.number("lr", 1e-2),
        o.two("etas", 0.5, 1.2),
        o.two("step_sizes", 1e-6, 50),
        o.flag("maximize", false));
  }

  private static List<Double> etas(double[] etas) {
    if (!(0 < etas[0] && etas[0] < 1 && 1 < etas[1])) {
      throw new IllegalArgumentException(
          "Rprop: Invalid eta values: %s, %s. It must be 0 < etas[0] < 1 < etas[1]."
              .formatted(etas[0], etas[1]));
    }
    return pair(etas);
  }

  private static List<Double> pair(double[] values) {
    return List.of(values[0], values[1]);
  }

  @Override
  protected void update(Tensor param, Tensor grad, ParamGroup group, Map<String, Object> state) {
    double[] etas = group.pair("etas");
    double[] bounds = group.pair("step_sizes");
    State.nextStep(state);
    double lr = group.lr();
    Tensor previous = State.zeros(state, "prev", param);
    Tensor size = State.tensor(state, "step_size", () -> Tensor.zerosLike(grad).fill_(lr));
    Tensor agreement = grad.mul(previous);
    Tensor turned = agreement.lt(0);
    Tensor factor =
        Tensor.onesLike(grad).maskedFill(agreement.gt(0), etas[1]).maskedFill(turned, etas[0]);
    size.mul_(factor).clamp_(bounds[0], bounds[1]);
    Tensor used = grad.maskedFill(turned, 0);
    param.sub_(used.sign().mul_(size));
    previous.copy_(used);
  }
}
