package gradus.nn.optim;

import static gradus.tensor.spi.Given.given;
import static gradus.tensor.spi.Given.givenAll;

import gradus.nn.functional.KnownOptions;
import gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Options of an optimizer by name; what is not said keeps PyTorch's default.
 *
 * <pre>{@code
 * new AdamW(model.parameters(), o -> o.lr(3e-4).betas(0.9, 0.99).weightDecay(0.1));
 * }</pre>
 *
 * <p>Parameters with options of their own make a group:
 *
 * <pre>{@code
 * new AdamW(body.parameters(), o -> o.lr(1e-5).group(head.parameters(), g -> g.lr(1e-3)));
 * }</pre>
 *
 * <p>An option that the optimizer does not have is refused with the list of those it has.
 */
public final class OptimizerOptions {
  private final KnownOptions values;
  private final List<Params.Group> groups = new ArrayList<>();

  OptimizerOptions(String optimizer, Consumer<OptimizerOptions> options, String... known) {
    this.values = new KnownOptions(optimizer, known);
    given(options, "options").accept(this);
  }

  /** The learning rate. */
  public OptimizerOptions lr(double lr) {
    return put("lr", lr);
  }

  /** How slowly the means of gradients and of their squares forget. */
  public OptimizerOptions betas(double beta1, double beta2) {
    return put("betas", new double[] {beta1, beta2});
  }

  /** What is added to the divisor. */
  public OptimizerOptions eps(double eps) {
    return put("eps", eps);
  }

  /** How much of the parameter is taken away, or added to its gradient. */
  public OptimizerOptions weightDecay(double weightDecay) {
    return put("weight_decay", weightDecay);
  }

  /** How much of the last step goes on. */
  public OptimizerOptions momentum(double momentum) {
    return put("momentum", momentum);
  }

  /** How much of the gradient momentum leaves out. */
  public OptimizerOptions dampening(double dampening) {
    return put("dampening", dampening);
  }

  /** Whether to look ahead along the momentum. */
  public OptimizerOptions nesterov(boolean nesterov) {
    return put("nesterov", nesterov);
  }

  /** Whether to divide by the greatest mean square so far. */
  public OptimizerOptions amsgrad(boolean amsgrad) {
    return put("amsgrad", amsgrad);
  }

  /** Whether to climb instead. */
  public OptimizerOptions maximize(boolean maximize) {
    return put("maximize", maximize);
  }

  /** How slowly the mean of squares forgets (RMSprop), or how the rate falls (ASGD). */
  public OptimizerOptions alpha(double alpha) {
    return put("alpha", alpha);
  }

  /** Whether to divide by the deviation instead of the root mean square. */
  public OptimizerOptions centered(boolean centered) {
    return put("centered", centered);
  }

  /** How the rate falls from step to step. */
  public OptimizerOptions lrDecay(double lrDecay) {
    return put("lr_decay", lrDecay);
  }

  /** What the sums of squares begin with. */
  public OptimizerOptions initialAccumulatorValue(double value) {
    return put("initial_accumulator_value", value);
  }

  /** How the momentum changes from step to step. */
  public OptimizerOptions momentumDecay(double momentumDecay) {
    return put("momentum_decay", momentumDecay);
  }

  /** How slowly the means of squares forget. */
  public OptimizerOptions rho(double rho) {
    return put("rho", rho);
  }

  /** How the parameter decays. */
  public OptimizerOptions lambd(double lambd) {
    return put("lambd", lambd);
  }

  /** The step at which averaging begins. */
  public OptimizerOptions t0(double t0) {
    return put("t0", t0);
  }

  /** What a step is multiplied by where the sign of a gradient changes, and where it stays. */
  public OptimizerOptions etas(double minus, double plus) {
    return put("etas", new double[] {minus, plus});
  }

  /** The least step and the greatest. */
  public OptimizerOptions stepSizes(double least, double greatest) {
    return put("step_sizes", new double[] {least, greatest});
  }

  /** How many moves a step makes at most. */
  public OptimizerOptions maxIter(int maxIter) {
    return put("max_iter", maxIter);
  }

  /** How often a step computes the loss at most. */
  public OptimizerOptions maxEval(int maxEval) {
    return put("max_eval", maxEval);
  }

  /** The greatest gradient that counts as none. */
  public OptimizerOptions toleranceGrad(double toleranceGrad) {
    return put("tolerance_grad", toleranceGrad);
  }

  /** The greatest change of loss or parameters that counts as none. */
  public OptimizerOptions toleranceChange(double toleranceChange) {
    return put("tolerance_change", toleranceChange);
  }

  /** How many steps are remembered. */
  public OptimizerOptions historySize(int historySize) {
    return put("history_size", historySize);
  }

  /** How the length of a step is found: {@code "strong_wolfe"}, or null for {@code lr}. */
  public OptimizerOptions lineSearchFn(String lineSearchFn) {
    return put("line_search_fn", lineSearchFn);
  }

  /**
   * One more group of parameters, after those given first and any given before. PyTorch: {@code
   * AdamW([{"params": a}, {"params": b, "lr": 1e-3}], lr=1e-5)}.
   *
   * @param params the parameters, none of them in another group
   * @param options what differs from the options around it
   */
  public OptimizerOptions group(List<Tensor> params, Consumer<OptimizerOptions> options) {
    groups.add(new Params.Group(givenAll(params), given(options, "options")));
    return this;
  }

  /** The parameters given first, and with them the groups if there are any. */
  List<Tensor> with(List<Tensor> params) {
    return groups.isEmpty() ? params : new Params(givenAll(params), groups);
  }

  /** What was said, as a group keeps it. */
  Map<String, Object> ofGroup() {
    if (!groups.isEmpty()) {
      throw new IllegalArgumentException(
          "optimizer: a group has a group. Groups stand side by side. Call group on the options around it.");
    }
    var options = values.given();
    options.replaceAll(
        (_, value) -> value instanceof double[] pair ? List.of(pair[0], pair[1]) : value);
    return options;
  }

  private OptimizerOptions put(String name, Object value) {
    values.put(name, value);
    return this;
  }

  <T> T value(String name, T otherwise) {
    return values.get(name, otherwise);
  }

  double number(String name, double otherwise) {
    return values.get(name, otherwise);
  }

  boolean flag(String name, boolean otherwise) {
    return values.get(name, otherwise);
  }

  double[] two(String name, double first, double second) {
    return values.get(name, new double[] {first, second});
  }
}
