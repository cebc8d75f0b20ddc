package gradus.autograd;

import gradus.tensor.Node;
import gradus.tensor.Op;
import gradus.tensor.Tensor;
import gradus.tensor.spi.Internals;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The history of a tensor as a drawing: text for the terminal, DOT for Graphviz, Mermaid for
 * Markdown.
 *
 * <pre>{@code IO.println(Graph.of(loss).toText()); }</pre>
 */
public final class Graph {
  private final List<Node> nodes;
  private final Map<Node, Integer> numbers = new HashMap<>();
  private final Map<Node, String> names = new HashMap<>();

  private Graph(List<Node> nodes) {
    this.nodes = nodes;
    for (Node node : nodes) {
      numbers.put(node, numbers.size());
    }
  }

  /**
   * The graph of everything {@code result} was computed from and that needs gradients.
   *
   * @param result a tensor that requires gradients
   * @return the graph, first the leaves, last the result
   */
  public static Graph of(Tensor result) {
    Tensor start = Tensor.onesLike(result.detach());
    return new Graph(Backprop.of(result, start, true, false).order().reversed());
  }

  /**
   * Gives a leaf the name to be shown.
   *
   * @param name such as {@code "W"}
   * @param leaf a tensor that requires gradients
   * @return this graph
   */
  public Graph name(String name, Tensor leaf) {
    names.put(Internals.get().node(leaf), name);
    return this;
  }

  /** The nodes, each after all it was computed from. */
  public List<Node> nodes() {
    return List.copyOf(nodes);
  }

  private String label(Node node) {
    String name = names.get(node);
    if (node.op() instanceof Op.Leaf) {
      return (name == null ? "Leaf" : name) + " " + node.shape();
    }
    return node.op().name() + " " + node.shape();
  }

  /**
   * One line a node: {@code %3 = MatMul(%0, %2) [2, 4]}; inputs without gradient show as {@code _}.
   */
  public String toText() {
    var out = new StringBuilder();
    for (Node node : nodes) {
      var inputs = new ArrayList<String>();
      for (int i = 0; i < node.arity(); i++) {
        inputs.add(node.parent(i).map(p -> "%" + numbers.get(p)).orElse("_"));
      }
      String name =
          node.op() instanceof Op.Leaf ? names.getOrDefault(node, "Leaf") : node.op().name();
      String call = inputs.isEmpty() ? name : name + "(" + String.join(", ", inputs) + ")";
      out.append("%")
          .append(numbers.get(node))
          .append(" = ")
          .append(call)
          .append(" ")
          .append(node.shape());
      node.source()
          .ifPresent(
              s ->
                  out.append("  // ")
                      .append(s.getFileName())
                      .append(":")
                      .append(s.getLineNumber()));
      out.append("\n");
    }
    return out.toString();
  }

  private interface Edge {
    String text(int from, int to);
  }

  private List<String> edges(Edge edge) {
    var out = new ArrayList<String>();
    for (Node node : nodes) {
      for (int i = 0; i < node.arity(); i++) {
        node.parent(i).ifPresent(p -> out.add(edge.text(numbers.get(p), numbers.get(node))));
      }
    }
    return out;
  }

  /** The graph for Graphviz: {@code dot -Tsvg}. */
  public String toDot() {
    var out = new StringBuilder("digraph {\n  rankdir=TB;\n  node [fontname=\"sans-serif\"];\n");
    for (Node node : nodes) {
      String shape = node.op() instanceof Op.Leaf ? "box" : "ellipse";
      out.append("  n")
          .append(numbers.get(node))
          .append(" [shape=")
          .append(shape)
          .append(", label=\"");
      out.append(label(node).replace("\\", "\\\\").replace("\"", "\\\"")).append("\"];\n");
    }
    edges((from, to) -> "  n" + from + " -> n" + to + ";\n").forEach(out::append);
    return out.append("}\n").toString();
  }

  /** The graph for Markdown: a Mermaid flowchart. */
  public String toMermaid() {
    var out = new StringBuilder("flowchart TB\n");
    for (Node node : nodes) {
      boolean leaf = node.op() instanceof Op.Leaf;
      out.append("  n").append(numbers.get(node)).append(leaf ? "[\"" : "([\"");
      out.append(label(node).replace("&", "&amp;").replace("\"", "&quot;").replace("<", "&lt;"));
      out.append(leaf ? "\"]\n" : "\"])\n");
    }
    edges((from, to) -> "  n" + from + " --> n" + to + "\n").forEach(out::append);
    return out.toString();
  }

  @Override
  public String toString() {
    return toText();
  }
}
