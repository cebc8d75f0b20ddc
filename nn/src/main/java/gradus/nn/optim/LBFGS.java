package gradus.nn.optim;

import static gradus.tensor.spi.Given.given;

import gradus.tensor.GradMode;
import gradus.tensor.Tensor;
import gradus.tensor.spi.Internals;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * L-BFGS: steps along −H·g, where the inverse Hessian H is guessed from how the gradient changed
 * over the last steps.
 *
 * <p>Meant for the whole data at once, not for batches. It computes the loss several times a step,
 * so it needs a closure; all parameters are one group.
 *
 * <pre>{@code
 * var optimizer = new LBFGS(model.parameters(), o -> o.lineSearchFn("strong_wolfe"));
 * optimizer.step(
 *     () -> {
 *       optimizer.zeroGrad();
 *       Tensor loss = F.mseLoss(model.forward(x), y);
 *       loss.backward();
 *       return loss;
 *     });
 * }</pre>
 *
 * <p>PyTorch: {@code torch.optim.LBFGS}; Nocedal 1980, after minFunc.
 */
public class LBFGS extends Optimizer {
  /** L-BFGS with learning rate 1 and no line search. */
  public LBFGS(List<Tensor> params) {
    this(params, _ -> {});
  }

  /** L-BFGS with a learning rate and no line search. */
  public LBFGS(List<Tensor> params, double lr) {
    this(params, o -> o.lr(lr));
  }

  /**
   * L-BFGS with options by name: {@code new LBFGS(params, o -> o.maxIter(100))}.
   *
   * <p>PyTorch's defaults: {@code lr} 1, {@code maxIter} 20, {@code maxEval} 1.25 times that,
   * {@code toleranceGrad} 1e-7, {@code toleranceChange} 1e-9, {@code historySize} 100, {@code
   * lineSearchFn} none.
   */
  public LBFGS(List<Tensor> params, Consumer<OptimizerOptions> options) {
    var o =
        new OptimizerOptions(
            "LBFGS",
            options,
            "lr",
            "max_iter",
            "max_eval",
            "tolerance_grad",
            "tolerance_change",
            "history_size",
            "line_search_fn");
    if (o.with(params) != params) {
      throw oneGroup();
    }
    super(params, defaults(o));
  }

  private static Map<String, Object> defaults(OptimizerOptions o) {
    int maxIter = o.value("max_iter", 20);
    String search = o.value("line_search_fn", null);
    if (search != null && !search.equals("strong_wolfe")) {
      throw new IllegalArgumentException(
          "LBFGS: the line search \"%s\" is not there; only 'strong_wolfe' is supported. Use lineSearchFn(\"strong_wolfe\")."
              .formatted(search));
    }
    return Options.lr(o.number("lr", 1))
        .put("max_iter", maxIter)
        .put("max_eval", o.value("max_eval", maxIter * 5 / 4))
        .put("tolerance_grad", o.number("tolerance_grad", 1e-7))
        .put("tolerance_change", o.number("tolerance_change", 1e-9))
        .put("history_size", o.value("history_size", 100))
        .put("line_search_fn", search)
        .map();
  }

  /** Refused: all parameters are one group. */
  @Override
  public void addParamGroup(List<Tensor> params, Map<String, ?> options) {
    throw oneGroup();
  }

  private static IllegalStateException oneGroup() {
    return new IllegalStateException(
        "LBFGS: LBFGS doesn't support per-parameter options (parameter groups). Give all parameters to the constructor.");
  }

  /** Refused: it takes several evaluations of the loss. */
  @Override
  public void step() {
    throw new IllegalStateException(
        "LBFGS: step() has no closure. A step computes the loss several times. Use step(() -> loss), whose closure"
            + " clears the gradients, computes the loss and calls backward.");
  }

  @Override
  protected void update(Tensor param, Tensor grad, ParamGroup group, Map<String, Object> state) {
    step();
  }

  /**
   * The loss before the step, after up to {@code maxIter} moves of all parameters.
   *
   * @param closure clears the gradients, computes the loss, calls backward and returns the loss
   */
  @Override
  public Tensor step(Supplier<Tensor> closure) {
    given(closure, "closure");
    try (var _ = GradMode.noGrad()) {
      return new Step(closure).run();
    }
  }

  /** One call of {@link #step}. */
  private final class Step {
    private final Supplier<Tensor> closure;
    private final ParamGroup group = paramGroups().getFirst();
    private final List<Tensor> params = group.params();
    private final Map<String, Object> state = ownState(params.getFirst());
    private final LbfgsHistory history =
        new LbfgsHistory(state, (int) group.number("history_size"));
    private final double toleranceChange = group.number("tolerance_change");

    private double loss;
    private Tensor grad;
    private Tensor direction = (Tensor) state.get("d");
    private double t = State.number(state, "t", 0);

    Step(Supplier<Tensor> closure) {
      this.closure = closure;
    }

    Tensor run() {
      state.putIfAbsent("func_evals", 0);
      state.putIfAbsent("n_iter", 0);
      Tensor first = evaluate();
      count("func_evals", 1);
      if (isOptimal()) {
        return first;
      }
      move();
      state.put("d", State.lasting(direction));
      state.put("t", t);
      history.save(state);
      return first;
    }

    private void move() {
      int maxIter = (int) group.number("max_iter");
      int maxEval = (int) group.number("max_eval");
      int evaluations = 1;
      for (int n = 1; ; n++) {
        count("n_iter", 1);
        boolean start = State.number(state, "n_iter", 0) == 1;
        direction = start ? history.restart(grad) : history.direction(grad, direction.mul(t));
        double before = loss;
        history.before(grad, before);
        t = group.lr();
        if (start) {
          t *= Math.min(1, Tensor.scalar(1).div(grad.abs().sum()).item());
        }
        double slope = grad.dot(direction).item();
        if (slope > -toleranceChange) {
          return;
        }
        int more = go(slope, n == maxIter);
        evaluations += more;
        count("func_evals", more);
        if (n == maxIter
            || evaluations >= maxEval
            || isOptimal()
            || direction.mul(t).abs().max().item() <= toleranceChange
            || Math.abs(loss - before) < toleranceChange) {
          return;
        }
      }
    }

    /** Moves the parameters along the direction; how often the loss was computed for that. */
    private int go(double slope, boolean last) {
      if (group.options().get("line_search_fn") != null) {
        List<Tensor> from = params.stream().map(p -> p.detach().clone()).toList();
        var search =
            new StrongWolfe(
                step -> tried(from, step),
                new StrongWolfe.Point(0, loss, grad, slope),
                direction.abs().max().item(),
                toleranceChange);
        StrongWolfe.Point found = search.search(t);
        t = found.step();
        loss = found.value();
        grad = found.gradient();
        moveBy(t);
        return search.evaluations;
      }
      moveBy(t);
      if (last) {
        return 0; // nobody would look at the loss there
      }
      evaluate();
      return 1;
    }

    /** What a step of this length would lead to; the parameters are put back. */
    private StrongWolfe.Point tried(List<Tensor> from, double step) {
      moveBy(step);
      double value = computed().item();
      Tensor gradient = gathered();
      for (int i = 0; i < params.size(); i++) {
        params.get(i).copy_(from.get(i));
      }
      return new StrongWolfe.Point(step, value, gradient, gradient.dot(direction).item());
    }

    private void moveBy(double step) {
      int at = 0;
      for (Tensor p : params) {
        p.add_(direction.narrow(0, at, p.numel()).view(p.shape()), step);
        at += p.numel();
      }
    }

    private Tensor evaluate() {
      Tensor result = computed();
      loss = result.item();
      grad = gathered();
      return result;
    }

    private Tensor computed() {
      try (var _ = GradMode.enableGrad()) {
        return given(closure.get(), "closure");
      }
    }

    /** All gradients in a row. */
    private Tensor gathered() {
      var parts = new ArrayList<Tensor>();
      for (Tensor p : params) {
        Tensor stored = Internals.get().storedGrad(p);
        parts.add(
            stored == null ? Tensor.zeros(p.dtype(), p.numel()) : stored.toDense().reshape(-1));
      }
      return Tensor.cat(parts, 0);
    }

    private boolean isOptimal() {
      return grad.abs().max().item() <= group.number("tolerance_grad");
    }

    private void count(String name, int more) {
      state.put(name, (int) State.number(state, name, 0) + more);
    }
  }
}
