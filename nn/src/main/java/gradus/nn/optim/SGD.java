package gradus.nn.optim;

import gradus.tensor.Tensor;
import gradus.tensor.kernel.optimizer.OptimizerSteps;
import gradus.tensor.spi.Internals;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Stochastic gradient descent: θ ← θ − lr·g, with momentum v ← μv + (1 − τ)g, θ ← θ − lr·v.
 *
 * <p>Takes row-sparse gradients (without weight decay); without momentum only the named rows are
 * touched. PyTorch: {@code torch.optim.SGD}; Sutskever et al. 2013.
 */
public class SGD extends Optimizer {
  /** Plain gradient descent. */
  public SGD(List<Tensor> params, double lr) {
    this(params, lr, 0);
  }

  /**
   * Gradient descent with momentum.
   *
   * @param momentum how much of the last step goes on, 0 for none
   */
  public SGD(List<Tensor> params, double lr, double momentum) {
    this(params, lr, momentum, 0, 0, false, false);
  }

  /**
   * Gradient descent with all options.
   *
   * @param momentum how much of the last step goes on
   * @param dampening how much of the gradient momentum leaves out
   * @param weightDecay the factor of the parameter that is added to its gradient
   * @param nesterov whether to look ahead along the momentum
   * @param maximize whether to climb instead
   */
  public SGD(
      List<Tensor> params,
      double lr,
      double momentum,
      double dampening,
      double weightDecay,
      boolean nesterov,
      boolean maximize) {
    super(
        params,
        Options.lr(lr)
            .notNegative("momentum", "momentum value", momentum)
            .put("dampening", dampening)
            .notNegative("weight_decay", "weight_decay value", weightDecay)
            .put("nesterov", nesterov(nesterov, momentum, dampening))
            .put("maximize", maximize)
            .map());
  }

  /** SGD with options by name: {@code new SGD(params, o -> o.lr(0.1).momentum(0.9))}. */
  public SGD(List<Tensor> params, Consumer<OptimizerOptions> options) {
    var o =
        new OptimizerOptions(
            "SGD", options, "lr", "momentum", "dampening", "weight_decay", "nesterov", "maximize");
    this(
        o.with(params),
        o.number("lr", 1e-3),
        o.number("momentum", 0),
        o.number("dampening", 0),
        o.number("weight_decay", 0),
        o.flag("nesterov", false),
        o.flag("maximize", false));
  }

  private static boolean nesterov(boolean nesterov, double momentum, double dampening) {
    if (nesterov && (momentum <= 0 || dampening != 0)) {
      throw new IllegalArgumentException(
          ("SGD: momentum is %s and dampening %s. Nesterov momentum requires a momentum and "
                  + "zero dampening.")
              .formatted(momentum, dampening));
    }
    return nesterov;
  }

  @Override
  boolean takesSparse(ParamGroup group) {
    return group.number("weight_decay") == 0;
  }

  @Override
  String sparseRule() {
    return " together with weight decay";
  }

  @Override
  protected void update(Tensor param, Tensor grad, ParamGroup group, Map<String, Object> state) {
    double lr = group.lr();
    double momentum = group.number("momentum");
    if (grad.isSparse()) {
      updateSparse(param, grad, group, state);
      return;
    }
    Tensor velocity = (Tensor) state.get("momentum_buffer");
    if (momentum == 0 || velocity != null) {
      double share = 1 - group.number("dampening");
      double decay = group.number("weight_decay");
      var rates = new OptimizerSteps.Sgd(lr, momentum, share, decay, group.flag("nesterov"));
      if (Internals.get().sgd(rates, param, grad, momentum == 0 ? null : velocity)) {
        return;
      }
    }
    Tensor g = decayed(param, grad, group);
    if (momentum != 0) {
      g = accelerated(g, momentum, group, state);
    }
    param.add_(g, -lr);
  }

  private static Tensor accelerated(
      Tensor g, double momentum, ParamGroup group, Map<String, Object> state) {
    Tensor velocity;
    if (state.get("momentum_buffer") instanceof Tensor buffer) {
      velocity = buffer;
      velocity.mul_(momentum).add_(g, 1 - group.number("dampening"));
    } else {
      velocity = State.lasting(g.clone());
      state.put("momentum_buffer", velocity);
    }
    return group.flag("nesterov") ? g.add(velocity.mul(momentum)) : velocity;
  }

  /** Without momentum only the named rows move; with it every row goes on, as in PyTorch. */
  private static void updateSparse(
      Tensor param, Tensor grad, ParamGroup group, Map<String, Object> state) {
    double lr = group.lr();
    double momentum = group.number("momentum");
    if (momentum == 0) {
      SparseRows.add_(param, grad, -lr);
      return;
    }
    Tensor rows = grad.coalesce();
    double fresh = state.containsKey("momentum_buffer") ? 1 - group.number("dampening") : 1;
    Tensor velocity = State.zeros(state, "momentum_buffer", param);
    velocity.mul_(momentum);
    SparseRows.add_(velocity, rows.indices(), rows.values().mul(fresh));
    if (group.flag("nesterov")) {
      SparseRows.add_(param, rows.indices(), rows.values().mul(-lr));
      param.sub_(velocity.mul(lr * momentum));
    } else {
      param.sub_(velocity.mul(lr));
    }
  }
}
