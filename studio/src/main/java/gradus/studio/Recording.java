package gradus.studio;

import static gradus.tensor.spi.Given.given;

import gradus.nn.Layer;
import gradus.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a program computed and how its gradients came to be, kept for looking at: every node
 * forward, every step backward, formulas, numbers, lines of the source.
 *
 * <p>Numbers are copied, so nothing that happens later changes the past. The program is not changed
 * either: its history stays, and no leaf gets a gradient. Lines are known if they were traced:
 * {@code GradMode.traceSources()} or {@code -Dgradus.trace=true}. The texts of the files are looked
 * for in the places of {@code -Dgradus.sources} (files and folders, divided as a class path is);
 * without it, in the working directory and in Maven's folders in it.
 *
 * <p>Of a function, rather than of a loss, it can tell what would be if: the function runs {@link
 * #again} with something edited, and a gradient is {@link #check}ed by trying. Each run begins with
 * the random numbers of the first one, and leaves nothing behind: parameters, data, buffers of the
 * layer and the random generator are as they were. Its lines are always traced.
 *
 * <pre>{@code
 * Recording recording = Recording.of(loss, model);
 * recording.steps().forEach(s -> IO.println(s.node() + " gets " + s.incoming()));
 *
 * Recording what = Recording.of(() -> F.mseLoss(model.forward(x), y), model);
 * IO.println(what.compare(what.again(new Edit.Cut(7, 0))));
 * }</pre>
 */
public final class Recording {
  private final String title;
  private final Map<String, String> sources;
  private final List<RecordedNode> nodes;
  private final List<RecordedStep> steps;
  private final Optional<Program> program;
  private final List<Edit> edits;

  Recording(
      String title,
      Map<String, String> sources,
      List<RecordedNode> nodes,
      List<RecordedStep> steps) {
    this(title, sources, nodes, steps, Optional.empty(), List.of());
  }

  Recording(
      String title,
      Map<String, String> sources,
      List<RecordedNode> nodes,
      List<RecordedStep> steps,
      Optional<Program> program,
      List<Edit> edits) {
    this.title = title;
    this.sources = sources;
    this.nodes = List.copyOf(nodes);
    this.steps = List.copyOf(steps);
    this.program = program;
    this.edits = edits;
  }

  /**
   * The recording of a loss.
   *
   * @param loss a scalar that requires gradients and whose history was not freed
   * @throws IllegalStateException as {@code loss.backward()} would
   */
  public static Recording of(Tensor loss) {
    return new Recorder(Map.of()).record(given(loss, "loss"));
  }

  /**
   * The recording of a loss, its parameters named as those of a layer, its nodes put into groups by
   * the layers that they belong to.
   *
   * @param loss a scalar that requires gradients and whose history was not freed
   * @param layer the model
   * @throws IllegalStateException as {@code loss.backward()} would
   */
  public static Recording of(Tensor loss, Layer layer) {
    var named = given(layer, "layer").namedParameters();
    return new Recorder(named).record(given(loss, "loss"));
  }

  /**
   * The recording of a function, which can run again with something edited.
   *
   * @param loss computes a scalar that requires gradients; it runs now, and once for each question
   * @throws IllegalStateException as {@code loss.get().backward()} would
   */
  public static Recording of(Supplier<Tensor> loss) {
    return new Program(given(loss, "loss"), Optional.empty()).record(List.of());
  }

  /**
   * The recording of a function, its parameters named as those of a layer.
   *
   * @param loss computes a scalar that requires gradients; it runs now, and once for each question
   * @param layer the model, whose buffers are put back after each run
   * @throws IllegalStateException as {@code loss.get().backward()} would
   */
  public static Recording of(Supplier<Tensor> loss, Layer layer) {
    return new Program(given(loss, "loss"), Optional.of(given(layer, "layer"))).record(List.of());
  }

  /** What it is a recording of. */
  public String title() {
    return title;
  }

  /** The texts of the files that nodes point to, those that were found. */
  public Map<String, String> sources() {
    return sources;
  }

  /** All nodes in the order in which they came to be; a node's number is its place. */
  public List<RecordedNode> nodes() {
    return nodes;
  }

  /** The walk back. */
  public List<RecordedStep> steps() {
    return steps;
  }

  /** With which edits the function ran; none at first. */
  public List<Edit> edits() {
    return edits;
  }

  /** The function, if it is the recording of one. */
  Optional<Program> program() {
    return program;
  }

  /** The last node. */
  RecordedNode loss() {
    return nodes.getLast();
  }

  /**
   * The inputs of a node, in order.
   *
   * @param node one of this recording
   */
  public List<RecordedNode> inputs(RecordedNode node) {
    return node.inputs().stream().map(nodes::get).toList();
  }

  /**
   * All of the gradient of a node; empty if none arrives there.
   *
   * @param node one of this recording
   */
  public Optional<Value> gradient(RecordedNode node) {
    return steps.stream()
        .filter(step -> step.node().id() == given(node, "node").id() && step.arrived())
        .findFirst()
        .map(RecordedStep::incoming);
  }

  /**
   * What happens with something edited: the function runs once more. Edits of this recording are
   * not carried along.
   *
   * @param edits what is different
   * @throws IllegalStateException if this is no recording of a function, or if an edited tensor is
   *     one that the function makes anew each time
   * @throws IllegalArgumentException if there is no such node or element
   */
  public Recording again(Edit... edits) {
    return again(List.of(given(edits, "edits")));
  }

  /**
   * What happens with something edited; see {@link #again(Edit...)}.
   *
   * @param edits what is different; of several for one element, the last counts
   */
  public Recording again(List<Edit> edits) {
    return function("again").record(List.copyOf(given(edits, "edits")));
  }

  /**
   * Checks a gradient by trying, with a distance that suits the numbers; see {@link #check(int,
   * List, double)}.
   *
   * @param node the number of a node that gets a gradient
   * @param index the element, one number a dimension
   */
  public Nudge check(int node, List<Integer> index) {
    return function("check").check(this, node, index, 0);
  }

  /**
   * Checks a gradient by trying: one number is moved up and down by eps, the function runs both
   * times, and what the loss does stands beside what backprop says. With FLOAT32 some digits are
   * lost, the more the smaller eps is. Edits of this recording stay in force.
   *
   * @param node the number of a node that gets a gradient
   * @param index the element, one number a dimension
   * @param eps how far to move it, above 0
   * @throws IllegalStateException as for {@link #again(Edit...)}
   */
  public Nudge check(int node, List<Integer> index, double eps) {
    if (!(eps > 0) || Double.isInfinite(eps)) {
      throw new IllegalArgumentException(
          "check: eps is %s. It must be above 0, such as 0.01.".formatted(eps));
    }
    return function("check").check(this, node, index, eps);
  }

  /**
   * This recording and another one, node by node.
   *
   * @param other such as this one run again, or that of the same program after a training step
   */
  public Comparison compare(Recording other) {
    return Comparison.of(this, other);
  }

  private Program function(String op) {
    return program.orElseThrow(
        () ->
            new IllegalStateException(
                "%s: this is the recording of a loss, which cannot run once more. Record the function that computes it: Recording.of(() -> loss(x))."
                    .formatted(op)));
  }
}
