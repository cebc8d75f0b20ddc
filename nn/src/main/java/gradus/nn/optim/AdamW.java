package gradus.nn.optim;

import gradus.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * {@link Adam} with weight decay apart from the gradient: θ ← θ·(1 − lr·λ) before each step.
 *
 * <p>PyTorch: {@code torch.optim.AdamW}; Loshchilov and Hutter 2019.
 */
public class AdamW extends Optimizer {
  /** AdamW with learning rate 0.001 and weight decay 0.01. */
  public AdamW(List<Tensor> params) {
    this(params, 1e-3);
  }

  /** AdamW with weight decay 0.01. */
  public AdamW(List<Tensor> params, double lr) {
    this(params, lr, new double[] {0.9, 0.999}, 1e-8, 1e-2, false, false);
  }

  /**
   * AdamW with all options.
   *
   * @param betas β₁ and β₂: how slowly both means forget
   * @param eps added to the divisor
   * @param weightDecay λ
   * @param amsgrad whether to divide by the greatest mean square so far
   * @param maximize whether to climb instead
   */
  public AdamW(
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

  /** AdamW with options by name: {@code new AdamW(params, o -> o.lr(3e-4).betas(0.9, 0.99))}. */
  public AdamW(List<Tensor> params, Consumer<OptimizerOptions> options) {
    var o =
        new OptimizerOptions(
            "AdamW", options, "lr", "betas", "eps", "weight_decay", "amsgrad", "maximize");
    this(
        o.with(params),
        o.number("lr", 1e-3),
        o.two("betas", 0.9, 0.999),
        o.number("eps", 1e-8),
        o.number("weight_decay", 1e-2),
        o.flag("amsgrad", false),
        o.flag("maximize", false));
  }

  @Override
  protected void update(Tensor param, Tensor grad, ParamGroup group, Map<String, Object> state) {
    Adam.adam(param, grad, group, state, 0, 1 - group.lr() * group.number("weight_decay"));
  }
}
