package gradus.nn;

import gradus.tensor.DType;
import gradus.tensor.Tensor;
import gradus.tensor.spi.Internals;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Walks over a layer and all layers below it. */
final class LayerTree {
  private LayerTree() {}

  /** Every layer under its first dotted name, the root under the empty one. */
  static Map<String, Layer> distinctLayers(Layer root) {
    var out = new LinkedHashMap<String, Layer>();
    layers(root, "", out, identitySet());
    return Collections.unmodifiableMap(out);
  }

  private static void layers(Layer layer, String name, Map<String, Layer> out, Set<Layer> seen) {
    if (seen.add(layer)) {
      out.put(name, layer);
      layer
          .namedChildren()
          .forEach((key, child) -> layers(child, Names.dotted(name, key), out, seen));
    }
  }

  /** Every parameter (or buffer) under its first dotted name; one that is shared appears once. */
  static Map<String, Tensor> distinctTensors(Layer root, boolean buffers) {
    var out = new LinkedHashMap<String, Tensor>();
    Set<Tensor> seen = identitySet();
    distinctLayers(root)
        .forEach(
            (prefix, layer) -> {
              var fields = LayerFields.of(layer);
              (buffers ? fields.buffers : fields.parameters)
                  .forEach(
                      (name, tensor) -> {
                        if (seen.add(tensor)) {
                          out.put(Names.dotted(prefix, name), tensor);
                        }
                      });
            });
    return Collections.unmodifiableMap(out);
  }

  /** Every layer once, those below a layer before it. */
  static List<Layer> childrenFirst(Layer root) {
    var out = new ArrayList<Layer>();
    childrenFirst(root, out, identitySet());
    return out;
  }

  private static void childrenFirst(Layer layer, List<Layer> out, Set<Layer> seen) {
    if (seen.add(layer)) {
      layer.namedChildren().values().forEach(child -> childrenFirst(child, out, seen));
      out.add(layer);
    }
  }

  private static <T> Set<T> identitySet() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }

  /**
   * Parameters, then buffers, then children: every name, also the further names of what is shared.
   * A field that leads back to a layer above is passed over.
   */
  static Map<String, Tensor> state(Layer root) {
    var out = new LinkedHashMap<String, Tensor>();
    state(root, "", out, identitySet());
    return out;
  }

  private static void state(Layer layer, String prefix, Map<String, Tensor> out, Set<Layer> above) {
    if (!above.add(layer)) {
      return;
    }
    var fields = LayerFields.of(layer);
    fields.parameters.forEach((name, tensor) -> out.put(Names.dotted(prefix, name), tensor));
    fields.buffers.forEach((name, tensor) -> out.put(Names.dotted(prefix, name), tensor));
    layer
        .namedChildren()
        .forEach((name, child) -> state(child, Names.dotted(prefix, name), out, above));
    above.remove(layer);
  }

  /** Gives every floating-point tensor another element type, in place. */
  static void convert(Layer root, DType dtype) {
    for (boolean buffers : new boolean[] {false, true}) {
      for (Tensor tensor : distinctTensors(root, buffers).values()) {
        if (tensor.dtype().isFloatingPoint() && tensor.dtype() != dtype) {
          Internals.get().setData(tensor, tensor.detach().to(dtype));
        }
      }
    }
  }

  /** A leaf of its own with the same values that wants gradients if the original does. */
  static Tensor copy(Tensor tensor) {
    return lasting(tensor.detach().clone().requiresGrad(tensor.requiresGrad()));
  }

  /** What belongs to a layer: it outlives the scope it was made in, frozen or not. */
  static Tensor lasting(Tensor tensor) {
    Internals.get().outlive(tensor);
    return tensor;
  }

  /** The layers being printed at this moment, from the outermost inwards. */
  private static final ScopedValue<List<Layer>> PRINTING = ScopedValue.newInstance();

  /**
   * A layer as PyTorch prints it: its own words, then each child on a line, indented. A field that
   * leads back to a layer being printed is passed over.
   */
  static String text(Layer layer, String name, String extra) {
    var path = new ArrayList<>(PRINTING.orElse(List.of()));
    path.add(layer);
    return ScopedValue.where(PRINTING, path).call(() -> text(path, name, extra));
  }

  private static String text(List<Layer> path, String name, String extra) {
    var lines = new ArrayList<String>();
    if (!extra.isEmpty()) {
      lines.addAll(List.of(extra.split("\n")));
    }
    var children = new LinkedHashMap<>(path.getLast().namedChildren());
    children.values().removeIf(child -> path.stream().anyMatch(above -> above == child));
    if (children.isEmpty() && lines.size() <= 1) {
      return name + "(" + extra + ")";
    }
    children.forEach(
        (key, child) -> lines.add("(" + key + "): " + child.toString().replace("\n", "\n  ")));
    return name + "(\n  " + String.join("\n  ", lines) + "\n)";
  }
}
