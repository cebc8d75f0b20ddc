package gradus.nn.optim;

import gradus.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * {@link Adam} for row-sparse gradients: means and parameters change only in the rows the gradient
 * names.
 *
 * <p>PyTorch: {@code torch.optim.SparseAdam}.
 */
public class SparseAdam extends Optimizer {
  /** SparseAdam with learning rate 0.001. */
  public SparseAdam(List<Tensor> params) {
    this(params, 1e-3);
  }

  /** SparseAdam with a learning rate. */
  public SparseAdam(List<Tensor> params, double lr) {
    this(params, lr, new double[] {0.9, 0.999}, 1e-8, false);
  }

  /**
   * SparseAdam with all options.
   *
   * @param betas β₁ and β₂: how slowly both means forget
   * @param eps added to the divisor
   * @param maximize whether to climb instead
   */
  public SparseAdam(List<Tensor> params, double lr, double[] betas, double eps, boolean maximize) {
    super(
        params,
        Options.lr(lr)
            .betas(betas)
            .notNegative("eps", "epsilon value", eps)
            .put("maximize", maximize)
            .map());
  }

  /**
   * SparseAdam with options by name: {@code new SparseAdam(params, o -> o.lr(3e-4).betas(0.9,
   * 0.99))}.
   */
  public SparseAdam(List<Tensor> params, Consumer<OptimizerOptions> options) {
    var o = new OptimizerOptions("SparseAdam", options, "lr", "betas", "eps", "maximize");
    this(
        o.with(params),
        o.number("lr", 1e-3),
        o.two("betas", 0.9, 0.999),
        o.number("eps", 1e-8),
        o.flag("maximize", false));
  }

  @Override
  boolean takesSparse(ParamGroup group) {
    return true;
  }

  @Override
  protected void update(Tensor param, Tensor grad, ParamGroup group, Map<String, Object> state) {
    if (!grad.isSparse()) {
      throw new IllegalStateException(
          ("SparseAdam: the gradient of a parameter %s is dense. SparseAdam does not "
                  + "support dense gradients, please consider Adam instead.")
              .formatted(param.shape()));
    }
    double[] betas = group.pair("betas");
    Tensor sparse = grad.coalesce();
    Tensor ids = sparse.indices();
    Tensor rows = sparse.values();
    int step = State.nextStep(state);
    Tensor mean = State.zeros(state, "exp_avg", param);
    Tensor square = State.zeros(state, "exp_avg_sq", param);
    Tensor oldMean = SparseRows.rows(mean, ids);
    Tensor oldSquare = SparseRows.rows(square, ids);
    Tensor meanChange = rows.sub(oldMean).mul_(1 - betas[0]);
    Tensor squareChange = rows.square().sub_(oldSquare).mul_(1 - betas[1]);
    SparseRows.add_(mean, ids, meanChange);
    SparseRows.add_(square, ids, squareChange);
    Tensor newMean = oldMean.add_(meanChange);
    Tensor divisor = oldSquare.add_(squareChange).sqrt().add_(group.number("eps"));
    double correction1 = 1 - Math.pow(betas[0], step);
    double correction2 = 1 - Math.pow(betas[1], step);
    double rate = group.lr() * Math.sqrt(correction2) / correction1;
    SparseRows.add_(param, ids, newMean.div_(divisor).mul_(-rate));
  }
}
