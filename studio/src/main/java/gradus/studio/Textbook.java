package gradus.studio;

import static gradus.studio.Operands.along;
import static gradus.studio.Operands.factor;
import static gradus.studio.Operands.join;
import static gradus.studio.Operands.logSumExp;
import static gradus.studio.Operands.number;
import static gradus.studio.Operands.numbersAt;
import static gradus.studio.Places.index;

import gradus.studio.Term.Factor;
import gradus.tensor.Op;
import gradus.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The terms of the ops that learners meet first, written out as a textbook does. */
final class Textbook {
  private final Operands op;
  private final int input;
  private final Value.Whole gradient;
  private final Map<Integer, Normalised> normalised = new HashMap<>();

  /** The attention's gradient of the scores, by query. */
  private final Map<List<Integer>, double[]> scores = new HashMap<>();

  Textbook(Operands op, int input, Value.Whole gradient) {
    this.op = op;
    this.input = input;
    this.gradient = gradient;
  }

  Factor dC(List<Integer> index) {
    return factor("dC", gradient, index);
  }

  List<Term> matmul(List<Integer> i) {
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

  List<Term> linear(List<Integer> i) {
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

  Term div(List<Integer> i) {
    double b = op.input(1).at(i);
    return input == 0
        ? Term.of(dC(i), new Factor("1/B", i, 1 / b))
        : Term.of(number("-1", -1), dC(i), op.in(0, i), new Factor("1/B²", i, 1 / (b * b)));
  }

  List<Term> softmax(List<Integer> i, int dim) {
    double sum = 0;
    for (List<Integer> j : along(shape(), i, dim)) {
      sum += gradient.at(j) * op.result().at(j);
    }
    return List.of(
        Term.of(op.out(i), dC(i)), Term.of(number("-1", -1), op.out(i), number("Σ dC ∘ C", sum)));
  }

  List<Term> logSoftmax(List<Integer> i, int dim) {
    double sum = 0;
    for (List<Integer> j : along(shape(), i, dim)) {
      sum += gradient.at(j);
    }
    double share = Math.exp(op.result().at(i));
    return List.of(
        Term.of(dC(i)),
        Term.of(number("-1", -1), new Factor("e^C", i, share), number("Σ dC", sum)));
  }

  List<Term> crossEntropy(List<Integer> i, long ignore) {
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

  List<Term> layerNorm(int element, double eps) {
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

  /** Queries and keys; only where all batches are alike. */
  List<Term> attention(List<Integer> i, double scale) {
    int last = i.size() - 1;
    List<Integer> batch = i.subList(0, last - 1);
    int row = i.get(last - 1);
    int partners = op.input(1 - input).shape().size(last - 1);
    return IntStream.range(0, partners)
        .mapToObj(
            j -> {
              int query = input == 0 ? row : j;
              int key = input == 0 ? j : row;
              return Term.of(
                  number("scale", scale),
                  new Factor("dS", join(batch, query, key), scores(batch, query)[key]),
                  op.in(1 - input, join(batch, j, i.get(last))));
            })
        .toList();
  }

  /** dS = P ∘ (dP - Σ dP ∘ P) of one query, where dP = dC · Dᵀ, and P is what C is mixed with. */
  private double[] scores(List<Integer> batch, int query) {
    return scores.computeIfAbsent(
        join(batch, query),
        row -> {
          Value.Whole values = op.input(2);
          Shape shape = values.shape();
          int keys = shape.size(shape.rank() - 2);
          int width = shape.size(shape.rank() - 1);
          double[] mixed = op.sharesOf(Places.flat(op.result().shape(), join(row, 0))).get(2);
          double[] p = new double[keys];
          double[] dP = new double[keys];
          double mean = 0;
          for (int j = 0; j < keys; j++) {
            p[j] = mixed[Places.flat(shape, join(batch, j, 0))];
            for (int e = 0; e < width; e++) {
              dP[j] += gradient.at(join(row, e)) * values.at(join(batch, j, e));
            }
            mean += dP[j] * p[j];
          }
          for (int j = 0; j < keys; j++) {
            dP[j] = p[j] * (dP[j] - mean);
          }
          return dP;
        });
  }

  /** Whether queries, keys and values have the same batches, and values are not empty. */
  boolean attentionIsPlain() {
    List<Integer> batches = batches(0);
    return batches.equals(batches(1))
        && batches.equals(batches(2))
        && op.result().data().length > 0;
  }

  private List<Integer> batches(int of) {
    Shape shape = op.input(of).shape();
    return IntStream.range(0, shape.rank() - 2).mapToObj(shape::size).toList();
  }

  private Shape shape() {
    return op.input(input).shape();
  }
}
