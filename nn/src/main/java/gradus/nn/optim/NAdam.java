package gradus.nn.optim;

import gradus.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * NAdam: {@link Adam} that looks ahead along its mean gradient, as Nesterov momentum does.
 *
 * <p>PyTorch: {@code torch.optim.NAdam}; Dozat 2016.
 */
public class NAdam extends Optimizer {
  /** NAdam with learning rate 0.002. */
  public NAdam(List<Tensor> params) {
    this(params, 2e-3);
  }

  /** NAdam with a learning rate. */
  public NAdam(List<Tensor> params, double lr) {
    this(params, lr, new double[] {0.9, 0.999}, 1e-8, 0, 4e-3, false);
  }

  /**
   * NAdam with all options.
   *
   * @param betas β₁ and β₂: how slowly both means forget
   * @param eps added to the divisor
   * @param weightDecay the factor of the parameter that is added to its gradient
   * @param momentumDecay how the momentum grows with the steps
   * @param maximize whether to climb instead
   */
  public NAdam(
      List<Tensor> params,
      double lr,
      double[] betas,
      double eps,
      double weightDecay,
      double momentumDecay,
      boolean maximize) {
    super(
        params,
        Options.lr(lr)
            .betas(betas)
            .notNegative("eps", "epsilon value", eps)
            .notNegative("weight_decay", "weight_decay value", weightDecay)
            .notNegative("momentum_decay", "momentum_decay value", momentumDecay)
            .put("maximize", maximize)
            .map());
  }

  /** NAdam with options by name: {@code new NAdam(params, o -> o.lr(3e-4).betas(0.9, 0.99))}. */
  public NAdam(List<Tensor> params, Consumer<OptimizerOptions> options) {
    var o =
        new OptimizerOptions(
            "NAdam", options, "lr", "betas", "eps", "weight_decay", "momentum_decay", "maximize");
    this(
        o.with(params),
        o.number("lr", 2e-3),
        o.two("betas", 0.9, 0.999),
        o.number("eps", 1e-8),
        o.number("weight_decay", 0),
        o.number("momentum_decay", 4e-3),
        o.flag("maximize", false));
  }

  @Override
  protected void update(Tensor param, Tensor grad, ParamGroup group, Map<String, Object> state) {
    Tensor g = decayed(param, grad, group);
    double[] betas = group.pair("betas");
    double decay = group.number("momentum_decay");
    int step = State.nextStep(state);
    double mu = betas[0] * (1 - 0.5 * Math.pow(0.96, step * decay));
    double nextMu = betas[0] * (1 - 0.5 * Math.pow(0.96, (step + 1) * decay));
    double product = State.number(state, "mu_product", 1) * mu;
    state.put("mu_product", product);
    Tensor mean = State.zeros(state, "exp_avg", param);
    Tensor square = State.zeros(state, "exp_avg_sq", param);
    mean.mul_(betas[0]).add_(g.mul(1 - betas[0]));
    square.mul_(betas[1]).add_(g.square().mul_(1 - betas[1]));
    Tensor divisor = square.div(1 - Math.pow(betas[1], step)).sqrt_().add_(group.number("eps"));
    param.sub_(g.div(divisor).mul_(group.lr() * (1 - mu) / (1 - product)));
    // PyTorch 1.13 counts mu twice in the next product; its later versions count it once.
    param.sub_(mean.div(divisor).mul_(group.lr() * nextMu / (1 - product * mu * nextMu)));
  }
}
