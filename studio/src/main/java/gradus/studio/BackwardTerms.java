package gradus.studio;

import static gradus.studio.Operands.along;
import static gradus.studio.Operands.factor;
import static gradus.studio.Operands.join;
import static gradus.studio.Operands.logSumExp;
import static gradus.studio.Operands.number;
import static gradus.studio.Operands.numbersAt;
import static gradus.studio.Places.index;

import gradus.autograd.Autograd;
import gradus.autograd.Step;
import gradus.studio.Term.Factor;
import gradus.tensor.GradMode;
import gradus.tensor.Op;
import gradus.tensor.Shape;
import gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What the elements of one share are sums of; twin of {@code Derivatives}.
 *
 * <p>Some ops are written out in the words of a textbook. For all others the derivative is asked
 * itself: an element of the share is the sum over the elements of dC, each weighted by how much the
 * share's element changes with it.
 */
final class BackwardTerms {
  /** Up to how many local derivatives are computed at once for all elements. */
  private static final int MOST_AT_ONCE = 1 << 14;

  private final Operands op;
  private final int input;
  private final String formula;
  private final Value.Whole gradient;
  private double[] slopes;
  private List<double[]> rows;
  private final Map<Integer, Normalised> normalised = new HashMap<>();

  private BackwardTerms(Operands op, int input, String formula, Value.Whole gradient) {
    this.op = op;
    this.input = input;
    this.formula = formula;
    this.gradient = gradient;
  }

  /** Empty if the numbers were not kept. */
  static Optional<BackwardTerms> of(RecordedStep step, int input) {
    RecordedStep.Share share =
        step.shares().stream()
            .filter(s -> s.input() == input)
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "terms: input %s of %s gets no share. Give one of %s."
                            .formatted(
                                input,
                                step.node(),
                                step.shares().stream().map(RecordedStep.Share::input).toList())));
    if (step.node().copy().isEmpty() || !(step.incoming() instanceof Value.Whole dC)) {
      return Optional.empty();
    }
    var op = new Operands(step.node().copy().orElseThrow());
    return Optional.of(new BackwardTerms(op, input, share.formula(), dC));
  }

  /** The shape of the share. */
  Shape shape() {
    return op.input(input).shape();
  }

  Terms at(int element) {
    return Terms.of(terms(element, index(shape(), element)));
  }

  private List<Term> terms(int element, List<Integer> i) {
    return switch (op.op()) {
      case Op.Leaf _ -> List.of();

      // written out
      case Op.MatMul _ -> matmul(i);
      case Op.Linear _ -> linear(i);
      case Op.Mul _ -> List.of(Term.of(dC(i), op.in(1 - input, i)));
      case Op.Div _ -> List.of(div(i));
      case Op.Square _ -> List.of(Term.of(number("2", 2), dC(i), op.in(0, i)));
      case Op.Softmax(int dim) -> softmax(i, dim);
      case Op.LogSoftmax(int dim) -> logSoftmax(i, dim);
      case Op.CrossEntropy(long ignore) -> crossEntropy(i, ignore);
      case Op.LayerNorm(int _, double eps) -> layerNorm(element, eps);

      // each element by itself: a slope
      case Op.Neg _, Op.Abs _, Op.Exp _, Op.Exp2 _, Op.Expm1 _, Op.Log _ -> slope(element);
      case Op.Log2 _, Op.Log10 _, Op.Log1p _, Op.Sqrt _, Op.Rsqrt _ -> slope(element);
      case Op.Reciprocal _, Op.Sin _, Op.Cos _, Op.Tan _, Op.Asin _ -> slope(element);
      case Op.Acos _, Op.Atan _, Op.Sinh _, Op.Cosh _, Op.Tanh _ -> slope(element);
      case Op.Asinh _, Op.Acosh _, Op.Atanh _, Op.Erf _, Op.Erfc _ -> slope(element);
      case Op.Erfinv _, Op.Ndtri _, Op.Lgamma _, Op.Polygamma _, Op.Sinc _ -> slope(element);
      case Op.Entr _, Op.Erfcx _, Op.LogNdtr _, Op.Bessel _, Op.Sigmoid _ -> slope(element);
      case Op.LogSigmoid _, Op.Relu _, Op.LeakyRelu _, Op.Elu _, Op.Gelu _ -> slope(element);
      case Op.Silu _, Op.Mish _, Op.Softplus _, Op.Threshold _, Op.Hardswish _ -> slope(element);
      case Op.Hardsigmoid _, Op.Clamp _, Op.PowScalar _, Op.Steps _, Op.Frac _ -> slope(element);
      case Op.Cast _, Op.Clone _, Op.Add _, Op.Sub _, Op.Pow _, Op.Maximum _ -> slope(element);
      case Op.Minimum _, Op.Modulo _, Op.Atan2 _, Op.Hypot _, Op.Copysign _ -> slope(element);
      case Op.Xlogy _, Op.Xlog1py _, Op.Logaddexp _, Op.Where _, Op.Dropout _ -> slope(element);
      case Op.Fusion _, Op.Copy _, Op.Fill _ -> slope(element);

      // moved, or added up: mostly slopes of 1
      case Op.Sum _, Op.Cumsum _, Op.Gather _, Op.Scatter _, Op.ScatterAdd _ -> mixed(element, "1");
      case Op.IndexSelect _, Op.IndexAdd _, Op.Cat _, Op.Flip _ -> mixed(element, "1");
      case Op.Triangle _, Op.SumWindows _, Op.CopySlices _, Op.Place _ -> mixed(element, "1");
      case Op.View _, Op.Permute _, Op.Expand _, Op.Slice _, Op.Select _ -> mixed(element, "1");
      case Op.Diagonal _, Op.Unfold _ -> mixed(element, "1");
      case Op.AsStrided _ -> mixed(element, "1/(how many share the place)");
      case Op.Mean _ -> mixed(element, "1/count");
      case Op.Embedding _ -> mixed(element, "1/(how often the row is used)");

      // the derivative tells
      case Op.Attention(boolean _, double _, boolean packed) ->
          mixed(element, input == 2 && !packed ? "P" : slopeName());
      case Op.LogSumExp _ -> mixed(element, "softmax(A)");
      case Op.Prod _, Op.Extreme _, Op.Var _, Op.Std _, Op.Norm _ -> mixed(element, slopeName());
      case Op.Cumprod _, Op.Logcumsumexp _, Op.Convolution _ -> mixed(element, slopeName());
      case Op.ConvolutionInput _, Op.ConvolutionWeight _ -> mixed(element, slopeName());
      case Op.Recurrence _, Op.Custom _ -> mixed(element, slopeName());
    };
  }

  private Factor dC(List<Integer> index) {
    return factor("dC", gradient, index);
  }

  // ---- written out

  private List<Term> matmul(List<Integer> i) {
    int last = i.size() - 1;
    List<Integer> batch = i.subList(0, last - 1);
    int row = i.get(last - 1);
    int column = i.get(last);
    int count = gradient.shape().size(input == 0 ? last : last - 1);
    return IntStream.range(0, count)
        .mapToObj(
            j ->
                input == 0
                    ? Term.of(dC(join(batch, row, j)), op.in(1, join(batch, column, j)))
                    : Term.of(op.in(0, join(batch, j, row)), dC(join(batch, j, column))))
        .toList();
  }

  private List<Term> linear(List<Integer> i) {
    if (input == 0) {
      List<Integer> row = i.subList(0, i.size() - 1);
      return IntStream.range(0, op.input(1).shape().size(0))
          .mapToObj(j -> Term.of(dC(join(row, j)), op.in(1, List.of(j, i.getLast()))))
          .toList();
    }
    var terms = new ArrayList<Term>();
    Shape out = gradient.shape();
    for (int r = 0; r < out.numel(); r += out.size(out.rank() - 1)) {
      List<Integer> row = index(out, r).subList(0, out.rank() - 1);
      Factor arrived = dC(join(row, i.getFirst()));
      terms.add(input == 1 ? Term.of(arrived, op.in(0, join(row, i.getLast()))) : Term.of(arrived));
    }
    return terms;
  }

  private Term div(List<Integer> i) {
    double b = op.input(1).at(i);
    return input == 0
        ? Term.of(dC(i), new Factor("1/B", i, 1 / b))
        : Term.of(number("-1", -1), dC(i), op.in(0, i), new Factor("1/B²", i, 1 / (b * b)));
  }

  private List<Term> softmax(List<Integer> i, int dim) {
    double sum = 0;
    for (List<Integer> j : along(shape(), i, dim)) {
      sum += gradient.at(j) * op.result().at(j);
    }
    return List.of(
        Term.of(op.out(i), dC(i)), Term.of(number("-1", -1), op.out(i), number("Σ dC ∘ C", sum)));
  }

  private List<Term> logSoftmax(List<Integer> i, int dim) {
    double sum = 0;
    for (List<Integer> j : along(shape(), i, dim)) {
      sum += gradient.at(j);
    }
    double share = Math.exp(op.result().at(i));
    return List.of(
        Term.of(dC(i)),
        Term.of(number("-1", -1), new Factor("e^C", i, share), number("Σ dC", sum)));
  }

  private List<Term> crossEntropy(List<Integer> i, long ignore) {
    List<Integer> row = i.subList(0, i.size() - 1);
    long target = (long) op.input(1).at(row);
    if (target == ignore) {
      return List.of();
    }
    double[] scores = numbersAt(op.input(0), along(shape(), i, i.size() - 1));
    double chance = Math.exp(op.input(0).at(i) - logSumExp(scores));
    Term pushed = Term.of(dC(row), new Factor("softmax(A)", i, chance));
    return target == i.getLast()
        ? List.of(pushed, Term.of(number("-1", -1), dC(row)))
        : List.of(pushed);
  }

  private List<Term> layerNorm(int element, double eps) {
    int size = size();
    if (input > 0) {
      var terms = new ArrayList<Term>();
      for (int at = element; at < gradient.data().length; at += size) {
        List<Integer> i = index(gradient.shape(), at);
        terms.add(
            input == 1
                ? Term.of(dC(i), new Factor("X̂", i, normalised(at, size, eps).x()[element]))
                : Term.of(dC(i)));
      }
      return terms;
    }
    Normalised row = normalised(element, size, eps);
    double[] scaled = new double[size];
    double mean = 0;
    double tilt = 0;
    for (int k = 0; k < size; k++) {
      double weight = op.has(1) ? op.input(1).data()[k] : 1;
      scaled[k] = gradient.data()[row.start() + k] * weight;
      mean += scaled[k] / size;
      tilt += scaled[k] * row.x()[k] / size;
    }
    int k = element - row.start();
    List<Integer> i = index(shape(), element);
    Factor narrow = number("1/σ", 1 / row.sigma());
    return List.of(
        Term.of(narrow, new Factor("dX̂", i, scaled[k])),
        Term.of(number("-1", -1), narrow, number("mean dX̂", mean)),
        Term.of(
            number("-1", -1),
            narrow,
            new Factor("X̂", i, row.x()[k]),
            number("mean(dX̂ ∘ X̂)", tilt)));
  }

  private Normalised normalised(int element, int size, double eps) {
    return normalised.computeIfAbsent(
        element / size, _ -> Normalised.row(op.input(0), size, element, eps));
  }

  /** How many numbers a layer norm looks at together. */
  private int size() {
    Shape shape = op.input(0).shape();
    int dims = ((Op.LayerNorm) op.op()).normalizedDims();
    int size = 1;
    for (int d = shape.rank() - dims; d < shape.rank(); d++) {
      size *= shape.size(d);
    }
    return size;
  }

  // ---- asked of the derivative

  /** What stands beside dC in the formula, or the sign of a derivative. */
  private String slopeName() {
    if (formula.startsWith("dC ∘ ")) {
      return "(" + formula.substring(5) + ")";
    }
    if (formula.startsWith("dC / ")) {
      return "1/(" + formula.substring(5) + ")";
    }
    return "∂C/∂" + Step.inputName(input);
  }

  private List<Term> slope(int element) {
    if (slopes == null) {
      slopes = op.slopes().get(input);
    }
    return List.of(weighted(element, slopes[element], slopeName()));
  }

  private List<Term> mixed(int element, String name) {
    double[] column = column(element);
    return IntStream.range(0, column.length)
        .filter(j -> column[j] != 0)
        .mapToObj(j -> weighted(j, column[j], name))
        .toList();
  }

  private Term weighted(int j, double weight, String name) {
    Factor arrived = dC(index(gradient.shape(), j));
    if (weight == 1) {
      return Term.of(arrived);
    }
    return weight == -1
        ? Term.of(number("-1", -1), arrived)
        : Term.of(arrived, new Factor(name, index(gradient.shape(), j), weight));
  }

  /** How an element of the share changes with each element of dC. */
  private double[] column(int element) {
    int results = gradient.data().length;
    if (rows == null && results * shape().numel() <= MOST_AT_ONCE) {
      rows = IntStream.range(0, results).mapToObj(j -> op.sharesOf(j).get(input)).toList();
    }
    return rows != null
        ? rows.stream().mapToDouble(row -> row[element]).toArray()
        : differentiated(element);
  }

  /** The derivative is linear in dC, and made of ops that can be differentiated again. */
  private double[] differentiated(int element) {
    try (var _ = GradMode.enableGrad()) {
      Tensor dC = op.tensor(gradient.data()).requiresGrad(true);
      Tensor share = Step.of(op.node(), dC).edges().get(input).gradient().orElseThrow();
      if (!share.isSparse() && share.requiresGrad()) {
        return Autograd.gradAllowUnused(
                List.of(share.reshape(-1).select(0, element)),
                List.of(dC),
                Collections.singletonList(null),
                false,
                false)
            .getFirst()
            .map(t -> ((Value.Whole) Value.of(t)).data())
            .orElseGet(() -> new double[gradient.data().length]);
      }
    }
    return IntStream.range(0, gradient.data().length)
        .mapToDouble(j -> op.sharesOf(j).get(input)[element])
        .toArray();
  }
}
