package gradus.tensor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Function;

/**
 * A stretch of history without its tensors: nodes that know how to compute what they once held.
 *
 * <p>When the first of them is asked for a tensor, the function runs again, with the random numbers
 * of the first time, and each node gets a twin that holds what it held. So gradients flow through
 * the nodes as if nothing had been dropped: to the arguments, to parameters, at any order. PyTorch:
 * {@code torch.utils.checkpoint}, {@code use_reentrant=False}.
 */
final class Recomputation {
  private final Function<List<Tensor>, List<Tensor>> f;
  private final List<Tensor> inputs;
  private final Runnable rewind = Generator.standard().mark();
  private final List<Node> nodes;

  private Recomputation(Function<List<Tensor>, List<Tensor>> f, List<Tensor> inputs) {
    this.f = f;
    this.inputs = inputs;
    this.nodes = new ArrayList<>();
  }

  /** {@code f(inputs)}, whose history keeps no tensors. */
  static List<Tensor> of(Function<List<Tensor>, List<Tensor>> f, List<Tensor> inputs) {
    if (!GradMode.isEnabled()) {
      return f.apply(inputs);
    }
    var again = new Recomputation(f, List.copyOf(inputs));
    int[] versions = inputs.stream().mapToInt(x -> x.storage.version).toArray();
    long since = Node.nextSequence();
    List<Tensor> results = Region.outsideOfAll(() -> f.apply(inputs));
    for (int i = 0; i < versions.length; i++) {
      if (inputs.get(i).storage.version != versions[i]) {
        throw Errors.invalid(
            "checkpoint",
            "the function changed its input %s in place. It runs once more in backward and needs the same input. Use the op without underscore."
                .formatted(inputs.get(i).shape()));
      }
    }
    again.nodes.addAll(made(results, since));
    again.nodes.forEach(node -> node.dropUntilAsked(again));
    return results;
  }

  /** Gives every node its twin. */
  void run() {
    long since = Node.nextSequence();
    Runnable resume = Generator.standard().mark();
    List<Node> twins;
    try (var _ = GradMode.enableGrad()) {
      rewind.run();
      twins = made(Region.outsideOfAll(() -> f.apply(inputs)), since);
    } finally {
      resume.run();
    }
    if (twins.size() != nodes.size()) {
      throw differs("%s ops instead of %s".formatted(twins.size(), nodes.size()));
    }
    for (int i = 0; i < twins.size(); i++) {
      Node first = nodes.get(i);
      Node second = twins.get(i);
      if (first.op().getClass() != second.op().getClass()
          || !first.shape().equals(second.shape())) {
        throw differs("%s where it was %s".formatted(second, first));
      }
      first.checkInputsOf(second);
    }
    for (int i = 0; i < twins.size(); i++) {
      nodes.get(i).twin(twins.get(i));
    }
  }

  private static IllegalStateException differs(String fact) {
    return new IllegalStateException(
        "checkpoint: computed again in backward, the function took %s. It must do the same both times. Let it depend on nothing that changes, such as eval() or a counter."
            .formatted(fact));
  }

  /** The nodes behind {@code results} that came to be after {@code since}, the oldest first. */
  private static List<Node> made(List<Tensor> results, long since) {
    var seen = Collections.<Node>newSetFromMap(new IdentityHashMap<>());
    var pending = new ArrayDeque<Node>();
    results.stream().filter(Tensor::requiresGrad).map(Tensor::gradientNode).forEach(pending::push);
    while (!pending.isEmpty()) {
      Node node = pending.pop();
      if (node.sequence() >= since && !(node.op() instanceof Op.Leaf) && seen.add(node)) {
        for (int i = 0; i < node.arity(); i++) {
          node.parent(i).ifPresent(pending::push);
        }
      }
    }
    return seen.stream().sorted(Comparator.comparingLong(Node::sequence)).toList();
  }
}
