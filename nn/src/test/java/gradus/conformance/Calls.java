package gradus.conformance;

import gradus.nn.Attended;
import gradus.nn.F;
import gradus.tensor.DType;
import gradus.tensor.Index;
import gradus.tensor.Tensor;
import gradus.tensor.ValuesIndices;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * From the name of a PyTorch function to the Java method of the same name in camelCase.
 *
 * <p>Only what Python spells with symbols or reserved words is listed here by hand.
 */
final class Calls {
  /** A call that is not spelled as a method of that name. */
  interface Spelled {
    Object call(List<?> args, Map<String, Object> kwargs);
  }

  private static final Map<String, Spelled> SPELLED = new HashMap<>();

  private static Tensor t(Object o) {
    if (o instanceof Tensor tensor) {
      return tensor;
    }
    throw new Unsupported("argument " + o);
  }

  private static Number n(Object o) {
    if (o instanceof Number number) {
      return number;
    }
    throw new Unsupported("argument " + o);
  }

  static {
    SPELLED.put("__radd__", (a, _) -> a.get(1) instanceof Number s ? t(a.get(0)).add(s) : t(a.get(1)).add(n(a.get(0))));
    SPELLED.put("__rmul__", (a, _) -> a.get(1) instanceof Number s ? t(a.get(0)).mul(s) : t(a.get(1)).mul(n(a.get(0))));
    SPELLED.put("__rsub__", (a, _) -> a.get(1) instanceof Number s ? t(a.get(0)).rsub(s) : t(a.get(1)).rsub(n(a.get(0))));
    Spelled rdiv =
        (a, _) ->
            a.get(1) instanceof Number s
                ? t(a.get(0)).reciprocal().mul(s)
                : t(a.get(1)).reciprocal().mul(n(a.get(0)));
    SPELLED.put("__rdiv__", rdiv);
    SPELLED.put("__rtruediv__", rdiv);
    SPELLED.put("__rmatmul__", (a, _) -> t(a.get(1)).matmul(t(a.get(0))));
    SPELLED.put("__rand__", (a, _) -> t(a.get(0)).bitwiseAnd(n(a.get(1))));
    SPELLED.put("__ror__", (a, _) -> t(a.get(0)).bitwiseOr(n(a.get(1))));
    SPELLED.put("__rxor__", (a, _) -> t(a.get(0)).bitwiseXor(n(a.get(1))));
    SPELLED.put("__getitem__", (a, _) -> t(a.get(0)).at(index(a.get(1))));
    SPELLED.put(
        "__setitem__",
        (a, _) -> {
          Tensor y = t(a.get(0)).clone();
          return a.get(2) instanceof Tensor v ? y.set(v, index(a.get(1))) : y.set(n(a.get(2)), index(a.get(1)));
        });
    SPELLED.put("float", (a, _) -> t(a.get(0)).toFloat());
    SPELLED.put("double", (a, _) -> t(a.get(0)).toDouble());
    SPELLED.put("int", (a, _) -> t(a.get(0)).toInt());
    SPELLED.put("long", (a, _) -> t(a.get(0)).toLong());
    SPELLED.put("bool", (a, _) -> t(a.get(0)).toBool());
    SPELLED.put("to", (a, k) -> to(a, k));
    SPELLED.put("type_as", (a, _) -> t(a.get(0)).to(t(a.get(1)).dtype()));
    SPELLED.put("true_divide", (a, _) -> a.get(1) instanceof Number s ? t(a.get(0)).div(s) : t(a.get(0)).div(t(a.get(1))));
    SPELLED.put("T", (a, _) -> t(a.get(0)).t());
    SPELLED.put("fill", (a, k) -> t(a.get(0)).clone().fill_(n(a.size() > 1 ? a.get(1) : k.get("value"))));
    SPELLED.put(
        "where",
        (a, k) ->
            Binder.best(Binder.methods(Tensor.class, "where", true), a, k)
                .orElseThrow(() -> new Unsupported("where"))
                .invoke(null));
    SPELLED.put("promote_types", (a, _) -> DType.promote((DType) a.get(0), (DType) a.get(1)));
    SPELLED.put("tensor", (_, _) -> unsupported("tensor"));
    SPELLED.put("nn.functional._scaled_dot_product_attention", (a, k) -> attention(a, k));
    SPELLED.put("index_put", (a, k) -> indexPut(a, k));
  }

  private Calls() {}

  private static Object unsupported(String what) {
    throw new Unsupported(what);
  }

  private static Object to(List<?> args, Map<String, Object> kwargs) {
    for (Object a : args.subList(1, args.size())) {
      if (a instanceof DType d) {
        return t(args.get(0)).to(d);
      }
      if (a instanceof Tensor other) {
        return t(args.get(0)).to(other.dtype());
      }
    }
    return kwargs.get("dtype") instanceof DType d ? t(args.get(0)).to(d) : t(args.get(0));
  }

  /** PyTorch 1.13's private form returns the weights too: what attention takes from an identity matrix. */
  private static Object attention(List<?> args, Map<String, Object> kwargs) {
    String name = "nn.functional.scaled_dot_product_attention";
    var left = new HashMap<>(kwargs);
    left.remove("need_attn_weights");
    if (args.size() > 3 || !left.getOrDefault("dropout_p", 0.0).equals(0.0)) {
      throw new Unsupported("attention with dropout or positional options");
    }
    int sources = t(args.get(1)).size(-2);
    Tensor identity = Tensor.eye(sources).to(t(args.get(2)).dtype());
    int[] shape = t(args.get(1)).shape().toArray();
    shape[shape.length - 1] = sources;
    var out = new ArrayList<Object>(run(name, args, left));
    out.addAll(run(name, List.of(args.get(0), args.get(1), identity.expand(shape)), left));
    return out;
  }

  private static Object indexPut(List<?> args, Map<String, Object> kwargs) {
    Object list = args.get(1) instanceof Golden.Tuple tuple ? tuple.items() : args.get(1);
    List<Tensor> indices = ((List<?>) list).stream().map(Calls::t).toList();
    boolean accumulate = Boolean.TRUE.equals(args.size() > 3 ? args.get(3) : kwargs.get("accumulate"));
    return t(args.get(0)).clone().indexPut_(indices, t(args.get(2)), accumulate);
  }

  /** Python's index: a tuple is an index list, a list of numbers one index tensor. */
  static Object[] index(Object index) {
    if (index instanceof Golden.Tuple tuple) {
      return tuple.items().stream().map(Calls::entry).toArray();
    }
    if (index instanceof List<?> list && list.stream().anyMatch(v -> !(v instanceof Long || v instanceof Boolean))) {
      return list.stream().map(Calls::entry).toArray();
    }
    return new Object[] {entry(index)};
  }

  private static Object entry(Object e) {
    if (e == null) {
      return Index.NEW_AXIS;
    }
    if (e instanceof Long l) {
      return l.intValue();
    }
    if (e instanceof Golden.Tuple tuple) {
      return nested(tuple.items());
    }
    if (e instanceof List<?> list) {
      return nested(list);
    }
    return e;
  }

  /** Lists of lists of numbers or truth values as an index tensor. */
  private static Tensor nested(List<?> list) {
    if (list.stream().allMatch(v -> v instanceof Long)) {
      return Tensor.fromArray(list.stream().mapToLong(v -> (Long) v).toArray(), list.size());
    }
    if (list.stream().allMatch(v -> v instanceof Boolean)) {
      boolean[] mask = new boolean[list.size()];
      for (int i = 0; i < mask.length; i++) {
        mask[i] = (Boolean) list.get(i);
      }
      return Tensor.fromArray(mask, mask.length);
    }
    return Tensor.stack(
        list.stream().map(v -> v instanceof List<?> l ? nested(l) : nested(((Golden.Tuple) v).items())).toList());
  }

  /** Runs the function and returns its outputs in a flat list. */
  static List<Object> run(String op, List<?> args, Map<String, Object> kwargs) {
    Spelled spelled = SPELLED.get(op);
    if (spelled != null) {
      return flat(spelled.call(args, kwargs));
    }
    if (op.startsWith("nn.functional.")) {
      String name = Binder.camel(op.substring("nn.functional.".length()));
      return flat(
          Binder.best(Binder.methods(F.class, name, true), args, kwargs)
              .orElseThrow(() -> new Unsupported("F." + name))
              .invoke(null));
    }
    if (op.contains(".")) {
      throw new Unsupported(op);
    }
    return flat(method(Binder.camel(op), args, kwargs));
  }

  private static Object method(String name, List<?> args, Map<String, Object> kwargs) {
    if (!args.isEmpty() && args.get(0) instanceof Tensor self) {
      Optional<Binder.Bound> bound =
          Binder.best(Binder.methods(Tensor.class, name, false), args.subList(1, args.size()), kwargs);
      if (bound.isPresent()) {
        return bound.get().invoke(self);
      }
    }
    return Binder.best(Binder.methods(Tensor.class, name, true), args, kwargs)
        .orElseThrow(() -> new Unsupported(name))
        .invoke(null);
  }

  /** The in-place variant {@code x.op_(…)}. */
  static void inPlace(String op, Tensor self, List<?> rest, Map<String, Object> kwargs) {
    String name = Binder.camel(op) + "_";
    Binder.best(Binder.methods(Tensor.class, name, false), rest, kwargs)
        .orElseThrow(() -> new Unsupported(name))
        .invoke(self);
  }

  static List<Object> flat(Object result) {
    var out = new ArrayList<Object>();
    switch (result) {
      case Attended attended -> {
        out.add(attended.output());
        if (attended.hasWeights()) {
          out.add(attended.weights());
        }
      }
      case ValuesIndices(Tensor values, Tensor indices) -> out.addAll(List.of(values, indices));
      case List<?> list -> list.forEach(r -> out.addAll(flat(r)));
      case Object[] array -> Arrays.asList(array).forEach(r -> out.addAll(flat(r)));
      case Optional<?> optional -> out.addAll(optional.isPresent() ? flat(optional.get()) : List.of());
      case Record record -> {
        for (var component : record.getClass().getRecordComponents()) {
          try {
            out.addAll(flat(component.getAccessor().invoke(record)));
          } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
          }
        }
      }
      case null -> {}
      default -> out.add(result);
    }
    return out;
  }
}
