package gradus.nn.optim;

import gradus.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an optimizer remembers, apart from the parameters; tensors in it are copies. PyTorch: the
 * result of {@code optimizer.state_dict()}.
 *
 * @param state what is remembered of each parameter, by its position over all groups
 * @param paramGroups the options of each group
 */
public record OptimizerState(
    Map<Integer, Map<String, Object>> state, List<Map<String, Object>> paramGroups) {
  /** Keeps copies. */
  public OptimizerState {
    var copies = new LinkedHashMap<Integer, Map<String, Object>>();
    state.forEach(
        (index, values) -> copies.put(index, Collections.unmodifiableMap(copyOf(values))));
    state = Collections.unmodifiableMap(copies);
    paramGroups =
        paramGroups.stream()
            .map(options -> Collections.unmodifiableMap(new LinkedHashMap<>(options)))
            .toList();
  }

  static Map<String, Object> copyOf(Map<String, Object> values) {
    var copy = new LinkedHashMap<String, Object>();
    values.forEach(
        (name, value) ->
            copy.put(name, value instanceof Tensor t ? State.lasting(t.detach().clone()) : value));
    return copy;
  }
}
