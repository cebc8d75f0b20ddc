package gradus.autograd;

import static gradus.autograd.Recipe.d;

import gradus.tensor.Node;
import gradus.tensor.Op;
import gradus.tensor.Shape;
import gradus.tensor.Tensor;
import gradus.tensor.spi.Internals;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The derivatives of reductions, scans and joins: one gradient spread over many elements, or taken
 * apart.
 */
final class ReductionGrads {
  private static final Internals INTERNALS = Internals.get();

  private ReductionGrads() {}

  /** How many elements were folded into one. */
  static int count(Node n, List<Integer> dims) {
    int count = 1;
    for (int dim : dims) {
      count *= n.inputShape(0).size(dim);
    }
    return count;
  }

  /** A reduced tensor with its folded dimensions back, of size 1. */
  private static Tensor keep(Tensor t, List<Integer> dims, boolean keepdim) {
    Tensor out = t;
    if (!keepdim) {
      for (int dim : dims) {
        out = out.unsqueeze(dim);
      }
    }
    return out;
  }

  /** The gradient of each result, repeated for all elements it came from. */
  static Tensor spread(Tensor g, Node n, List<Integer> dims, boolean keepdim) {
    return keep(g, dims, keepdim).expand(n.inputShape(0).toArray());
  }

  /** Sums over {@code dims}; over none if there are none. */
  private static Tensor sum(Tensor x, List<Integer> dims) {
    return dims.isEmpty() ? x : x.sum(Derivatives.ints(dims), true);
  }

  static Tensor var(Tensor g, Node n, List<Integer> dims, double correction, boolean keepdim) {
    Tensor x = n.input(0);
    double m = count(n, dims) - correction;
    Tensor centred = dims.isEmpty() ? x.sub(x) : x.sub(x.mean(Derivatives.ints(dims), true));
    return spread(g, n, dims, keepdim).mul(centred).mul(2 / m);
  }

  /** As the variance, by the chain rule through the root; 0 where the deviation is 0. */
  static Tensor std(Tensor g, Node n, List<Integer> dims, double correction, boolean keepdim) {
    Tensor root = n.output();
    Tensor inner = g.div(root.mul(2)).maskedFill(root.eq(0), 0);
    return var(inner, n, dims, correction, keepdim);
  }

  /**
   * Elements equal to the extreme share its gradient evenly; a NaN is the extreme, if there is one.
   */
  static Tensor extreme(Tensor g, Node n, List<Integer> dims, boolean keepdim) {
    Tensor x = n.input(0);
    Tensor hit = x.eq(keep(n.output(), dims, keepdim)).logicalOr(x.isnan()).to(g.dtype());
    return keep(g, dims, keepdim).mul(hit).div(sum(hit, dims));
  }

  /** 0 where all elements are -∞; an element of +∞ gets NaN, as in PyTorch, and the others 0. */
  static Tensor logsumexp(Tensor g, Node n, List<Integer> dims, boolean keepdim) {
    Tensor x = n.input(0);
    Tensor log = keep(n.output(), dims, keepdim);
    Tensor safe = log.maskedFill(log.eq(Double.NEGATIVE_INFINITY), 0);
    return keep(g, dims, keepdim).mul(x.sub(safe).exp());
  }

  /** At zero, where the norm has a corner, the gradient is 0. */
  static Tensor norm(Tensor g, Node n, double p, List<Integer> dims, boolean keepdim) {
    Tensor x = n.input(0);
    Tensor up = keep(g, dims, keepdim);
    Tensor norm = keep(n.output(), dims, keepdim);
    if (p == 0) {
      return Tensor.zerosLike(x);
    }
    if (p == 1) {
      return up.mul(x.sign());
    }
    if (Double.isInfinite(p)) {
      Tensor hit = x.abs().eq(norm).to(g.dtype());
      return up.mul(x.sign()).mul(hit).div(sum(hit, dims));
    }
    // Shares of the norm neither overflow nor vanish; a divisor that is never 0 leaves no NaN to
    // the
    // second derivative.
    Tensor none = norm.eq(0);
    Tensor divisor = norm.maskedFill(none, 1);
    if (p == 2) {
      return up.mul(x.div(divisor).maskedFill(none, 0));
    }
    Tensor size = p < 2 ? x.abs().maskedFill(x.eq(0), 1) : x.abs();
    Tensor share = size.div(divisor).pow(p - 1);
    return up.mul(x.sign()).mul(share.maskedFill(none, 0));
  }

  /**
   * The product of all others: by division where no element is zero, else by products from both
   * ends.
   */
  static Tensor prod(Tensor g, Node n, List<Integer> dims, boolean keepdim) {
    Tensor x = n.input(0);
    if (dims.isEmpty()) {
      return g.reshape(x.shape().toArray());
    }
    Tensor up = keep(g, dims, keepdim);
    if (!x.eq(0).any().itemBoolean()) {
      return up.mul(keep(n.output(), dims, keepdim)).div(x);
    }
    if (dims.size() == 1) {
      return up.mul(productOfOthers(x, dims.get(0)));
    }
    return up.mul(productOfOthers(x.flatten(), 0).reshape(x.shape().toArray()));
  }

  private static Tensor productOfOthers(Tensor x, int dim) {
    int n = x.size(dim);
    int[] edge = x.shape().toArray();
    edge[dim] = 1;
    Tensor one = Tensor.ones(x.dtype(), edge);
    Tensor before = Tensor.cat(List.of(one, x.narrow(dim, 0, n - 1)), dim).cumprod(dim);
    Tensor after =
        Tensor.cat(List.of(one, x.narrow(dim, 1, n - 1).flip(dim)), dim).cumprod(dim).flip(dim);
    return before.mul(after);
  }

  static Tensor cumsumFromEnd(Tensor g, int dim) {
    return g.dim() == 0 ? g : g.flip(dim).cumsum(dim).flip(dim);
  }

  /** In logarithms, positive and negative gradients apart, so that nothing overflows. */
  static Tensor logcumsumexp(Tensor g, Tensor a, Tensor c, int dim) {
    return oneSided(g, a, c, dim).sub(oneSided(g.neg(), a, c, dim));
  }

  private static Tensor oneSided(Tensor g, Tensor a, Tensor c, int dim) {
    Tensor nothing = c.eq(Double.NEGATIVE_INFINITY); // up to here: no element has a share in it
    Tensor there = g.gt(0).logicalAnd(nothing.logicalNot());
    Tensor logs = Tensor.where(there, g, 1.0).log().sub(c.maskedFill(nothing, 0));
    Tensor masked = Tensor.where(there, logs, Double.NEGATIVE_INFINITY);
    Tensor fromEnd = masked.dim() == 0 ? masked : masked.flip(dim).logcumsumexp(dim).flip(dim);
    return fromEnd.add(a).exp();
  }

  /**
   * With zeros in the way the quotient does not exist; then each term is a product without that
   * element.
   */
  static Tensor cumprod(Tensor g, Node n, int dim) {
    Tensor x = n.input(0);
    if (x.dim() == 0 || x.numel() == 0) {
      return g;
    }
    if (!x.eq(0).any().itemBoolean()) {
      return cumsumFromEnd(g.mul(n.output()), dim).div(x);
    }
    int size = x.size(dim);
    var parts = new ArrayList<Tensor>();
    for (int k = 0; k < size; k++) {
      Tensor before = k == 0 ? Tensor.onesLike(x.select(dim, 0)) : x.narrow(dim, 0, k).prod(dim);
      Tensor tail =
          k + 1 == size
              ? g.select(dim, k)
              : g.select(dim, k)
                  .add(
                      g.narrow(dim, k + 1, size - k - 1)
                          .mul(x.narrow(dim, k + 1, size - k - 1).cumprod(dim))
                          .sum(dim));
      parts.add(before.mul(tail));
    }
    return Tensor.stack(parts, dim);
  }

  /** A gradient that covers only the first corner of a larger input; the rest is 0. */
  static Tensor fill(Tensor g, Shape shape) {
    if (g.shape().equals(shape)) {
      return g;
    }
    if (g.numel() == 0) { // whose sizes may be any: nothing was written
      return Tensor.zeros(g.dtype(), shape.toArray());
    }
    Tensor out = g;
    for (int dim = 0; dim < shape.rank(); dim++) {
      int[] missing = out.shape().toArray();
      missing[dim] = shape.size(dim) - missing[dim];
      if (missing[dim] > 0) {
        out = Tensor.cat(List.of(out, Tensor.zeros(g.dtype(), missing)), dim);
      }
    }
    return out.reshape(shape.toArray());
  }

  static List<Recipe> cat(Tensor g, Node n, int dim) {
    var recipes = new ArrayList<Recipe>();
    int start = 0;
    for (int i = 0; i < n.arity(); i++) {
      int from = start;
      int size = n.inputShape(i).size(dim);
      recipes.add(
          d(
              "dC from " + from + " to " + (from + size) + " along dim " + dim,
              () -> g.narrow(dim, from, size)));
      start += size;
    }
    return recipes;
  }

  static List<Recipe> layerNorm(Tensor g, Node n, int k, double eps) {
    var memo = new Object[1];
    IntFunction<Tensor> part =
        i -> {
          if (memo[0] == null) {
            memo[0] =
                INTERNALS.layerNormGrad(
                    g, n.input(0), n.arity() > 1 ? n.input(1) : null, k, eps, INTERNALS.saved(n));
          }
          return (Tensor) ((List<?>) memo[0]).get(i);
        };
    var recipes = new ArrayList<Recipe>();
    recipes.add(d("(dX̂ - mean dX̂ - X̂ ∘ mean(dX̂ ∘ X̂)) / σ, dX̂ = dC ∘ B", () -> part.apply(0)));
    if (n.arity() > 1) {
      recipes.add(d("Σ dC ∘ X̂", () -> part.apply(1)));
    }
    if (n.arity() > 2) {
      recipes.add(d("Σ dC", () -> part.apply(2)));
    }
    return recipes;
  }

  static List<Recipe> custom(Tensor g, Node n, Op.Custom op) {
    var inputs = new ArrayList<Tensor>();
    for (int i = 0; i < n.arity(); i++) {
      inputs.add(n.input(i));
    }
    List<Tensor> gradients = op.backward(g, inputs, n.output());
    if (gradients == null || gradients.size() != n.arity()) {
      throw new IllegalStateException(
          "%s: backward returned %s for %s inputs. Return a list of one gradient an input."
              .formatted(
                  op.name(),
                  gradients == null ? "null" : gradients.size() + " gradients",
                  n.arity()));
    }
    var recipes = new ArrayList<Recipe>();
    for (int i = 0; i < n.arity(); i++) {
      Tensor gradient = gradients.get(i);
      if (gradient != null
          && (!gradient.shape().equals(n.inputShape(i))
              || gradient.dtype() != inputs.get(i).dtype())) {
        throw new IllegalStateException(
            ("%s: backward returned %s%s for input %s of shape %s and dtype %s. A gradient "
                    + "has the shape and dtype of its input.")
                .formatted(
                    op.name(),
                    gradient.dtype(),
                    gradient.shape(),
                    i,
                    n.inputShape(i),
                    inputs.get(i).dtype()));
      }
      recipes.add(gradient == null ? Recipe.NONE : d(op.name() + ".backward", () -> gradient));
    }
    return recipes;
  }
}
