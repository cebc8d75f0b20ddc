package gradus.nn.optim;

import gradus.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Averaged gradient descent: plain steps that become smaller, and beside them the average of the
 * parameters ({@code state(param).get("ax")}).
 *
 * <p>PyTorch: {@code torch.optim.ASGD}; Polyak and Juditsky 1992.
 */
public class ASGD extends Optimizer {
  /** ASGD with learning rate 0.01. */
  public ASGD(List<Tensor> params) {
    this(params, 1e-2);
  }

  /** ASGD with a learning rate. */
  public ASGD(List<Tensor> params, double lr) {
    this(params, lr, 1e-4, 0.75, 1e6, 0, false);
  }

  /**
   * ASGD with all options.
   *
   * @param lambd how fast parameters and rate decay
   * @param alpha the power of the decay
   * @param t0 the step at which averaging starts
   * @param weightDecay the factor of the parameter that is added to its gradient
   * @param maximize whether to climb instead
   */
  public ASGD(
      List<Tensor> params,
      double lr,
      double lambd,
      double alpha,
      double t0,
      double weightDecay,
      boolean maximize) {
    super(
        params,
        Options.lr(lr)
            .put("lambd", lambd)
            .put("alpha", alpha)
            .put("t0", t0)
            .notNegative("weight_decay", "weight_decay value", weightDecay)
            .put("maximize", maximize)
            .map());
  }

  /** ASGD with options by name: {@code new ASGD(params, o -> o.lr(0.01).t0(1e6))}. */
  public ASGD(List<Tensor> params, Consumer<OptimizerOptions> options) {
    var o =
        new OptimizerOptions(
            "ASGD", options, "lr", "lambd", "alpha", "t0", "weight_decay", "maximize");
    this(
        o.with(params),
        o.number("lr", 1e-2),
        o.number("lambd", 1e-4),
        o.number("alpha", 0.75),
        o.number("t0", 1e6),
        o.number("weight_decay", 0),
        o.flag("maximize", false));
  }

  @Override
  protected void update(Tensor param, Tensor grad, ParamGroup group, Map<String, Object> state) {
    Tensor g = decayed(param, grad, group);
    double lambd = group.number("lambd");
    int step = State.nextStep(state);
    double eta = State.number(state, "eta", group.lr());
    double mu = State.number(state, "mu", 1);
    Tensor average = State.zeros(state, "ax", param);
    param.mul_(1 - lambd * eta).sub_(g.mul(eta));
    if (mu == 1) {
      average.copy_(param);
    } else {
      average.add_(param.sub(average).mul_(mu));
    }
    state.put("eta", group.lr() / Math.pow(1 + lambd * group.lr() * step, group.number("alpha")));
    state.put("mu", 1 / Math.max(1, step - group.number("t0")));
  }
}
