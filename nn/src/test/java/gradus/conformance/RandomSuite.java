package gradus.conformance;

import gradus.nn.Embedding;
import gradus.nn.EmbeddingBag;
import gradus.nn.Init;
import gradus.nn.Linear;
import gradus.tensor.DType;
import gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Random numbers and initialisers: exact where they are constant, by mean, deviation and bounds
 * where they are drawn.
 */
final class RandomSuite {
  private RandomSuite() {}

  static void run(Golden golden, Map<String, Object> sample) {
    var reader = golden.new Reader();
    String op = (String) sample.get("op");
    if (op.equals("calculate_gain")) {
      gain(reader, sample);
      return;
    }
    int[] shape = Golden.ints((List<?>) sample.get("shape"));
    Map<String, Object> kwargs = OpSuite.kwargs(reader, sample);
    if (sample.containsKey("out")) {
      Object out = initialise(op, Tensor.zeros(DType.FLOAT64, shape), kwargs);
      Compare.output(golden, sample.get("out"), out, 0, false);
      return;
    }
    statistics(reader, sample, op, shape, kwargs);
  }

  private static Object initialise(String op, Tensor tensor, Map<String, Object> kwargs) {
    String name = Binder.camel(op) + "_";
    var exact =
        Binder.methods(Init.class, name, true).stream()
            .filter(m -> m.getParameterCount() == 1 + kwargs.size())
            .toList();
    var bound = Binder.best(exact, List.of(tensor), kwargs);
    if (bound.isEmpty()) {
      var all =
          new java.util.HashMap<String, Object>(
              Map.of("a", 0.0, "mode", "fan_in", "nonlinearity", "leaky_relu"));
      if (op.startsWith("trunc")) {
        all.putAll(Map.of("mean", 0.0, "std", 1.0, "a", -2.0, "b", 2.0));
      }
      if (op.startsWith("uniform")) {
        all.putAll(Map.of("a", 0.0, "b", 1.0));
      }
      all.putAll(kwargs);
      all.keySet().removeIf(k -> !kwargs.containsKey(k) && !accepts(name, k));
      bound = Binder.best(Binder.methods(Init.class, name, true), List.of(tensor), all);
    }
    return bound.orElseThrow(() -> new Unsupported("Init." + name + kwargs.keySet())).invoke(null);
  }

  private static boolean accepts(String name, String parameter) {
    return Binder.methods(Init.class, name, true).stream()
        .flatMap(m -> java.util.Arrays.stream(m.getParameters()))
        .anyMatch(p -> p.getName().equals(parameter));
  }

  private static void gain(Golden.Reader reader, Map<String, Object> sample) {
    List<?> args = (List<?>) reader.value(sample.get("args"));
    String name = (String) args.get(0);
    double got =
        args.get(1) == null
            ? Init.calculateGain(name)
            : Init.calculateGain(name, ((Number) args.get(1)).doubleValue());
    double wanted = ((Number) reader.value(sample.get("out"))).doubleValue();
    if (Math.abs(got - wanted) > 1e-12) {
      throw new Compare.Mismatch("gain is " + got + ", expected " + wanted);
    }
  }

  private static void statistics(
      Golden.Reader reader,
      Map<String, Object> sample,
      String op,
      int[] shape,
      Map<String, Object> kwargs) {
    Map<?, ?> stats = (Map<?, ?>) sample.get("stats");
    int n = ((Number) stats.get("n")).intValue();
    Tensor.manualSeed(20_000 + n);
    var values = new ArrayList<Double>(n);
    while (values.size() < n) {
      for (double v : draw(op, String.valueOf(sample.get("call")), shape, kwargs).toDoubleArray()) {
        values.add(v);
      }
    }
    double mean = values.stream().mapToDouble(v -> v).average().orElse(0);
    double std =
        Math.sqrt(
            values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum() / (values.size() - 1));
    double min = values.stream().mapToDouble(v -> v).min().orElse(0);
    double max = values.stream().mapToDouble(v -> v).max().orElse(0);
    double wantedStd = number(reader, stats, "std");
    near("mean", mean, number(reader, stats, "mean"), 6 * wantedStd / Math.sqrt(n) * Math.sqrt(2));
    near("std", std, wantedStd, 0.02 * wantedStd);
    near("min", min, number(reader, stats, "min"), 1.5 * wantedStd);
    near("max", max, number(reader, stats, "max"), 1.5 * wantedStd);
  }

  private static Tensor draw(String op, String call, int[] shape, Map<String, Object> kwargs) {
    return switch (op) {
      case "bernoulli" -> Tensor.bernoulli(Tensor.full(shape, (Number) kwargs.get("p")));
      case "multinomial" -> Tensor.multinomial(Tensor.of(1.0, 2.0, 0.0, 5.0), shape[0], true);
      case "gelu_of_randn" -> Tensor.randn(shape).gelu();
      case "normal" ->
          Tensor.zeros(shape).normal_((Double) kwargs.get("mean"), (Double) kwargs.get("std"));
      case "default_init" -> layer(call, shape);
      default -> (Tensor) initialise(op, Tensor.zeros(shape), kwargs);
    };
  }

  private static Tensor layer(String call, int[] shape) {
    return switch (call) {
      case "nn.Linear(...).weight" -> new Linear(shape[1], shape[0]).weight.detach();
      case "nn.Embedding(...).weight" -> new Embedding(shape[0], shape[1]).weight.detach();
      case "nn.Embedding_padding_idx(...).weight" ->
          new Embedding(shape[0], shape[1], shape[0] - 1).weight.detach();
      case "nn.EmbeddingBag(...).weight" -> new EmbeddingBag(shape[0], shape[1]).weight.detach();
      default -> throw new Unsupported(call);
    };
  }

  private static double number(Golden.Reader reader, Map<?, ?> stats, String name) {
    return ((Number) reader.value(stats.get(name))).doubleValue();
  }

  private static void near(String what, double got, double wanted, double tolerance) {
    if (!(Math.abs(got - wanted) <= tolerance)) {
      throw new Compare.Mismatch(what + " is " + got + ", expected " + wanted + " ± " + tolerance);
    }
  }
}
