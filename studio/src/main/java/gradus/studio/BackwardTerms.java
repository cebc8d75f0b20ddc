package gradus.studio;

import static gradus.studio.Operands.number;
import static gradus.studio.Places.index;

import gradus.autograd.Autograd;
import gradus.autograd.Step;
import gradus.studio.Term.Factor;
import gradus.tensor.GradMode;
import gradus.tensor.Op;
import gradus.tensor.Shape;
import gradus.tensor.Tensor;
import java.util.Collections;
import java.util.List;
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
  private final Textbook textbook;
  private double[] slopes;
  private List<double[]> rows;

  private BackwardTerms(Operands op, int input, String formula, Value.Whole gradient) {
    this.op = op;
    this.input = input;
    this.formula = formula;
    this.gradient = gradient;
    this.textbook = new Textbook(op, input, gradient);
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
      case Op.MatMul _ -> textbook.matmul(i);
      case Op.Linear _ -> textbook.linear(i);
      case Op.Mul _ -> List.of(Term.of(textbook.dC(i), op.in(1 - input, i)));
      case Op.Div _ -> List.of(textbook.div(i));
      case Op.Square _ -> List.of(Term.of(number("2", 2), textbook.dC(i), op.in(0, i)));
      case Op.Softmax(int dim) -> textbook.softmax(i, dim);
      case Op.LogSoftmax(int dim) -> textbook.logSoftmax(i, dim);
      case Op.CrossEntropy(long ignore) -> textbook.crossEntropy(i, ignore);
      case Op.LayerNorm(int _, double eps) -> textbook.layerNorm(element, eps);

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
      case Op.Attention(boolean _, double scale, boolean packed) ->
          packed || input > 1 || !textbook.attentionIsPlain()
              ? mixed(element, input == 2 && !packed ? "P" : slopeName())
              : textbook.attention(i, scale);
      case Op.LogSumExp _ -> mixed(element, "softmax(A)");
      case Op.Prod _, Op.Extreme _, Op.Var _, Op.Std _, Op.Norm _ -> mixed(element, slopeName());
      case Op.Cumprod _, Op.Logcumsumexp _, Op.Convolution _ -> mixed(element, slopeName());
      case Op.ConvolutionInput _, Op.ConvolutionWeight _ -> mixed(element, slopeName());
      case Op.Recurrence _, Op.Custom _ -> mixed(element, slopeName());
    };
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
    Factor arrived = textbook.dC(index(gradient.shape(), j));
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
