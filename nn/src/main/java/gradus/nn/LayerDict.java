package gradus.nn;

import static gradus.tensor.spi.Given.given;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Layers by name whose parameters are found; it does not say how they are connected.
 *
 * <pre>{@code
 * final LayerDict heads = new LayerDict(Map.of("words", new Linear(8, 100), "tags", new Linear(8, 5)));
 * public Tensor forward(Tensor x, String task) { return heads.get(task).forward(x); }
 * }</pre>
 *
 * <p>A plain {@code Map<String, Layer>} field works as well. PyTorch: {@code torch.nn.ModuleDict},
 * which is also how it prints.
 */
public class LayerDict extends Layer {
  private final transient Map<String, Layer> layers = new LinkedHashMap<>();

  /** An empty one, to be filled by {@link #put}. */
  public LayerDict() {}

  /** The given layers, in the order of the map. */
  public LayerDict(Map<String, ? extends Layer> layers) {
    given(layers, "layers").forEach((name, layer) -> add(this.layers, name, layer));
  }

  /**
   * This dictionary with one layer more, or another in its place. PyTorch: {@code d[name] = layer}.
   *
   * @param name no empty string, and without dots, which part names of parameters
   */
  public LayerDict put(String name, Layer layer) {
    add(layers, name, layer);
    return this;
  }

  private static void add(Map<String, Layer> layers, String name, Layer layer) {
    if (given(name, "name").isEmpty() || name.contains(".")) {
      throw new IllegalArgumentException(
          ("LayerDict: the name \"%s\" is empty or holds a dot. Parameters are named by it: choose"
                  + " another.")
              .formatted(name));
    }
    layers.put(name, given(layer, "layer"));
  }

  /**
   * The layer of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Layer get(String name) {
    Layer layer = layers.get(given(name, "name"));
    if (layer == null) {
      throw new IllegalArgumentException(
          "LayerDict: there is no layer \"%s\". There are %s.".formatted(name, layers.keySet()));
    }
    return layer;
  }

  /** The layer of a name, as what it is: {@code heads.get("tags", Linear.class).weight}. */
  public <T extends Layer> T get(String name, Class<T> type) {
    return type.cast(get(name));
  }

  /** Whether there is a layer of this name. */
  public boolean contains(String name) {
    return layers.containsKey(name);
  }

  /** The names, in the order in which they came. PyTorch: {@code keys()}. */
  public Set<String> keys() {
    return Collections.unmodifiableSet(layers.keySet());
  }

  /** The number of layers. PyTorch: {@code len(d)}. */
  public int size() {
    return layers.size();
  }

  @Override
  public Map<String, Layer> namedChildren() {
    return Collections.unmodifiableMap(layers);
  }

  @Override
  public LayerDict copy() {
    var copy = new LayerDict();
    layers.forEach((name, layer) -> copy.put(name, layer.copy()));
    copy.training(training());
    return copy;
  }

  @Override
  protected String name() {
    return "ModuleDict";
  }
}
