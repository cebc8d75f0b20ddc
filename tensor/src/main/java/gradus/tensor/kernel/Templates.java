package gradus.tensor.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Defines a class anew for each constant it is to know.
 *
 * <p>A shared loop that takes the op as a parameter becomes megamorphic once a few ops went through
 * it: the op is no longer inlined, and each vector travels through the heap (15 to 20 times
 * slower). So the class file of the template is defined once per op as a hidden class, with the op
 * as its class data: a {@code static final} the compiler trusts. A hidden class is of its
 * template's package, so the lookup of a class of that package is what is handed in.
 */
public final class Templates {

  private static final ConcurrentHashMap<String, byte[]> FILES = new ConcurrentHashMap<>();

  private Templates() {}

  /** An instance of the template class, defined anew with {@code data} as its constant. */
  public static Object specialise(Lookup caller, String template, Object data) {
    Lookup made = define(caller, template, data);
    try {
      return made.findConstructor(made.lookupClass(), MethodType.methodType(void.class)).invoke();
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** The template class, defined anew with {@code data} as its constant. */
  public static Lookup define(Lookup caller, String template, Object data) {
    byte[] bytes =
        FILES.computeIfAbsent(
            caller.lookupClass().getPackageName() + "." + template,
            _ -> read(caller.lookupClass(), template + ".class"));
    try {
      return caller.defineHiddenClassWithClassData(bytes, data, true);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] read(Class<?> neighbour, String file) {
    try (InputStream in = neighbour.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("The class file " + file + " is not to be found.");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What a template was defined for; called from the static initialiser of each template. */
  public static <T> T constant(Lookup lookup, Class<T> type) {
    try {
      return MethodHandles.classData(lookup, "_", type);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
