package gradus.studio;

import static gradus.tensor.spi.Given.given;

import gradus.autograd.Backprop;
import gradus.nn.Layer;
import gradus.tensor.DType;
import gradus.tensor.Generator;
import gradus.tensor.Node;
import gradus.tensor.Tensor;
import gradus.tensor.spi.Internals;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A function that computes a loss, kept to be run as often as one likes. One run at a time; each
 * begins with the random numbers of the first and leaves nothing behind.
 */
final class Program {
  private final Supplier<Tensor> function;
  private final Optional<Layer> layer;
  private final Tensor random = beginning();

  /** The first recording, by whose numbers edits go. */
  private Recording first;

  /** Where its nodes are found in another run. */
  private List<Run.Place> places;

  /** The nodes whose numbers can be edited, once somebody asked. */
  private Set<Integer> editable;

  /** Whether random numbers are drawn. */
  private boolean draws;

  /** The summaries of large parameters and data, which take longest to read. */
  private Map<Tensor, Run.Summed> summed = Map.of();

  Program(Supplier<Tensor> function, Optional<Layer> layer) {
    this.function = function;
    this.layer = layer;
    Internals.get().outlive(random);
  }

  /** How far the random numbers are; those that have no seed get one for our runs. */
  private static Tensor beginning() {
    Generator standard = Generator.standard();
    Tensor now = standard.getState();
    standard.initialSeed();
    Tensor random = standard.getState();
    standard.setState(now);
    return random;
  }

  /** Runs it and keeps everything. */
  synchronized Recording record(List<Edit> edits) {
    try (var run = new Run(first, places, random, edits)) {
      Tensor loss = run.loss(function, layer);
      var recorder =
          new Recorder(layer.map(Layer::namedParameters).orElse(Map.of()), run.unchanged(summed));
      Backprop walk = recorder.number(loss);
      run.refuseStrangers(recorder.tensors());
      run.hook(recorder);
      Recording recording = recorder.finish(walk, Optional.of(this), edits);
      refuseOtherNodes(recording, edits);
      if (first == null) {
        first = recording;
        places = run.places(recorder);
        draws = run.drew();
        summed = run.summed(recorder, recording);
      }
      return recording;
    }
  }

  /** An edit means a node of the first recording; this run must have come to the same one. */
  private void refuseOtherNodes(Recording recording, List<Edit> edits) {
    for (Edit edit : edits) {
      int node =
          switch (edit) {
            case Edit.Number(int n, _, _) -> n;
            case Edit.Gradient(int n, _, _) -> n;
            case Edit.ZeroGradient(int n) -> n;
            case Edit.Cut(int n, _) -> n;
            case Edit.Seed _ -> -1;
          };
      if (node >= 0
          && (node >= recording.nodes().size()
              || !Comparison.alike(first.nodes().get(node), recording.nodes().get(node)))) {
        throw new IllegalStateException(
            "again: with these edits the program goes another way before %s, which is edited. Take back that edit, or the one that leads elsewhere."
                .formatted(first.nodes().get(node)));
      }
    }
  }

  /** Moves one number of a recording's node up and down. */
  synchronized Nudge check(Recording of, int node, List<Integer> index, double wanted) {
    RecordedNode at = Run.node(of, "check", node);
    if (!Comparison.alike(at, Run.node(first, "check", node))) {
      throw new IllegalArgumentException(
          "check: node %s is another one than without edits. Check one before the program goes another way."
              .formatted(node));
    }
    Optional<Value> gradient = of.gradient(at);
    if (!at.getsGradient()) {
      throw new IllegalArgumentException(
          "check: %s gets no gradient. Give a node that does.".formatted(at));
    }
    if (!(at.value() instanceof Value.Whole whole)
        || gradient.map(g -> !(g instanceof Value.Whole)).orElse(false)) {
      throw new IllegalArgumentException(
          "check: the numbers of %s were not kept one by one. Give a node of up to %s."
              .formatted(at, Value.MOST_ELEMENTS));
    }
    double x = whole.at(given(index, "index"));
    double eps = wanted > 0 ? wanted : distance(x, whole.dtype());
    double down = inType(x - eps, whole.dtype());
    double up = inType(x + eps, whole.dtype());
    if (up == down) {
      throw new IllegalArgumentException(
          "check: %s moved by %s stays what it is in %s. Give a larger eps."
              .formatted(x, eps, whole.dtype()));
    }
    double lower = lossWith(of.edits(), new Edit.Number(node, index, down));
    double upper = lossWith(of.edits(), new Edit.Number(node, index, up));
    double slope = gradient.map(g -> ((Value.Whole) g).at(index)).orElse(0.0);
    double slopeTried = (upper - lower) / (up - down);
    return new Nudge(
        at, List.copyOf(index), eps, lower, upper, slopeTried, slope, rounding(lower, upper, eps));
  }

  /** What the last digits of both losses make of a slope. */
  private double rounding(double lower, double upper, double eps) {
    double loss = Math.max(Math.abs(lower), Math.abs(upper));
    boolean fine = first.nodes().getLast().value().dtype() == DType.FLOAT64;
    return 4 * (fine ? Math.ulp(loss) : Math.ulp((float) loss)) / eps;
  }

  private double lossWith(List<Edit> edits, Edit.Number nudged) {
    var all = new ArrayList<>(edits);
    all.add(nudged);
    try (var run = new Run(first, places, random, List.copyOf(all))) {
      Tensor loss = run.loss(function, layer);
      run.refuseStrangers(met(loss));
      return loss.detach().item();
    }
  }

  /** The tensors that a run came across. */
  private static Set<Tensor> met(Tensor loss) {
    Set<Tensor> met = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Node node : Backprop.watching(loss).order()) {
      node.value().ifPresent(met::add);
      met.addAll(node.inputs());
    }
    return met;
  }

  /** Far enough for the digits of the type, near enough for the slope. */
  private static double distance(double x, DType dtype) {
    return dtype == DType.FLOAT64
        ? Math.max(0x1p-17, Math.abs(x) * 0x1p-20)
        : Math.max(0x1p-7, Math.abs(x) * 0x1p-10);
  }

  private static double inType(double x, DType dtype) {
    return dtype == DType.FLOAT64 ? x : (float) x;
  }

  /** The numbers of the nodes of which numbers can be edited; it takes one more run to know. */
  synchronized Set<Integer> editable() {
    if (editable == null) {
      try (var run = new Run(first, places, random, List.of())) {
        Set<Tensor> met = met(run.loss(function, layer));
        var found = new HashSet<Integer>();
        for (int node = 0; node < places.size(); node++) {
          if (places.get(node).foundIn(met)
              && first.nodes().get(node).value() instanceof Value.Whole) {
            found.add(node);
          }
        }
        editable = Set.copyOf(found);
      }
    }
    return editable;
  }

  /** Whether it draws random numbers, so that a seed makes a difference. */
  synchronized boolean draws() {
    return draws;
  }
}
