package gradus.studio;

import gradus.tensor.Node;
import gradus.tensor.Op;
import gradus.tensor.Tensor;
import gradus.tensor.spi.Internals;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What the program calls its tensors, and which layers they belong to.
 *
 * <p>Parameters are named by their layer, other tensors by the line that made or used them where
 * that is plain to see: {@code var c = a.matmul(b);} names three.
 */
final class Naming {
  private static final Pattern MADE =
      Pattern.compile("^\\s*(?:(?:final\\s+)?(?:var|Tensor)\\s+)?(\\w+)\\s*=[^=].*;.*$");
  private static final Pattern CALL =
      Pattern.compile("\\b([a-zA-Z]\\w*)\\.(\\w+)\\(([a-zA-Z]\\w*)?(?:, ([a-zA-Z]\\w*))?[,)]");

  private final List<Node> order;
  private final Map<Node, String> names = new IdentityHashMap<>();
  private final Map<Node, Map<Integer, String>> data = new IdentityHashMap<>();
  private final Map<Node, String> groups = new IdentityHashMap<>();

  /**
   * @param parameters tensors by dotted name
   * @param order the nodes, each after those it was computed from
   * @param files texts of the program
   */
  Naming(Map<String, Tensor> parameters, List<Node> order, SourceFiles files) {
    this.order = order;
    parameters.forEach(
        (name, tensor) -> {
          if (tensor.requiresGrad()) {
            names.put(Internals.get().node(tensor), name);
          }
        });
    group();
    var made = new HashMap<String, Node>();
    for (Node node : order) {
      node.source()
          .map(SourceLine::of)
          .ifPresent(
              source ->
                  files
                      .text(source)
                      .ifPresent(
                          line -> {
                            used(node, line);
                            made(node, line).ifPresent(name -> made.put(source + name, node));
                          }));
    }
    // Of several nodes of a line, the last one is what the variable holds.
    made.forEach((_, node) -> made(node, lineOf(node, files)).ifPresent(n -> names.put(node, n)));
  }

  private static String lineOf(Node node, SourceFiles files) {
    return node.source().map(SourceLine::of).flatMap(files::text).orElse("");
  }

  private static Optional<String> made(Node node, String line) {
    Matcher matcher = MADE.matcher(line);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /** Names inputs by the call on the line that is named like the op, if there is only one. */
  private void used(Node node, String line) {
    String op = node.op().name();
    int calls = line.split("(?i)\\." + Pattern.quote(op) + "\\(", -1).length - 1;
    Matcher call = CALL.matcher(line);
    while (calls == 1 && call.find()) {
      if (call.group(2).equalsIgnoreCase(op)) {
        boolean ofType = call.group(1).equals("Tensor") || call.group(1).equals("F");
        String first = call.group(ofType ? 3 : 1);
        String second = call.group(ofType ? 4 : 3);
        // F.embedding(ids, table) is the one whose op takes them the other way round.
        boolean swapped = call.group(1).equals("F") && node.op() instanceof Op.Embedding;
        name(node, 0, swapped ? second : first);
        name(node, 1, swapped ? first : second);
      }
    }
  }

  private void name(Node node, int input, String name) {
    if (name != null && input < node.arity()) {
      node.parent(input)
          .ifPresentOrElse(
              parent -> {
                if (parent.op() instanceof Op.Leaf) {
                  names.putIfAbsent(parent, name);
                }
              },
              () -> data.computeIfAbsent(node, _ -> new HashMap<>()).put(input, name));
    }
  }

  /** What the program calls an input that gets no gradient. */
  Optional<String> data(Node node, int input) {
    return Optional.ofNullable(data.getOrDefault(node, Map.of()).get(input));
  }

  Optional<String> name(Node node) {
    return Optional.ofNullable(names.get(node));
  }

  String group(Node node) {
    return groups.getOrDefault(node, "");
  }

  /**
   * An op that uses a parameter, or what was made of parameters alone, belongs to the parameter's
   * layer; one between two such to the layer that holds both. Of several inputs the one that came
   * to be last tells where the program was; of several uses the first.
   */
  private void group() {
    var own = new IdentityHashMap<Node, String>();
    var ofParameters = new IdentityHashMap<Node, String>();
    for (Node node : order) {
      String layer = layer(names.get(node));
      boolean alone = node.arity() > 0;
      for (int i = 0; i < node.arity(); i++) {
        String used = ofParameters.get(node.parent(i).orElse(null));
        alone &= used != null;
        layer = used == null ? layer : layer == null ? used : common(layer, used);
      }
      if (layer != null) {
        own.put(node, layer);
        if (alone || node.op() instanceof Op.Leaf) {
          ofParameters.put(node, layer);
        }
      }
    }
    var before = new IdentityHashMap<Node, String>(own);
    var after = new IdentityHashMap<Node, String>(own);
    for (Node node : order) {
      inputs(node)
          .filter(before::containsKey)
          .reduce((_, later) -> later)
          .ifPresent(latest -> before.putIfAbsent(node, before.get(latest)));
    }
    for (Node node : order.reversed()) {
      if (after.containsKey(node)) {
        inputs(node)
            .filter(parent -> !own.containsKey(parent))
            .forEach(parent -> after.put(parent, after.get(node)));
      }
    }
    for (Node node : order) {
      if (before.containsKey(node) && after.containsKey(node)) {
        groups.put(node, common(before.get(node), after.get(node)));
      }
    }
  }

  /** The nodes of the inputs that get a gradient, the oldest first. */
  private static Stream<Node> inputs(Node node) {
    return IntStream.range(0, node.arity())
        .mapToObj(i -> node.parent(i))
        .flatMap(Optional::stream)
        .sorted(Comparator.comparingLong(Node::sequence));
  }

  private static String layer(String parameter) {
    return parameter == null
        ? null
        : parameter.substring(0, Math.max(0, parameter.lastIndexOf('.')));
  }

  /** The layer that holds both. */
  private static String common(String a, String b) {
    String[] left = a.split("\\.");
    String[] right = b.split("\\.");
    int same = 0;
    while (same < Math.min(left.length, right.length) && left[same].equals(right[same])) {
      same++;
    }
    return String.join(".", List.of(left).subList(0, same));
  }
}
