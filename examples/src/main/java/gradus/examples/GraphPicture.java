package gradus.examples;

import gradus.autograd.Step;
import gradus.tensor.Node;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Draws the memory of a result as boxes and arrows, inputs above, the result at the bottom. */
final class GraphPicture {

  private static final double LAYER = 62;
  private static final double BOX_HEIGHT = 36;
  private static final double WIDTH = 760;
  private static final int SWEEPS = 12;

  private final List<Node> nodes;
  private final Map<Node, String> names;
  private final Map<Node, Integer> depth = new IdentityHashMap<>();
  private final Map<Node, Double> middle = new IdentityHashMap<>();

  private GraphPicture(List<Node> nodes, Map<Node, String> names) {
    this.nodes = nodes;
    this.names = names;
  }

  /**
   * The picture of a walk.
   *
   * @param order the nodes from the result to the leaves
   * @param names what to write into each box
   * @see Step#node
   */
  static String draw(List<Node> order, Map<Node, String> names) {
    return new GraphPicture(order.reversed(), names).draw();
  }

  private String draw() {
    layer();
    List<List<Node>> layers = place();
    var svg = new Svg(WIDTH, LAYER * layers.size() + 6, "The graph of the loss");
    for (Node node : nodes) {
      for (Node parent : parents(node)) {
        double fromY = y(parent) + BOX_HEIGHT;
        double toY = y(node);
        double bend = Math.min(30, (toY - fromY) / 2);
        svg.path(
            "M%s %sC%s %s %s %s %s %s"
                .formatted(
                    Svg.number(middle.get(parent)), Svg.number(fromY),
                    Svg.number(middle.get(parent)), Svg.number(fromY + bend),
                    Svg.number(middle.get(node)), Svg.number(toY - bend),
                    Svg.number(middle.get(node)), Svg.number(toY)),
            "edge");
      }
    }
    for (Node node : nodes) {
      double width = width(node);
      boolean leaf = parents(node).isEmpty();
      svg.raw("<g class='node' id='n%d'>".formatted(node.sequence()));
      svg.rect(middle.get(node) - width / 2, y(node), width, BOX_HEIGHT, leaf ? 3 : 17, "box");
      svg.text(middle.get(node), y(node) + 15, "middle", leaf ? "strong" : "", names.get(node));
      svg.text(middle.get(node), y(node) + 29, "middle", "soft small", node.shape().toString());
      svg.raw("</g>");
    }
    return svg.toString();
  }

  private static List<Node> parents(Node node) {
    List<Node> parents = new ArrayList<>();
    for (int i = 0; i < node.arity(); i++) {
      node.parent(i).ifPresent(parents::add);
    }
    return parents;
  }

  /** A node's layer lies below all its inputs; a leaf stands right above the first that uses it. */
  private void layer() {
    for (Node node : nodes) {
      int below = 0;
      for (Node parent : parents(node)) {
        below = Math.max(below, depth.get(parent) + 1);
      }
      depth.put(node, below);
    }
    Map<Node, Integer> firstUse = new HashMap<>();
    for (Node node : nodes) {
      for (Node parent : parents(node)) {
        firstUse.merge(parent, depth.get(node), Math::min);
      }
    }
    for (Node node : nodes) {
      if (parents(node).isEmpty() && firstUse.containsKey(node)) {
        depth.put(node, firstUse.get(node) - 1);
      }
    }
  }

  /** Orders each layer by the mean place of its neighbours, a few times over, then spreads it out. */
  private List<List<Node>> place() {
    var byDepth = new TreeMap<Integer, List<Node>>();
    for (Node node : nodes) {
      byDepth.computeIfAbsent(depth.get(node), _ -> new ArrayList<>()).add(node);
    }
    List<List<Node>> layers = new ArrayList<>(byDepth.values());
    layers.forEach(this::spread);
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      for (List<Node> layer : sweep % 2 == 0 ? layers : layers.reversed()) {
        Map<Node, Double> wished = new IdentityHashMap<>();
        layer.forEach(node -> wished.put(node, wished(node)));
        layer.sort(Comparator.comparingDouble(wished::get));
        spread(layer);
      }
    }
    return layers;
  }

  private double wished(Node node) {
    double sum = 0;
    int count = 0;
    for (Node parent : parents(node)) {
      sum += middle.get(parent);
      count++;
    }
    for (Node other : nodes) {
      if (parents(other).contains(node)) {
        sum += middle.get(other);
        count++;
      }
    }
    return count == 0 ? WIDTH / 2 : sum / count;
  }

  private void spread(List<Node> layer) {
    double total = layer.stream().mapToDouble(node -> width(node) + 40).sum();
    double x = (WIDTH - total) / 2;
    for (Node node : layer) {
      middle.put(node, x + (width(node) + 40) / 2);
      x += width(node) + 40;
    }
  }

  private double width(Node node) {
    return Math.max(64, 8 * Math.max(names.get(node).length(), node.shape().toString().length()) + 18);
  }

  private double y(Node node) {
    return 3 + LAYER * depth.get(node);
  }
}
