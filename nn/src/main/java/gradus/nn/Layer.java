package gradus.nn;

import static gradus.tensor.spi.Given.given;

import gradus.tensor.DType;
import gradus.tensor.Tensor;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The base of everything that has parameters: extend it, keep tensors and other layers in fields,
 * and write {@code forward}.
 *
 * <pre>{@code
 * class Net extends Layer {
 *   final Linear hidden = new Linear(4, 8);
 *   final Linear output = new Linear(8, 2);
 *
 *   public Tensor forward(Tensor x) { return output.forward(F.relu(hidden.forward(x))); }
 * }
 * }</pre>
 *
 * <p>Nothing is registered: a field of type {@link Tensor} is a parameter if {@link #parameter}
 * made it or {@code requiresGrad(…)} was called on it (a buffer with {@link RegisterBuffer}), a
 * field of type {@code Layer} is a child, also inside arrays, lists, maps and {@code Optional}s.
 * What {@code forward} keeps in a field, such as its last attention, is neither. Names are the
 * field names in PyTorch's spelling ({@code hidden.weight}, {@code self_attn.in_proj_weight});
 * {@code W_Q}, {@code C} and {@code fc_out} stay as they are. Fields that are {@code static} or
 * {@code transient} are not looked at.
 *
 * <p>PyTorch: {@code torch.nn.Module}.
 */
public abstract class Layer implements Cloneable {
  private static final ScopedValue<Boolean> EVALUATING = ScopedValue.newInstance();

  private boolean training = true;

  /** The names of the fields that held parameters when they were last looked at. */
  private volatile Set<String> learned = Set.of();

  /** Null as long as there was no hook, so that a call costs nothing more than forward. */
  private transient volatile LayerHooks hooks;

  /** For subclasses; a new layer is in training mode. */
  protected Layer() {}

  /**
   * The output of this layer for {@code input}.
   *
   * @param input the input; what shapes fit is said by the layer
   * @return the output
   * @throws UnsupportedOperationException if the layer does not take a single tensor
   */
  public Tensor forward(Tensor input) {
    List<String> forms =
        Arrays.stream(getClass().getMethods())
            .filter(method -> method.getName().equals("forward") && !method.isBridge())
            .filter(method -> method.getDeclaringClass() != Layer.class)
            .map(Layer::form)
            .sorted()
            .toList();
    throw new UnsupportedOperationException(
        forms.isEmpty()
            ? "%s.forward: this layer has no forward. Override forward(Tensor).".formatted(name())
            : "%s.forward: this layer does not take one tensor. It has %s."
                .formatted(name(), String.join(" and ", forms)));
  }

  /** How a form of forward is called, such as {@code forward(Tensor input, Tensor target)}. */
  private static String form(Method method) {
    return Arrays.stream(method.getParameters())
        .map(parameter -> parameter.getType().getSimpleName() + " " + parameter.getName())
        .collect(Collectors.joining(", ", "forward(", ")"));
  }

  // ---- calls and hooks

  /**
   * What {@link #forward(Tensor)} returns, with the hooks of this layer around it. PyTorch: {@code
   * layer(input)}.
   *
   * <p>Forward itself runs no hooks, there as here. Our own layers call those inside of them, so
   * hooks see them at any depth, except the projections of an attention, which reads their weights;
   * a layer of yours does if it writes {@code hidden.call(x)}.
   */
  public final Tensor call(Tensor input) {
    LayerHooks own = hooks;
    return own == null ? forward(input) : own.call(this, input, this::forward);
  }

  /**
   * The same for any other form of forward, of whose inputs hooks see the first: {@code
   * block.call(x, t -> block.forward(t, mask))}.
   */
  public final Tensor call(Tensor input, UnaryOperator<Tensor> forward) {
    LayerHooks own = hooks;
    return own == null ? forward.apply(input) : own.call(this, input, forward);
  }

  private synchronized LayerHooks hooks() {
    if (hooks == null) {
      hooks = new LayerHooks();
    }
    return hooks;
  }

  /**
   * Runs {@code hook} before every {@link #call}; what it returns takes the place of the input, if
   * it is not null. Copies of this layer have no hooks. PyTorch: {@code register_forward_pre_hook}.
   *
   * @param hook gets this layer and the input
   */
  public RemovableHandle registerForwardPreHook(BiFunction<Layer, Tensor, Tensor> hook) {
    return LayerHooks.add(hooks().before, hook);
  }

  /**
   * Runs {@code hook} after every {@link #call}; what it returns takes the place of the output, if
   * it is not null. PyTorch: {@code register_forward_hook}.
   *
   * <pre>{@code
   * try (var _ = model.hidden.registerForwardHook((layer, x, y) -> { seen.add(y); return null; })) {
   *   model.call(x);
   * }
   * }</pre>
   *
   * @param hook gets this layer, the input and the output
   */
  public RemovableHandle registerForwardHook(LayerHook hook) {
    return LayerHooks.add(hooks().after, hook);
  }

  /**
   * Runs {@code hook} whenever backward has passed a {@link #call} of this layer; what it returns
   * takes the place of the gradient of the input, if it is not null. PyTorch: {@code
   * register_full_backward_hook}.
   *
   * @param hook gets this layer, the gradient of the input (null if that wants none) and the
   *     gradient of the output
   */
  public RemovableHandle registerFullBackwardHook(LayerHook hook) {
    return LayerHooks.add(hooks().backward, hook);
  }

  /**
   * A leaf holding the values of {@code data} that requires gradients: PyTorch's {@code
   * nn.Parameter(data)}.
   */
  protected static Tensor parameter(Tensor data) {
    return data.detach().requiresGrad(true);
  }

  // ---- what is inside

  /**
   * How many numbers this layer and all below it learn. PyTorch: {@code sum(p.numel() for p in
   * model.parameters())}.
   */
  public long numel() {
    return parameters().stream().mapToLong(Tensor::numel).sum();
  }

  final Set<String> learned() {
    return learned;
  }

  final void learned(Set<String> names) {
    learned = names;
  }

  /** The parameters that are in no field of their own, by name. */
  Map<String, Tensor> namedWeights() {
    return Map.of();
  }

  /** Every parameter of this layer and all below it, each once. PyTorch: {@code parameters()}. */
  public List<Tensor> parameters() {
    return List.copyOf(namedParameters().values());
  }

  /**
   * The parameters by dotted name; a shared one under its first name only. PyTorch: {@code
   * named_parameters()}.
   */
  public Map<String, Tensor> namedParameters() {
    return LayerTree.distinctTensors(this, false);
  }

  /** Every buffer of this layer and all below it, each once. PyTorch: {@code buffers()}. */
  public List<Tensor> buffers() {
    return List.copyOf(namedBuffers().values());
  }

  /** The buffers by dotted name. PyTorch: {@code named_buffers()}. */
  public Map<String, Tensor> namedBuffers() {
    return LayerTree.distinctTensors(this, true);
  }

  /** The layers directly inside this one. PyTorch: {@code children()}. */
  public List<Layer> children() {
    return List.copyOf(namedChildren().values());
  }

  /** The layers directly inside this one by name. PyTorch: {@code named_children()}. */
  public Map<String, Layer> namedChildren() {
    return Collections.unmodifiableMap(LayerFields.of(this).children);
  }

  /** This layer and all below it, each once. PyTorch: {@code modules()}. */
  public List<Layer> layers() {
    return List.copyOf(namedLayers().values());
  }

  /**
   * This layer (under the empty name) and all below it by dotted name. PyTorch: {@code
   * named_modules()}.
   */
  public Map<String, Layer> namedLayers() {
    return LayerTree.distinctLayers(this);
  }

  /**
   * This layer, after {@code fn} ran once on each layer below it and then on itself. PyTorch:
   * {@code apply(fn)}.
   *
   * <pre>{@code
   * model.apply(l -> { if (l instanceof Linear linear) Init.xavierUniform_(linear.weight); });
   * }</pre>
   *
   * @param fn what to do with each layer
   */
  public Layer apply(Consumer<? super Layer> fn) {
    LayerTree.childrenFirst(this).forEach(fn);
    return this;
  }

  // ---- mode and gradients

  /** This layer, it and all below in training mode: dropout drops. PyTorch: {@code train()}. */
  public Layer train() {
    return train(true);
  }

  /**
   * This layer, it and all below in the given mode. PyTorch: {@code train(mode)}.
   *
   * @param mode true for training, false for evaluation
   */
  public Layer train(boolean mode) {
    layers().forEach(layer -> layer.training = mode);
    return this;
  }

  /**
   * This layer, it and all below in evaluation mode: dropout passes everything. PyTorch: {@code
   * eval()}.
   */
  public Layer eval() {
    return train(false);
  }

  /**
   * What {@code work} gives while every layer counts as being in evaluation mode for this thread:
   * nothing is dropped. The layers' own mode stays as it is, so that other threads may train the
   * same layers meanwhile, which they could not between {@code eval()} and {@code train()}.
   *
   * <pre>{@code
   * Tensor output = Layer.evaluating(() -> model.forward(x));
   * }</pre>
   *
   * @param work what to do, on this thread
   * @return its result
   */
  public static <T> T evaluating(Supplier<T> work) {
    return ScopedValue.where(EVALUATING, true).call(work::get);
  }

  /**
   * Whether this layer is in training mode, and not inside {@link #evaluating}. PyTorch: {@code
   * training}.
   */
  public boolean training() {
    return training && !EVALUATING.isBound();
  }

  /** Sets the mode of this layer alone and of none below, for copies. */
  protected final void training(boolean mode) {
    training = mode;
  }

  /** Drops the gradient of every parameter. PyTorch: {@code zero_grad()}. */
  public void zeroGrad() {
    parameters().forEach(Tensor::zeroGrad);
  }

  /**
   * This layer, all its parameters with gradients switched on or off (frozen). PyTorch: {@code
   * requires_grad_()}.
   *
   * @param requiresGrad whether the parameters want gradients
   */
  public Layer requiresGrad_(boolean requiresGrad) {
    parameters().forEach(p -> p.requiresGrad(requiresGrad));
    return this;
  }

  /**
   * This layer, its floating-point parameters and buffers converted; each stays the same {@code
   * Tensor} object. PyTorch: {@code to(dtype)}, {@code float()}, {@code double()}.
   *
   * @param dtype a floating-point type
   * @throws IllegalArgumentException if {@code dtype} is not floating point
   */
  public Layer to(DType dtype) {
    if (!dtype.isFloatingPoint()) {
      throw new IllegalArgumentException(
          ("to: a layer cannot be converted to %s. Parameters are floating point. Use "
                  + "FLOAT32 or FLOAT64.")
              .formatted(dtype));
    }
    LayerTree.convert(this, dtype);
    return this;
  }

  // ---- state

  /**
   * The parameters and buffers by dotted name, detached but sharing memory with this layer.
   * PyTorch: {@code state_dict()}.
   */
  public StateDict stateDict() {
    Map<String, Tensor> tensors = LayerTree.state(this);
    tensors.replaceAll((_, tensor) -> tensor.detach());
    return new StateDict(tensors);
  }

  /**
   * Copies values into the parameters and buffers; every name must be there and no other, or
   * nothing is loaded. PyTorch: {@code load_state_dict(state_dict)}.
   *
   * @param stateDict tensors by dotted name, such as another layer's {@link #stateDict()} or what
   *     {@code TorchFile.loadMap(path).getMap("model")} gives
   * @throws IllegalArgumentException with all missing and unexpected keys and all sizes that differ
   */
  public void loadStateDict(Map<String, ?> stateDict) {
    loadStateDict(stateDict, true);
  }

  /**
   * The keys that did not match, after the values of those that did were copied into the parameters
   * and buffers. PyTorch: {@code load_state_dict(state_dict, strict)}.
   *
   * @param stateDict tensors by dotted name
   * @param strict whether a missing or unexpected key is an error
   * @return the missing and the unexpected keys
   * @throws IllegalArgumentException if sizes differ, or if {@code strict} and keys do; nothing is
   *     loaded then
   */
  public IncompatibleKeys loadStateDict(Map<String, ?> stateDict, boolean strict) {
    if (stateDict == null) {
      throw new IllegalArgumentException(
          "loadStateDict: the state is null. Give a map of tensors by dotted name.");
    }
    return StateLoading.load(name(), LayerTree.state(this), stateDict, strict);
  }

  // ---- copying and printing

  /**
   * A layer of the same kind with its own copies of all parameters. PyTorch: {@code
   * copy.deepcopy(module)}.
   *
   * <p>A layer that has parameters or children says itself how it is copied, by overriding this.
   *
   * @return the copy, in the same mode
   * @throws UnsupportedOperationException if the layer holds tensors or layers and does not
   *     override this
   */
  public Layer copy() {
    var fields = LayerFields.of(this);
    if (!fields.parameters.isEmpty() || !fields.buffers.isEmpty() || !namedChildren().isEmpty()) {
      throw new UnsupportedOperationException(
          ("%s.copy: this layer holds tensors or layers and does not say how to copy them. "
                  + "Override copy().")
              .formatted(name()));
    }
    try {
      var copy = (Layer) clone();
      copy.hooks = null;
      return copy;
    } catch (CloneNotSupportedException e) {
      throw new AssertionError(e);
    }
  }

  /** The name this layer prints under: its class's, as far as it has one. */
  protected String name() {
    Class<?> type = getClass();
    while (type.getSimpleName().isEmpty()) {
      type = type.getSuperclass();
    }
    return type.getSimpleName();
  }

  /**
   * What stands between the brackets when this layer prints; lines may be split by newlines.
   * PyTorch: {@code extra_repr()}.
   */
  protected String extraRepr() {
    return "";
  }

  /**
   * A table of this layer and all below it: what they are, how many parameters they have of their
   * own, and whether those are trained; with totals and bytes. PyTorch: torchinfo's {@code
   * summary(model)}.
   */
  public String summary() {
    return LayerSummary.of(this, null);
  }

  /**
   * The same with the shape of each layer's output for an input, in evaluation mode and without
   * gradients. Layers that are not reached by {@link #call(Tensor)} show none.
   */
  public String summary(Tensor input) {
    return LayerSummary.of(this, () -> call(input));
  }

  /**
   * The same for a layer of several inputs: {@code net.summary(() -> net.forward(src, tgt))}.
   *
   * @param work calls the layer
   */
  public String summary(Runnable work) {
    return LayerSummary.of(this, given(work, "work"));
  }

  /** The layer and all below it, nested as PyTorch prints a module. */
  @Override
  public String toString() {
    return LayerTree.text(this, name(), extraRepr());
  }
}
