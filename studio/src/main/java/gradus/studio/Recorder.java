package gradus.studio;

import gradus.autograd.Backprop;
import gradus.autograd.Step;
import gradus.tensor.GradMode;
import gradus.tensor.Node;
import gradus.tensor.Op;
import gradus.tensor.Tensor;
import gradus.tensor.spi.Internals;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Walks a graph once and keeps everything. */
final class Recorder {
  private static final Internals INTERNALS = Internals.get();

  private final Map<String, Tensor> parameters;
  private final SourceFiles files = new SourceFiles();
  private final List<RecordedNode> nodes = new ArrayList<>();
  private final Map<Node, Integer> ids = new IdentityHashMap<>();
  private final Map<Tensor, Integer> data = new IdentityHashMap<>();

  /** One tensor may be incoming gradient, share and sum: it is copied once. */
  private final Map<Tensor, Value> values = new IdentityHashMap<>();

  Recorder(Map<String, Tensor> parameters) {
    this.parameters = parameters;
  }

  Recording record(Tensor loss) {
    try (var _ = GradMode.noGrad()) {
      Backprop walk = Backprop.watching(loss);
      List<Node> order = walk.order().reversed();
      var named = new Naming(parameters, order, files);
      for (Node node : order) {
        add(node, named);
      }
      List<RecordedStep> steps = steps(walk);
      String title =
          nodes.getLast().source().map(s -> s.toString().split(":")[0]).orElse("Backprop");
      return new Recording(title, files.found(), List.copyOf(nodes), steps);
    }
  }

  private void add(Node node, Naming named) {
    boolean leaf = node.op() instanceof Op.Leaf;
    var inputs = new ArrayList<Integer>();
    List<Tensor> tensors = node.inputs();
    for (int i = 0; i < node.arity(); i++) {
      int input = i;
      inputs.add(
          node.parent(i)
              .map(ids::get)
              .orElseGet(() -> data(tensors.get(input), () -> node.input(input))));
    }
    int id = nodes.size();
    ids.put(node, id);
    nodes.add(
        new RecordedNode(
            id,
            node.op(),
            leaf ? RecordedNode.Kind.PARAMETER : RecordedNode.Kind.OP,
            named.name(node),
            leaf
                ? value(INTERNALS.leaf(node))
                : before(node.value().orElseGet(node::output), node::output),
            List.copyOf(inputs),
            node.source().map(SourceLine::of),
            named.group(node),
            leaf ? Optional.empty() : copy(node)));
  }

  /** The number of a tensor that gets no gradient; one that is new gets a node of its own. */
  private int data(Tensor tensor, Supplier<Tensor> asItWas) {
    return data.computeIfAbsent(
        tensor,
        t -> {
          int id = nodes.size();
          nodes.add(
              new RecordedNode(
                  id,
                  new Op.Leaf(),
                  RecordedNode.Kind.DATA,
                  Optional.empty(),
                  before(t, asItWas),
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
      steps.add(new RecordedStep(node, value(step.gradient()), List.copyOf(shares)));
    }
    return List.copyOf(steps);
  }
}
