package gradus.autograd;

import static gradus.tensor.spi.Given.given;

import gradus.tensor.Node;
import gradus.tensor.Op;
import gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One step of backprop: a node whose gradient is complete hands gradients to its inputs.
 *
 * @param node the op that is undone in this step
 * @param gradient dC, the gradient of the node's result
 * @param edges what each input gets, in the order of the inputs
 */
public record Step(Node node, Tensor gradient, List<Edge> edges) {
  /**
   * What one input gets.
   *
   * @param name the input's letter in formulas: A, B, D, E, … (C is the result, and dC the gradient
   *     that comes in)
   * @param formula how the gradient is computed, such as {@code dC · Bᵀ}
   * @param gradient the gradient handed down; empty if the input needs none
   */
  public record Edge(String name, String formula, Optional<Tensor> gradient) {}

  /**
   * What a node would hand to its inputs for a gradient of your own; nothing of a walk happens. It
   * is recorded if {@code GradMode} is on: differentiated by {@code gradient}, it tells which
   * elements of that an element of a share is the sum of.
   *
   * @param node a node whose history was not freed
   * @param gradient dC, of the shape of the node's result
   */
  public static Step of(Node node, Tensor gradient) {
    List<Recipe> recipes = Derivatives.of(node, given(gradient, "gradient"));
    var edges = new ArrayList<Edge>();
    for (int i = 0; i < node.arity(); i++) {
      Recipe recipe = recipes.get(i);
      Tensor share = node.needsGradient(i) ? recipe.gradient().get() : null;
      edges.add(new Edge(inputName(i), recipe.formula(), Optional.ofNullable(share)));
    }
    return new Step(node, gradient, edges);
  }

  /**
   * The letter of an input in formulas; C is left out, since it stands for the result.
   *
   * @param input which input, from 0
   */
  public static String inputName(int input) {
    if (input < 2) {
      return input == 0 ? "A" : "B";
    }
    return input < 25 ? String.valueOf((char) ('B' + input)) : "X" + input;
  }

  /** The op's name, such as {@code MatMul}. */
  public String op() {
    return node.op().name();
  }

  /** Whether this step reaches a leaf, where the gradient stays. */
  public boolean isLeaf() {
    return node.op() instanceof Op.Leaf;
  }

  /** The inputs of the op, as they are now; empty if the history was freed. */
  public List<Tensor> inputs() {
    return node.inputs();
  }

  /** The result of the op, as it is now; empty if the history was freed. */
  public Optional<Tensor> output() {
    return node.value();
  }

  /** The line of the program that called the op; see {@code GradMode.traceSources()}. */
  public Optional<StackTraceElement> source() {
    return node.source();
  }

  /** The formulas of all inputs that get a gradient: {@code dA = dC · Bᵀ, dB = Aᵀ · dC}. */
  public String formula() {
    return edges.stream()
        .filter(e -> e.gradient().isPresent())
        .map(e -> "d" + e.name() + " = " + e.formula())
        .collect(Collectors.joining(", "));
  }

  /** The step in one line, with shapes and, if known, the source line. */
  public String describe() {
    String where =
        source().map(s -> "   // " + s.getFileName() + ":" + s.getLineNumber()).orElse("");
    if (isLeaf()) {
      return "Leaf " + node.shape() + ": gradient " + gradient.shape() + " added";
    }
    String outgoing =
        edges.stream()
            .filter(e -> e.gradient().isPresent())
            .map(e -> "d" + e.name() + " = " + e.formula() + " " + e.gradient().get().shape())
            .collect(Collectors.joining(", "));
    return op() + " -> " + node.shape() + ": " + outgoing + where;
  }

  @Override
  public String toString() {
    return describe();
  }
}
