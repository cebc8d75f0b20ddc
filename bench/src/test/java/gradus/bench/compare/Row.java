package gradus.bench.compare;

import gradus.autograd.Autograd;
import gradus.tensor.DType;
import gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One line of the table.
 *
 * @param name what is done
 * @param shape to how much
 * @param bar how many times faster than the peer it has to be
 * @param work what the machine's limit is computed from
 * @param setup makes inputs and Gradus's step, anew on each call
 * @param scripts the peer's step: TorchScript statements that set {@code r}, a list of results. The
 *     inputs are {@code a} to {@code f} or {@code x[0]}, {@code x[1]}, …; of several scripts the
 *     quickest is the peer
 * @param onnx the same as an ONNX model, if there is one
 * @param match how the row is timed where it is no step that scripts could do
 */
record Row(
    String name,
    String shape,
    double bar,
    Work work,
    Supplier<Case> setup,
    List<String> scripts,
    Optional<Onnx> onnx,
    Optional<Match> match) {

  /** A row that ONNX Runtime cannot do. */
  Row(
      String name,
      String shape,
      double bar,
      Work work,
      Supplier<Case> setup,
      List<String> scripts) {
    this(name, shape, bar, work, setup, scripts, Optional.empty(), Optional.empty());
  }

  /** The same with a model that does its step. */
  Row with(Onnx model) {
    return new Row(name, shape, bar, work, setup, scripts, Optional.of(model), match);
  }

  /** A row with a match of its own. */
  static Row of(String name, String shape, double bar, Work work, Match match) {
    return new Row(
        name,
        shape,
        bar,
        work,
        () -> {
          throw new IllegalStateException(name + " is no step");
        },
        List.of(),
        Optional.empty(),
        Optional.of(match));
  }

  /** A way to time a row beside a peer of its own. */
  interface Match {
    /** The peer's name and version, if it is there. */
    String peer();

    /** What comes out. */
    Result run(Row row, Limits limits);
  }

  /** What is done to the inputs, through the public API. */
  interface Op extends Function<Tensor[], Object> {}

  /** Input number {@code index}'s name in a script. */
  static String letter(int index) {
    return String.valueOf((char) ('a' + index));
  }

  /** A row without gradients; each script is the expression of the result. */
  static Row forward(
      String name,
      String shape,
      double bar,
      Work work,
      Op op,
      List<String> scripts,
      Input... inputs) {
    List<String> statements = scripts.stream().map(s -> "r = [" + s + "]").toList();
    return of(name, shape, bar, work, op, statements, inputs);
  }

  /** A row without gradients; the scripts are statements. */
  static Row of(
      String name,
      String shape,
      double bar,
      Work work,
      Op op,
      List<String> statements,
      Input... inputs) {
    Supplier<Case> setup =
        () -> {
          Tensor[] in = Input.make(inputs);
          return new Case(List.of(in), () -> op.apply(in));
        };
    return new Row(name, shape, bar, work, setup, statements);
  }

  /**
   * A row that also takes the gradients of all floating inputs, the gradient of the result being
   * given.
   */
  static Row backward(
      String name,
      String shape,
      double bar,
      Work work,
      Function<Tensor[], Tensor> op,
      List<String> scripts,
      Input... inputs) {
    return new Row(
        name,
        shape,
        bar,
        work,
        () -> {
          Tensor[] in = Input.make(inputs);
          Tensor gradient = Tensor.randnLike(op.apply(in));
          List<Tensor> all = new ArrayList<>(List.of(in));
          all.add(gradient);
          List<Tensor> wanted = new ArrayList<>(List.of(in));
          wanted.removeIf(t -> t.dtype() != DType.FLOAT32);
          wanted.forEach(t -> t.requiresGrad(true));
          return new Case(
              all,
              () -> {
                Tensor y = op.apply(in);
                List<Tensor> results = new ArrayList<>();
                results.add(y);
                results.addAll(Autograd.grad(List.of(y), wanted, List.of(gradient), false, false));
                return results;
              });
        },
        scripts.stream().map(s -> gradients(s, inputs)).toList());
  }

  /** {@link #backward} or {@link #forward}. */
  static Row either(
      boolean backward,
      String name,
      String shape,
      double bar,
      Work work,
      Function<Tensor[], Tensor> op,
      List<String> scripts,
      Input... inputs) {
    return backward
        ? backward(name + " + backward", shape, bar, work, op, scripts, inputs)
        : forward(name, shape, bar, work, op::apply, scripts, inputs);
  }

  private static String gradients(String expression, Input... inputs) {
    List<Integer> wanted =
        IntStream.range(0, inputs.length).filter(i -> inputs[i].floating()).boxed().toList();
    String names = wanted.stream().map(Row::letter).collect(Collectors.joining(", "));
    String results =
        IntStream.range(0, wanted.size())
            .mapToObj(i -> ", unchecked_cast(Tensor, g[" + i + "])")
            .collect(Collectors.joining());
    return """
        y = %s
        g = torch.grad([y], [%s], annotate(List[Optional[Tensor]], [%s]))
        r = [y%s]"""
        .formatted(expression, names, letter(inputs.length), results);
  }
}
