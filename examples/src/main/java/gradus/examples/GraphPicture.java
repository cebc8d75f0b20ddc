package gradus.examples;

import gradus.examples.picture.Svg;
import gradus.tensor.Node;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Draws the memory of a result as boxes and lines, inputs above, the result at the bottom.
 *
 * <p>Boxes stand in layers, each below all its inputs. A line that crosses several layers gets an
 * invisible slot in each of them, so that it runs beside the boxes and not through them.
 */
final class GraphPicture {

  private static final double LAYER = 62;
  private static final double BOX_HEIGHT = 36;
  private static final double GAP = 40;
  private static final double WIDTH = 760;
  private static final double EDGE = 3;
  private static final int SWEEPS = 24;

  /** A place in a layer: a node's box, or the way of a long line (node is null). */
  private static final class Slot {
    final Node node;
    final int layer;
    final List<Slot> above = new ArrayList<>();
    final List<Slot> below = new ArrayList<>();
    double x = WIDTH / 2;

    Slot(Node node, int layer) {
      this.node = node;
      this.layer = layer;
    }
  }

  private final Map<Node, String> names;
  private final Map<Node, Slot> slots = new IdentityHashMap<>();
  private final List<List<Slot>> layers = new ArrayList<>();

  private GraphPicture(List<Node> nodes, Map<Node, String> names) {
    this.names = names;
    Map<Node, Integer> depth = depths(nodes);
    for (Node node : nodes) {
      slots.put(node, slot(node, depth.get(node)));
    }
    for (Node node : nodes) {
      parents(node).forEach(parent -> connect(slots.get(parent), slots.get(node)));
    }
  }

  /**
   * The picture of a walk.
   *
   * @param order the nodes from the result to the leaves
   * @param names what to write into each box
   */
  static String draw(List<Node> order, Map<Node, String> names) {
    return new GraphPicture(order.reversed(), names).draw();
  }

  private static List<Node> parents(Node node) {
    List<Node> parents = new ArrayList<>();
    for (int i = 0; i < node.arity(); i++) {
      node.parent(i).ifPresent(parents::add);
    }
    return parents;
  }

  /** A node lies below all its inputs; a leaf right above the first that uses it. */
  private static Map<Node, Integer> depths(List<Node> nodes) {
    Map<Node, Integer> depth = new IdentityHashMap<>();
    for (Node node : nodes) {
      depth.put(node, parents(node).stream().mapToInt(p -> depth.get(p) + 1).max().orElse(0));
    }
    Map<Node, Integer> firstUse = new HashMap<>();
    for (Node node : nodes) {
      parents(node).forEach(parent -> firstUse.merge(parent, depth.get(node), Math::min));
    }
    for (Node node : nodes) {
      if (parents(node).isEmpty() && firstUse.containsKey(node)) {
        depth.put(node, firstUse.get(node) - 1);
      }
    }
    return depth;
  }

  private Slot slot(Node node, int layer) {
    while (layers.size() <= layer) {
      layers.add(new ArrayList<>());
    }
    var slot = new Slot(node, layer);
    layers.get(layer).add(slot);
    return slot;
  }

  private void connect(Slot from, Slot to) {
    Slot last = from;
    for (int layer = from.layer + 1; layer <= to.layer; layer++) {
      Slot next = layer == to.layer ? to : slot(null, layer);
      last.below.add(next);
      next.above.add(last);
      last = next;
    }
  }

  /** Orders each layer by the mean place of its neighbours, up and down in turn. */
  private void place() {
    layers.forEach(this::spread);
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      for (List<Slot> layer : sweep % 2 == 0 ? layers : layers.reversed()) {
        layer.forEach(slot -> slot.x = mean(slot));
        layer.sort(Comparator.comparingDouble(slot -> slot.x));
        spread(layer);
      }
    }
  }

  private static double mean(Slot slot) {
    List<Slot> near = new ArrayList<>(slot.above);
    near.addAll(slot.below);
    return near.stream().mapToDouble(other -> other.x).average().orElse(slot.x);
  }

  private void spread(List<Slot> layer) {
    double x = (WIDTH - layer.stream().mapToDouble(slot -> width(slot) + GAP).sum()) / 2;
    for (Slot slot : layer) {
      slot.x = x + (width(slot) + GAP) / 2;
      x += width(slot) + GAP;
    }
  }

  /** Moves all boxes to the left edge and says how wide they are together. */
  private double crop() {
    double left = Double.MAX_VALUE;
    double right = 0;
    for (List<Slot> layer : layers) {
      left = Math.min(left, layer.getFirst().x - width(layer.getFirst()) / 2);
      right = Math.max(right, layer.getLast().x + width(layer.getLast()) / 2);
    }
    for (List<Slot> layer : layers) {
      for (Slot slot : layer) {
        slot.x += EDGE - left;
      }
    }
    return right - left + 2 * EDGE;
  }

  private double width(Slot slot) {
    if (slot.node == null) {
      return 10;
    }
    int letters = Math.max(names.get(slot.node).length(), slot.node.shape().toString().length());
    return Math.max(64, 8 * letters + 18);
  }

  private static double y(Slot slot) {
    return 3 + LAYER * slot.layer;
  }

  private String draw() {
    place();
    double width = crop();
    var svg = new Svg(width, LAYER * layers.size() + 6, "The graph of the loss");
    for (List<Slot> layer : layers) {
      for (Slot slot : layer) {
        slot.below.forEach(next -> edge(svg, slot, next));
        if (slot.node == null) {
          svg.line(slot.x, y(slot), slot.x, y(slot) + BOX_HEIGHT, "edge");
        }
      }
    }
    slots.values().stream()
        .sorted(Comparator.comparingDouble(GraphPicture::y))
        .forEach(slot -> box(svg, slot));
    return svg.toString();
  }

  private static void edge(Svg svg, Slot from, Slot to) {
    double top = y(from) + BOX_HEIGHT;
    double middle = (top + y(to)) / 2;
    svg.path(
        "M%s %sC%s %s %s %s %s %s"
            .formatted(
                Svg.number(from.x),
                Svg.number(top),
                Svg.number(from.x),
                Svg.number(middle),
                Svg.number(to.x),
                Svg.number(middle),
                Svg.number(to.x),
                Svg.number(y(to))),
        "edge");
  }

  private void box(Svg svg, Slot slot) {
    double width = width(slot);
    boolean leaf = slot.above.isEmpty();
    svg.raw("<g class='node' id='n%d'>".formatted(slot.node.sequence()));
    svg.rect(slot.x - width / 2, y(slot), width, BOX_HEIGHT, leaf ? 3 : 17, "box");
    svg.text(slot.x, y(slot) + 15, "middle", leaf ? "strong" : "", names.get(slot.node));
    svg.text(slot.x, y(slot) + 29, "middle", "soft small", slot.node.shape().toString());
    svg.raw("</g>");
  }
}
