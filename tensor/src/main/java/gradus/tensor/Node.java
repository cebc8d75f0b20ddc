package gradus.tensor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/**
 * How a tensor was made: the op, its inputs, and the nodes those inputs came from.
 *
 * <p>A node is memory, not calculus: autograd reads it. Saved tensors are handed out by {@link
 * #input} and {@link #output} only if nobody changed them in place since; that check is what makes
 * a wrong gradient an error instead. PyTorch: {@code grad_fn}.
 */
public final class Node {
  private static final AtomicLong COUNTER = new AtomicLong();
  private static final StackWalker STACK = StackWalker.getInstance();

  private final Op op;
  private final long sequence = COUNTER.getAndIncrement();
  private final Node[] parents;
  private final Shape[] inputShapes;
  private final int[] versions;
  private final StackWalker.StackFrame source;
  private Tensor[] inputs;
  private Tensor output;
  private final Shape shape;
  private int outputVersion;
  private List<Tensor> saved = List.of();
  private List<UnaryOperator<Tensor>> hooks = List.of();
  private Tensor retained;

  /** How the tensors are computed again that were dropped; and the node of then that holds them. */
  private Recomputation again;

  private Node twin;

  Node(Op op, Tensor[] inputs, Tensor output) {
    this(op, inputs, parentsOf(inputs), output);
  }

  Node(Op op, Tensor[] inputs, Node[] parents, Tensor output) {
    this.op = op;
    this.inputs = inputs;
    this.parents = parents;
    this.output = output;
    this.shape = output.shape();
    this.outputVersion = output.storage.version;
    this.versions = new int[inputs.length];
    this.inputShapes = new Shape[inputs.length];
    for (int i = 0; i < inputs.length; i++) {
      versions[i] = inputs[i].storage.version;
      inputShapes[i] = inputs[i].shape();
    }
    this.source = GradMode.isTraced() && !(op instanceof Op.Leaf) ? caller() : null;
  }

  private static Node[] parentsOf(Tensor[] inputs) {
    Node[] parents = new Node[inputs.length];
    for (int i = 0; i < inputs.length; i++) {
      parents[i] = inputs[i].gradientNode();
    }
    return parents;
  }

  /** The line of the program that is at work, or null where all of the stack is ours. */
  static StackWalker.StackFrame caller() {
    return STACK.walk(
        frames -> frames.filter(f -> !isOurs(f.getClassName())).findFirst().orElse(null));
  }

  private static boolean isOurs(String className) {
    return className.startsWith("gradus.tensor.")
        || className.startsWith("gradus.autograd.")
        || className.startsWith("gradus.nn.")
        || className.startsWith("java.")
        || className.startsWith("jdk.");
  }

  /** The primitive that ran, with its parameters. */
  public Op op() {
    return op;
  }

  /**
   * The order in which nodes came to be: a node's inputs always have smaller numbers than itself.
   */
  public long sequence() {
    return sequence;
  }

  /** The number of inputs of the op. */
  public int arity() {
    return parents.length;
  }

  /** The shape of the result. */
  public Shape shape() {
    return shape;
  }

  /**
   * The shape of an input; known even after the history was freed.
   *
   * @param i which input
   * @return its shape
   */
  public Shape inputShape(int i) {
    return inputShapes[i];
  }

  /**
   * Where the i-th input came from, or empty if it needs no gradient.
   *
   * @param i which input
   * @return the node that made the input, or that of the leaf
   */
  public Optional<Node> parent(int i) {
    return Optional.ofNullable(parents[i]);
  }

  /** Whether the i-th input wants a gradient. */
  public boolean needsGradient(int i) {
    return parents[i] != null;
  }

  /**
   * The i-th input as it was when the op ran.
   *
   * @param i which input
   * @return the saved tensor
   * @throws IllegalStateException if the history was freed, or the tensor was changed in place
   *     since
   */
  public Tensor input(int i) {
    Node holder = holder(true);
    if (holder.inputs == null) {
      throw Errors.historyFreed(op);
    }
    Tensor in = holder.inputs[i];
    if (in.storage.version != versions[i]) {
      throw Errors.changedInPlace(
          op, "input " + i, inputShapes[i], versions[i], in.storage.version);
    }
    return in.gradientNode() == parents[i] ? in : in.aliasOf(parents[i]);
  }

  /**
   * The result of the op as it was when the op ran.
   *
   * @return the saved tensor
   * @throws IllegalStateException if the history was freed, or the tensor was changed in place
   *     since
   */
  public Tensor output() {
    Node holder = holder(true);
    Tensor out = holder.output;
    if (out == null) {
      throw Errors.historyFreed(op);
    }
    if (out.storage.version != holder.outputVersion) {
      throw Errors.changedInPlace(
          op, "the result", shape, holder.outputVersion, out.storage.version);
    }
    return out.gradientNode() == this ? out : out.aliasOf(this);
  }

  /** Who has the tensors: this node, or a twin for which they were (or now are) computed again. */
  private Node holder(boolean compute) {
    Node node = this;
    while (node.again != null && (node.twin != null || compute)) {
      if (node.twin == null) {
        node.again.run();
      }
      node = node.twin;
    }
    return node;
  }

  /** Drops the tensors; they are computed again when somebody asks. */
  void dropUntilAsked(Recomputation again) {
    free();
    this.again = again;
  }

  void twin(Node twin) {
    this.twin = twin;
  }

  /** Refuses a twin whose inputs have been changed since this node's op ran. */
  void checkInputsOf(Node twin) {
    for (int i = 0; i < versions.length; i++) {
      if (twin.versions[i] != versions[i]) {
        throw Errors.changedInPlace(
            op, "input " + i, inputShapes[i], versions[i], twin.versions[i]);
      }
    }
  }

  /** See {@code Internals.copy}. */
  Node copy() {
    Node held = holder(true);
    if (held.inputs == null) {
      throw Errors.historyFreed(op);
    }
    Tensor[] own = new Tensor[held.inputs.length];
    for (int i = 0; i < own.length; i++) {
      own[i] = kept(held.inputs[i]);
      if (own[i].dtype().isFloatingPoint()) {
        own[i].requiresGrad(true);
      }
    }
    var copy = new Node(op, own, kept(held.output));
    copy.saved = held.saved.stream().map(Node::kept).toList();
    return copy;
  }

  private static Tensor kept(Tensor tensor) {
    Tensor copy = tensor.detach().clone();
    Region.outlive(copy);
    return copy;
  }

  /** The inputs as they are now, for showing; empty once the history was freed. */
  public List<Tensor> inputs() {
    Tensor[] held = holder(false).inputs;
    return held == null ? List.of() : List.copyOf(Arrays.asList(held));
  }

  /** The result as it is now, for showing; empty once the history was freed. */
  public Optional<Tensor> value() {
    return Optional.ofNullable(holder(false).output);
  }

  /**
   * The line of the program that called the op, if sources were traced ({@link
   * GradMode#traceSources()}).
   */
  public Optional<StackTraceElement> source() {
    return Optional.ofNullable(source).map(StackWalker.StackFrame::toStackTraceElement);
  }

  /**
   * What the op computed besides its result and its derivative would otherwise compute again, such
   * as the mean of each row it normalised; empty if there is none, or the history was freed. Nobody
   * else sees these tensors, so they cannot change.
   */
  List<Tensor> saved() {
    return holder(true).saved;
  }

  void save(Tensor... results) {
    saved = List.of(results);
  }

  void addHook(UnaryOperator<Tensor> hook) {
    var more = new ArrayList<>(hooks);
    more.add(hook);
    hooks = List.copyOf(more);
  }

  void removeHook(UnaryOperator<Tensor> hook) {
    var fewer = new ArrayList<>(hooks);
    fewer.remove(hook);
    hooks = List.copyOf(fewer);
  }

  /** Hands an input no gradient until the scope is closed. */
  GradMode.Scope cut(int input) {
    Node parent = parents[input];
    parents[input] = null;
    return () -> parents[input] = parent;
  }

  /** The tensor that asked to keep its gradient although it is a result. */
  void retain(Tensor tensor) {
    retained = tensor;
  }

  /** The result is now held by {@code tensor}, which was changed in place. */
  Node movedTo(Tensor tensor) {
    output = tensor;
    outputVersion = tensor.storage.version;
    return this;
  }

  /** The number the next node will get. */
  static long nextSequence() {
    return COUNTER.get();
  }

  /**
   * In this node and all made after {@code since}, {@code before} stands for the tensor that is
   * about to change, where it is the op's own operand. As a further operand ({@code x.mul_(x)}) it
   * stays, and backward says that it changed.
   */
  void replaceInput(Tensor changed, Tensor before, long since) {
    var pending = new ArrayDeque<Node>(List.of(this));
    while (!pending.isEmpty()) {
      Node node = pending.pop();
      boolean replaced = false;
      for (int i = 0; i < node.parents.length && node.sequence >= since; i++) {
        if (node.inputs[i] == changed && !replaced) {
          node.inputs[i] = before;
          node.versions[i] = before.storage.version;
          replaced = true;
        }
        if (node.parents[i] != null) {
          pending.push(node.parents[i]);
        }
      }
    }
  }

  Tensor retained() {
    return retained;
  }

  List<UnaryOperator<Tensor>> hooks() {
    return hooks;
  }

  void free() {
    if (!(op instanceof Op.Leaf)) {
      inputs = null;
      output = null;
      saved = List.of();
      again = null;
      twin = null;
    }
  }

  @Override
  public String toString() {
    return op instanceof Op.Leaf ? "Leaf" + shape : op.name() + shape;
  }
}
