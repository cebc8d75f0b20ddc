package gradus.conformance;

import gradus.autograd.Autograd;
import gradus.tensor.GradMode;
import gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Small programs with views, in-place ops, accumulation and errors, run step by step. */
final class ProgramSuite {
  private final Golden golden;
  private final Map<String, Object> sample;
  private final Map<String, Object> variables = new LinkedHashMap<>();
  private final Map<String, Tensor> leaves = new LinkedHashMap<>();
  private boolean backwardFailed;

  private ProgramSuite(Golden golden, Map<String, Object> sample) {
    this.golden = golden;
    this.sample = sample;
  }

  static void run(Golden golden, Map<String, Object> sample) {
    new ProgramSuite(golden, sample).run();
  }

  private void run() {
    var reader = golden.new Reader();
    ((Map<?, ?>) sample.get("leaves"))
        .forEach(
            (name, json) -> {
              Tensor leaf = (Tensor) reader.value(json);
              variables.put((String) name, leaf);
              leaves.put((String) name, leaf);
            });
    List<?> steps = (List<?>) sample.get("steps");
    Map<?, ?> error = (Map<?, ?>) sample.get("error");
    int failing = error == null ? -1 : ((Number) error.get("step")).intValue();
    for (int i = 0; i < steps.size(); i++) {
      Map<?, ?> step = (Map<?, ?>) steps.get(i);
      if (i == failing) {
        OpSuite.mustFail(Map.of("src", "program", "error", error), () -> step(reader, step));
        backwardFailed = step.get("call").equals("backward");
        break;
      }
      step(reader, step);
    }
    compareValues();
    if (!backwardFailed) {
      compareGradients();
    }
  }

  private Object argument(Golden.Reader reader, Object json) {
    if (json instanceof Map<?, ?> map && map.containsKey("$var")) {
      return variables.get((String) map.get("$var"));
    }
    if (json instanceof List<?> list) {
      var out = new ArrayList<Object>();
      list.forEach(v -> out.add(argument(reader, v)));
      return out;
    }
    return reader.value(json);
  }

  private Object step(Golden.Reader reader, Map<?, ?> step) {
    String call = (String) step.get("call");
    var args = new ArrayList<Object>();
    Object given = step.get("args");
    if (given instanceof List<?> list) {
      list.forEach(a -> args.add(argument(reader, a)));
    }
    var kwargs = new HashMap<String, Object>();
    if (step.get("kwargs") instanceof Map<?, ?> map) {
      map.forEach((k, v) -> kwargs.put((String) k, argument(reader, v)));
    }
    Object result =
        switch (call) {
          case "getitem" -> ((Tensor) args.get(0)).at(index(reader, step));
          case "setitem" -> {
            Object[] index = index(reader, step);
            Tensor x = (Tensor) args.get(0);
            yield args.get(1) instanceof Tensor v
                ? x.set(v, index)
                : x.set((Number) args.get(1), index);
          }
          case "backward" -> {
            Object gradient =
                step.containsKey("grad") ? argument(reader, gradientOf(step.get("grad"))) : null;
            boolean retain = Boolean.TRUE.equals(kwargs.get("retain_graph"));
            boolean create = Boolean.TRUE.equals(kwargs.get("create_graph"));
            ((Tensor) args.get(0))
                .backward(
                    (Tensor) gradient, retain || step.get("retain_graph") == Boolean.TRUE, create);
            yield null;
          }
          case "grad" -> grad(args, kwargs);
          case "set_requires_grad" -> ((Tensor) args.get(0)).requiresGrad((Boolean) args.get(1));
          case "no_grad_step" -> {
            try (var _ = GradMode.noGrad()) {
              yield step(reader, (Map<?, ?>) step.get("step"));
            }
          }
          default -> call(call, args, kwargs);
        };
    store(step.get("out"), result);
    return result;
  }

  /** The index is a tuple of numbers and slices. */
  private static Object[] index(Golden.Reader reader, Map<?, ?> step) {
    return Calls.index(
        reader.value(step.get("index")) instanceof List<?> list
            ? new Golden.Tuple(list)
            : reader.value(step.get("index")));
  }

  private Object gradientOf(Object json) {
    return json instanceof String key ? Map.of("$key", key) : json;
  }

  private static Object grad(List<Object> args, Map<String, Object> kwargs) {
    boolean create = Boolean.TRUE.equals(kwargs.get("create_graph"));
    boolean retain = Boolean.TRUE.equals(kwargs.get("retain_graph"));
    List<Tensor> inputs =
        args.get(1) instanceof List<?> list
            ? list.stream().map(t -> (Tensor) t).toList()
            : List.of((Tensor) args.get(1));
    return Autograd.grad(List.of((Tensor) args.get(0)), inputs, null, retain, create);
  }

  private static Object call(String call, List<Object> args, Map<String, Object> kwargs) {
    if (call.endsWith("_")) {
      Calls.inPlace(
          call.substring(0, call.length() - 1),
          (Tensor) args.get(0),
          args.subList(1, args.size()),
          kwargs);
      return args.get(0);
    }
    List<Object> out = Calls.run(call, args, kwargs);
    return out.size() == 1 ? out.get(0) : out;
  }

  private void store(Object out, Object result) {
    if (out instanceof String name) {
      variables.put(
          name, result instanceof List<?> list && list.size() == 1 ? list.get(0) : result);
    } else if (out instanceof List<?> names) {
      for (int i = 0; i < names.size(); i++) {
        variables.put((String) names.get(i), ((List<?>) result).get(i));
      }
    }
  }

  private void compareValues() {
    if (!(sample.get("values") instanceof Map<?, ?> values)) {
      return;
    }
    values.forEach(
        (name, json) -> {
          Map<?, ?> expected = (Map<?, ?>) json;
          if (!(variables.get((String) name) instanceof Tensor got)) {
            return;
          }
          Object out = expected.containsKey("value") ? expected.get("value") : expected;
          if (out instanceof Map<?, ?> map && map.containsKey("$out")) {
            Compare.output(golden, out, got, 0, false);
          } else if (out instanceof String key) {
            Compare.check(
                (String) name, golden.tensor(key).reshape(got.shape().toArray()), got, 0, false);
          } else if (expected.get("data") instanceof String key) {
            Compare.check(
                (String) name, golden.tensor(key).reshape(got.shape().toArray()), got, 0, false);
          }
          if (expected.get("$out") instanceof Map<?, ?> about && !sample.containsKey("error")) {
            same(name + ".requiresGrad", about.get("requires_grad"), got.requiresGrad());
            same(name + ".isLeaf", about.get("is_leaf"), got.isLeaf());
            same(name + ".version", about.get("version"), got.version());
          }
        });
  }

  private static void same(String what, Object expected, Object got) {
    if (expected != null && !expected.equals(got)) {
      throw new Compare.Mismatch(what + " is " + got + ", expected " + expected);
    }
  }

  private void compareGradients() {
    if (!(sample.get("grads") instanceof Map<?, ?> grads)) {
      return;
    }
    grads.forEach(
        (name, expected) -> {
          Tensor leaf = leaves.get((String) name);
          Tensor tensor = leaf == null ? (Tensor) variables.get((String) name) : leaf;
          Optional<Tensor> got = tensor.hasGrad() ? Optional.of(tensor.grad()) : Optional.empty();
          Object key = expected instanceof Map<?, ?> map ? map.get("data") : expected;
          OpSuite.compareGradient(golden, "grad of " + name, key, got, tensor, 0);
        });
  }
}
