package gradus.studio;

import static gradus.studio.Numbers.text;
import static gradus.tensor.spi.Given.given;

import gradus.autograd.Step;
import gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A program told step by step, first forward, then back: the formula, the same with the numbers
 * plugged in, shapes, the line of the source, and why.
 *
 * <p>Small tensors are told element by element, of larger ones the element of the largest
 * magnitude.
 *
 * <pre>{@code
 * Explain.of(loss).show();          // in a terminal: Enter, b, g 5, q; else all at once
 * IO.println(Explain.of(loss));     // all at once
 * }</pre>
 */
public final class Explain {
  /** Up to how many elements are told one by one. */
  private static final int SMALL = 6;

  private final Recording recording;
  private final List<String> pages;

  private Explain(Recording recording) {
    this.recording = recording;
    var all = new ArrayList<String>();
    recording.nodes().forEach(node -> all.add(forward(node)));
    recording.steps().forEach(step -> all.add(backward(step)));
    int count = all.size();
    this.pages =
        IntStream.range(0, count)
            .mapToObj(i -> "[%s/%s] %s".formatted(i + 1, count, all.get(i)))
            .toList();
  }

  /**
   * The explanation of a loss.
   *
   * @param loss a scalar that requires gradients and whose history was not freed
   */
  public static Explain of(Tensor loss) {
    return of(Recording.of(loss));
  }

  /**
   * The explanation of a recording.
   *
   * @param recording what was recorded
   */
  public static Explain of(Recording recording) {
    return new Explain(given(recording, "recording"));
  }

  /** The steps, each as text. */
  public List<String> pages() {
    return pages;
  }

  /** Shows it: step by step in a terminal, all at once where output goes elsewhere. */
  public void show() {
    var console = System.console();
    if (console != null && console.isTerminal()) {
      Walk.inTerminal(pages);
    } else {
      IO.print(this);
    }
  }

  /** All at once. */
  @Override
  public String toString() {
    return String.join("\n", pages);
  }

  /** Broken between words, so that it reads well in a terminal of 100 columns. */
  private static String lines(String words) {
    return words.replaceAll("(.{1,96})(?:\\s+|$)", "  $1\n");
  }

  private static String where(RecordedNode node) {
    return node.source().map(s -> "   // " + s).orElse("");
  }

  // ---- forward

  private String forward(RecordedNode node) {
    var out = new StringBuilder("forward   " + node.label());
    if (node.kind() != RecordedNode.Kind.OP) {
      String what = node.getsGradient() ? "gets a gradient" : "gets no gradient";
      return out.append(" %s, %s\n".formatted(node.value().shape(), what))
          .append(numbers("C", node.value()).replace("  C", "  " + node.label()))
          .toString();
    }
    String params = node.params().isEmpty() ? "" : "; " + node.params();
    out.append(
        " = %s(%s%s) -> %s%s\n"
            .formatted(node.op().name(), letters(node), params, node.value().shape(), where(node)));
    out.append(lines(Words.of(node.op()).forward()));
    return out.append(plugged("C", node.value(), element -> Terms.forward(node, element)))
        .toString();
  }

  /** The inputs by letter and name: {@code A = x, B = W}. */
  private String letters(RecordedNode node) {
    var inputs = recording.inputs(node);
    return IntStream.range(0, inputs.size())
        .mapToObj(i -> Step.inputName(i) + " = " + inputs.get(i).label())
        .collect(Collectors.joining(", "));
  }

  // ---- backward

  private String backward(RecordedStep step) {
    RecordedNode node = step.node();
    var out = new StringBuilder("backward  " + node.label());
    if (!step.arrived()) {
      return out.append(" %s: no gradient comes here\n".formatted(node.value().shape())).toString();
    }
    if (node.kind() == RecordedNode.Kind.PARAMETER) {
      return out.append(" %s has its gradient\n".formatted(node.value().shape()))
          .append(lines(Words.of(node.op()).backward()))
          .append(numbers("d" + node.label(), step.incoming()))
          .toString();
    }
    out.append(
        " = %s(%s) -> %s%s\n"
            .formatted(node.op().name(), letters(node), node.value().shape(), where(node)));
    out.append(lines(Words.of(node.op()).backward()));
    out.append(numbers("dC", step.incoming()));
    if (step.shares().isEmpty()) {
      return out.append("  nothing to hand on\n").toString();
    }
    for (RecordedStep.Share share : step.shares()) {
      String name = "d" + share.letter();
      RecordedNode to = recording.nodes().get(share.to());
      out.append(
          "  %s = %s %s, for %s\n"
              .formatted(name, share.formula(), share.value().shape(), to.label()));
      out.append(
          plugged(name, share.value(), element -> Terms.backward(step, share.input(), element))
              .indent(2));
      out.append(numbers("so far at " + to.label(), share.sum()).indent(2));
    }
    return out.toString();
  }

  // ---- numbers

  private interface Told {
    Optional<Terms> of(List<Integer> element);
  }

  /** Element by element, or the largest one. */
  private static String plugged(String letter, Value value, Told told) {
    if (!(value instanceof Value.Whole whole) || whole.data().length == 0) {
      return numbers(letter, value);
    }
    int count = whole.data().length;
    IntFunction<String> line =
        at -> {
          List<Integer> index = Places.index(whole.shape(), at);
          String left = new Term.Factor(letter, index, 0).toString();
          String result = text(whole.data()[at]);
          String right = told.of(index).map(Plugged::line).orElse(result);
          String end = right.endsWith("= " + result) || right.equals(result) ? "" : " = " + result;
          return "  %s = %s%s\n".formatted(left, right, end);
        };
    if (count <= SMALL) {
      return IntStream.range(0, count).mapToObj(line).collect(Collectors.joining());
    }
    return numbers(letter, value) + line.apply(largest(whole.data()));
  }

  private static int largest(double[] data) {
    int at = 0;
    for (int i = 1; i < data.length; i++) {
      at = Math.abs(data[i]) > Math.abs(data[at]) ? i : at;
    }
    return at;
  }

  private static String numbers(String name, Value value) {
    String text =
        switch (value) {
          case Value.Whole whole when whole.data().length <= 24 -> " = " + nested(whole, 0, 0);
          case Value.Whole whole -> " = " + range(Value.summary(whole));
          case Value.Summary summary -> " = " + range(summary);
          case Value.Overwritten _ -> ": changed in place since, so its numbers are gone";
        };
    return "  " + name + text + "\n";
  }

  private static String range(Value.Summary s) {
    return "%s numbers from %s to %s, mean %s, deviation %s"
        .formatted(s.shape().numel(), text(s.min()), text(s.max()), text(s.mean()), text(s.std()));
  }

  private static String nested(Value.Whole whole, int dim, int from) {
    if (dim == whole.shape().rank()) {
      return text(whole.data()[from]);
    }
    int step = 1;
    for (int d = dim + 1; d < whole.shape().rank(); d++) {
      step *= whole.shape().size(d);
    }
    int size = step;
    return IntStream.range(0, whole.shape().size(dim))
        .mapToObj(i -> nested(whole, dim + 1, from + i * size))
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
