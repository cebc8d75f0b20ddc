package gradus.nn.optim;

import gradus.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Adadelta: the step is the gradient times the root mean square of past steps over that of past
 * gradients.
 *
 * <p>PyTorch: {@code torch.optim.Adadelta}; Zeiler 2012.
 */
public class Adadelta extends Optimizer {
  /** Adadelta with learning rate 1. */
  public Adadelta(List<Tensor> params) {
    this(params, 1.0);
  }

  /** Adadelta with a learning rate. */
  public Adadelta(List<Tensor> params, double lr) {
    this(params, lr, 0.9, 1e-6, 0, false);
  }

  /**
   * Adadelta with all options.
   *
   * @param rho how slowly both means forget
   * @param eps added to the divisor
   * @param weightDecay the factor of the parameter that is added to its gradient
   * @param maximize whether to climb instead
   */
  public Adadelta(
      List<Tensor> params,
      double lr,
      double rho,
      double eps,
      double weightDecay,
      boolean maximize) {
    super(
        params,
        Options.lr(lr)
            .notNegative("rho", "rho value", rho)
            .notNegative("eps", "epsilon value", eps)
            .notNegative("weight_decay", "weight_decay value", weightDecay)
            .put("maximize", maximize)
            .map());
  }

  /** Adadelta with options by name: {@code new Adadelta(params, o -> o.lr(1).rho(0.9))}. */
  public Adadelta(List<Tensor> params, Consumer<OptimizerOptions> options) {
    var o =
        new OptimizerOptions("Adadelta", options, "lr", "rho", "eps", "weight_decay", "maximize");
    this(
        o.with(params),
        o.number("lr", 1.0),
        o.number("rho", 0.9),
        o.number("eps", 1e-6),
        o.number("weight_decay", 0),
        o.flag("maximize", false));
  }

  @Override
  protected void update(Tensor param, Tensor grad, ParamGroup group, Map<String, Object> state) {
    Tensor g = decayed(param, grad, group);
    double rho = group.number("rho");
    double eps = group.number("eps");
    State.nextStep(state);
    Tensor square = State.zeros(state, "square_avg", param);
    Tensor steps = State.zeros(state, "acc_delta", param);
    square.mul_(rho).add_(g.square().mul_(1 - rho));
    Tensor delta = steps.add(eps).sqrt_().div_(square.add(eps).sqrt_()).mul_(g);
    steps.mul_(rho).add_(delta.square().mul_(1 - rho));
    param.sub_(delta.mul(group.lr()));
  }
}
