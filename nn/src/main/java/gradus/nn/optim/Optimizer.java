package gradus.nn.optim;

import static gradus.tensor.spi.Given.given;
import static gradus.tensor.spi.Given.givenAll;

import gradus.tensor.GradMode;
import gradus.tensor.Memory;
import gradus.tensor.Tensor;
import gradus.tensor.spi.Internals;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The base of all optimizers: holds the parameters in groups, each with its options, and the state
 * of each parameter.
 *
 * <pre>{@code
 * var optimizer = new SGD(model.parameters(), 0.1);
 * for (int epoch = 0; epoch < 10; epoch++) {
 *   optimizer.zeroGrad();
 *   var loss = F.mseLoss(model.forward(x), y);
 *   loss.backward();
 *   optimizer.step();
 * }
 * }</pre>
 *
 * <p>PyTorch: {@code torch.optim.Optimizer}.
 */
public abstract class Optimizer {
  private final Map<String, Object> defaults;
  private final List<ParamGroup> groups = new ArrayList<>();
  private final Map<Tensor, Map<String, Object>> states = new IdentityHashMap<>();

  /** Whether we know what this optimizer keeps: nothing but its state. */
  private final boolean ours =
      getClass().getModule() == Optimizer.class.getModule()
          && getClass().getPackage() == Optimizer.class.getPackage();

  /**
   * For subclasses.
   *
   * @param params the parameters to train
   * @param defaults the options of every group that does not say otherwise, by PyTorch's names
   */
  protected Optimizer(List<Tensor> params, Map<String, Object> defaults) {
    this.defaults = new LinkedHashMap<>(defaults);
    if (givenAll(params).isEmpty()) {
      throw new IllegalArgumentException(
          "optimizer: optimizer got an empty parameter list. There must be something to train. Pass model.parameters().");
    }
    add(params, Map.of());
    if (params instanceof Params more) {
      more.groups().forEach(group -> add(group.params(), said(group.options())));
    }
  }

  /**
   * Adds parameters with options of their own. PyTorch: {@code add_param_group}.
   *
   * <pre>{@code
   * optimizer.addParamGroup(head.parameters(), Map.of("lr", 0.01));   // or o -> o.lr(0.01)
   * }</pre>
   *
   * @param params the parameters, none of them in another group
   * @param options what differs from the options given to the constructor
   */
  public void addParamGroup(List<Tensor> params, Map<String, ?> options) {
    add(givenAll(params), given(options, "options"));
  }

  /**
   * Adds parameters with options of their own, by name: {@code
   * optimizer.addParamGroup(head.parameters(), o -> o.lr(0.01))}.
   *
   * @param params the parameters, none of them in another group
   * @param options what differs from the options given to the constructor
   */
  public void addParamGroup(List<Tensor> params, Consumer<OptimizerOptions> options) {
    addParamGroup(params, said(options));
  }

  private Map<String, Object> said(Consumer<OptimizerOptions> options) {
    String[] known = defaults.keySet().toArray(String[]::new);
    return new OptimizerOptions(getClass().getSimpleName(), options, known).ofGroup();
  }

  private void add(List<Tensor> params, Map<String, ?> options) {
    var group = new ParamGroup(params, defaults);
    options.forEach(group::set);
    Set<Tensor> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    groups.forEach(g -> seen.addAll(g.params()));
    for (Tensor param : group.params()) {
      if (!param.isLeaf()) {
        throw new IllegalArgumentException(
            "optimizer: can't optimize a non-leaf Tensor (a result). Parameters are leaves. Pass model.parameters().");
      }
      if (!seen.add(param)) {
        throw new IllegalArgumentException(
            "optimizer: some parameters appear in more than one parameter group. Each is trained once. Remove one.");
      }
    }
    groups.add(group);
  }

  /** The groups of parameters with their options, in order. PyTorch: {@code param_groups}. */
  public List<ParamGroup> paramGroups() {
    return Collections.unmodifiableList(groups);
  }

  /** Drops the gradients of all parameters. PyTorch: {@code zero_grad()}. */
  public void zeroGrad() {
    groups.forEach(group -> group.params().forEach(Tensor::zeroGrad));
  }

  /** Changes every parameter that has a gradient by one step. PyTorch: {@code step()}. */
  public void step() {
    try (var _ = GradMode.noGrad()) {
      for (ParamGroup group : groups) {
        for (Tensor param : group.params()) {
          // Asked for once: another thread may take it away.
          Tensor grad = ours || !param.hasGrad() ? Internals.get().storedGrad(param) : param.grad();
          if (grad != null) {
            var state = states.computeIfAbsent(param, _ -> new LinkedHashMap<String, Object>());
            updateInScope(param, grad, group, state);
          }
        }
      }
    }
  }

  private void updateInScope(
      Tensor param, Tensor grad, ParamGroup group, Map<String, Object> state) {
    if (!ours) {
      update(param, gradient(param, grad, group), group, state);
      return;
    }
    try (var _ = Memory.scope()) {
      update(param, gradient(param, grad, group), group, state);
    }
  }

  /**
   * The loss, after a step with the gradients that computing it left. PyTorch: {@code
   * step(closure)}.
   *
   * @param closure clears the gradients, computes the loss, calls backward and returns the loss
   * @return the loss before the step
   */
  public Tensor step(Supplier<Tensor> closure) {
    Tensor loss;
    try (var _ = GradMode.enableGrad()) {
      loss = given(closure, "closure").get();
    }
    step();
    return loss;
  }

  /**
   * The gradient to use: checked for being dense where it must be, negated for {@code maximize}.
   */
  private Tensor gradient(Tensor param, Tensor grad, ParamGroup group) {
    if (grad.isSparse() && !takesSparse(group)) {
      throw new IllegalStateException(
          ("%s: the gradient of a parameter %s is row-sparse. %s does not support sparse "
                  + "gradients%s. Use SGD, SparseAdam or Adagrad, or an Embedding with sparse=false.")
              .formatted(name(), param.shape(), name(), sparseRule()));
    }
    if (!group.has("maximize") || !group.flag("maximize")) {
      return grad;
    }
    return grad.isSparse() ? SparseRows.negated(grad) : grad.neg();
  }

  /** The gradient with {@code weight_decay} times the parameter added. */
  static Tensor decayed(Tensor param, Tensor grad, ParamGroup group) {
    double decay = group.number("weight_decay");
    return decay == 0 ? grad : grad.add(param.mul(decay));
  }

  /** Whether this optimizer takes row-sparse gradients with these options. */
  boolean takesSparse(ParamGroup group) {
    return false;
  }

  /** What the error about a sparse gradient adds. */
  String sparseRule() {
    return "";
  }

  /**
   * Changes one parameter, in place; nothing is recorded meanwhile.
   *
   * @param param the parameter
   * @param grad its gradient, to be read only
   * @param group its options
   * @param state what this optimizer remembers of it, empty at first
   */
  protected abstract void update(
      Tensor param, Tensor grad, ParamGroup group, Map<String, Object> state);

  /**
   * What this optimizer remembers of a parameter, by PyTorch's names; empty before the first step.
   */
  public Map<String, Object> state(Tensor param) {
    return Collections.unmodifiableMap(states.getOrDefault(param, Map.of()));
  }

  /** The same to write to, for those of ours that do not go parameter by parameter. */
  Map<String, Object> ownState(Tensor param) {
    return states.computeIfAbsent(param, _ -> new LinkedHashMap<>());
  }

  /** A copy of the state of all parameters and of all options. PyTorch: {@code state_dict()}. */
  public OptimizerState stateDict() {
    var state = new LinkedHashMap<Integer, Map<String, Object>>();
    var options = new ArrayList<Map<String, Object>>();
    int index = 0;
    for (ParamGroup group : groups) {
      var params = new ArrayList<Integer>();
      for (Tensor param : group.params()) {
        if (states.containsKey(param)) {
          state.put(index, states.get(param));
        }
        params.add(index++);
      }
      var values = new LinkedHashMap<>(group.options());
      values.put("params", params);
      options.add(values);
    }
    return new OptimizerState(state, options);
  }

  /**
   * Takes over options and states; or nothing, if they do not fit. PyTorch: {@code
   * load_state_dict(state_dict)}.
   *
   * @param stateDict from an optimizer of the same kind, of Gradus or of PyTorch, with as many
   *     groups of as many parameters of the same shapes
   * @throws IllegalArgumentException if groups or parameters differ in number, a remembered tensor
   *     has another shape than its parameter, or an option is of another kind
   */
  public void loadStateDict(OptimizerState stateDict) {
    var fitted = new FittedState(name(), ours && !(this instanceof LBFGS), groups, stateDict);
    fitted.options().forEach((group, options) -> options.forEach(group::put));
    states.clear();
    states.putAll(fitted.states());
  }

  /**
   * Takes over options and states from a checkpoint.
   *
   * @param stateDict a map as {@link OptimizerState#toMap} gives it
   * @throws IllegalArgumentException if it is none, or does not fit
   */
  public void loadStateDict(Map<?, ?> stateDict) {
    loadStateDict(OptimizerState.of(given(stateDict, "stateDict")));
  }

  String name() {
    return getClass().getSimpleName();
  }

  @Override
  public String toString() {
    var lines = new ArrayList<String>();
    for (ParamGroup group : groups) {
      lines.add(
          "Parameter Group " + lines.stream().filter(line -> line.startsWith("Parameter")).count());
      lines.addAll(group.lines());
    }
    return name() + " (\n" + String.join("\n", lines) + "\n)";
  }
}
