package gradus.nn.optim;

import gradus.tensor.io.LoadProgress;
import gradus.tensor.io.TorchFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an optimizer remembers, apart from the parameters; tensors in it are copies. PyTorch: the
 * result of {@code optimizer.state_dict()}, with which it may be exchanged by file.
 *
 * <pre>{@code
 * TorchFile.save(
 *     Map.of(
 *         "model", model.stateDict(),
 *         "optimizer", optimizer.stateDict().toMap(),
 *         "scheduler", scheduler.stateDict(),
 *         "epoch", epoch),
 *     path);
 *
 * TorchMap checkpoint = TorchFile.loadMap(path);
 * model.loadStateDict(checkpoint.getMap("model"));
 * optimizer.loadStateDict(checkpoint.getMap("optimizer"));
 * scheduler.loadStateDict(checkpoint.getMap("scheduler"));
 * }</pre>
 *
 * @param state what is remembered of each parameter, by its number
 * @param paramGroups the options of each group, and under {@code params} the numbers of its
 *     parameters
 */
public record OptimizerState(
    Map<Integer, Map<String, Object>> state, List<Map<String, Object>> paramGroups) {
  /** Keeps copies. Numbers may be of any type, as a file gives them. */
  public OptimizerState {
    var copies = new LinkedHashMap<Integer, Map<String, Object>>();
    // Read from a file, the keys are of another type than declared.
    ((Map<?, ?>) state)
        .forEach(
            (index, values) ->
                copies.put(
                    number("state", index),
                    Collections.unmodifiableMap(copyOf(named("state", values)))));
    state = Collections.unmodifiableMap(copies);
    var groups = new ArrayList<Map<String, Object>>();
    for (Object options : (List<?>) paramGroups) {
      groups.add(Collections.unmodifiableMap(named("param_groups", options)));
    }
    paramGroups = Collections.unmodifiableList(groups);
  }

  /**
   * The state in a map as {@link #toMap} gives it: how it stands in a checkpoint.
   *
   * @param map with {@code state} and {@code param_groups}
   * @throws IllegalArgumentException if one of them is missing or something else
   */
  @SuppressWarnings("unchecked")
  public static OptimizerState of(Map<?, ?> map) {
    if (!(map.get("state") instanceof Map<?, ?> state)
        || !(map.get("param_groups") instanceof List<?> groups)) {
      throw invalid(
          "the map has %s. An optimizer's state has state, a map, and param_groups, a list."
              .formatted(map.keySet()));
    }
    return new OptimizerState(
        (Map<Integer, Map<String, Object>>) state, (List<Map<String, Object>>) groups);
  }

  /**
   * The state as PyTorch's {@code state_dict()} has it, to be put into a checkpoint: {@code
   * {"state": {0: {…}}, "param_groups": [{…, "params": [0, 1]}]}}.
   */
  public Map<String, Object> toMap() {
    var map = new LinkedHashMap<String, Object>();
    map.put("state", state);
    map.put("param_groups", paramGroups);
    return map;
  }

  /**
   * Writes the state alone as a PyTorch checkpoint, wholly or not at all.
   *
   * @param path the file, replaced if it is there
   * @throws java.io.UncheckedIOException if it cannot be written
   */
  public void save(Path path) {
    TorchFile.save(toMap(), path);
  }

  /**
   * The state in a PyTorch checkpoint that holds nothing else.
   *
   * @throws gradus.tensor.io.FormatException if the file is damaged
   * @throws IllegalArgumentException if there is something else in it
   */
  public static OptimizerState load(Path path) {
    if (!(TorchFile.load(path, LoadProgress.silent()) instanceof Map<?, ?> map)) {
      throw invalid(path + " holds no map. Save it by optimizer.stateDict().save(path).");
    }
    return of(map);
  }

  static Map<String, Object> copyOf(Map<String, Object> values) {
    var copy = new LinkedHashMap<String, Object>();
    values.forEach((name, value) -> copy.put(name, State.copy(value)));
    return copy;
  }

  /** The numbers of a group's parameters; null if it does not say. */
  static List<Integer> params(Map<String, Object> group) {
    if (!(group.get("params") instanceof List<?> ids)) {
      return null;
    }
    return ids.stream().map(id -> number("params", id)).toList();
  }

  private static int number(String what, Object value) {
    if (value instanceof Number n && n.longValue() == n.intValue()) {
      return n.intValue();
    }
    throw invalid(what + " names the parameter " + value + ". Parameters go by whole numbers.");
  }

  private static Map<String, Object> named(String what, Object value) {
    var copy = new LinkedHashMap<String, Object>();
    if (!(value instanceof Map<?, ?> map)) {
      throw invalid(what + " holds " + value + ". It must hold maps of values by name.");
    }
    map.forEach((name, v) -> copy.put(String.valueOf(name), v));
    return copy;
  }

  private static IllegalArgumentException invalid(String text) {
    return new IllegalArgumentException("OptimizerState: " + text);
  }
}
