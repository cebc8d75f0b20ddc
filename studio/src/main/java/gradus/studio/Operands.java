package gradus.studio;

import gradus.autograd.Step;
import gradus.studio.Term.Factor;
import gradus.tensor.GradMode;
import gradus.tensor.Node;
import gradus.tensor.Op;
import gradus.tensor.Shape;
import gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The numbers an op works with, by the letters of formulas, and the op's own derivative. */
final class Operands {
  private final Node node;
  private final List<Value.Whole> inputs;
  private final Value.Whole result;

  Operands(Node node) {
    this.node = node;
    this.inputs = node.inputs().stream().map(t -> (Value.Whole) Value.of(t)).toList();
    this.result = (Value.Whole) Value.of(node.value().orElseThrow());
  }

  Op op() {
    return node.op();
  }

  int count() {
    return inputs.size();
  }

  boolean has(int input) {
    return input < inputs.size();
  }

  Value.Whole input(int i) {
    return inputs.get(i);
  }

  Value.Whole result() {
    return result;
  }

  Factor in(int input, List<Integer> index) {
    return factor(Step.inputName(input), inputs.get(input), index);
  }

  Factor out(List<Integer> index) {
    return factor("C", result, index);
  }

  static Factor factor(String letter, Value.Whole value, List<Integer> index) {
    return new Factor(letter, index, value.at(index));
  }

  static Factor number(String text, double value) {
    return new Factor(text, List.of(), value);
  }

  /** The shares of all inputs for a gradient of ours, none for one without. */
  List<double[]> shares(double[] gradient) {
    Tensor dC = tensor(gradient);
    try (var _ = GradMode.noGrad()) {
      return Step.of(node, dC).edges().stream()
          .map(e -> e.gradient().map(Operands::numbers).orElse(new double[0]))
          .toList();
    }
  }

  /** {@code shares} for a gradient that is 1 at one element and 0 elsewhere. */
  List<double[]> sharesOf(int element) {
    double[] unit = new double[result.data().length];
    unit[element] = 1;
    return shares(unit);
  }

  /** {@code shares} for a gradient of ones: the slopes, where elements do not mix. */
  List<double[]> slopes() {
    double[] ones = new double[result.data().length];
    Arrays.fill(ones, 1);
    return shares(ones);
  }

  private static double[] numbers(Tensor share) {
    return ((Value.Whole) Value.of(share)).data();
  }

  Tensor tensor(double[] numbers) {
    return Tensor.fromArray(numbers, result.shape().toArray()).to(result.dtype());
  }

  Node node() {
    return node;
  }

  // ---- along a dimension, or in a row

  /** The indices that differ from one only in a dimension, in order. */
  static List<List<Integer>> along(Shape shape, List<Integer> index, int dim) {
    return IntStream.range(0, shape.size(dim)).mapToObj(k -> with(index, dim, k)).toList();
  }

  static List<Integer> with(List<Integer> index, int dim, int k) {
    var other = new ArrayList<>(index);
    other.set(dim, k);
    return List.copyOf(other);
  }

  static List<Integer> join(List<Integer> first, Integer... last) {
    var all = new ArrayList<>(first);
    all.addAll(List.of(last));
    return List.copyOf(all);
  }

  /** {@code ln Σ e^x}. */
  static double logSumExp(double[] x) {
    double max = Arrays.stream(x).max().orElse(0);
    return max + Math.log(Arrays.stream(x).map(v -> Math.exp(v - max)).sum());
  }

  static double[] numbersAt(Value.Whole value, List<List<Integer>> places) {
    return places.stream().mapToDouble(value::at).toArray();
  }
}
