package gradus.tensor.kernel;

import java.lang.reflect.Field;
import java.util.Map;
import java.util.TreeMap;

/** The ops of a class by name, so that a new op is tested without being listed. */
final class AllOps {

  private AllOps() {}

  static <T> Map<String, T> of(Class<?> holder, Class<T> type) {
    Map<String, T> ops = new TreeMap<>();
    for (Field field : holder.getFields()) {
      try {
        ops.put(field.getName(), type.cast(field.get(null)));
      } catch (IllegalAccessException e) {
        throw new AssertionError(e);
      }
    }
    return ops;
  }

  static boolean integersOnly(String name) {
    return name.startsWith("BITWISE") || name.equals("GCD") || name.equals("LCM");
  }
}
