package gradus.nn;

import static gradus.tensor.spi.Given.given;

import gradus.autograd.Checkpoint;
import gradus.tensor.Tensor;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The layers one after another: the output of each is the input of the next.
 *
 * <pre>{@code
 * var model = new Sequential(new Linear(4, 8), new ReLU(), new Linear(8, 2));
 * model.forward(Tensor.randn(3, 4)).shape();   // [3, 2]
 * }</pre>
 *
 * <p>Parameters are named {@code 0.weight}, {@code 2.bias}… PyTorch: {@code torch.nn.Sequential}.
 */
public class Sequential extends Layer {
  private final transient Map<String, Layer> layers;

  /**
   * The layers in order, named 0, 1, 2…
   *
   * @param layers the layers
   */
  public Sequential(Layer... layers) {
    this(LayerList.numbered(Arrays.asList(given(layers, "layers"))));
  }

  /**
   * The layers of a collection in its order, named 0, 1, 2…
   *
   * <pre>{@code
   * new Sequential(Stream.of(1, 2, 4).map(d -> new Conv1d(8, 8, 2, o -> o.dilation(d))).toList());
   * }</pre>
   *
   * <p>PyTorch: {@code Sequential(*layers)}.
   *
   * @param layers the layers
   */
  public Sequential(Collection<? extends Layer> layers) {
    this(given(layers, "layers").toArray(Layer[]::new));
  }

  /**
   * The layers in order, by name. PyTorch: {@code Sequential(OrderedDict(...))}.
   *
   * @param layers the layers; a map that keeps its order
   */
  public Sequential(Map<String, ? extends Layer> layers) {
    given(layers, "layers")
        .forEach(
            (name, layer) -> {
              if (layer == null) {
                throw new IllegalArgumentException(
                    "Sequential: layer " + name + " is null. Give a layer.");
              }
            });
    this.layers = Collections.unmodifiableMap(new LinkedHashMap<>(layers));
  }

  @Override
  public Tensor forward(Tensor input) {
    Tensor value = input;
    for (Layer layer : layers.values()) {
      value = layer.call(value);
    }
    return value;
  }

  /**
   * What {@link #forward} returns, with less memory: of all but the last segment only the input is
   * kept, and the rest computed again in backward. PyTorch: {@code
   * torch.utils.checkpoint.checkpoint_sequential(self, segments, input)}.
   *
   * @param segments how many parts of equal length
   * @param input of the first layer
   */
  public Tensor checkpointSequential(int segments, Tensor input) {
    return Checkpoint.checkpointSequential(
        layers.values().stream().<UnaryOperator<Tensor>>map(layer -> layer::call).toList(),
        segments,
        input);
  }

  @Override
  public Map<String, Layer> namedChildren() {
    var children = new LinkedHashMap<String, Layer>(layers);
    children.putAll(super.namedChildren());
    return Collections.unmodifiableMap(children);
  }

  /**
   * The layer at a position.
   *
   * @param index the position; negative counts from the end
   */
  public Layer get(int index) {
    return LayerList.at("Sequential", List.copyOf(layers.values()), index);
  }

  /** The number of layers. PyTorch: {@code len(sequential)}. */
  public int size() {
    return layers.size();
  }

  @Override
  public Sequential copy() {
    var copies = new LinkedHashMap<String, Layer>();
    layers.forEach((name, layer) -> copies.put(name, layer.copy()));
    var copy = new Sequential(copies);
    copy.training(training());
    return copy;
  }
}
