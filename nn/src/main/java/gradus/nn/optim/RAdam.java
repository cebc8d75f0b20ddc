package gradus.nn.optim;

import gradus.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * RAdam: {@link Adam} that goes by the mean gradient alone until its mean square is reliable.
 *
 * <p>PyTorch: {@code torch.optim.RAdam}; Liu et al. 2020.
 */
public class RAdam extends Optimizer {
  /** RAdam with learning rate 0.001. */
  public RAdam(List<Tensor> params) {
    this(params, 1e-3);
  }

  /** RAdam with a learning rate. */
  public RAdam(List<Tensor> params, double lr) {
    this(params, lr, new double[] {0.9, 0.999}, 1e-8, 0, false);
  }

  /**
   * RAdam with all options.
   *
   * @param betas β₁ and β₂: how slowly both means forget
   * @param eps added to the divisor
   * @param weightDecay the factor of the parameter that is added to its gradient
   * @param maximize whether to climb instead
   */
  public RAdam(
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

  /** RAdam with options by name: {@code new RAdam(params, o -> o.lr(3e-4).betas(0.9, 0.99))}. */
  public RAdam(List<Tensor> params, Consumer<OptimizerOptions> options) {
    var o =
        new OptimizerOptions("RAdam", options, "lr", "betas", "eps", "weight_decay", "maximize");
    this(
        o.with(params),
        o.number("lr", 1e-3),
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
    Tensor square = State.zeros(state, "exp_avg_sq", param);
    mean.mul_(betas[0]).add_(g.mul(1 - betas[0]));
    square.mul_(betas[1]).add_(g.square().mul_(1 - betas[1]));
    double correction2 = 1 - Math.pow(betas[1], step);
    Tensor change = mean.div(1 - Math.pow(betas[0], step));
    double longest = 2 / (1 - betas[1]) - 1;
    double length = longest - 2 * step * Math.pow(betas[1], step) / correction2;
    if (length > 5) {
      double rectify =
          Math.sqrt(
              (length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length));
      Tensor divisor = square.sqrt().add_(group.number("eps"));
      change = change.mul_(rectify * Math.sqrt(correction2)).div_(divisor);
    }
    param.sub_(change.mul_(group.lr()));
  }
}
