package gradus.conformance;

import gradus.nn.Attended;
import gradus.nn.F;
import gradus.tensor.DType;
import gradus.tensor.Index;
import gradus.tensor.Masked;
import gradus.tensor.Tensor;
import gradus.tensor.ValuesIndices;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;

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
    reversed("add", Tensor::add, Tensor::add);
    reversed("mul", Tensor::mul, Tensor::mul);
    reversed("sub", Tensor::rsub, Tensor::rsub);
    reversed("pow", Tensor::rpow, (x, y) -> y.detach().pow(x)); // PyTorch makes a constant of y
    reversed("mod", Tensor::rmod, (x, y) -> y.remainder(x));
    reversed("floordiv", Tensor::rfloorDivide, (x, y) -> y.floorDivide(x));
    reversed("div", Tensor::rdiv, (x, y) -> x.reciprocal().mul(y));
    reversed("truediv", Tensor::rdiv, (x, y) -> x.reciprocal().mul(y));
    reversed("matmul", (_, _) -> t(null), (x, y) -> y.matmul(x));
    reversed("and", Tensor::bitwiseAnd, Tensor::bitwiseAnd);
    reversed("or", Tensor::bitwiseOr, Tensor::bitwiseOr);
    reversed("xor", Tensor::bitwiseXor, Tensor::bitwiseXor);
    for (String name : List.of("atleast_1d", "atleast_2d", "atleast_3d")) {
      SPELLED.put(name, (a, k) -> method(camel(name), a.size() > 1 ? List.of(a) : a, k));
    }
    for (String name : List.of("zero_", "fill_", "copy_")) {
      SPELLED.put(
          name,
          (a, k) -> {
            var args = new ArrayList<Object>(a);
            args.set(0, t(a.get(0)).clone());
            return instance(camel(name) + "_", args, k).orElseThrow(() -> new Unsupported(name));
          });
    }
    SPELLED.put(
        "meshgrid",
        (a, k) -> Tensor.meshgrid(tensors(a), (String) k.getOrDefault("indexing", "ij")));
    SPELLED.put(
        "polygamma",
        (a, _) ->
            a.get(0) instanceof Long n
                ? t(a.get(1)).polygamma(n.intValue())
                : t(a.get(0)).polygamma(n(a.get(1)).intValue()));
    SPELLED.put("unique", (a, k) -> unique(a, k));
    SPELLED.put("linspace", (a, k) -> linspace(a, k));
    SPELLED.put("trapz", (a, k) -> method("trapezoid", a, k));
    SPELLED.put("H", (a, _) -> t(a.get(0)).t());
    SPELLED.put("linalg.multi_dot", (a, _) -> Tensor.multiDot(tensors(a)));
    SPELLED.put(
        "linalg.cross",
        (a, k) -> method("cross", a, k.isEmpty() && a.size() == 2 ? Map.of("dim", -1L) : k));
    SPELLED.put(
        "norm",
        (a, k) ->
            a.contains("nuc") || "nuc".equals(k.get("p"))
                ? unsupported("nuclear norm")
                : method("norm", a, k));
    SPELLED.put("slice", (a, _) -> slice(a));
    SPELLED.put("nonzero", (a, k) -> nonzero(t(a.get(0)), k));
    SPELLED.put("__getitem__", (a, _) -> t(a.get(0)).at(index(a.get(1))));
    SPELLED.put(
        "__setitem__",
        (a, _) -> {
          Tensor y = t(a.get(0)).clone();
          return a.get(2) instanceof Tensor v
              ? y.set(v, index(a.get(1)))
              : y.set(n(a.get(2)), index(a.get(1)));
        });
    SPELLED.put("float", (a, _) -> t(a.get(0)).toFloat());
    SPELLED.put("double", (a, _) -> t(a.get(0)).toDouble());
    SPELLED.put("int", (a, _) -> t(a.get(0)).toInt());
    SPELLED.put("long", (a, _) -> t(a.get(0)).toLong());
    SPELLED.put("bool", (a, _) -> t(a.get(0)).toBool());
    SPELLED.put("to", (a, k) -> to(a, k));
    SPELLED.put("type_as", (a, _) -> t(a.get(0)).to(t(a.get(1)).dtype()));
    SPELLED.put(
        "true_divide",
        (a, _) -> a.get(1) instanceof Number s ? t(a.get(0)).div(s) : t(a.get(0)).div(t(a.get(1))));
    SPELLED.put("T", (a, _) -> t(a.get(0)).dim() < 2 ? t(a.get(0)).t() : backwards(t(a.get(0))));
    SPELLED.put(
        "fill", (a, k) -> t(a.get(0)).clone().fill_(n(a.size() > 1 ? a.get(1) : k.get("value"))));
    SPELLED.put(
        "where",
        (a, k) ->
            Binder.best(Binder.methods(Tensor.class, "where", true), a, k)
                .orElseThrow(() -> new Unsupported("where"))
                .invoke(null));
    SPELLED.put("promote_types", (a, _) -> DType.promote((DType) a.get(0), (DType) a.get(1)));
    SPELLED.put("tensor", (a, k) -> tensor(a, k));
    SPELLED.put("constant_pad_nd", (a, k) -> pad(a, k));
    SPELLED.put("cdist", (a, k) -> method("cdist", a.subList(0, Math.min(3, a.size())), k));
    SPELLED.put("nn.functional._scaled_dot_product_attention", (a, k) -> attention(a, k));
    SPELLED.put("native_layer_norm", (a, k) -> NativeForms.layerNorm(a));
    SPELLED.put("native_batch_norm", (a, k) -> NativeForms.batchNorm(a));
    SPELLED.put("index_put", (a, k) -> indexPut(a, k));
  }

  private Calls() {}

  private static String camel(String snake) {
    return Binder.camel(snake);
  }

  /** {@code __radd__(x, y)} is {@code y + x}, whichever of them is a number. */
  private static void reversed(
      String name, BiFunction<Tensor, Number, Tensor> ofNumber, BinaryOperator<Tensor> ofTensors) {
    SPELLED.put(
        "__r" + name + "__",
        (a, _) -> {
          if (a.get(0) instanceof Tensor x && a.get(1) instanceof Tensor y) {
            return ofTensors.apply(x, y);
          }
          return a.get(0) instanceof Tensor x
              ? ofNumber.apply(x, n(a.get(1)))
              : ofNumber.apply(t(a.get(1)), n(a.get(0)));
        });
  }

  private static List<Tensor> tensors(List<?> args) {
    List<?> list = args.size() == 1 && args.get(0) instanceof List<?> inner ? inner : args;
    return (args.size() == 1 && args.get(0) instanceof Golden.Tuple tuple ? tuple.items() : list)
        .stream().map(Calls::t).toList();
  }

  private static Object unique(List<?> args, Map<String, Object> kwargs) {
    if (Boolean.FALSE.equals(kwargs.get("sorted"))) {
      throw new Unsupported("unique in the order of PyTorch's hash table");
    }
    return method("unique", args, kwargs);
  }

  private static Object linspace(List<?> args, Map<String, Object> kwargs) {
    if (kwargs.get("dtype") instanceof DType d && !d.isFloatingPoint()) {
      throw new Unsupported("linspace of whole numbers, which PyTorch 1.13 rounds unevenly");
    }
    return method("linspace", args, kwargs);
  }

  private static Object pad(List<?> args, Map<String, Object> kwargs) {
    Object value = args.size() > 2 ? args.get(2) : kwargs.getOrDefault("value", 0.0);
    Object number = value instanceof Boolean b ? (b ? 1.0 : 0.0) : value;
    return run(
        "nn.functional.pad", List.of(args.get(0), args.get(1), "constant", number), Map.of());
  }

  /** {@code torch.tensor} of numbers or truth values. */
  private static Tensor tensor(List<?> args, Map<String, Object> kwargs) {
    boolean scalar = !(args.get(0) instanceof List<?>);
    List<?> values = args.get(0) instanceof List<?> list ? list : List.of(args.get(0));
    boolean truth = !values.isEmpty() && values.stream().allMatch(v -> v instanceof Boolean);
    boolean whole =
        !values.isEmpty()
            && values.stream().allMatch(v -> v instanceof Boolean || v instanceof Long);
    double[] numbers = new double[values.size()];
    for (int i = 0; i < numbers.length; i++) {
      Object v = values.get(i);
      numbers[i] = v instanceof Boolean b ? (b ? 1 : 0) : n(v).doubleValue();
    }
    DType absent = truth ? DType.BOOL : whole ? DType.INT64 : DType.FLOAT32;
    DType dtype = (DType) kwargs.getOrDefault("dtype", absent);
    if (!dtype.isFloatingPoint() && Arrays.stream(numbers).anyMatch(v -> !Double.isFinite(v))) {
      throw new Unsupported("infinite numbers as whole ones");
    }
    Tensor exact = Tensor.fromArray(numbers, numbers.length).to(dtype);
    return scalar ? exact.reshape() : exact;
  }

  private static Tensor backwards(Tensor x) {
    int[] dims = new int[x.dim()];
    Arrays.setAll(dims, i -> dims.length - 1 - i);
    return x.permute(dims);
  }

  private static int number(List<?> args, int i, int absent) {
    return i < args.size() && args.get(i) != null ? n(args.get(i)).intValue() : absent;
  }

  private static Tensor slice(List<?> args) {
    long end =
        args.size() > 3 && args.get(3) != null ? n(args.get(3)).longValue() : Integer.MAX_VALUE;
    int last = (int) Math.min(end, Integer.MAX_VALUE);
    return t(args.get(0)).slice(number(args, 1, 0), number(args, 2, 0), last, number(args, 4, 1));
  }

  private static Object nonzero(Tensor x, Map<String, Object> kwargs) {
    return Boolean.TRUE.equals(kwargs.get("as_tuple"))
        ? (x.dim() == 0 ? x.reshape(1) : x).nonzero().unbind(1)
        : x.nonzero();
  }

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

  /**
   * PyTorch 1.13's private form returns the weights too: what attention takes from an identity
   * matrix.
   */
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
    boolean accumulate =
        Boolean.TRUE.equals(args.size() > 3 ? args.get(3) : kwargs.get("accumulate"));
    return t(args.get(0)).clone().indexPut_(indices, t(args.get(2)), accumulate);
  }

  /** Python's index: a tuple is an index list, a list of numbers one index tensor. */
  static Object[] index(Object index) {
    if (index instanceof Golden.Tuple tuple) {
      return tuple.items().stream().map(Calls::entry).toArray();
    }
    if (index instanceof List<?> list
        && list.stream().anyMatch(v -> !(v instanceof Long || v instanceof Boolean))) {
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
        list.stream()
            .map(v -> v instanceof List<?> l ? nested(l) : nested(((Golden.Tuple) v).items()))
            .toList());
  }

  /** Runs the function and returns its outputs in a flat list. */
  static List<Object> run(String op, List<?> args, Map<String, Object> kwargs) {
    Spelled spelled = SPELLED.get(op);
    if (spelled != null) {
      return flat(spelled.call(args, kwargs));
    }
    if (op.startsWith("nn.functional.") && op.contains("max_pool")) {
      return flat(NativeForms.maxPool(op, args, kwargs));
    }
    if (op.startsWith("nn.functional.")) {
      String name = Binder.camel(op.substring("nn.functional.".length()));
      return flat(
          Binder.best(Binder.methods(F.class, name, true), args, kwargs)
              .orElseThrow(() -> new Unsupported("F." + name))
              .invoke(null));
    }
    if (op.startsWith("masked.")) {
      String masked = camel(op.substring("masked.".length()));
      return flat(
          Binder.best(Binder.methods(Masked.class, masked, true), args, kwargs)
              .orElseThrow(() -> new Unsupported(op))
              .invoke(null));
    }
    String name = op.startsWith("special.") ? op.substring("special.".length()) : op;
    if (name.contains(".")) {
      throw new Unsupported(op);
    }
    return flat(method(Binder.camel(name), args, kwargs));
  }

  private static Optional<Object> instance(String name, List<?> args, Map<String, Object> kwargs) {
    if (args.isEmpty() || !(args.get(0) instanceof Tensor self)) {
      return Optional.empty();
    }
    return Binder.best(
            Binder.methods(Tensor.class, name, false), args.subList(1, args.size()), kwargs)
        .map(bound -> bound.invoke(self));
  }

  private static Object method(String name, List<?> args, Map<String, Object> kwargs) {
    return instance(name, args, kwargs)
        .orElseGet(
            () ->
                Binder.best(Binder.methods(Tensor.class, name, true), args, kwargs)
                    .orElseThrow(() -> new Unsupported(name))
                    .invoke(null));
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
      case Optional<?> optional ->
          out.addAll(optional.isPresent() ? flat(optional.get()) : List.of());
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
