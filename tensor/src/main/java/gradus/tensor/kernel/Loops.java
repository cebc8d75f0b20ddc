package gradus.tensor.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Hands out the loop of an op, made on first use.
 *
 * <p>A shared loop that takes the op as a parameter becomes megamorphic once a few ops went through
 * it: the op is no longer inlined, and each vector travels through the heap (15 to 20 times
 * slower). So the class file of the template is defined once per op as a hidden class, with the op
 * as its class data: a {@code static final} the compiler trusts.
 */
final class Loops {

  private static final ConcurrentHashMap<Object, Loop> MADE = new ConcurrentHashMap<>();
  private static final ConcurrentHashMap<String, byte[]> TEMPLATES = new ConcurrentHashMap<>();

  private Loops() {}

  static Loop of(Unary op) {
    Loop loop = MADE.get(op);
    return loop != null ? loop : make(op, op.vectorised(), "Unary", "", "main");
  }

  static Loop of(Binary op) {
    Loop loop = MADE.get(op);
    return loop != null ? loop : make(op, op.vectorised(), "Binary", "", "first", "second", "both");
  }

  static Loop of(Ternary op) {
    Loop loop = MADE.get(op);
    return loop != null
        ? loop
        : make(
            op,
            op.vectorised(),
            "Ternary",
            "",
            "first",
            "mixed",
            "mixed",
            "mixed",
            "mixed",
            "mixed",
            "all");
  }

  private static Loop make(Object op, boolean vectorised, String arity, String... loops) {
    return MADE.computeIfAbsent(
        op,
        _ -> {
          if (!vectorised || Lanes.COUNT == 0) {
            return scalar(op, arity);
          }
          Loop vector = new VectorLoop(define("Vector" + arity + "Loop", op), loops);
          return WarmingLoop.suits(op) ? new WarmingLoop(vector, scalar(op, arity)) : vector;
        });
  }

  private static Loop scalar(Object op, String arity) {
    return (Loop) specialise("Scalar" + arity + "Loop", op);
  }

  /** An instance of the template class, defined anew with {@code data} as its constant. */
  static Object specialise(String template, Object data) {
    try {
      return define(template, data).lookupClass().getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static MethodHandles.Lookup define(String template, Object data) {
    byte[] bytes = TEMPLATES.computeIfAbsent(template, Loops::read);
    try {
      return MethodHandles.lookup().defineHiddenClassWithClassData(bytes, data, true);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] read(String template) {
    try (InputStream in = Loops.class.getResourceAsStream(template + ".class")) {
      if (in == null) {
        throw new IllegalStateException("The class file of " + template + " is not to be found.");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What a template was defined for; called from the static initialiser of each template. */
  static <T> T constant(MethodHandles.Lookup lookup, Class<T> type) {
    try {
      return MethodHandles.classData(lookup, "_", type);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
