package gradus.autograd;

import gradus.tensor.GradMode;
import gradus.tensor.Node;
import gradus.tensor.Op;
import gradus.tensor.Tensor;
import gradus.tensor.spi.Internals;
import gradus.tensor.spi.WalkMemory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The backward walk as an iterator of steps, from the loss to the leaves.
 *
 * <p>{@code loss.backward()} merely exhausts it; a debugger, a terminal or a page may take one step
 * at a time. A node's turn comes when everything computed from it has handed down its share, so its
 * gradient is complete: nodes are visited in the reverse of the order in which they came to be.
 *
 * <pre>{@code
 * for (Step step : Backprop.of(loss)) {
 *   IO.println(step);   // MatMul -> [2, 3]: dA = dC · Bᵀ [2, 4], dB = Aᵀ · dC [4, 3]
 * }
 * }</pre>
 */
public final class Backprop implements Iterator<Step>, Iterable<Step> {
  private static final Internals INTERNALS = Internals.get();

  private final List<Node> order;
  private final GradientStore gradients = new GradientStore();

  private final boolean retainGraph;
  private final boolean createGraph;
  private final boolean anomaly = INTERNALS.detectsAnomaly();

  /** Whether gradients stay where somebody will look for them. */
  private boolean keeps = true;

  /**
   * The nodes whose gradients are wanted instead of those of the leaves; null for a plain backward.
   */
  private final Map<Node, Tensor> captured;

  private final Set<Node> visited = Collections.newSetFromMap(new IdentityHashMap<>());

  private int next;

  private Backprop(
      List<Tensor> roots,
      List<Tensor> starts,
      boolean retainGraph,
      boolean createGraph,
      Map<Node, Tensor> captured) {
    this.retainGraph = retainGraph;
    this.createGraph = createGraph;
    this.captured = captured;
    var rootNodes = new ArrayList<Node>();
    for (int i = 0; i < roots.size(); i++) {
      Node node = INTERNALS.node(roots.get(i));
      rootNodes.add(node);
      gradients.add(node, starts.get(i));
    }
    this.order = reachable(rootNodes);
    if (captured != null) {
      visited.addAll(order);
    }
  }

  /**
   * The walk back from a scalar.
   *
   * @param loss a scalar that requires gradients
   * @return the steps; taking them all is {@code loss.backward()}
   */
  public static Backprop of(Tensor loss) {
    return of(loss, null, false, false);
  }

  /**
   * The walk back from any tensor.
   *
   * @param root a tensor that requires gradients
   * @param gradient its gradient, of its shape; null for 1 at a scalar
   * @param retainGraph keeps the history for another walk
   * @param createGraph records the walk itself
   * @return the steps
   */
  public static Backprop of(
      Tensor root, Tensor gradient, boolean retainGraph, boolean createGraph) {
    return new Backprop(
        List.of(root), List.of(start(root, gradient)), retainGraph, createGraph, null);
  }

  /**
   * The walk back from a scalar, only to be looked at: no leaf gets a gradient and the history
   * stays. Hooks run, since they may change what is handed on.
   *
   * @param loss a scalar that requires gradients
   * @return the steps
   */
  public static Backprop watching(Tensor loss) {
    Backprop walk = of(loss, null, true, false);
    walk.keeps = false;
    return walk;
  }

  static Backprop capturing(
      List<Tensor> roots,
      List<Tensor> gradients,
      boolean retainGraph,
      boolean createGraph,
      Map<Node, Tensor> captured) {
    return new Backprop(roots, gradients, retainGraph, createGraph, captured);
  }

  /** The gradient a walk starts with. */
  static Tensor start(Tensor root, Tensor gradient) {
    if (!root.requiresGrad()) {
      throw new IllegalStateException(
          "backward: this tensor does not require gradients and has no history. Call requiresGrad(true) on a leaf it is"
              + " computed from, outside of noGrad().");
    }
    if (gradient == null) {
      if (root.numel() != 1) {
        throw new IllegalStateException(
            ("backward: the gradient can start by itself only at a scalar, but this tensor is "
                    + "%s. Reduce it first (sum(), mean()) or pass the gradient: backward(gradient).")
                .formatted(root.shape()));
      }
      return Tensor.onesLike(root);
    }
    if (!gradient.shape().equals(root.shape())) {
      throw new IllegalArgumentException(
          "backward: the gradient is %s but the tensor is %s. Both must have one shape."
              .formatted(gradient.shape(), root.shape()));
    }
    return gradient.dtype() == root.dtype() ? gradient : gradient.to(root.dtype());
  }

  /**
   * Everything the roots were computed from, latest first; found with a stack of our own, so depth
   * does not matter.
   */
  private List<Node> reachable(List<Node> roots) {
    var seen = new HashMap<Node, Boolean>();
    var stack = new ArrayDeque<>(roots);
    var found = new ArrayList<Node>();
    while (!stack.isEmpty()) {
      Node node = stack.pop();
      if (seen.put(node, true) == null) {
        found.add(node);
        for (int i = 0; i < node.arity(); i++) {
          node.parent(i).ifPresent(stack::push);
        }
      }
    }
    found.sort(Comparator.comparingLong(Node::sequence).reversed());
    return captured == null ? found : onTheWay(found);
  }

  /** Of {@code nodes}, those that lead to a captured one. */
  private List<Node> onTheWay(List<Node> nodes) {
    var leads = new IdentityHashMap<Node, Boolean>();
    for (Node node : nodes.reversed()) {
      boolean yes = captured.containsKey(node);
      for (int i = 0; i < node.arity() && !yes; i++) {
        yes = node.parent(i).filter(leads::containsKey).isPresent();
      }
      if (yes) {
        leads.put(node, true);
      }
    }
    return nodes.stream().filter(leads::containsKey).toList();
  }

  /** The nodes of the walk, from the loss to the leaves. */
  public List<Node> order() {
    return List.copyOf(order);
  }

  @Override
  public Iterator<Step> iterator() {
    return this;
  }

  @Override
  public boolean hasNext() {
    return next < order.size();
  }

  /** Computes the next step: one node's gradient is complete, and its inputs get theirs. */
  @Override
  public Step next() {
    if (!hasNext()) {
      throw new NoSuchElementException("The walk has reached all leaves.");
    }
    int at = next;
    next = order.size(); // a walk that fails is over: what the failed node owed others is lost
    try (var _ = GradMode.set(createGraph)) {
      Step step = step(order.get(at));
      next = at + 1;
      return step;
    }
  }

  /** Takes all steps that are left; what {@link Tensor#backward()} does. */
  public void run() {
    try (var _ = GradMode.set(createGraph);
        WalkMemory mine = createGraph ? null : INTERNALS.walkMemory()) {
      gradients.memory = mine;
      while (hasNext()) {
        step(order.get(next++));
      }
    } finally {
      gradients.memory = null;
    }
  }

  private Step step(Node node) {
    Tensor arrived = gradients.remove(node);
    if (arrived == null) {
      return new Step(node, Tensor.zeros(node.shape().toArray()), List.of());
    }
    Tensor gradient = hooked(node, arrived);
    keep(node, gradient);
    var edges = new ArrayList<Step.Edge>();
    List<Recipe> recipes =
        node.op() instanceof Op.Custom
            ? shown(gradient, () -> Derivatives.of(node, gradient))
            : Derivatives.of(node, gradient);
    for (int i = 0; i < node.arity(); i++) {
      Recipe recipe = recipes.get(i);
      boolean needed = node.needsGradient(i) && wanted(node.parent(i).get());
      if (needed && gradients.addInPlace(node, gradient)) {
        continue;
      }
      Tensor share = needed ? share(node, i, gradient, recipe) : null;
      if (share != null) {
        gradients.add(node.parent(i).get(), share);
        if (GradientStore.isWindow(node.op())) {
          gradients.grows(node.parent(i).get());
        }
      }
      edges.add(new Step.Edge(Step.inputName(i), recipe.formula(), Optional.ofNullable(share)));
    }
    Step step = new Step(node, gradient, edges);
    if (!retainGraph) {
      INTERNALS.free(node);
    }
    if (gradients.memory != null) {
      gradients.memory.sweep();
    }
    return step;
  }

  private Tensor share(Node node, int input, Tensor gradient, Recipe recipe) {
    return anomaly
        ? INTERNALS.checkedGradient(node, input, gradient, recipe.gradient())
        : recipe.gradient().get();
  }

  private Tensor hooked(Node node, Tensor arrived) {
    Tensor gradient = arrived;
    for (UnaryOperator<Tensor> hook : INTERNALS.hooks(node)) {
      Tensor before = gradient;
      Tensor replaced = shown(before, () -> hook.apply(before));
      gradient = replaced == null ? before : checkHook(replaced, before);
    }
    return gradient;
  }

  /** Runs a user's code, which may keep the gradient it is shown. */
  private <T> T shown(Tensor gradient, Supplier<T> code) {
    if (gradients.memory == null) {
      return code.get();
    }
    gradients.memory.show(gradient);
    return gradients.memory.outside(code);
  }

  private static Tensor checkHook(Tensor replaced, Tensor gradient) {
    if (!replaced.shape().equals(gradient.shape()) || replaced.dtype() != gradient.dtype()) {
      throw new IllegalStateException(
          ("registerHook: the hook returned %s%s for a gradient %s%s. Return one of its "
                  + "shape and dtype.")
              .formatted(replaced.dtype(), replaced.shape(), gradient.dtype(), gradient.shape()));
    }
    return replaced;
  }

  /**
   * Whether the gradient of {@code parent} leads anywhere: for captured gradients, only what is on
   * the way to them.
   */
  private boolean wanted(Node parent) {
    return captured == null || visited.contains(parent);
  }

  /** Leaves the gradient where somebody will look for it. */
  private void keep(Node node, Tensor gradient) {
    if (!keeps) {
      return;
    }
    if (captured != null) {
      if (captured.computeIfPresent(node, (_, _) -> gradient) != null && gradients.memory != null) {
        gradients.memory.show(gradient);
      }
      return;
    }
    Tensor retained = INTERNALS.retained(node);
    if (retained != null) {
      accumulate(retained, createGraph ? gradient : gradient.clone()); // it is still on its way
    }
    if (node.op() instanceof Op.Leaf) {
      accumulate(INTERNALS.leaf(node), gradient);
    }
  }

  /**
   * Adds to the gradient that stays at a tensor, which walks of other threads may reach at the same
   * time.
   */
  private void accumulate(Tensor leaf, Tensor gradient) {
    synchronized (leaf) {
      Tensor before = INTERNALS.storedGrad(leaf);
      if (before == null) {
        INTERNALS.storeGrad(leaf, own(gradient));
      } else if (createGraph || gradient.isSparse() || before.isSparse()) {
        INTERNALS.storeGrad(leaf, own(before.add(gradient)));
      } else {
        before.add_(gradient);
      }
    }
  }

  /** A gradient nobody else holds: the same tensor may be on its way to several places. */
  private Tensor own(Tensor gradient) {
    if (createGraph) {
      INTERNALS.outlive(gradient); // its history does not
      return gradient;
    }
    boolean plain = gradient.isSparse() || gradient.isContiguous();
    if (gradients.memory != null && plain && gradients.memory.giveToLeaf(gradient)) {
      return gradient.isView() ? gradient.detach() : gradient;
    }
    if (gradients.memory != null && gradient.isSparse() && gradients.memory.lasts(gradient)) {
      return INTERNALS.lent(gradient);
    }
    Tensor copy = gradient.clone();
    if (gradients.memory == null || !gradients.memory.giveToLeaf(copy)) {
      INTERNALS.outlive(copy);
    }
    return copy;
  }
}
