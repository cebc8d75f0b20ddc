package gradus.tensor.io;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * What the readers of this package say in the log, kept here instead of shown. By reflection, since
 * this module does not read java.logging.
 */
final class Warnings implements AutoCloseable {
  private final List<String> texts = Collections.synchronizedList(new ArrayList<>());
  private Object log;

  /** Listens until closed. */
  static Warnings heard() {
    var warnings = new Warnings();
    warnings.listen(
        (_, _, arguments) -> {
          Object record = arguments[0];
          String text = (String) record.getClass().getMethod("getMessage").invoke(record);
          Object values = record.getClass().getMethod("getParameters").invoke(record);
          warnings.texts.add(new MessageFormat(text, Locale.ROOT).format(values));
          return false;
        });
    return warnings;
  }

  private void listen(InvocationHandler handler) {
    try {
      Class<?> filter = Class.forName("java.util.logging.Filter");
      Class<?> logger = Class.forName("java.util.logging.Logger");
      Object listener =
          handler == null
              ? null
              : Proxy.newProxyInstance(
                  Warnings.class.getClassLoader(), new Class<?>[] {filter}, handler);
      // Kept here, or the log is collected with its filter.
      log = logger.getMethod("getLogger", String.class).invoke(null, Rest.class.getName());
      logger.getMethod("setFilter", filter).invoke(log, listener);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  /** The texts in their order. */
  List<String> texts() {
    return List.copyOf(texts);
  }

  @Override
  public void close() {
    listen(null);
  }
}
