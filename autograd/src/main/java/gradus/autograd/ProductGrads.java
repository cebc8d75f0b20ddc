package gradus.autograd;

import static gradus.autograd.Recipe.NONE;
import static gradus.autograd.Recipe.d;

import gradus.tensor.Node;
import gradus.tensor.Op;
import gradus.tensor.Tensor;
import gradus.tensor.spi.Internals;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The derivatives of the linear map and of attention: products of matrices with something on top.
 */
final class ProductGrads {
  private static final Internals INTERNALS = Internals.get();

  private ProductGrads() {}

  static List<Recipe> linear(Tensor g, Node n) {
    var recipes = new ArrayList<Recipe>();
    recipes.add(d("dC · B", () -> g.matmul(n.input(1))));
    boolean both = n.arity() > 2 && n.needsGradient(1) && n.needsGradient(2);
    var memo = new ArrayList<Tensor>();
    IntFunction<Tensor> part =
        i -> {
          if (memo.isEmpty()) {
            memo.addAll(INTERNALS.linearGrad(matrix(g), matrix(n.input(0))));
          }
          return memo.get(i);
        };
    recipes.add(
        d("dCᵀ · A", () -> both ? part.apply(0) : matrix(g).t().matmul(matrix(n.input(0)))));
    if (n.arity() > 2) {
      recipes.add(d("Σ dC", () -> both ? part.apply(1) : matrix(g).sum(0)));
    }
    return recipes;
  }

  /** All dimensions but the last as one. */
  private static Tensor matrix(Tensor x) {
    if (x.dim() == 2) {
      return x;
    }
    int rows = 1;
    for (int d = 0; d < x.dim() - 1; d++) {
      rows *= x.size(d);
    }
    return x.reshape(rows, x.size(-1));
  }

  /** With P the weights, the softmax of the scores. All gradients come out of one pass. */
  static List<Recipe> attention(Tensor g, Node n, Op.Attention op) {
    var memo = new ArrayList<Tensor>();
    IntFunction<Tensor> part =
        i -> {
          if (memo.isEmpty()) {
            var inputs = new ArrayList<Tensor>();
            for (int j = 0; j < n.arity(); j++) {
              inputs.add(n.input(j));
            }
            memo.addAll(INTERNALS.attentionGrad(g, inputs, op));
          }
          return memo.get(i);
        };
    var recipes = new ArrayList<Recipe>();
    if (op.packed()) {
      recipes.add(d("dQ, dK, dV", () -> part.apply(0)));
    } else {
      recipes.add(d("scale · dS · B, dS = P ∘ (dP - Σ dP ∘ P), dP = dC · Dᵀ", () -> part.apply(0)));
      recipes.add(d("scale · dSᵀ · A", () -> part.apply(1)));
      recipes.add(d("Pᵀ · dC", () -> part.apply(2)));
    }
    if (n.arity() > recipes.size()) {
      recipes.add(NONE);
    }
    return recipes;
  }
}
