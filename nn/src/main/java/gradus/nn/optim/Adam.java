package gradus.nn.optim;

import gradus.tensor.Tensor;
import java.util.List;
import java.util.Map;

/**
 * Adam: each parameter's step is its mean gradient over the root of its mean squared gradient.
 *
 * <p>m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², θ ← θ − lr·m̂/(√v̂ + eps), m̂ and v̂ corrected for
 * starting at 0. Weight decay is added to the gradient; see {@link AdamW} for the other kind.
 * PyTorch: {@code torch.optim.Adam}; Kingma and Ba 2015.
 */
public class Adam extends Optimizer {
  /**
   * Adam with learning rate 0.001.
   *
   * @param params the parameters
   */
  public Adam(List<Tensor> params) {
    this(params, 1e-3);
  }

  /**
   * Adam with a learning rate.
   *
   * @param params the parameters
   * @param lr the learning rate
   */
  public Adam(List<Tensor> params, double lr) {
    this(params, lr, new double[] {0.9, 0.999}, 1e-8, 0, false, false);
  }

  /**
   * Adam with all options.
   *
   * @param params the parameters
   * @param lr the learning rate
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

  @Override
  protected void update(Tensor param, Tensor grad, ParamGroup group, Map<String, Object> state) {
    adam(param, decayed(param, grad, group), group, state);
  }

  /** The step of Adam and AdamW, once weight decay is dealt with. */
  static void adam(Tensor param, Tensor grad, ParamGroup group, Map<String, Object> state) {
    double[] betas = group.pair("betas");
    int step = State.nextStep(state);
    Tensor mean = State.zeros(state, "exp_avg", param);
    Tensor square = State.zeros(state, "exp_avg_sq", param);
    mean.mul_(betas[0]).add_(grad, 1 - betas[0]);
    square.mul_(betas[1]).add_(grad.square(), 1 - betas[1]);
    Tensor used = square;
    if (group.flag("amsgrad")) {
      used = State.zeros(state, "max_exp_avg_sq", param);
      used.copy_(used.maximum(square));
    }
    double correction1 = 1 - Math.pow(betas[0], step);
    double correction2 = 1 - Math.pow(betas[1], step);
    Tensor divisor = used.sqrt().div_(Math.sqrt(correction2)).add_(group.number("eps"));
    param.add_(mean.div(divisor), -group.lr() / correction1);
  }
}
