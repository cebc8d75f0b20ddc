package gradus.tensor.io;

import static gradus.tensor.spi.Given.given;

import gradus.tensor.Tensor;
import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A dict of a checkpoint, whose values are asked for by what they are. The map cannot be changed.
 *
 * <pre>{@code
 * TorchMap checkpoint = TorchFile.loadMap(path);
 * model.loadStateDict(checkpoint.getMap("model"));
 * optimizer.loadStateDict(checkpoint.getMap("optimizer"));
 * long epoch = checkpoint.getLong("epoch");
 * }</pre>
 *
 * <p>{@link #get} gives any value as {@link TorchFile#load} does, and null for a name that is not
 * there; the others say then which names there are.
 */
public final class TorchMap extends AbstractMap<String, Object> {
  private final Map<String, Object> values;

  private TorchMap(Map<String, Object> values) {
    this.values = Collections.unmodifiableMap(values);
  }

  /** The dict in an object that a file holds, told by what the error is to begin with. */
  static TorchMap of(String where, Object object) {
    if (!(object instanceof Map<?, ?> map)) {
      throw new IllegalArgumentException(
          "%s: it holds %s, not a dict. Take it by TorchFile.load(path)."
              .formatted(where, kind(object)));
    }
    var values = new LinkedHashMap<String, Object>();
    map.forEach(
        (key, value) -> {
          if (!(key instanceof String name)) {
            throw new IllegalArgumentException(
                "%s: a key of the dict is %s, not a name. Take it as a Map<?, ?>, by get(name)."
                    .formatted(where, Quoted.of(key)));
          }
          values.put(name, value);
        });
    return new TorchMap(values);
  }

  /**
   * A dict in this one, such as the state of a model.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public TorchMap getMap(String name) {
    return of("checkpoint, \"%s\"".formatted(name), value(name, Map.class, "a dict"));
  }

  /**
   * A tensor.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public Tensor getTensor(String name) {
    return value(name, Tensor.class, "a tensor");
  }

  /**
   * A whole number, such as the epoch.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public long getLong(String name) {
    return value(name, Long.class, "a whole number");
  }

  /**
   * A number, such as the best loss.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public double getDouble(String name) {
    return value(name, Number.class, "a number").doubleValue();
  }

  private <T> T value(String name, Class<T> type, String what) {
    Object value = values.get(given(name, "name"));
    if (type.isInstance(value)) {
      return type.cast(value);
    }
    throw new IllegalArgumentException(
        values.containsKey(name)
            ? "checkpoint: \"%s\" is %s, not %s. Ask for what it is, or get(\"%s\")."
                .formatted(name, kind(value), what, name)
            : "checkpoint: there is no \"%s\". It has %s. Choose one of them."
                .formatted(Quoted.of(name), Quoted.of(values.keySet())));
  }

  private static String kind(Object value) {
    return switch (value) {
      case null -> "null";
      case Tensor x -> "a tensor " + x.shape();
      case Map<?, ?> _ -> "a dict";
      default -> "%s (%s)".formatted(Quoted.of(value), value.getClass().getSimpleName());
    };
  }

  @Override
  public Set<Entry<String, Object>> entrySet() {
    return values.entrySet();
  }

  @Override
  public Object get(Object name) {
    return values.get(name);
  }

  @Override
  public boolean containsKey(Object name) {
    return values.containsKey(name);
  }
}
