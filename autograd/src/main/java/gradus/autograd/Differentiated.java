package gradus.autograd;

import static gradus.tensor.spi.Given.given;
import static gradus.tensor.spi.Given.givenAll;

import gradus.tensor.GradMode;
import gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** A function run once at a point, with its history: what {@link Functional} differentiates. */
final class Differentiated {
  private final String op;
  private final FunctionalOptions options;
  private final List<Tensor> inputs;
  private final List<Tensor> outputs;

  private Differentiated(
      String op, FunctionalOptions options, List<Tensor> inputs, List<Tensor> outputs) {
    this.op = op;
    this.options = options;
    this.inputs = inputs;
    this.outputs = outputs;
  }

  static FunctionalOptions told(Consumer<FunctionalOptions> options) {
    var told = new FunctionalOptions();
    given(options, "options").accept(told);
    return told;
  }

  /**
   * Runs {@code f} at tensors of our own. With {@code createGraph} they are copies with history, so
   * that the result can be differentiated by the tensors that were given.
   */
  static Differentiated of(
      String op,
      Function<List<Tensor>, List<Tensor>> f,
      List<Tensor> inputs,
      Consumer<FunctionalOptions> options) {
    given(f, "f");
    FunctionalOptions told = told(options);
    try (var _ = GradMode.enableGrad()) {
      List<Tensor> own =
          givenAll(inputs).stream()
              .map(
                  x ->
                      told.createGraph && x.requiresGrad()
                          ? x.view(x.shape().toArray())
                          : x.detach().requiresGrad(true))
              .toList();
      List<Tensor> outputs = givenAll(f.apply(own));
      var run = new Differentiated(op, told, own, outputs);
      if (told.strict) {
        outputs.stream().filter(y -> !y.requiresGrad()).findFirst().ifPresent(run::independent);
      }
      return run;
    }
  }

  // ---- what Functional returns

  /** By output and input: the derivative of each element of the output, stacked. */
  List<List<Tensor>> jacobian() {
    var all = new ArrayList<List<Tensor>>();
    for (Tensor output : outputs) {
      List<List<Tensor>> rows = new ArrayList<>();
      for (int e = 0; e < output.numel(); e++) {
        Tensor start = Tensor.zeros(output.dtype(), output.numel());
        start.select(0, e).fill_(1);
        rows.add(
            walk(
                List.of(output),
                inputs,
                List.of(start.view(output.shape().toArray())),
                options.createGraph));
      }
      var byInput = new ArrayList<Tensor>();
      for (int i = 0; i < inputs.size(); i++) {
        byInput.add(stacked(output, i, rows));
      }
      all.add(List.copyOf(byInput));
    }
    return List.copyOf(all);
  }

  private Tensor stacked(Tensor output, int input, List<List<Tensor>> rows) {
    Tensor x = inputs.get(input);
    var sizes = new ArrayList<Integer>();
    for (Tensor t : List.of(output, x)) {
      for (int size : t.shape().toArray()) {
        sizes.add(size);
      }
    }
    int[] shape = sizes.stream().mapToInt(Integer::intValue).toArray();
    if (rows.isEmpty()) {
      return Tensor.zeros(x.dtype(), shape);
    }
    try (var _ = GradMode.set(options.createGraph)) {
      return Tensor.stack(rows.stream().map(row -> row.get(input)).toList(), 0).reshape(shape);
    }
  }

  /** The gradients of the only output, a scalar. */
  List<Tensor> slopes() {
    scalar();
    return walk(outputs, inputs, null, options.createGraph);
  }

  VectorProduct<List<Tensor>, List<Tensor>> vjp(List<Tensor> v) {
    List<Tensor> vector = vector(v, outputs, "output");
    return new VectorProduct<>(
        results(outputs), results(walk(outputs, inputs, vector, options.createGraph)));
  }

  VectorProduct<List<Tensor>, List<Tensor>> jvp(List<Tensor> v) {
    List<Tensor> vector = vector(v, inputs, "input");
    return new VectorProduct<>(results(outputs), results(forward(outputs, vector)));
  }

  VectorProduct<Tensor, List<Tensor>> vhp(List<Tensor> v) {
    List<Tensor> vector = vector(v, inputs, "input");
    scalar();
    List<Tensor> slopes = walk(outputs, inputs, null, true);
    return new VectorProduct<>(
        results(outputs).getFirst(), results(walk(slopes, inputs, vector, options.createGraph)));
  }

  VectorProduct<Tensor, List<Tensor>> hvp(List<Tensor> v) {
    List<Tensor> vector = vector(v, inputs, "input");
    scalar();
    List<Tensor> slopes = walk(outputs, inputs, null, true);
    return new VectorProduct<>(results(outputs).getFirst(), results(forward(slopes, vector)));
  }

  /**
   * How {@code results} change along a vector of the inputs. The walk back from them is linear in
   * what it starts with, u ↦ uᵀJ; its own derivative by u, times v, is Jv.
   */
  private List<Tensor> forward(List<Tensor> results, List<Tensor> vector) {
    List<Tensor> starts =
        results.stream().map(y -> Tensor.zerosLike(y.detach()).requiresGrad(true)).toList();
    List<Tensor> back = walk(results, inputs, starts, true);
    return walk(back, starts, vector, options.createGraph);
  }

  // ---- walks

  /** The gradients of {@code from} by {@code by}, zeros where there is no way. */
  private List<Tensor> walk(
      List<Tensor> from, List<Tensor> by, List<Tensor> starts, boolean createGraph) {
    var reached = new ArrayList<Tensor>();
    var begun = new ArrayList<Tensor>();
    for (int i = 0; i < from.size(); i++) {
      if (from.get(i).requiresGrad()) {
        reached.add(from.get(i));
        begun.add(starts == null ? null : starts.get(i));
      }
    }
    List<Optional<Tensor>> found;
    try (var _ = GradMode.enableGrad()) {
      found =
          reached.isEmpty()
              ? by.stream().map(_ -> Optional.<Tensor>empty()).toList()
              : Autograd.gradAllowUnused(reached, by, begun, true, createGraph);
    }
    var out = new ArrayList<Tensor>();
    for (int i = 0; i < by.size(); i++) {
      Tensor x = by.get(i);
      if (found.get(i).isEmpty() && options.strict) {
        independent(x);
      }
      out.add(found.get(i).orElseGet(() -> Tensor.zerosLike(x.detach())));
    }
    return out;
  }

  private void independent(Tensor tensor) {
    throw new IllegalStateException(
        "%s: the output is independent of an input, seen at a tensor %s; strict mode does not allow it. Use the input, or leave out strict."
            .formatted(op, tensor.shape()));
  }

  private void scalar() {
    if (outputs.size() != 1 || outputs.getFirst().numel() != 1) {
      throw new IllegalArgumentException(
          "%s: the function returned %s. It must return a single scalar. Reduce it: sum() or mean()."
              .formatted(op, outputs.stream().map(Tensor::shape).toList()));
    }
  }

  private List<Tensor> vector(List<Tensor> v, List<Tensor> like, String what) {
    if (v == null) {
      if (like.size() != 1 || like.getFirst().numel() != 1) {
        throw new IllegalArgumentException(
            "%s: v is null, but the %ss are %s. Only a single number has 1 for its v. Give one an %s."
                .formatted(op, what, like.stream().map(Tensor::shape).toList(), what));
      }
      return List.of(Tensor.onesLike(like.getFirst().detach()));
    }
    if (givenAll(v).size() != like.size()) {
      throw new IllegalArgumentException(
          "%s: v has %s tensors for %s. Give one an %s."
              .formatted(op, v.size(), like.size(), what));
    }
    for (int i = 0; i < v.size(); i++) {
      if (!v.get(i).shape().equals(like.get(i).shape())) {
        throw new IllegalArgumentException(
            "%s: v is %s but the %s is %s. Both must have one shape. Use v.reshape(...) or another v."
                .formatted(op, v.get(i).shape(), what, like.get(i).shape()));
      }
    }
    return v;
  }

  private List<Tensor> results(List<Tensor> tensors) {
    return options.createGraph ? tensors : tensors.stream().map(Tensor::detach).toList();
  }
}
