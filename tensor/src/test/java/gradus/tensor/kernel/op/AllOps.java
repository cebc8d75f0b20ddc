package gradus.tensor.kernel.op;

import java.lang.reflect.Field;
import java.util.Map;
import java.util.TreeMap;

/** The ops of a class by name, so that a new op is tested without being listed. */
public final class AllOps {

  private AllOps() {}

  public static <T> Map<String, T> of(Class<?> holder, Class<T> type) {
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

  public static boolean integersOnly(String name) {
    return name.startsWith("BITWISE") || name.equals("GCD") || name.equals("LCM");
  }
}
