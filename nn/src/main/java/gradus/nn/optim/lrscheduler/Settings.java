package gradus.nn.optim.lrscheduler;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a scheduler was given, by PyTorch's names: the part of its state that does not change. A
 * value keeps its kind.
 */
final class Settings {
  private final String scheduler;
  private final Map<String, Object> values = new LinkedHashMap<>();

  Settings(String scheduler) {
    this.scheduler = scheduler;
  }

  /**
   * Sets a value.
   *
   * @param value an Integer, a Double, a Boolean, a String, or a list of Integers or of Doubles
   */
  Settings put(String name, Object value) {
    values.put(name, value);
    return this;
  }

  int whole(String name) {
    return (Integer) values.get(name);
  }

  double number(String name) {
    return (Double) values.get(name);
  }

  boolean flag(String name) {
    return (Boolean) values.get(name);
  }

  String text(String name) {
    return (String) values.get(name);
  }

  List<Integer> wholes(String name) {
    return ((List<?>) values.get(name)).stream().map(v -> (Integer) v).toList();
  }

  List<Double> numbers(String name) {
    return ((List<?>) values.get(name)).stream().map(v -> (Double) v).toList();
  }

  /** All values by name. */
  Map<String, Object> values() {
    return values;
  }

  /** Takes the values that are in a saved state; it may come from a file, or from PyTorch. */
  void take(Map<?, ?> saved) {
    var taken = new LinkedHashMap<String, Object>();
    values.forEach(
        (name, own) -> {
          if (saved.containsKey(name)) {
            taken.put(name, as(name, own, saved.get(name)));
          }
        });
    values.putAll(taken);
  }

  private Object as(String name, Object own, Object saved) {
    if (own instanceof List<?> list && saved instanceof List<?> given) {
      Object example = list.isEmpty() ? (Object) 0 : list.getFirst();
      var out = new ArrayList<Object>();
      given.forEach(value -> out.add(as(name, example, value)));
      return List.copyOf(out);
    }
    if (own instanceof Integer && saved instanceof Number n) {
      return whole(name, n);
    }
    if (own instanceof Double && saved instanceof Number n) {
      return n.doubleValue();
    }
    if (own.getClass() == saved.getClass() && !(own instanceof List<?>)) {
      return saved;
    }
    throw invalid(name, saved, "It was " + own + " here, and keeps its kind");
  }

  /** A whole number of a saved state. */
  int whole(String name, Object value) {
    if (value instanceof Number n && n.doubleValue() == n.intValue()) {
      return n.intValue();
    }
    throw invalid(name, value, "It must be a whole number");
  }

  IllegalArgumentException invalid(String name, Object value, String rule) {
    return new IllegalArgumentException(
        "%s.loadStateDict: %s is %s. %s. Take the state of a scheduler of this kind."
            .formatted(scheduler, name, value, rule));
  }
}
