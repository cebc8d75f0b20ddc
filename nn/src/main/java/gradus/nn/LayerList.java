package gradus.nn;

import static gradus.tensor.spi.Given.givenAll;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Layers in a list whose parameters are found; it does not say how they are connected.
 *
 * <pre>{@code
 * final LayerList blocks = new LayerList(new Linear(4, 4), new Linear(4, 4));
 * public Tensor forward(Tensor x) { for (Layer block : blocks) x = block.forward(x); return x; }
 * }</pre>
 *
 * <p>A plain {@code List<Layer>} field works as well. PyTorch: {@code torch.nn.ModuleList}, which
 * is also how it prints.
 */
public class LayerList extends Layer implements Iterable<Layer> {
  private final transient List<Layer> layers = new ArrayList<>();

  /**
   * A list of the given layers.
   *
   * @param layers the layers
   */
  public LayerList(Layer... layers) {
    Collections.addAll(this.layers, givenAll(layers));
  }

  /**
   * A list of the given layers.
   *
   * @param layers the layers
   */
  public LayerList(Collection<? extends Layer> layers) {
    this.layers.addAll(layers);
  }

  /** This list, one layer longer. PyTorch: {@code append(module)}. */
  public LayerList append(Layer layer) {
    layers.add(layer);
    return this;
  }

  /**
   * The layer at a position.
   *
   * @param index the position; negative counts from the end
   */
  public Layer get(int index) {
    return at("LayerList", layers, index);
  }

  /** The layer at a position, as what it is: {@code blocks.get(0, Linear.class).weight}. */
  public <T extends Layer> T get(int index, Class<T> type) {
    return type.cast(get(index));
  }

  /** The number of layers. PyTorch: {@code len(list)}. */
  public int size() {
    return layers.size();
  }

  @Override
  public Iterator<Layer> iterator() {
    return List.copyOf(layers).iterator();
  }

  @Override
  public Map<String, Layer> namedChildren() {
    return Collections.unmodifiableMap(numbered(layers));
  }

  @Override
  public LayerList copy() {
    var copy = new LayerList(layers.stream().map(Layer::copy).toList());
    copy.training(training());
    return copy;
  }

  @Override
  protected String name() {
    return "ModuleList";
  }

  static Map<String, Layer> numbered(List<Layer> layers) {
    var out = new LinkedHashMap<String, Layer>();
    for (Layer layer : layers) {
      out.put(Integer.toString(out.size()), layer);
    }
    return out;
  }

  static Layer at(String name, List<Layer> layers, int index) {
    int size = layers.size();
    if (index < -size || index >= size) {
      throw new IndexOutOfBoundsException(
          name
              + ": index "
              + index
              + " is out of range for "
              + size
              + " layers; valid are "
              + -size
              + ".."
              + (size - 1)
              + ".");
    }
    return layers.get(index < 0 ? index + size : index);
  }
}
