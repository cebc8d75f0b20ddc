package gradus.nn;

import gradus.tensor.GradMode;
import gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Loads a state into a layer's tensors: checks everything first, so that nothing is ever half
 * loaded.
 */
final class StateLoading {
  private StateLoading() {}

  static IncompatibleKeys load(
      String layer, Map<String, Tensor> own, Map<String, Tensor> given, boolean strict) {
    List<String> missing = own.keySet().stream().filter(key -> !given.containsKey(key)).toList();
    List<String> unexpected = given.keySet().stream().filter(key -> !own.containsKey(key)).toList();
    var errors = new ArrayList<String>();
    if (strict && !missing.isEmpty()) {
      errors.add("Missing key(s) in state_dict: " + quoted(missing) + ".");
    }
    if (strict && !unexpected.isEmpty()) {
      errors.add("Unexpected key(s) in state_dict: " + quoted(unexpected) + ".");
    }
    own.forEach(
        (name, tensor) -> {
          Tensor value = given.get(name);
          if (value != null && !value.shape().equals(tensor.shape())) {
            errors.add(
                "size mismatch for "
                    + name
                    + ": copying a param with shape "
                    + value.shape()
                    + " from checkpoint, the shape in current model is "
                    + tensor.shape()
                    + ".");
          }
        });
    if (!errors.isEmpty()) {
      throw new IllegalArgumentException(
          "Error(s) in loading state_dict for " + layer + ":\n\t" + String.join("\n\t", errors));
    }
    copy(own, given);
    return new IncompatibleKeys(missing, unexpected);
  }

  private static void copy(Map<String, Tensor> own, Map<String, Tensor> given) {
    try (var _ = GradMode.noGrad()) {
      own.forEach(
          (name, tensor) -> {
            Tensor value = given.get(name);
            if (value != null) {
              tensor.copy_(value);
            }
          });
    }
  }

  private static String quoted(List<String> keys) {
    return keys.stream().map(key -> '"' + key + '"').collect(Collectors.joining(", "));
  }
}
