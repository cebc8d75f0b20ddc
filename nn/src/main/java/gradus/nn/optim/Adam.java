package gradus.nn.optim;

import gradus.tensor.Tensor;
import gradus.tensor.kernel.optimizer.OptimizerSteps;
import gradus.tensor.spi.Internals;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Adam: each parameter's step is its mean gradient over the root of its mean squared gradient.
 *
 * <p>m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², θ ← θ − lr·m̂/(√v̂ + eps), m̂ and v̂ corrected for
 * starting at 0. Weight decay is added to the gradient; see {@link AdamW} for the other kind.
 * PyTorch: {@code torch.optim.Adam}; Kingma and Ba 2015.
 */
public class Adam extends Optimizer {
  /** Adam with learning rate 0.001. */
  public Adam(List<Tensor> params) {
    this(params, 1e-3);
  }

  /** Adam with a learning rate. */
  public Adam(List<Tensor> params, double lr) {
    this(params, lr, new double[] {0.9, 0.999}, 1e-8, 0, false, false);
  }

  /**
   * Adam with all options.
   *
   * @param betas β₁ and β₂: how slowly both means forget
   * @param eps added to the divisor
   * @param weightDecay the factor of the parameter that is added to its gradient
   * @param amsgrad whether to divide by the greatest mean square so far
   * @param maximize whether to climb instead
   */
  public Adam(
      List<Tensor> params,
      double lr,
      double[] betas,
      double eps,
      double weightDecay,
      boolean amsgrad,
      boolean maximize) {
    super(
        params,
        Options.lr(lr)
            .betas(betas)
            .notNegative("eps", "epsilon value", eps)
            .notNegative("weight_decay", "weight_decay value", weightDecay)
            .put("amsgrad", amsgrad)
            .put("maximize", maximize)
            .map());
  }

  /** Adam with options by name: {@code new Adam(params, o -> o.lr(3e-4).betas(0.9, 0.99))}. */
  public Adam(List<Tensor> params, Consumer<OptimizerOptions> options) {
    var o =
        new OptimizerOptions(
            "Adam", options, "lr", "betas", "eps", "weight_decay", "amsgrad", "maximize");
    this(
        o.with(params),
        o.number("lr", 1e-3),
        o.two("betas", 0.9, 0.999),
        o.number("eps", 1e-8),
        o.number("weight_decay", 0),
        o.flag("amsgrad", false),
        o.flag("maximize", false));
  }

  @Override
  protected void update(Tensor param, Tensor grad, ParamGroup group, Map<String, Object> state) {
    adam(param, grad, group, state, group.number("weight_decay"), 1);
  }

  /**
   * The step of Adam and AdamW.
   *
   * @param decay the factor of the parameter that is added to its gradient
   * @param shrink what the parameter is multiplied by before the step
   */
  static void adam(
      Tensor param,
      Tensor grad,
      ParamGroup group,
      Map<String, Object> state,
      double decay,
      double shrink) {
    double[] betas = group.pair("betas");
    int step = State.nextStep(state);
    Tensor mean = State.zeros(state, "exp_avg", param);
    Tensor square = State.zeros(state, "exp_avg_sq", param);
    Tensor greatest = group.flag("amsgrad") ? State.zeros(state, "max_exp_avg_sq", param) : null;
    double stepSize = group.lr() / (1 - Math.pow(betas[0], step));
    double rootScale = 1 / Math.sqrt(1 - Math.pow(betas[1], step));
    double eps = group.number("eps");
    var rates =
        new OptimizerSteps.Adam(betas[0], betas[1], stepSize, rootScale, eps, decay, shrink);
    if (Internals.get().adam(rates, param, grad, mean, square, greatest)) {
      return;
    }
    param.mul_(shrink);
    Tensor g = decay == 0 ? grad : grad.add(param.mul(decay));
    mean.mul_(betas[0]).add_(g, 1 - betas[0]);
    square.mul_(betas[1]).add_(g.square(), 1 - betas[1]);
    Tensor used = greatest == null ? square : greatest.copy_(greatest.maximum(square));
    param.add_(mean.div(used.sqrt().mul_(rootScale).add_(eps)), -stepSize);
  }
}
