package gradus.nn.optim;

import gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Parameters that are trained with the same options. PyTorch: an entry of {@code
 * optimizer.param_groups}.
 *
 * <pre>{@code
 * optimizer.paramGroups().getFirst().set("lr", 0.01);
 * }</pre>
 *
 * <p>Options go by PyTorch's names ({@code weight_decay}); Java's spelling ({@code weightDecay})
 * names the same.
 */
public final class ParamGroup {
  private static final Pattern SECOND_WORD = Pattern.compile("([a-z0-9])([A-Z])");

  private final List<Tensor> params;
  private final Map<String, Object> options = new LinkedHashMap<>();

  ParamGroup(List<Tensor> params, Map<String, ?> options) {
    this.params = List.copyOf(params);
    options.forEach((name, value) -> this.options.put(snake(name), value));
  }

  /** The parameters of this group. */
  public List<Tensor> params() {
    return params;
  }

  /** All options by name; the map cannot be changed. */
  public Map<String, Object> options() {
    return Collections.unmodifiableMap(options);
  }

  /** The learning rate. */
  public double lr() {
    return number("lr");
  }

  /**
   * An option that is a number.
   *
   * @return its value
   * @throws IllegalArgumentException if there is no such option
   */
  public double number(String name) {
    return ((Number) option(name)).doubleValue();
  }

  /**
   * An option that is on or off.
   *
   * @return its value
   * @throws IllegalArgumentException if there is no such option
   */
  public boolean flag(String name) {
    return (Boolean) option(name);
  }

  /**
   * An option that is a pair, such as {@code betas}.
   *
   * @param name an existing option
   * @return its two numbers
   * @throws IllegalArgumentException if there is no such option
   */
  public double[] pair(String name) {
    return ((List<?>) option(name)).stream().mapToDouble(v -> ((Number) v).doubleValue()).toArray();
  }

  /** Whether there is an option of this name. */
  public boolean has(String name) {
    return options.containsKey(key(name));
  }

  /**
   * This group with an option changed.
   *
   * @param name an existing option
   * @param value a number, a boolean, or a list of two numbers
   * @throws IllegalArgumentException if there is no such option
   */
  public ParamGroup set(String name, Object value) {
    option(name);
    options.put(key(name), value);
    return this;
  }

  /**
   * Sets an option that may be new: what a scheduler remembers of a group, such as {@code
   * initial_lr}. It becomes part of the optimizer's state.
   *
   * @param name PyTorch's name of it
   * @param value a number, a boolean, or a list of two numbers
   */
  public void put(String name, Object value) {
    options.put(name, value);
  }

  private Object option(String name) {
    Object value = options.get(key(name));
    if (value == null) {
      throw new IllegalArgumentException(
          "optimizer: there is no option \"%s\". A group has %s. Choose one of them."
              .formatted(name, options.keySet()));
    }
    return value;
  }

  /** The name an option has here; mostly it is asked for by that one. */
  private String key(String name) {
    return options.containsKey(name) ? name : snake(name);
  }

  /** {@code weight_decay} for {@code weightDecay}. */
  private static String snake(String name) {
    return SECOND_WORD.matcher(name).replaceAll("$1_$2").toLowerCase(Locale.ROOT);
  }

  /** The lines of this group when its optimizer prints: options in alphabetical order. */
  List<String> lines() {
    var names = new ArrayList<>(options.keySet());
    Collections.sort(names);
    return names.stream().map(name -> "    " + name + ": " + text(options.get(name))).toList();
  }

  private static String text(Object value) {
    return switch (value) {
      case null -> "None";
      case Boolean flag -> flag ? "True" : "False";
      case List<?> pair ->
          "(" + String.join(", ", pair.stream().map(ParamGroup::text).toList()) + ")";
      default -> value.toString();
    };
  }
}
