package gradus.conformance;

import gradus.tensor.DType;
import gradus.tensor.Shape;
import gradus.tensor.Tensor;
import java.lang.reflect.Array;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Calls a Java method as Python would: positional and keyword arguments, matched by the names of
 * the parameters.
 *
 * <p>Of several overloads the one that needs the fewest defaults wins; if none takes the arguments,
 * the call is unsupported.
 */
final class Binder {
  private static final Set<String> WITHOUT_MEANING =
      Set.of(
          "memoryFormat",
          "device",
          "layout",
          "requiresGrad",
          "pinMemory",
          "stable",
          "inplace",
          "sorted",
          "computeMode",
          "foreach",
          "capturable",
          "fused",
          "verbose");

  /** Where True and False give the same result as 1 and 0, even to a BOOL tensor. */
  private static final Set<String> TRUTH_IS_A_NUMBER =
      Set.of(
          "eq",
          "ne",
          "lt",
          "le",
          "gt",
          "ge",
          "fill_",
          "maskedFill",
          "indexFill",
          "scatter",
          "fullLike",
          "newFull");

  private Binder() {}

  static String camel(String snake) {
    var out = new StringBuilder();
    for (String part : snake.split("_")) {
      if (!part.isEmpty()) {
        out.append(
            out.isEmpty()
                ? part
                : part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1));
      }
    }
    return out.toString();
  }

  /** The Java name of a PyTorch parameter: {@code T_max} is {@code tMax}. */
  static String parameter(String snake) {
    String name = camel(snake);
    return name.isEmpty()
        ? name
        : name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }

  /** A call that fits, ready to run. */
  record Bound(Executable target, Object[] arguments, int defaults, int distance) {
    Object invoke(Object receiver) {
      try {
        return target instanceof Method m
            ? m.invoke(receiver, arguments)
            : ((java.lang.reflect.Constructor<?>) target).newInstance(arguments);
      } catch (InvocationTargetException e) {
        if (e.getCause() instanceof RuntimeException r) {
          throw r;
        }
        throw new IllegalStateException(e.getCause());
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  static List<Method> methods(Class<?> type, String name, boolean isStatic) {
    var out = new ArrayList<Method>();
    for (Method m : type.getMethods()) {
      if (m.getName().equals(name)
          && Modifier.isStatic(m.getModifiers()) == isStatic
          && !m.isBridge()) {
        out.add(m);
      }
    }
    return out;
  }

  static Optional<Bound> best(
      List<? extends Executable> candidates, List<?> args, Map<String, Object> kwargs) {
    Bound best = null;
    for (Executable candidate : candidates) {
      Bound bound = bind(candidate, args, kwargs);
      if (bound != null && (best == null || cost(bound) < cost(best))) {
        best = bound;
      }
    }
    return Optional.ofNullable(best);
  }

  private static int cost(Bound bound) {
    return 10 * bound.defaults + bound.distance;
  }

  private static Bound bind(Executable target, List<?> given, Map<String, Object> kwargs) {
    Parameter[] parameters = target.getParameters();
    String owner = Defaults.owner(target);
    var left = new HashMap<String, Object>();
    kwargs.forEach((k, v) -> left.put(parameter(k), v));
    List<?> args = given;
    if (!Defaults.positions(target).isEmpty()) {
      for (int i = 0; i < given.size(); i++) {
        left.put(Defaults.positions(target).get(i), given.get(i));
      }
      args = List.of();
    }
    boolean truthOnly = !TRUTH_IS_A_NUMBER.contains(owner) && onTruth(given);
    Object[] out = new Object[parameters.length];
    int next = 0;
    int defaults = 0;
    int distance = 0;
    for (int i = 0; i < parameters.length; i++) {
      Parameter p = parameters[i];
      Object value;
      if (p.getType() == Consumer.class) {
        List<?> rest = args.subList(Math.min(next, args.size()), args.size());
        Object options = NamedOptions.of(target, p, rest, left).orElse(null);
        if (options == null) {
          return null;
        }
        out[i] = options;
        next = args.size();
        defaults++;
        continue;
      }
      if (left.containsKey(p.getName())) {
        value = left.remove(p.getName());
      } else if (next < args.size()) {
        boolean rest =
            p.isVarArgs()
                && !(args.get(next) instanceof List || args.get(next) instanceof Golden.Tuple);
        value = rest ? args.subList(next, args.size()) : args.get(next);
        next = rest ? args.size() : next + 1;
        distance += rest ? 1 : 0;
      } else if (Defaults.has(target, p.getName()) && !p.isVarArgs()) {
        value = Defaults.get(target, p.getName());
        defaults++;
      } else if (p.isVarArgs()
          && args.isEmpty() == kwargs.isEmpty()
          && p.getType() == int[].class) {
        value = List.of();
        distance += 5;
      } else {
        return null;
      }
      if (value instanceof Boolean && p.getType() == Number.class && truthOnly) {
        return null;
      }
      Object[] converted = new Object[1];
      int d = convert(value, p, converted);
      if (d < 0) {
        return null;
      }
      distance += d;
      out[i] = converted[0];
    }
    left.entrySet().removeIf(e -> e.getValue() == null || WITHOUT_MEANING.contains(e.getKey()));
    left.values().removeIf(v -> v instanceof Golden.Ignored);
    left.remove("outInt32", false);
    return next < args.size() || !left.isEmpty()
        ? null
        : new Bound(target, out, defaults, distance);
  }

  /** Whether all tensors are BOOL, which only another truth value leaves so. */
  private static boolean onTruth(List<?> args) {
    return args.stream().allMatch(a -> !(a instanceof Tensor t) || t.dtype() == DType.BOOL);
  }

  /** Puts the Java value into {@code out[0]}; says how far it is from what was given, or −1. */
  static int convert(Object value, Parameter p, Object[] out) {
    Class<?> type = p.getType();
    Object v = value instanceof Golden.Tuple t ? t.items() : value;
    if (v == null) {
      if (type == Optional.class) {
        out[0] = Optional.empty();
        return 0;
      }
      if (type == OptionalInt.class || type == OptionalDouble.class) {
        out[0] = type == OptionalInt.class ? OptionalInt.empty() : OptionalDouble.empty();
        return 0;
      }
      if (type == int[].class) {
        out[0] = new int[0]; // no dimensions stand for all
        return 1;
      }
      boolean nullable =
          type == Number.class
              || type == Tensor.class
              || type == String.class
              || type == Integer.class;
      return nullable || type == Double.class ? 1 : -1;
    }
    if (type == OptionalInt.class || type == OptionalDouble.class) {
      boolean whole = type == OptionalInt.class;
      if (!(v instanceof Number n) || (whole && v instanceof Double)) {
        return -1;
      }
      out[0] = whole ? OptionalInt.of(n.intValue()) : OptionalDouble.of(n.doubleValue());
      return 1;
    }
    if (type == Optional.class) {
      out[0] = Optional.of(v);
      String inner = p.getParameterizedType().getTypeName();
      if (inner.contains("Integer") && v instanceof Long l) {
        out[0] = Optional.of(l.intValue());
        return 1;
      }
      if (inner.contains("Double") && v instanceof Number n) {
        out[0] = Optional.of(n.doubleValue());
        return 1;
      }
      return inner.contains("Tensor") == v instanceof Tensor ? 1 : -1;
    }
    if (type.isInstance(v) && !(v instanceof List)) {
      out[0] = v;
      return 0;
    }
    return switch (v) {
      case Long l -> whole(l, type, out);
      case Double d when type == double.class || type == Double.class -> {
        out[0] = d;
        yield 0;
      }
      case Double d when type == float.class -> {
        out[0] = d.floatValue();
        yield 1;
      }
      case Boolean b when type == boolean.class || type == Number.class -> {
        out[0] = type == boolean.class ? b : (Object) (b ? 1L : 0L);
        yield type == boolean.class ? 0 : 4;
      }
      case Golden.Named f when type == UnaryOperator.class -> {
        UnaryOperator<Tensor> call =
            x -> (Tensor) Calls.run(f.function(), List.of(x), Map.of()).getFirst();
        out[0] = call;
        yield 0;
      }
      case String s when type.isEnum() -> {
        for (Object constant : type.getEnumConstants()) {
          if (constant.toString().equalsIgnoreCase(s)
              || ((Enum<?>) constant).name().equalsIgnoreCase(s)) {
            out[0] = constant;
            yield 0;
          }
        }
        yield -1;
      }
      case List<?> list -> list(list, p, out);
      default -> -1;
    };
  }

  private static int whole(Long l, Class<?> type, Object[] out) {
    if (type == int.class || type == Integer.class) {
      if (l != l.intValue()) {
        return -1;
      }
      out[0] = l.intValue();
      return 0;
    }
    if (type == long.class) {
      out[0] = l;
      return 0;
    }
    if (type == double.class || type == Double.class) {
      out[0] = l.doubleValue();
      return 1;
    }
    if (type == int[].class || type == Integer[].class) {
      out[0] = type == int[].class ? new int[] {l.intValue()} : new Integer[] {l.intValue()};
      return 2;
    }
    return -1;
  }

  private static int list(List<?> list, Parameter p, Object[] out) {
    Class<?> type = p.getType();
    boolean whole = list.stream().allMatch(v -> v instanceof Long);
    boolean tensors = list.stream().allMatch(v -> v instanceof Tensor);
    if (type == int[].class && whole) {
      out[0] = Golden.ints(list);
      return 0;
    }
    if (type == Integer[].class && list.stream().allMatch(v -> v == null || v instanceof Long)) {
      out[0] =
          list.stream().map(v -> v == null ? null : ((Long) v).intValue()).toArray(Integer[]::new);
      return 0;
    }
    if (type == int[][].class
        && list.stream().allMatch(v -> v instanceof List || v instanceof Golden.Tuple)) {
      out[0] =
          list.stream()
              .map(v -> Golden.ints(v instanceof Golden.Tuple t ? t.items() : (List<?>) v))
              .toArray(int[][]::new);
      return 0;
    }
    if (type == Shape.class
        && whole
        && list.stream().allMatch(v -> ((Number) v).longValue() >= 0)) {
      out[0] = Shape.of(Golden.ints(list));
      return 1;
    }
    if (type == double[].class && list.stream().allMatch(v -> v instanceof Number)) {
      out[0] = list.stream().mapToDouble(v -> ((Number) v).doubleValue()).toArray();
      return 1;
    }
    if (type.isArray() && list.stream().allMatch(type.getComponentType()::isInstance)) {
      out[0] = list.toArray((Object[]) Array.newInstance(type.getComponentType(), list.size()));
      return 0;
    }
    if (List.class.isAssignableFrom(type)
        && (tensors || !p.getParameterizedType().getTypeName().contains("Tensor"))) {
      out[0] = list;
      return 0;
    }
    return -1;
  }
}
