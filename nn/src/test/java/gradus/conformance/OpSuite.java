package gradus.conformance;

import gradus.autograd.Autograd;
import gradus.tensor.GradMode;
import gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Samples of single functions: outputs, gradients of order 1 and 2, the in-place variant, and
 * errors.
 */
final class OpSuite {
  /**
   * PyTorch 1.13 leaves sgn's gradient uninitialised, and lets gradients pass where
   * as_strided_scatter overwrote.
   */
  private static final Set<String> WRONG_GRADIENTS = Set.of("sgn", "as_strided_scatter");

  private OpSuite() {}

  static void run(Golden golden, Map<String, Object> sample) {
    String op = (String) sample.get("op");
    var reader = golden.new Reader();
    List<?> args = (List<?>) reader.value(sample.get("args"));
    var kwargs = kwargs(reader, sample);
    if (op.startsWith("__r") && "error_inputs".equals(sample.get("src"))) {
      throw new Unsupported("an error of Python's own operators");
    }
    if (sample.containsKey("error")) {
      mustFail(sample, () -> Calls.run(op, args, kwargs));
      return;
    }
    checkExpectedTypes(sample);
    Tensor copy = sample.containsKey("inplace") ? copyWithStrides((Tensor) args.get(0)) : null;
    List<Object> out = Calls.run(op, args, kwargs);
    outputs(golden, sample, out);
    mutated(golden, sample, reader);
    gradients(golden, sample, reader, out);
    if (copy != null) {
      inPlace(golden, sample, op, copy, args, kwargs);
    }
  }

  static Map<String, Object> kwargs(Golden.Reader reader, Map<String, Object> sample) {
    var out = new HashMap<String, Object>();
    ((Map<?, ?>) sample.getOrDefault("kwargs", Map.of()))
        .forEach((k, v) -> out.put((String) k, reader.value(v)));
    return out;
  }

  /**
   * Results of a dtype that does not exist here make the sample unsupported before anything runs.
   */
  private static void checkExpectedTypes(Map<String, Object> sample) {
    for (Object out : outs(sample)) {
      if (out instanceof Map<?, ?> map && map.get("$out") instanceof Map<?, ?> tensor) {
        Golden.dtype((String) tensor.get("dtype"));
      }
    }
  }

  /** The expected outputs in a flat list. */
  static List<Object> outs(Map<String, Object> sample) {
    var flat = new ArrayList<Object>();
    flatten(sample.get("out"), flat);
    return flat;
  }

  private static void flatten(Object out, List<Object> flat) {
    if (out instanceof List<?> list) {
      list.forEach(o -> flatten(o, flat));
    } else if (out instanceof Map<?, ?> map && map.containsKey("$tuple")) {
      flatten(map.get("$tuple"), flat);
    } else {
      flat.add(out);
    }
  }

  static void outputs(Golden golden, Map<String, Object> sample, List<Object> out) {
    List<Object> expected = outs(sample);
    if (expected.size() != out.size()) {
      throw new Compare.Mismatch(out.size() + " outputs, expected " + expected.size());
    }
    List<?> checks = (List<?>) sample.getOrDefault("out_check", List.of());
    boolean ties = Boolean.TRUE.equals(sample.get("ties"));
    for (int i = 0; i < out.size(); i++) {
      Object check = i < checks.size() ? checks.get(i) : "exact";
      boolean index =
          ties && i > 0 && out.get(i) instanceof Tensor t && !t.dtype().isFloatingPoint();
      boolean onlyIndex = ties && out.size() == 1 && ((String) sample.get("op")).startsWith("arg");
      if (check.equals("skip") || index || onlyIndex) {
        continue;
      }
      Compare.output(golden, expected.get(i), out.get(i), f32Error(sample), check.equals("abs"));
    }
  }

  static double f32Error(Map<String, Object> sample) {
    Object e = sample.get("f32_err");
    if (e instanceof Map<?, ?> map) {
      return Double.parseDouble((String) map.get("$float"));
    }
    return e instanceof Number n ? n.doubleValue() : 0;
  }

  private static void mutated(Golden golden, Map<String, Object> sample, Golden.Reader reader) {
    ((Map<?, ?>) sample.getOrDefault("mutated", Map.of()))
        .forEach(
            (id, key) -> {
              Tensor now = reader.byId.get(Integer.parseInt((String) id));
              Compare.check(
                  "input " + id,
                  golden.tensor((String) key).reshape(now.shape().toArray()),
                  now,
                  0,
                  false);
            });
  }

  private static void gradients(
      Golden golden, Map<String, Object> sample, Golden.Reader reader, List<Object> out) {
    if (!(sample.get("grad") instanceof Map<?, ?> grad)
        || WRONG_GRADIENTS.contains((String) sample.get("op"))) {
      return;
    }
    List<?> cots = (List<?>) grad.get("cot");
    List<?> checks = (List<?>) sample.getOrDefault("out_check", List.of());
    var results = new ArrayList<Tensor>();
    var starts = new ArrayList<Tensor>();
    for (int i = 0; i < cots.size(); i++) {
      if (cots.get(i) != null && out.get(i) instanceof Tensor t && t.requiresGrad()) {
        Tensor y = i < checks.size() && checks.get(i).equals("abs") ? t.abs() : t;
        results.add(y);
        starts.add(golden.tensor((String) cots.get(i)).reshape(y.shape().toArray()));
      }
    }
    List<?> expected = (List<?>) grad.get("grads");
    List<Tensor> inputs = inputs(reader);
    List<Optional<Tensor>> got;
    if (results.isEmpty()) {
      got = inputs.stream().map(_ -> Optional.<Tensor>empty()).toList();
    } else {
      got = Autograd.gradAllowUnused(results, inputs, starts, true, sample.containsKey("grad2"));
    }
    for (int i = 0; i < inputs.size(); i++) {
      compareGradient(
          golden,
          "gradient " + i,
          expected.get(i),
          got.get(i),
          inputs.get(i),
          4 * f32Error(sample));
    }
    // PyTorch 1.13 leaves the gradient of sgn uninitialised; the second derivative of |x| goes
    // through it.
    boolean garbage =
        sample.get("op").equals("abs") || sample.get("op").equals("nn.functional.l1_loss");
    if (!garbage && sample.get("grad2") instanceof Map<?, ?> second) {
      second(golden, sample, second, inputs, got);
    }
  }

  private static List<Tensor> inputs(Golden.Reader reader) {
    var out = new ArrayList<Tensor>();
    for (int i = 0; i < reader.wanted.size(); i++) {
      out.add(reader.wanted.get(i));
    }
    return out;
  }

  private static void second(
      Golden golden,
      Map<String, Object> sample,
      Map<?, ?> second,
      List<Tensor> inputs,
      List<Optional<Tensor>> first) {
    List<?> vs = (List<?>) second.get("v");
    var results = new ArrayList<Tensor>();
    var starts = new ArrayList<Tensor>();
    for (int i = 0; i < vs.size(); i++) {
      if (vs.get(i) != null && first.get(i).isPresent() && first.get(i).get().requiresGrad()) {
        results.add(first.get(i).get());
        starts.add(golden.tensor((String) vs.get(i)).reshape(first.get(i).get().shape().toArray()));
      }
    }
    List<?> expected = (List<?>) second.get("grads");
    List<Optional<Tensor>> got =
        results.isEmpty()
            ? inputs.stream().map(_ -> Optional.<Tensor>empty()).toList()
            : Autograd.gradAllowUnused(results, inputs, starts, true, false);
    for (int i = 0; i < inputs.size(); i++) {
      compareGradient(
          golden,
          "second gradient " + i,
          expected.get(i),
          got.get(i),
          inputs.get(i),
          16 * f32Error(sample));
    }
  }

  /** Null stands for no gradient or a zero one. */
  static void compareGradient(
      Golden golden,
      String what,
      Object expected,
      Optional<Tensor> got,
      Tensor input,
      double error) {
    Tensor zero = Tensor.zerosLike(input.detach());
    Tensor wanted = zero;
    if (expected instanceof String key) {
      wanted = golden.tensor(key).reshape(input.shape().toArray());
    } else if (expected instanceof Map<?, ?> map
        && map.get("$sparse") instanceof Map<?, ?> sparse) {
      wanted = sparse(golden, sparse);
    }
    Compare.check(what, wanted, got.orElse(zero).detach(), error, false);
  }

  static Tensor sparse(Golden golden, Map<?, ?> sparse) {
    if (sparse.get("dense") instanceof String key) {
      return golden.tensor(key).reshape(Golden.ints((List<?>) sparse.get("shape")));
    }
    Tensor indices = golden.tensor((String) sparse.get("indices"));
    Tensor values = golden.tensor((String) sparse.get("values"));
    int[] shape = Golden.ints((List<?>) sparse.get("shape"));
    return Tensor.zeros(values.dtype(), shape).indexAdd(0, indices.flatten(), values);
  }

  private static Tensor copyWithStrides(Tensor x) {
    if (x.isContiguous()) {
      return x.detach().clone();
    }
    int extent = 1 + x.storageOffset();
    int places = 1;
    int[] strides = new int[x.dim()];
    for (int d = 0; d < strides.length; d++) {
      strides[d] = x.stride(d);
      if (strides[d] == 0 && x.size(d) > 1) {
        return x.detach(); // cannot be written, and the sample expects just that
      }
      places *= x.size(d);
      extent += (x.size(d) - 1) * strides[d];
    }
    if (x.numel() == 0) {
      return x.detach().clone();
    }
    if (places > extent - x.storageOffset()) {
      return null; // elements overlap: what an in-place op leaves there depends on the order of its
      // loop
    }
    Tensor memory = Tensor.zeros(x.dtype(), extent);
    Tensor out = memory.asStrided(x.shape().toArray(), strides, x.storageOffset()).detach();
    out.copy_(x.detach());
    return out;
  }

  private static void inPlace(
      Golden golden,
      Map<String, Object> sample,
      String op,
      Tensor copy,
      List<?> args,
      Map<String, Object> kwargs) {
    Map<?, ?> expected = (Map<?, ?>) sample.get("inplace");
    var rest = args.subList(1, args.size());
    try (var _ = GradMode.noGrad()) {
      if (expected.containsKey("error")) {
        mustFail(
            Map.of("src", "inplace", "error", expected.get("error")),
            () -> Calls.inPlace(op, copy, rest, kwargs));
        return;
      }
      Calls.inPlace(op, copy, rest, kwargs);
      Map<?, ?> out = (Map<?, ?>) expected.get("out");
      Tensor wanted = golden.tensor((String) out.get("data")).reshape(copy.shape().toArray());
      Compare.check(
          "in place",
          wanted.to(Golden.dtype((String) out.get("dtype"))),
          copy,
          f32Error(sample),
          false);
    } catch (Unsupported e) {
      // the out-of-place form exists, its underscore form does not
    }
  }

  /** The call must end in an error of ours, not in an accident. */
  static void mustFail(Map<String, Object> sample, Runnable call) {
    try {
      call.run();
    } catch (Unsupported e) {
      throw e;
    } catch (IllegalArgumentException
        | IllegalStateException
        | IndexOutOfBoundsException
        | ArithmeticException e) {
      if (e instanceof ArrayIndexOutOfBoundsException) {
        throw e;
      }
      return;
    }
    String message = String.valueOf(((Map<?, ?>) sample.get("error")).get("message"));
    boolean acceptsMore =
        String.valueOf(sample.get("src")).startsWith("unsupported_dtype")
            || message.contains("not implemented for");
    if (acceptsMore) {
      throw new Unsupported("accepted here");
    }
    throw new Compare.Mismatch("no error, expected: " + message);
  }
}
