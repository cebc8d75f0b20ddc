package gradus.nn;

import gradus.tensor.GradMode;
import gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Loads a state into a layer's tensors: checks everything first, so that nothing is ever half
 * loaded.
 */
final class StateLoading {
  private StateLoading() {}

  static IncompatibleKeys load(
      String layer, Map<String, Tensor> own, Map<String, ?> given, boolean strict) {
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
          if (given.containsKey(name)) {
            check(name, tensor, given.get(name)).ifPresent(errors::add);
          }
        });
    if (!errors.isEmpty()) {
      throw new IllegalArgumentException(
          "Error(s) in loading state_dict for " + layer + ":\n\t" + String.join("\n\t", errors));
    }
    copy(own, given);
    return new IncompatibleKeys(missing, unexpected);
  }

  /** What would go wrong when {@code value} is copied into {@code own}. */
  private static Optional<String> check(String name, Tensor own, Object value) {
    if (!(value instanceof Tensor given)) {
      String what = value == null ? "null" : "a " + value.getClass().getSimpleName();
      return Optional.of("the value of " + name + " is " + what + ", not a tensor.");
    }
    if (!given.shape().equals(own.shape())) {
      return Optional.of(
          ("size mismatch for %s: copying a param with shape %s from checkpoint, the shape "
                  + "in current model is %s.")
              .formatted(name, given.shape(), own.shape()));
    }
    if (given.isSparse()) {
      return Optional.of("the value of " + name + " is row-sparse. Use x.toDense().");
    }
    for (int d = 0; d < own.dim(); d++) {
      if (own.stride(d) == 0 && own.size(d) > 1) {
        return Optional.of(
            name + " of the current model is expanded: its elements share memory. Clone it.");
      }
    }
    return unreadable("the value of " + name, given)
        .or(() -> unreadable(name + " of the current model", own));
  }

  /** Why a tensor cannot be read: its memory may have been handed back. */
  private static Optional<String> unreadable(String what, Tensor tensor) {
    if (tensor.numel() == 0) {
      return Optional.empty();
    }
    try (var _ = GradMode.noGrad()) {
      Tensor first = tensor.detach();
      while (first.dim() > 0) {
        first = first.select(0, 0);
      }
      first.item();
      return Optional.empty();
    } catch (IllegalStateException e) {
      return Optional.of(what + " cannot be read: " + e.getMessage());
    }
  }

  private static void copy(Map<String, Tensor> own, Map<String, ?> given) {
    try (var _ = GradMode.noGrad()) {
      own.forEach(
          (name, tensor) -> {
            if (given.containsKey(name)) {
              tensor.copy_((Tensor) given.get(name)); // checked above
            }
          });
    }
  }

  private static String quoted(List<String> keys) {
    return keys.stream().map(key -> '"' + key + '"').collect(Collectors.joining(", "));
  }
}
