package gradus.nn;

import gradus.tensor.GradMode;
import gradus.tensor.Shape;
import gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The table of a layer and all below it, as torchinfo prints it. */
final class LayerSummary {
  private static final List<String> HEAD =
      List.of("Layer (type (var_name))", "Output Shape", "Param #", "Trainable");

  private final List<List<String>> rows = new ArrayList<>(List.of(HEAD));
  private final Set<Layer> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Map<Layer, Shape> shapes;

  private LayerSummary(Map<Layer, Shape> shapes) {
    this.shapes = shapes;
  }

  /** The table; with the shapes of what was called meanwhile, if there is something to run. */
  static String of(Layer layer, Runnable work) {
    var summary = new LayerSummary(work == null ? null : shapes(layer, work));
    summary.add(layer, layer.name(), "", "");
    return summary.text(layer);
  }

  /** The shape of the first output of each layer that {@code work} calls. */
  private static Map<Layer, Shape> shapes(Layer root, Runnable work) {
    var shapes = new IdentityHashMap<Layer, Shape>();
    var handles = new ArrayList<RemovableHandle>();
    for (Layer layer : root.layers()) {
      handles.add(
          layer.registerForwardHook(
              (called, _, output) -> {
                shapes.putIfAbsent(called, output.shape());
                return null;
              }));
    }
    try (var _ = GradMode.noGrad()) {
      Layer.evaluating(
          () -> {
            work.run();
            return shapes;
          });
    } finally {
      handles.forEach(RemovableHandle::remove);
    }
    return shapes;
  }

  private void add(Layer layer, String title, String branch, String below) {
    boolean again = !seen.add(layer);
    Collection<Tensor> own = LayerFields.of(layer).parameters.values();
    String count = own.isEmpty() ? "--" : "%,d".formatted(numel(own));
    String shape = shapes == null || !shapes.containsKey(layer) ? "--" : shapes.get(layer) + "";
    rows.add(List.of(branch + title, shape, again ? "(recursive)" : count, trainable(layer)));
    if (again) {
      return;
    }
    var children = List.copyOf(layer.namedChildren().entrySet());
    for (int i = 0; i < children.size(); i++) {
      boolean last = i == children.size() - 1;
      Layer child = children.get(i).getValue();
      String name = "%s (%s)".formatted(child.name(), children.get(i).getKey());
      add(child, name, below + (last ? "└─" : "├─"), below + (last ? "  " : "│ "));
    }
  }

  private static long numel(Collection<Tensor> tensors) {
    return tensors.stream().mapToLong(Tensor::numel).sum();
  }

  /** Of all parameters at or below a layer. */
  private static String trainable(Layer layer) {
    List<Tensor> all = layer.parameters();
    long trained = all.stream().filter(Tensor::requiresGrad).count();
    return all.isEmpty()
        ? "--"
        : trained == 0 ? "False" : trained < all.size() ? "Partial" : "True";
  }

  private String text(Layer root) {
    List<Integer> shown = shapes == null ? List.of(0, 2, 3) : List.of(0, 1, 2, 3);
    int[] widths = new int[HEAD.size()];
    for (List<String> row : rows) {
      for (int c = 0; c < widths.length; c++) {
        widths[c] = Math.max(widths[c], row.get(c).length() + 4);
      }
    }
    var lines = new ArrayList<String>();
    for (List<String> row : rows) {
      lines.add(
          shown.stream()
              .map(c -> row.get(c) + " ".repeat(widths[c] - row.get(c).length()))
              .collect(Collectors.joining())
              .stripTrailing());
    }
    String rule = "=".repeat(shown.stream().mapToInt(c -> widths[c]).sum());
    lines.add(1, rule);
    lines.addFirst(rule);
    lines.add(rule);
    List<Tensor> all = root.parameters();
    long total = numel(all);
    long trained = numel(all.stream().filter(Tensor::requiresGrad).toList());
    lines.add("Total params: %,d".formatted(total));
    lines.add("Trainable params: %,d".formatted(trained));
    lines.add("Non-trainable params: %,d".formatted(total - trained));
    lines.add("Params size (bytes): %,d".formatted(bytes(all)));
    lines.add("Buffers size (bytes): %,d".formatted(bytes(root.buffers())));
    lines.add(rule);
    return String.join("\n", lines);
  }

  private static long bytes(List<Tensor> tensors) {
    return tensors.stream().mapToLong(t -> (long) t.numel() * t.dtype().itemSize()).sum();
  }
}
