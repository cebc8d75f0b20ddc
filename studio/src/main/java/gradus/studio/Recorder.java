package gradus.studio;

import gradus.autograd.Backprop;
import gradus.autograd.Step;
import gradus.tensor.GradMode;
import gradus.tensor.Node;
import gradus.tensor.Op;
import gradus.tensor.Tensor;
import gradus.tensor.spi.Internals;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Walks a graph once and keeps everything. */
final class Recorder {
  private static final Internals INTERNALS = Internals.get();

  private final Map<String, Tensor> parameters;
  private final SourceFiles files = new SourceFiles();
  private final List<RecordedNode> nodes = new ArrayList<>();
  private final Map<Node, Integer> ids = new IdentityHashMap<>();
  private final Map<Tensor, Integer> data = new IdentityHashMap<>();

  /** Data that was changed in place since an op used it: another node than what it is now. */
  private final Map<Tensor, Integer> overwritten = new IdentityHashMap<>();

  /** The node of the graph behind each node here, null for data; and its tensor. */
  private final List<Node> graph = new ArrayList<>();

  private final List<Tensor> tensors = new ArrayList<>();

  /** One tensor may be incoming gradient, share and sum: it is copied once. */
  private final Map<Tensor, Value> values = new IdentityHashMap<>();

  Recorder(Map<String, Tensor> parameters) {
    this(parameters, Map.of());
  }

  /**
   * @param parameters tensors by dotted name
   * @param known values that need not be read again
   */
  Recorder(Map<String, Tensor> parameters, Map<Tensor, Value> known) {
    this.parameters = parameters;
    values.putAll(known);
  }

  Recording record(Tensor loss) {
    return finish(number(loss), Optional.empty(), List.of());
  }

  /** Numbers the nodes: each input stands right before the first op that uses it. */
  Backprop number(Tensor loss) {
    try (var _ = GradMode.noGrad()) {
      Backprop walk = Backprop.watching(loss);
      List<Node> order = walk.order().reversed();
      var named = new Naming(parameters, order, files);
      for (Node node : order) {
        if (!(node.op() instanceof Op.Leaf) || order.size() == 1) {
          add(node, named);
        }
      }
      return walk;
    }
  }

  /** Walks back. */
  Recording finish(Backprop walk, Optional<Program> program, List<Edit> edits) {
    try (var _ = GradMode.noGrad()) {
      List<RecordedStep> steps = steps(walk);
      String title =
          nodes.getLast().source().map(s -> s.toString().split(":")[0]).orElse("Backprop");
      return new Recording(title, files.found(), nodes, steps, program, edits);
    }
  }

  /** The node of a number. */
  Node node(int id) {
    if (id < 0 || id >= graph.size() || graph.get(id) == null) {
      throw new IllegalArgumentException(
          "again: there is no node %s that gets a gradient in this run. Give one of the first recording that is there in this one too."
              .formatted(id));
    }
    return graph.get(id);
  }

  /** All tensors of the graph. */
  Set<Tensor> tensors() {
    Set<Tensor> all = Collections.newSetFromMap(new IdentityHashMap<>());
    all.addAll(tensors);
    return all;
  }

  /** What is to be said of each node and its tensor; the node is null for data. */
  <T> List<T> places(BiFunction<Node, Tensor, T> place) {
    return IntStream.range(0, tensors.size())
        .mapToObj(id -> place.apply(graph.get(id), tensors.get(id)))
        .toList();
  }

  private int add(Node node, Naming named) {
    boolean leaf = node.op() instanceof Op.Leaf;
    var inputs = new ArrayList<Integer>();
    List<Tensor> held = node.inputs();
    for (int i = 0; i < node.arity(); i++) {
      int input = i;
      Node parent = node.parent(i).orElse(null);
      Integer known = parent == null ? null : ids.get(parent);
      inputs.add(
          known != null
              ? known
              : parent != null
                  ? add(parent, named)
                  : (Integer)
                      data(held.get(input), named.data(node, input), () -> node.input(input)));
    }
    int id = nodes.size();
    ids.put(node, id);
    graph.add(node);
    tensors.add(leaf ? INTERNALS.leaf(node) : node.value().orElseGet(node::output));
    nodes.add(
        new RecordedNode(
            id,
            node.op(),
            leaf ? RecordedNode.Kind.PARAMETER : RecordedNode.Kind.OP,
            named.name(node),
            leaf ? value(tensors.getLast()) : before(tensors.getLast(), node::output),
            List.copyOf(inputs),
            node.source().map(SourceLine::of),
            named.group(node),
            leaf ? Optional.empty() : copy(node)));
    return id;
  }

  /** The number of a tensor that gets no gradient; one that is new gets a node of its own. */
  private int data(Tensor tensor, Optional<String> name, Supplier<Tensor> asItWas) {
    Value value = before(tensor, asItWas);
    return (value instanceof Value.Overwritten ? overwritten : data)
        .computeIfAbsent(
            tensor,
            t -> {
              int id = nodes.size();
              graph.add(null);
              tensors.add(t);
              nodes.add(
                  new RecordedNode(
                      id,
                      new Op.Leaf(),
                      RecordedNode.Kind.DATA,
                      name,
                      value,
                      List.of(),
                      Optional.empty(),
                      "",
                      Optional.empty()));
              return id;
            });
  }

  private static Optional<Node> copy(Node node) {
    int most = node.shape().numel();
    for (int i = 0; i < node.arity(); i++) {
      most = Math.max(most, node.inputShape(i).numel());
    }
    return most <= Value.MOST_ELEMENTS ? Optional.of(INTERNALS.copy(node)) : Optional.empty();
  }

  private Value value(Tensor tensor) {
    return values.computeIfAbsent(tensor, Value::of);
  }

  /** What a tensor held when the op ran: asking for that is refused where it has changed since. */
  private Value before(Tensor tensor, Supplier<Tensor> asItWas) {
    try {
      return value(asItWas.get());
    } catch (IllegalStateException _) {
      return new Value.Overwritten(tensor.shape(), tensor.dtype());
    }
  }

  /** By falling number: so a leaf's turn comes as soon as all of its gradient is there. */
  private List<RecordedStep> steps(Backprop walk) {
    var sums = new IdentityHashMap<Node, Tensor>();
    var steps = new ArrayList<RecordedStep>();
    for (Step step : walk) {
      var shares = new ArrayList<RecordedStep.Share>();
      for (int i = 0; i < step.edges().size(); i++) {
        Step.Edge edge = step.edges().get(i);
        if (edge.gradient().isPresent()) {
          Tensor share = edge.gradient().get();
          Node parent = step.node().parent(i).orElseThrow();
          Tensor sum = sums.merge(parent, share, Tensor::add);
          shares.add(
              new RecordedStep.Share(
                  i, ids.get(parent), edge.name(), edge.formula(), value(share), value(sum)));
        }
      }
      RecordedNode node = nodes.get(ids.get(step.node()));
      boolean arrived = steps.isEmpty() || sums.containsKey(step.node());
      steps.add(new RecordedStep(node, value(step.gradient()), arrived, List.copyOf(shares)));
    }
    steps.sort(Comparator.comparingInt((RecordedStep s) -> s.node().id()).reversed());
    return steps;
  }
}
