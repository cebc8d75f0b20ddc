package gradus.nn.optim;

import gradus.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * RMSprop: each parameter's step is its gradient over the root of its mean squared gradient.
 *
 * <p>PyTorch: {@code torch.optim.RMSprop}; Tieleman and Hinton 2012, Graves 2013 (centred).
 */
public class RMSprop extends Optimizer {
  /** RMSprop with learning rate 0.01. */
  public RMSprop(List<Tensor> params) {
    this(params, 1e-2);
  }

  /** RMSprop with a learning rate. */
  public RMSprop(List<Tensor> params, double lr) {
    this(params, lr, 0.99, 1e-8, 0, 0, false, false);
  }

  /**
   * RMSprop with all options.
   *
   * @param alpha how slowly the mean forgets
   * @param eps added to the divisor
   * @param weightDecay the factor of the parameter that is added to its gradient
   * @param momentum how much of the last step goes on
   * @param centered whether to divide by the deviation instead
   * @param maximize whether to climb instead
   */
  public RMSprop(
      List<Tensor> params,
      double lr,
      double alpha,
      double eps,
      double weightDecay,
      double momentum,
      boolean centered,
      boolean maximize) {
    super(
        params,
        Options.lr(lr)
            .notNegative("alpha", "alpha value", alpha)
            .notNegative("eps", "epsilon value", eps)
            .notNegative("weight_decay", "weight_decay value", weightDecay)
            .notNegative("momentum", "momentum value", momentum)
            .put("centered", centered)
            .put("maximize", maximize)
            .map());
  }

  /** RMSprop with options by name: {@code new RMSprop(params, o -> o.lr(0.01).alpha(0.99))}. */
  public RMSprop(List<Tensor> params, Consumer<OptimizerOptions> options) {
    var o =
        new OptimizerOptions(
            "RMSprop",
            options,
            "lr",
            "alpha",
            "eps",
            "weight_decay",
            "momentum",
            "centered",
            "maximize");
    this(
        o.with(params),
        o.number("lr", 1e-2),
        o.number("alpha", 0.99),
        o.number("eps", 1e-8),
        o.number("weight_decay", 0),
        o.number("momentum", 0),
        o.flag("centered", false),
        o.flag("maximize", false));
  }

  @Override
  protected void update(Tensor param, Tensor grad, ParamGroup group, Map<String, Object> state) {
    Tensor g = decayed(param, grad, group);
    double alpha = group.number("alpha");
    double momentum = group.number("momentum");
    State.nextStep(state);
    Tensor square = State.zeros(state, "square_avg", param);
    square.mul_(alpha).add_(g.square().mul_(1 - alpha));
    Tensor spread = square;
    if (group.flag("centered")) {
      Tensor mean = State.zeros(state, "grad_avg", param);
      mean.mul_(alpha).add_(g.mul(1 - alpha));
      spread = square.sub(mean.square());
    }
    Tensor change = g.div(spread.sqrt().add_(group.number("eps")));
    if (momentum > 0) {
      change = State.zeros(state, "momentum_buffer", param).mul_(momentum).add_(change);
    }
    param.sub_(change.mul(group.lr()));
  }
}
