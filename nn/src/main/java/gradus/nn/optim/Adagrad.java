package gradus.nn.optim;

import gradus.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Adagrad: each parameter's step is divided by the root of the sum of its squared gradients so far.
 *
 * <p>Takes row-sparse gradients (without weight decay) and then touches only the named rows.
 * PyTorch: {@code torch.optim.Adagrad}; Duchi, Hazan and Singer 2011.
 */
public class Adagrad extends Optimizer {
  /** Adagrad with learning rate 0.01. */
  public Adagrad(List<Tensor> params) {
    this(params, 1e-2);
  }

  /** Adagrad with a learning rate. */
  public Adagrad(List<Tensor> params, double lr) {
    this(params, lr, 0, 0, 0, 1e-10, false);
  }

  /**
   * Adagrad with all options.
   *
   * @param lrDecay by how much the rate sinks: lr/(1 + (step − 1)·lrDecay)
   * @param weightDecay the factor of the parameter that is added to its gradient
   * @param initialAccumulatorValue where the sums start
   * @param eps added to the divisor
   * @param maximize whether to climb instead
   */
  public Adagrad(
      List<Tensor> params,
      double lr,
      double lrDecay,
      double weightDecay,
      double initialAccumulatorValue,
      double eps,
      boolean maximize) {
    super(
        params,
        Options.lr(lr)
            .notNegative("lr_decay", "lr_decay value", lrDecay)
            .notNegative("eps", "epsilon value", eps)
            .notNegative("weight_decay", "weight_decay value", weightDecay)
            .notNegative(
                "initial_accumulator_value",
                "initial_accumulator_value value",
                initialAccumulatorValue)
            .put("maximize", maximize)
            .map());
  }

  /**
   * Adagrad with options by name: {@code new Adagrad(params, o -> o.lr(0.01).weightDecay(1e-4))}.
   */
  public Adagrad(List<Tensor> params, Consumer<OptimizerOptions> options) {
    var o =
        new OptimizerOptions(
            "Adagrad",
            options,
            "lr",
            "lr_decay",
            "weight_decay",
            "initial_accumulator_value",
            "eps",
            "maximize");
    this(
        o.with(params),
        o.number("lr", 1e-2),
        o.number("lr_decay", 0),
        o.number("weight_decay", 0),
        o.number("initial_accumulator_value", 0),
        o.number("eps", 1e-10),
        o.flag("maximize", false));
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
    int step = State.nextStep(state);
    double rate = group.lr() / (1 + (step - 1) * group.number("lr_decay"));
    double eps = group.number("eps");
    double start = group.number("initial_accumulator_value");
    Tensor sum = State.tensor(state, "sum", () -> Tensor.zerosLike(param.detach()).fill_(start));
    if (grad.isSparse()) {
      Tensor rows = grad.coalesce();
      Tensor ids = rows.indices();
      SparseRows.add_(sum, ids, rows.values().square());
      Tensor divisor = SparseRows.rows(sum, ids).sqrt_().add_(eps);
      SparseRows.add_(param, ids, rows.values().div(divisor).mul_(-rate));
      return;
    }
    Tensor g = decayed(param, grad, group);
    sum.add_(g.square());
    param.sub_(g.div(sum.sqrt().add_(eps)).mul_(rate));
  }
}
