package gradus.nn.optim;

import gradus.tensor.Tensor;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A saved state brought to the parameters of an optimizer: checked as a whole, and copied. */
final class FittedState {
  /** What PyTorch keeps as tensors of one element, and Gradus as numbers. */
  private static final Set<String> NUMBERS = Set.of("step", "eta", "mu", "mu_product");

  private final String optimizer;
  private final boolean ours;
  private final Map<ParamGroup, Map<String, Object>> options = new LinkedHashMap<>();
  private final Map<Tensor, Map<String, Object>> states = new IdentityHashMap<>();

  /**
   * Checks and copies.
   *
   * @param ours whether it is known what the optimizer remembers: tensors of the parameter's shape
   */
  FittedState(String optimizer, boolean ours, List<ParamGroup> groups, OptimizerState saved) {
    this.optimizer = optimizer;
    this.ours = ours;
    if (saved.paramGroups().size() != groups.size()) {
      throw invalid(
          ("loaded state dict has a different number of parameter groups: %s instead of %s. "
                  + "Add the same groups first.")
              .formatted(saved.paramGroups().size(), groups.size()));
    }
    Map<Integer, Tensor> params = params(groups, saved);
    for (int i = 0; i < groups.size(); i++) {
      options.put(groups.get(i), options(groups.get(i), saved.paramGroups().get(i)));
    }
    saved
        .state()
        .forEach(
            (number, values) -> {
              Tensor param = params.get(number);
              if (param == null) {
                throw invalid(
                    ("loaded state dict has a parameter %s, but there are %s. Both optimizers must "
                            + "train the same parameters.")
                        .formatted(number, params.size()));
              }
              states.put(param, state(number, param, values));
            });
  }

  /** The options of each group. */
  Map<ParamGroup, Map<String, Object>> options() {
    return options;
  }

  /** What is remembered of each parameter. */
  Map<Tensor, Map<String, Object>> states() {
    return states;
  }

  /** The parameters by the numbers they were saved under. */
  private Map<Integer, Tensor> params(List<ParamGroup> groups, OptimizerState saved) {
    var params = new LinkedHashMap<Integer, Tensor>();
    for (int i = 0; i < groups.size(); i++) {
      List<Tensor> own = groups.get(i).params();
      List<Integer> numbers = OptimizerState.params(saved.paramGroups().get(i));
      if (numbers != null && numbers.size() != own.size()) {
        throw invalid(
            ("loaded state dict contains a parameter group that doesn't match the size of "
                    + "optimizer's group: group %s has %s parameters instead of %s. Both optimizers "
                    + "must train the same parameters.")
                .formatted(i, numbers.size(), own.size()));
      }
      for (int k = 0; k < own.size(); k++) {
        int number = numbers == null ? params.size() : numbers.get(k);
        if (params.put(number, own.get(k)) != null) {
          throw invalid(
              "loaded state dict names the parameter " + number + " twice. Each is trained once.");
        }
      }
    }
    return params;
  }

  private Map<String, Object> options(ParamGroup group, Map<String, Object> saved) {
    var out = new LinkedHashMap<String, Object>();
    saved.forEach(
        (name, given) -> {
          Object value = plain(given);
          Object own = group.options().get(name);
          if (own != null && !sameKind(own, value)) {
            throw invalid(
                ("the option \"%s\" is %s where this optimizer has %s. It must come from an "
                        + "optimizer of the same kind.")
                    .formatted(name, value, own));
          }
          if (!name.equals("params")) {
            out.put(name, value);
          }
        });
    return out;
  }

  /** A tensor of one element as its number. */
  private static Object plain(Object value) {
    return value instanceof Tensor t && t.numel() == 1 ? t.detach().item() : value;
  }

  private static boolean sameKind(Object own, Object saved) {
    return switch (own) {
      case Number _ -> saved instanceof Number;
      case Boolean _ -> saved instanceof Boolean;
      case List<?> pair ->
          saved instanceof List<?> list
              && list.size() == pair.size()
              && list.stream().allMatch(Number.class::isInstance);
      default -> true;
    };
  }

  private Map<String, Object> state(int number, Tensor param, Map<String, Object> saved) {
    var out = new LinkedHashMap<String, Object>();
    saved.forEach((name, value) -> out.put(name, value(number, param, name, value)));
    return out;
  }

  private Object value(int number, Tensor param, String name, Object value) {
    if (ours && NUMBERS.contains(name)) {
      if (plain(value) instanceof Number n) {
        return name.equals("step") ? (Number) n.intValue() : n;
      }
      throw invalid("\"" + name + "\" of the parameter " + number + " is no number.");
    }
    if (!ours || !(value instanceof Tensor t)) {
      return State.copy(value);
    }
    if (!t.shape().equals(param.shape())) {
      throw invalid(
          ("\"%s\" of the parameter %s is %s but the parameter is %s. Both optimizers must "
                  + "train parameters of the same shapes.")
              .formatted(name, number, t.shape(), param.shape()));
    }
    return State.lasting(t.detach().to(param.dtype()).clone());
  }

  private IllegalArgumentException invalid(String text) {
    return new IllegalArgumentException(optimizer + ".loadStateDict: " + text);
  }
}
