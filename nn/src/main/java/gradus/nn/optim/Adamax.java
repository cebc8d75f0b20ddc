package gradus.nn.optim;

import gradus.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Adamax: {@link Adam} with the greatest recent gradient in place of the root mean square.
 *
 * <p>PyTorch: {@code torch.optim.Adamax}; Kingma and Ba 2015.
 */
public class Adamax extends Optimizer {
  /** Adamax with learning rate 0.002. */
  public Adamax(List<Tensor> params) {
    this(params, 2e-3);
  }

  /** Adamax with a learning rate. */
  public Adamax(List<Tensor> params, double lr) {
    this(params, lr, new double[] {0.9, 0.999}, 1e-8, 0, false);
  }

  /**
   * Adamax with all options.
   *
   * @param betas β₁ and β₂: how slowly both means forget
   * @param eps added to the divisor
   * @param weightDecay the factor of the parameter that is added to its gradient
   * @param maximize whether to climb instead
   */
  public Adamax(
      List<Tensor> params,
      double lr,
      double[] betas,
      double eps,
      double weightDecay,
      boolean maximize) {
    super(
        params,
        Options.lr(lr)
            .betas(betas)
            .notNegative("eps", "epsilon value", eps)
            .notNegative("weight_decay", "weight_decay value", weightDecay)
            .put("maximize", maximize)
            .map());
  }

  /** Adamax with options by name: {@code new Adamax(params, o -> o.lr(3e-4).betas(0.9, 0.99))}. */
  public Adamax(List<Tensor> params, Consumer<OptimizerOptions> options) {
    var o =
        new OptimizerOptions("Adamax", options, "lr", "betas", "eps", "weight_decay", "maximize");
    this(
        o.with(params),
        o.number("lr", 2e-3),
        o.two("betas", 0.9, 0.999),
        o.number("eps", 1e-8),
        o.number("weight_decay", 0),
        o.flag("maximize", false));
  }

  @Override
  protected void update(Tensor param, Tensor grad, ParamGroup group, Map<String, Object> state) {
    Tensor g = decayed(param, grad, group);
    double[] betas = group.pair("betas");
    int step = State.nextStep(state);
    Tensor mean = State.zeros(state, "exp_avg", param);
    Tensor greatest = State.zeros(state, "exp_inf", param);
    mean.mul_(betas[0]).add_(g.mul(1 - betas[0]));
    greatest.copy_(greatest.mul(betas[1]).maximum(g.abs().add_(group.number("eps"))));
    param.sub_(mean.div(greatest).mul_(group.lr() / (1 - Math.pow(betas[0], step))));
  }
}
