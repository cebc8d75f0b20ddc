package gradus.conformance;

import gradus.nn.Layer;
import gradus.nn.RNNBase;
import gradus.nn.RNNCellBase;
import gradus.tensor.Tensor;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Samples of layers: built by their constructor arguments, loaded, called, differentiated. */
final class ModuleSuite {
  private ModuleSuite() {}

  static void run(Golden golden, Map<String, Object> sample) {
    var reader = golden.new Reader();
    Map<?, ?> ctor = (Map<?, ?>) sample.get("ctor");
    Layer layer =
        build(
            reader,
            (String) sample.get("module"),
            ctor,
            String.valueOf(sample.get("desc")).startsWith("from_pretrained"));
    layer.to(Golden.dtype((String) sample.get("dtype")));
    layer.train(!Boolean.FALSE.equals(sample.get("training")));
    var state = new LinkedHashMap<String, Tensor>();
    for (Object entry : (List<?>) sample.getOrDefault("state_dict", List.of())) {
      List<?> pair = (List<?>) entry;
      state.put((String) pair.get(0), golden.tensor((String) pair.get(1)));
    }
    shaped(layer, state);
    layer.loadStateDict(state);
    List<?> args = (List<?>) reader.value(sample.get("args"));
    List<Object> out = Calls.flat(forward(layer, args, OpSuite.kwargs(reader, sample)));
    var expected = new HashMap<>(sample);
    expected.put("out", OpSuite.outs(sample).stream().filter(o -> o != null).toList());
    OpSuite.outputs(golden, expected, out);
    gradients(golden, sample, reader, layer, out);
    after(golden, sample, layer);
  }

  /** Scalars of a state dict are stored with the shape they have there. */
  private static void shaped(Layer layer, Map<String, Tensor> state) {
    layer
        .stateDict()
        .forEach(
            (name, value) ->
                state.computeIfPresent(
                    name,
                    (_, t) -> t.numel() == value.numel() ? t.reshape(value.shape().toArray()) : t));
  }

  static Layer build(
      Golden.Reader reader, String torchClass, Map<?, ?> ctor, boolean fromPretrained) {
    String name = torchClass.substring(torchClass.lastIndexOf('.') + 1);
    Class<?> type = type(name.equals("Identity") ? "IdentityLayer" : name);
    var args = new ArrayList<Object>();
    ((List<?>) ctor.get("args")).forEach(a -> args.add(argument(reader, a)));
    var kwargs = new HashMap<String, Object>();
    ((Map<?, ?>) ctor.get("kwargs")).forEach((k, v) -> kwargs.put((String) k, argument(reader, v)));
    if (fromPretrained) {
      return (Layer)
          Binder.best(Binder.methods(type, "fromPretrained", true), args, kwargs)
              .orElseThrow(() -> new Unsupported(name + ".fromPretrained"))
              .invoke(null);
    }
    if (name.equals("Identity")) {
      args.clear();
    }
    if (kwargs.remove("_weight") instanceof Tensor weight) {
      args.clear();
      args.add(weight.requiresGrad(true)); // a shared table tells its sizes
    }
    List<Constructor<?>> constructors = Arrays.asList(type.getConstructors());
    return (Layer)
        Binder.best(constructors, args, kwargs)
            .orElseThrow(() -> new Unsupported("new " + name + " " + args + kwargs.keySet()))
            .invoke(null);
  }

  private static Class<?> type(String name) {
    try {
      Class<?> type = Class.forName("gradus.nn." + name);
      if (Layer.class.isAssignableFrom(type)) {
        return type;
      }
    } catch (ClassNotFoundException e) {
      // said below
    }
    throw new Unsupported("nn." + name);
  }

  private static Object argument(Golden.Reader reader, Object json) {
    if (json instanceof Map<?, ?> map && map.get("$module") instanceof Map<?, ?> module) {
      return build(reader, (String) module.get("class"), module, false);
    }
    return reader.value(json);
  }

  static Object forward(Layer layer, List<?> args, Map<String, Object> kwargs) {
    if (layer instanceof RNNBase || layer instanceof RNNCellBase) {
      return recurrent(layer, args, kwargs);
    }
    return Binder.best(Binder.methods(layer.getClass(), "forward", false), args, kwargs)
        .orElseThrow(
            () -> new Unsupported(layer.getClass().getSimpleName() + ".forward" + kwargs.keySet()))
        .invoke(layer);
  }

  /** All results, and the states of a pair as arguments of their own. */
  private static Object recurrent(Layer layer, List<?> args, Map<String, Object> kwargs) {
    var all = new ArrayList<Object>(args);
    all.addAll(kwargs.values()); // hx is the only one left
    var flat = new ArrayList<Object>();
    all.forEach(a -> flat.addAll(a instanceof Golden.Tuple t ? t.items() : List.of(a)));
    boolean alone = flat.size() == 1;
    var run = Binder.methods(layer.getClass(), "run", false);
    var methods =
        alone && !run.isEmpty() ? run : Binder.methods(layer.getClass(), "forward", false);
    return Binder.best(methods, flat, Map.of())
        .orElseThrow(() -> new Unsupported(layer.getClass().getSimpleName() + ".forward"))
        .invoke(layer);
  }

  private static void gradients(
      Golden golden,
      Map<String, Object> sample,
      Golden.Reader reader,
      Layer layer,
      List<Object> out) {
    if (!(sample.get("grad") instanceof Map<?, ?> grad)) {
      return;
    }
    List<?> cots = (List<?>) grad.get("cot");
    Tensor loss = null;
    for (int i = 0; i < cots.size(); i++) {
      if (cots.get(i) != null) {
        Tensor y = (Tensor) out.get(i);
        Tensor part = y.mul(golden.tensor((String) cots.get(i)).reshape(y.shape().toArray())).sum();
        loss = loss == null ? part : loss.add(part);
      }
    }
    if (loss != null && loss.requiresGrad()) {
      loss.backward();
    }
    double error = 4 * OpSuite.f32Error(sample);
    List<?> expected = (List<?>) grad.get("grads");
    for (int i = 0; i < expected.size(); i++) {
      Tensor input = reader.wanted.get(i);
      OpSuite.compareGradient(
          golden, "gradient " + i, expected.get(i), gradient(input), input, error);
    }
    Map<String, Tensor> parameters = layer.namedParameters();
    for (Object entry : (List<?>) grad.get("param_grads")) {
      List<?> pair = (List<?>) entry;
      Tensor parameter = parameters.get((String) pair.get(0));
      if (parameter == null) {
        throw new Compare.Mismatch("no parameter " + pair.get(0) + " among " + parameters.keySet());
      }
      OpSuite.compareGradient(
          golden, "gradient of " + pair.get(0), pair.get(1), gradient(parameter), parameter, error);
    }
  }

  private static Optional<Tensor> gradient(Tensor t) {
    return t.hasGrad() ? Optional.of(t.grad()) : Optional.empty();
  }

  private static void after(Golden golden, Map<String, Object> sample, Layer layer) {
    for (Object entry : (List<?>) sample.getOrDefault("state_dict_after", List.of())) {
      List<?> pair = (List<?>) entry;
      Tensor now = layer.stateDict().get(pair.get(0));
      Tensor expected = golden.tensor((String) pair.get(1)).reshape(now.shape().toArray());
      Compare.check("after: " + pair.get(0), expected, now, OpSuite.f32Error(sample), false);
    }
    if (sample.get("param_requires_grad") instanceof Map<?, ?> flags) {
      flags.forEach(
          (name, flag) -> {
            if (!flag.equals(layer.namedParameters().get((String) name).requiresGrad())) {
              throw new Compare.Mismatch(name + ".requiresGrad is not " + flag);
            }
          });
    }
  }

  static void error(Golden golden, Map<String, Object> sample) {
    var reader = golden.new Reader();
    Map<?, ?> ctor = (Map<?, ?>) sample.get("ctor");
    if ("ctor".equals(sample.get("stage"))) {
      OpSuite.mustFail(sample, () -> build(reader, (String) sample.get("module"), ctor, false));
      return;
    }
    Layer layer = build(reader, (String) sample.get("module"), ctor, false);
    List<?> args = (List<?>) reader.value(sample.get("args"));
    if (!args.isEmpty() && args.get(0) instanceof Tensor t && t.dtype().isFloatingPoint()) {
      layer.to(t.dtype());
    }
    OpSuite.mustFail(sample, () -> forward(layer, args, OpSuite.kwargs(reader, sample)));
  }
}
