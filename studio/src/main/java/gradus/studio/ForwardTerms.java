package gradus.studio;

import static gradus.studio.Operands.along;
import static gradus.studio.Operands.join;
import static gradus.studio.Operands.logSumExp;
import static gradus.studio.Operands.number;
import static gradus.studio.Operands.numbersAt;
import static gradus.studio.Places.index;

import gradus.autograd.Step;
import gradus.studio.Term.Factor;
import gradus.tensor.Op;
import gradus.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.IntStream;

/**
 * What the elements of a result are sums of. In an op that only moves or adds up numbers, the
 * derivative tells which ones: how much a result changes with an input is the weight it has there.
 */
final class ForwardTerms {
  private final Operands op;

  private ForwardTerms(Operands op) {
    this.op = op;
  }

  /** Empty if the numbers were not kept, or no op made the node. */
  static Optional<ForwardTerms> of(RecordedNode node) {
    return node.value() instanceof Value.Whole
        ? node.copy().map(copy -> new ForwardTerms(new Operands(copy)))
        : Optional.empty();
  }

  Terms at(int element) {
    return Terms.of(terms(element, index(op.result().shape(), element)));
  }

  private List<Term> terms(int element, List<Integer> i) {
    return switch (op.op()) {
      case Op.Leaf _ -> List.of();

      // written out
      case Op.MatMul _ -> matmul(i);
      case Op.Linear _ -> linear(i);
      case Op.Add _ -> List.of(Term.of(op.in(0, i)), Term.of(op.in(1, i)));
      case Op.Sub _ -> List.of(Term.of(op.in(0, i)), Term.of(number("-1", -1), op.in(1, i)));
      case Op.Mul _ -> List.of(Term.of(op.in(0, i), op.in(1, i)));
      case Op.Div _ -> List.of(Term.of(op.in(0, i), new Factor("1/B", i, 1 / op.input(1).at(i))));
      case Op.Square _ -> List.of(Term.of(op.in(0, i), op.in(0, i)));
      case Op.Softmax(int dim) -> softmax(i, dim);
      case Op.LogSoftmax(int dim) -> logSoftmax(i, dim);
      case Op.CrossEntropy(long ignore) -> crossEntropy(i, ignore);
      case Op.LayerNorm(int _, double eps) -> layerNorm(element, eps);
      case Op.Embedding _ -> {
        List<Integer> place = i.subList(0, i.size() - 1);
        int id = (int) op.input(1).at(place);
        yield List.of(Term.of(op.in(0, List.of(id, i.getLast()))));
      }

      // moved, or added up
      case Op.Neg _, Op.Cast _, Op.Clone _, Op.Where _, Op.Dropout _ -> moved(element, "1/(1 - p)");
      case Op.Sum _, Op.Cumsum _, Op.Gather _, Op.Scatter _, Op.ScatterAdd _ -> moved(element, "1");
      case Op.IndexSelect _, Op.IndexAdd _, Op.Cat _, Op.Flip _ -> moved(element, "1");
      case Op.Triangle _, Op.SumWindows _, Op.CopySlices _, Op.Place _ -> moved(element, "1");
      case Op.View _, Op.Permute _, Op.Expand _, Op.Slice _, Op.Select _ -> moved(element, "1");
      case Op.Diagonal _, Op.Unfold _, Op.Copy _ -> moved(element, "1");
      case Op.Mean _ -> moved(element, "1/count");

      // weighted sums of one input, the weights being another
      case Op.Convolution _, Op.ConvolutionInput _, Op.ConvolutionWeight _ ->
          weighted(element, "B", 0, 2);
      case Op.Attention(boolean _, double _, boolean packed) ->
          packed ? called(i) : weighted(element, "P", 2, 2);

      // a curve, or more than a sum
      case Op.Abs _, Op.Exp _, Op.Exp2 _, Op.Expm1 _, Op.Log _, Op.Log2 _ -> called(i);
      case Op.Log10 _, Op.Log1p _, Op.Sqrt _, Op.Rsqrt _, Op.Reciprocal _ -> called(i);
      case Op.Sin _, Op.Cos _, Op.Tan _, Op.Asin _, Op.Acos _, Op.Atan _ -> called(i);
      case Op.Sinh _, Op.Cosh _, Op.Tanh _, Op.Asinh _, Op.Acosh _ -> called(i);
      case Op.Atanh _, Op.Erf _, Op.Erfc _, Op.Erfinv _, Op.Ndtri _ -> called(i);
      case Op.Lgamma _, Op.Polygamma _, Op.Sinc _, Op.Entr _, Op.Erfcx _ -> called(i);
      case Op.LogNdtr _, Op.Bessel _, Op.Sigmoid _, Op.LogSigmoid _, Op.Relu _ -> called(i);
      case Op.LeakyRelu _, Op.Elu _, Op.Gelu _, Op.Silu _, Op.Mish _ -> called(i);
      case Op.Softplus _, Op.Threshold _, Op.Hardswish _, Op.Hardsigmoid _ -> called(i);
      case Op.Clamp _, Op.PowScalar _, Op.Steps _, Op.Frac _, Op.Pow _ -> called(i);
      case Op.Maximum _, Op.Minimum _, Op.Modulo _, Op.Atan2 _, Op.Hypot _ -> called(i);
      case Op.Copysign _, Op.Xlogy _, Op.Xlog1py _, Op.Logaddexp _, Op.Fusion _ -> called(i);
      case Op.Prod _, Op.Extreme _, Op.Var _, Op.Std _, Op.Norm _, Op.LogSumExp _ -> called(i);
      case Op.Cumprod _, Op.Logcumsumexp _, Op.Recurrence _, Op.Fill _ -> called(i);
      case Op.AsStrided _, Op.Custom _ -> called(i);
    };
  }

  // ---- written out

  private List<Term> matmul(List<Integer> i) {
    int last = i.size() - 1;
    List<Integer> batch = i.subList(0, last - 1);
    return IntStream.range(0, op.input(0).shape().size(last))
        .mapToObj(
            k ->
                Term.of(
                    op.in(0, join(batch, i.get(last - 1), k)),
                    op.in(1, join(batch, k, i.get(last)))))
        .toList();
  }

  private List<Term> linear(List<Integer> i) {
    List<Integer> row = i.subList(0, i.size() - 1);
    var terms = new ArrayList<Term>();
    for (int k = 0; k < op.input(1).shape().size(1); k++) {
      terms.add(Term.of(op.in(0, join(row, k)), op.in(1, List.of(i.getLast(), k))));
    }
    if (op.has(2)) {
      terms.add(Term.of(op.in(2, List.of(i.getLast()))));
    }
    return terms;
  }

  private List<Term> softmax(List<Integer> i, int dim) {
    double[] scores = numbersAt(op.input(0), along(op.input(0).shape(), i, dim));
    double max = Arrays.stream(scores).max().orElse(0);
    double sum = Arrays.stream(scores).map(x -> Math.exp(x - max)).sum();
    // Divided by e^max, above and below: e^A alone may be beyond all numbers.
    return List.of(
        Term.of(
            new Factor("e^(A - max)", i, Math.exp(op.input(0).at(i) - max)),
            number("1/Σ e^(A - max)", 1 / sum)));
  }

  private List<Term> logSoftmax(List<Integer> i, int dim) {
    double[] scores = numbersAt(op.input(0), along(op.input(0).shape(), i, dim));
    return List.of(
        Term.of(op.in(0, i)), Term.of(number("-1", -1), number("ln Σ e^A", logSumExp(scores))));
  }

  private List<Term> crossEntropy(List<Integer> row, long ignore) {
    long target = (long) op.input(1).at(row);
    if (target == ignore) {
      return List.of();
    }
    List<Integer> wanted = join(row, (int) target);
    double[] scores = numbersAt(op.input(0), along(op.input(0).shape(), wanted, row.size()));
    return List.of(
        Term.of(number("ln Σ e^A", logSumExp(scores))),
        Term.of(number("-1", -1), op.in(0, wanted)));
  }

  private List<Term> layerNorm(int element, double eps) {
    Shape shape = op.result().shape();
    int size = 1;
    int dims = ((Op.LayerNorm) op.op()).normalizedDims();
    for (int d = shape.rank() - dims; d < shape.rank(); d++) {
      size *= shape.size(d);
    }
    Normalised row = Normalised.row(op.input(0), size, element, eps);
    int k = element - row.start();
    List<Integer> i = index(shape, element);
    List<Integer> place = i.subList(shape.rank() - dims, shape.rank());
    var factors = new ArrayList<Factor>();
    factors.add(new Factor("(A - mean)", i, op.input(0).data()[element] - row.mean()));
    factors.add(number("1/σ", 1 / row.sigma()));
    if (op.has(1)) {
      factors.add(new Factor("B", place, op.input(1).data()[k]));
    }
    Term scaled = new Term(List.copyOf(factors));
    return op.has(2)
        ? List.of(scaled, Term.of(new Factor("D", place, op.input(2).data()[k])))
        : List.of(scaled);
  }

  // ---- asked of the derivative

  private List<Term> moved(int element, String name) {
    var terms = new ArrayList<Term>();
    List<double[]> weights = op.sharesOf(element);
    for (int input = 0; input < op.count(); input++) {
      terms.addAll(sum(input, weights.get(input), name));
    }
    return terms;
  }

  /** Weighted by another input; where there is a bias, it is added. */
  private List<Term> weighted(int element, String name, int input, int bias) {
    List<double[]> weights = op.sharesOf(element);
    var terms = new ArrayList<Term>(sum(input, weights.get(input), name));
    if (bias != input && op.has(bias)) {
      terms.addAll(sum(bias, weights.get(bias), "1"));
    }
    return terms;
  }

  private List<Term> sum(int input, double[] weights, String name) {
    Shape shape = op.input(input).shape();
    return IntStream.range(0, weights.length)
        .filter(k -> weights[k] != 0)
        .mapToObj(
            k -> {
              Factor there = op.in(input, index(shape, k));
              return weights[k] == 1
                  ? Term.of(there)
                  : Term.of(number(weights[k] == -1 ? "-1" : name, weights[k]), there);
            })
        .toList();
  }

  /** The result as what the op gives for its inputs, such as {@code tanh(A)}. */
  private List<Term> called(List<Integer> i) {
    var call = new StringJoiner(", ", op.op().name().toLowerCase(Locale.ROOT) + "(", ")");
    for (int input = 0; input < op.count(); input++) {
      call.add(Step.inputName(input));
    }
    return List.of(Term.of(new Factor(call.toString(), i, op.result().at(i))));
  }
}
