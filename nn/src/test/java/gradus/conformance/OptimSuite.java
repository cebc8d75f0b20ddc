package gradus.conformance;

import gradus.nn.optim.ClipGrad;
import gradus.nn.optim.LBFGS;
import gradus.nn.optim.Optimizer;
import gradus.nn.optim.ParamGroup;
import gradus.nn.optim.lrscheduler.LRScheduler;
import gradus.nn.optim.lrscheduler.ReduceLROnPlateau;
import gradus.tensor.GradMode;
import gradus.tensor.Tensor;
import gradus.tensor.spi.Internals;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;

/**
 * Samples of optimizers (parameters after each step), of learning-rate schedules, and of gradient
 * clipping.
 */
final class OptimSuite {
  private OptimSuite() {}

  static void run(Golden golden, Map<String, Object> sample) {
    String op = (String) sample.get("op");
    if (sample.containsKey("scheduler")) {
      schedule(golden, sample);
    } else if (op.startsWith("clip_grad")) {
      clip(golden, sample, op);
    } else {
      steps(golden, sample);
    }
  }

  private static Class<?> type(String name) {
    for (String room : List.of("gradus.nn.optim.", "gradus.nn.optim.lrscheduler.")) {
      try {
        return Class.forName(room + name);
      } catch (ClassNotFoundException e) {
        continue;
      }
    }
    throw new Unsupported("optim." + name);
  }

  static Optimizer optimizer(String name, List<Tensor> params, Map<String, Object> kwargs) {
    return (Optimizer)
        Binder.best(Arrays.asList(type(name).getConstructors()), List.of(params), kwargs)
            .orElseThrow(() -> new Unsupported("new " + name + kwargs.keySet()))
            .invoke(null);
  }

  private static void steps(Golden golden, Map<String, Object> sample) {
    var reader = golden.new Reader();
    var params = new ArrayList<Tensor>();
    for (Object key : (List<?>) sample.get("params0")) {
      params.add(golden.tensor((String) key).requiresGrad(true));
    }
    Map<String, Object> kwargs = OpSuite.kwargs(reader, sample);
    Optimizer optimizer;
    if (sample.get("param_groups") instanceof List<?> groups) {
      optimizer = grouped(reader, (String) sample.get("op"), params, kwargs, groups);
    } else {
      optimizer = optimizer((String) sample.get("op"), params, kwargs);
    }
    for (Object step : (List<?>) sample.get("steps")) {
      List<?> grads = (List<?>) ((Map<?, ?>) step).get("grads");
      for (int i = 0; i < params.size(); i++) {
        give(golden, params.get(i), grads.get(i));
      }
      if (optimizer instanceof LBFGS) {
        optimizer.step(() -> loss(golden, sample, params));
      } else {
        optimizer.step();
      }
      List<?> after = (List<?>) ((Map<?, ?>) step).get("params");
      for (int i = 0; i < params.size(); i++) {
        Tensor expected =
            golden.tensor((String) after.get(i)).reshape(params.get(i).shape().toArray());
        Compare.check(
            "parameter " + i, expected, params.get(i).detach(), OpSuite.f32Error(sample), false);
      }
    }
  }

  /** What a closure does in a sample with a problem: {@code mean((X @ p0 + p1 + p2 - Y)**2)}. */
  private static Tensor loss(Golden golden, Map<String, Object> sample, List<Tensor> params) {
    if (!(sample.get("problem") instanceof Map<?, ?> problem) || params.size() != 3) {
      throw new Unsupported("a closure without its problem");
    }
    params.forEach(Tensor::zeroGrad);
    Tensor x = golden.tensor((String) problem.get("X"));
    Tensor y = golden.tensor((String) problem.get("Y"));
    Tensor loss =
        x.matmul(params.get(0)).add(params.get(1)).add(params.get(2)).sub(y).square().mean();
    loss.backward();
    return loss;
  }

  private static Optimizer grouped(
      Golden.Reader reader,
      String name,
      List<Tensor> params,
      Map<String, Object> kwargs,
      List<?> groups) {
    Optimizer optimizer = null;
    for (Object json : groups) {
      Map<?, ?> group = (Map<?, ?>) json;
      List<Tensor> members =
          ((List<?>) group.get("params"))
              .stream().map(i -> params.get(((Number) i).intValue())).toList();
      var options = new HashMap<String, Object>();
      ((Map<?, ?>) group.get("kwargs")).forEach((k, v) -> options.put((String) k, reader.value(v)));
      if (optimizer == null) {
        optimizer = optimizer(name, members, kwargs);
        ParamGroup first = optimizer.paramGroups().getFirst();
        options.forEach(first::set);
      } else {
        optimizer.addParamGroup(members, options);
      }
    }
    return optimizer;
  }

  private static void give(Golden golden, Tensor param, Object grad) {
    param.zeroGrad();
    if (grad instanceof String key) {
      param.setGrad(golden.tensor(key).reshape(param.shape().toArray()));
    } else if (grad instanceof Map<?, ?> map) {
      Map<?, ?> sparse = (Map<?, ?>) map.get("$sparse");
      Tensor indices = golden.tensor((String) sparse.get("indices")).flatten();
      param.setGrad(
          Internals.get()
              .sparse(param.shape(), indices, golden.tensor((String) sparse.get("values"))));
    }
  }

  private static void clip(Golden golden, Map<String, Object> sample, String op) {
    var reader = golden.new Reader();
    List<?> grads = (List<?>) sample.get("grads");
    var params = new ArrayList<Tensor>();
    for (Object key : grads) {
      Tensor g =
          key == null
              ? Tensor.zeros(Golden.dtype((String) sample.get("dtype")), 1)
              : golden.tensor((String) key);
      Tensor param = Tensor.zerosLike(g).requiresGrad(true);
      if (key != null) {
        param.setGrad(g);
      }
      params.add(param);
    }
    if (op.equals("clip_grad_value_")) {
      ClipGrad.clipGradValue(
          params, ((Number) reader.value(sample.get("clip_value"))).doubleValue());
    } else {
      double maxNorm = ((Number) reader.value(sample.get("max_norm"))).doubleValue();
      Object type = reader.value(sample.get("norm_type"));
      double norm =
          ClipGrad.clipGradNorm(params, maxNorm, type == null ? 2 : ((Number) type).doubleValue());
      Object expected =
          sample.containsKey("total_norm") ? sample.get("total_norm") : sample.get("norm");
      if (expected != null) {
        double wanted = number(golden, reader, expected);
        boolean close = Math.abs(norm - wanted) <= 1.3e-6 * Math.max(1, Math.abs(wanted));
        if (!close && Double.compare(norm, wanted) != 0) {
          throw new Compare.Mismatch("norm is " + norm + ", expected " + wanted);
        }
      }
    }
    List<?> after = (List<?>) sample.get("grads_after");
    for (int i = 0; i < params.size(); i++) {
      if (after.get(i) != null) {
        Compare.check(
            "gradient " + i, golden.tensor((String) after.get(i)), params.get(i).grad(), 0, false);
      }
    }
  }

  /** A number, plain or as the only element of a tensor. */
  private static double number(Golden golden, Golden.Reader reader, Object json) {
    Object data =
        json instanceof Map<?, ?> map && map.get("$out") instanceof Map<?, ?> out
            ? out.get("data")
            : json;
    Object value = data instanceof String key ? golden.tensor(key) : reader.value(data);
    return value instanceof Tensor t ? t.detach().item() : ((Number) value).doubleValue();
  }

  private static void schedule(Golden golden, Map<String, Object> sample) {
    var reader = golden.new Reader();
    var optimizerOptions = new HashMap<String, Object>();
    ((Map<?, ?>) sample.get("optimizer_kwargs"))
        .forEach((k, v) -> optimizerOptions.put((String) k, reader.value(v)));
    Tensor one = Tensor.zeros(1).requiresGrad(true);
    Optimizer optimizer =
        optimizer((String) sample.get("optimizer"), List.of(one), optimizerOptions);
    if (Boolean.TRUE.equals(sample.get("two_groups"))) {
      optimizer.addParamGroup(List.of(Tensor.zeros(1).requiresGrad(true)), Map.of("lr", 0.05));
    }
    Map<String, Object> kwargs = OpSuite.kwargs(reader, sample);
    Object scheduler = scheduler(reader, sample, optimizer, kwargs);
    List<?> lrs = (List<?>) sample.get("lrs");
    List<?> metrics = (List<?>) sample.getOrDefault("metrics", List.of());
    compare(reader, optimizer, (Map<?, ?>) lrs.get(0), 0);
    for (int t = 1; t < lrs.size(); t++) {
      try (var _ = GradMode.noGrad()) {
        optimizer.step();
      }
      if (scheduler instanceof ReduceLROnPlateau plateau) {
        plateau.step(((Number) reader.value(metrics.get(t - 1))).doubleValue());
      } else {
        ((LRScheduler) scheduler).step();
      }
      compare(reader, optimizer, (Map<?, ?>) lrs.get(t), t);
    }
  }

  private static Object scheduler(
      Golden.Reader reader,
      Map<String, Object> sample,
      Optimizer optimizer,
      Map<String, Object> kwargs) {
    String name = (String) sample.get("op");
    var constructors = Arrays.asList(type(name).getConstructors());
    if (sample.get("lambdas") instanceof List<?> lambdas) {
      var functions = new ArrayList<IntToDoubleFunction>();
      for (Object lambda : lambdas) {
        List<?> values = (List<?>) ((Map<?, ?>) lambda).get("values");
        functions.add(epoch -> ((Number) reader.value(values.get(epoch))).doubleValue());
      }
      Object argument = functions.size() == 1 ? functions.getFirst() : functions;
      return Binder.best(constructors, List.of(optimizer, argument), kwargs)
          .orElseThrow(() -> new Unsupported("new " + name))
          .invoke(null);
    }
    if (kwargs.containsKey("steps_per_epoch")) {
      long epochs = (Long) kwargs.remove("epochs");
      kwargs.put("total_steps", epochs * (Long) kwargs.remove("steps_per_epoch"));
    }
    if (name.equals("CyclicLR")) {
      kwargs.putIfAbsent("step_size_down", kwargs.getOrDefault("step_size_up", 2000L));
    }
    return Binder.best(constructors, List.of(optimizer), kwargs)
        .orElseThrow(() -> new Unsupported("new " + name + kwargs.keySet()))
        .invoke(null);
  }

  private static void compare(
      Golden.Reader reader, Optimizer optimizer, Map<?, ?> expected, int t) {
    List<?> lrs = (List<?>) expected.get("lr");
    for (int i = 0; i < lrs.size(); i++) {
      double wanted = ((Number) reader.value(lrs.get(i))).doubleValue();
      double got = optimizer.paramGroups().get(i).lr();
      if (!(Math.abs(wanted - got) <= 1e-9 * Math.max(1, Math.abs(wanted)))) {
        throw new Compare.Mismatch(
            "lr of group " + i + " after " + t + " steps is " + got + ", expected " + wanted);
      }
    }
  }

  static void error(Golden golden, Map<String, Object> sample) {
    Tensor one = Tensor.zeros(1).requiresGrad(true);
    OpSuite.mustFail(
        sample,
        () ->
            optimizer(
                (String) sample.get("op"),
                List.of(one),
                OpSuite.kwargs(golden.new Reader(), sample)));
  }
}
