package gradus.studio;

import static gradus.tensor.spi.Given.given;

import gradus.nn.Layer;
import gradus.tensor.Generator;
import gradus.tensor.GradMode;
import gradus.tensor.Node;
import gradus.tensor.Tensor;
import gradus.tensor.spi.Internals;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/** One run of a recorded function with its edits; closing it puts everything back. */
final class Run implements AutoCloseable {
  private static final Internals INTERNALS = Internals.get();

  /** Where a node of the first run is found in another. */
  sealed interface Place {
    /** The result of the n-th op. */
    record Made(int n) implements Place {}

    /** A tensor that was there before, or, where nobody finds it again, is made anew each time. */
    record There(Tensor tensor) implements Place {}

    default boolean foundIn(Set<Tensor> met) {
      return switch (this) {
        case Made _ -> true;
        case There(Tensor tensor) -> met.contains(tensor);
      };
    }
  }

  private final Recording first;
  private final List<Place> places;
  private final List<Edit> edits;
  private final ArrayDeque<GradMode.Scope> undo = new ArrayDeque<>();
  private final Map<Node, Integer> nodes = new IdentityHashMap<>();
  private final Map<Tensor, Integer> results = new IdentityHashMap<>();

  /** Other numbers for the results of ops: the op, then elements and numbers. */
  private final Map<Integer, Map<Integer, Double>> later = new HashMap<>();

  /** Tensors that hold other numbers, by node. */
  private final Map<Integer, Tensor> edited = new TreeMap<>();

  private final Tensor random;
  private int ops;
  private boolean drew;

  /**
   * @param first the first recording; null in the first run, which has no edits
   * @param places of its nodes
   * @param random where random numbers begin
   */
  Run(Recording first, List<Place> places, Tensor random, List<Edit> edits) {
    this.first = first;
    this.places = places;
    this.random = random;
    this.edits = edits;
  }

  static RecordedNode node(Recording recording, String op, int node) {
    if (node < 0 || node >= recording.nodes().size()) {
      throw new IllegalArgumentException(
          "%s: there is no node %s. Give one from 0 to %s."
              .formatted(op, node, recording.nodes().size() - 1));
    }
    return recording.nodes().get(node);
  }

  /** The loss, computed with other numbers where they are wanted. */
  Tensor loss(Supplier<Tensor> function, Optional<Layer> layer) {
    Tensor now = Generator.standard().getState();
    INTERNALS.outlive(now);
    undo.push(() -> Generator.standard().setState(now));
    Generator.standard().setState(random);
    undo.push(GradMode.enableGrad());
    undo.push(GradMode.traceSources());
    for (Tensor buffer : layer.map(Layer::buffers).orElse(List.of())) {
      undo.push(INTERNALS.replaced(buffer, with(buffer, Map.of())));
    }
    numbers().forEach(this::replace);
    for (Edit edit : edits) {
      if (edit instanceof Edit.Seed(long seed)) {
        Generator.standard().manualSeed(seed);
      }
    }
    Tensor start = Generator.standard().getState();
    Tensor loss;
    try (var _ = INTERNALS.watching(this::made)) {
      loss = given(function.get(), "loss");
    }
    drew = !Arrays.equals(start.toIntArray(), Generator.standard().getState().toIntArray());
    return loss;
  }

  /** The edited numbers: node, element, number. */
  private Map<Integer, Map<Integer, Double>> numbers() {
    var numbers = new TreeMap<Integer, Map<Integer, Double>>();
    for (Edit edit : edits) {
      if (edit instanceof Edit.Number(int node, List<Integer> index, double value)) {
        RecordedNode at = node(first, "again", node);
        boolean whole =
            at.value().dtype().isFloatingPoint()
                || (Double.isFinite(value) && value == Math.rint(value));
        if (!whole) {
          throw new IllegalArgumentException(
              "again: %s is %s, which cannot hold %s. Give a whole number."
                  .formatted(at, at.value().dtype(), value));
        }
        numbers
            .computeIfAbsent(node, _ -> new TreeMap<>())
            .put(Places.flat(at.value().shape(), index), value);
      }
    }
    return numbers;
  }

  private void replace(int node, Map<Integer, Double> numbers) {
    switch (places.get(node)) {
      case Place.Made(int n) -> later.put(n, numbers);
      case Place.There(Tensor tensor) -> {
        edited.put(node, tensor);
        undo.push(INTERNALS.replaced(tensor, with(tensor, numbers)));
      }
    }
  }

  private static Tensor with(Tensor tensor, Map<Integer, Double> numbers) {
    try (var _ = GradMode.noGrad()) {
      Tensor copy = tensor.detach().contiguous().clone();
      Tensor flat = copy.view(-1);
      numbers.forEach((at, x) -> flat.select(0, at).fill_(x));
      INTERNALS.outlive(copy);
      return copy;
    }
  }

  /** The next result: the program goes on with its edited numbers. */
  private void made(Tensor result) {
    int n = ops++;
    if (result.requiresGrad()) {
      nodes.put(INTERNALS.node(result), n);
    } else {
      results.put(result, n);
    }
    if (later.containsKey(n)) {
      INTERNALS.replaced(result, with(result, later.get(n)));
    }
  }

  /** Refuses edits of tensors that this run does not come across. */
  void refuseStrangers(Set<Tensor> met) {
    edited.forEach(
        (node, tensor) -> {
          if (!met.contains(tensor)) {
            throw new IllegalStateException(
                "again: %s is made anew in each run, so nothing that is edited in it lasts. Make it outside of the function."
                    .formatted(first.nodes().get(node)));
          }
        });
  }

  /** Hangs the edits of gradients into the graph. */
  void hook(Recorder recorder) {
    for (Edit edit : edits) {
      switch (edit) {
        case Edit.Gradient(int node, List<Integer> index, double value) -> {
          int at = Places.flat(node(first, "again", node).value().shape(), index);
          undo.push(
              INTERNALS.hook(recorder.node(node), dC -> with(dC.toDense(), Map.of(at, value))));
        }
        case Edit.ZeroGradient(int node) ->
            undo.push(INTERNALS.hook(recorder.node(node), dC -> Tensor.zerosLike(dC.toDense())));
        case Edit.Cut(int node, int input) -> {
          Node from = recorder.node(node);
          if (input < 0 || input >= from.arity() || !from.needsGradient(input)) {
            throw new IllegalArgumentException(
                "again: input %s of %s gets no gradient. Cut an edge along which one flows."
                    .formatted(input, node(first, "again", node)));
          }
          undo.push(INTERNALS.cut(from, input));
        }
        case Edit.Number _, Edit.Seed _ -> {} // done before
      }
    }
  }

  /** Where each node is found in another run. */
  List<Place> places(Recorder recorder) {
    return recorder.places(
        (node, tensor) -> {
          Integer n = node == null ? results.get(tensor) : nodes.get(node);
          return n == null ? new Place.There(tensor) : new Place.Made(n);
        });
  }

  /** A large tensor as it was once read, and what its memory was. */
  record Summed(Value value, Tensor memory, int version) {}

  /** The large tensors that the function did not make. */
  Map<Tensor, Summed> summed(Recorder recorder, Recording recording) {
    var summed = new IdentityHashMap<Tensor, Summed>();
    List<Place> all = places(recorder);
    for (RecordedNode node : recording.nodes()) {
      if (node.value() instanceof Value.Summary
          && all.get(node.id()) instanceof Place.There(Tensor t)) {
        summed.put(t, new Summed(node.value(), t.detach(), t.version()));
      }
    }
    return summed;
  }

  /** Of those, the ones that still hold the same numbers, and hold no edited ones in this run. */
  Map<Tensor, Value> unchanged(Map<Tensor, Summed> summed) {
    var same = new IdentityHashMap<Tensor, Value>();
    summed.forEach(
        (tensor, then) -> {
          // An edited one has other memory in this run.
          if (INTERNALS.sharesMemory(tensor, then.memory()) && tensor.version() == then.version()) {
            same.put(tensor, then.value());
          }
        });
    return same;
  }

  /** Whether random numbers were drawn. */
  boolean drew() {
    return drew;
  }

  @Override
  public void close() {
    while (!undo.isEmpty()) {
      undo.pop().close();
    }
  }
}
